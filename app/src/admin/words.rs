//! The words of these pages. Only the server has them.

mod en;
mod fr;

use super::view::{LoginProblem, OwnTold, SetupProblem};
use crate::backend::AdminError;
use crate::reader::{Locale, use_reader};
use domain::{Account, Actor, AuditFault, AuditHead, PasswordFault, Role};

/// The words of one language.
pub(super) struct AdminWords {
    pub(super) administration: &'static str,
    pub(super) accounts: &'static str,
    pub(super) audit: &'static str,
    pub(super) floors: &'static str,
    pub(super) site: &'static str,
    /// One's own account.
    pub(super) own: &'static str,
    pub(super) sign_in: &'static str,
    pub(super) sign_out: &'static str,
    pub(super) brewery: &'static str,
    pub(super) session_ended: &'static str,
    pub(super) name: &'static str,
    pub(super) name_hint: &'static str,
    pub(super) person: &'static str,
    pub(super) password: &'static str,
    pub(super) current_password: &'static str,
    pub(super) new_password: &'static str,
    pub(super) password_hint: &'static str,
    pub(super) change_password: &'static str,
    pub(super) set_password: &'static str,
    pub(super) password_for: fn(&str) -> String,
    pub(super) code: &'static str,
    pub(super) code_hint: &'static str,
    pub(super) no_account: &'static str,
    pub(super) login_problem: fn(LoginProblem) -> String,
    pub(super) setup_problem: fn(SetupProblem) -> String,
    pub(super) first_admin: &'static str,
    pub(super) link_over: &'static str,
    pub(super) link_over_what: &'static str,
    pub(super) forbidden: &'static str,
    pub(super) forbidden_what: &'static str,
    pub(super) not_found: &'static str,
    pub(super) away: &'static str,
    pub(super) away_what: &'static str,
    pub(super) roles: &'static str,
    pub(super) role: fn(Role) -> &'static str,
    pub(super) role_what: fn(Role) -> &'static str,
    pub(super) state: &'static str,
    pub(super) account_state: fn(&Account) -> &'static str,
    pub(super) last_sign_in: &'static str,
    pub(super) never: &'static str,
    pub(super) new_account: &'static str,
    pub(super) create: &'static str,
    pub(super) all_accounts: &'static str,
    pub(super) save: &'static str,
    pub(super) saved: &'static str,
    pub(super) cancel: &'static str,
    pub(super) access: &'static str,
    pub(super) make_link: &'static str,
    pub(super) make_link_what: &'static str,
    pub(super) link: &'static str,
    pub(super) link_what: &'static str,
    pub(super) created: fn(&str) -> String,
    pub(super) link_made: fn(&str) -> String,
    pub(super) sign_out_all: &'static str,
    pub(super) sign_out_what: &'static str,
    pub(super) signed_out: fn(u64) -> String,
    pub(super) forget_totp: &'static str,
    pub(super) forget_totp_what: &'static str,
    pub(super) close_account: &'static str,
    pub(super) close_what: &'static str,
    pub(super) open_account: &'static str,
    pub(super) open_what: &'static str,
    pub(super) refused: fn(AdminError) -> &'static str,
    pub(super) own_told: fn(OwnTold) -> String,
    pub(super) totp: &'static str,
    pub(super) totp_what: &'static str,
    pub(super) totp_start: &'static str,
    pub(super) totp_scan: &'static str,
    pub(super) totp_image: &'static str,
    pub(super) totp_or_type: &'static str,
    pub(super) totp_confirm: &'static str,
    pub(super) totp_is_on: &'static str,
    pub(super) totp_off: &'static str,
    pub(super) sessions: &'static str,
    pub(super) this_session: &'static str,
    pub(super) end_session: &'static str,
    pub(super) end_others: &'static str,
    /// A browser by what it calls itself.
    pub(super) browser: fn(&str) -> String,
    /// From where, since when, last used when.
    pub(super) session_times: fn(&str, &str, &str) -> String,
    pub(super) by_whom: &'static str,
    pub(super) what: &'static str,
    pub(super) anything: &'static str,
    pub(super) to_what: &'static str,
    pub(super) from_day: &'static str,
    pub(super) to_day: &'static str,
    pub(super) filter: &'static str,
    pub(super) older: &'static str,
    pub(super) audit_empty: &'static str,
    pub(super) export_json: &'static str,
    pub(super) export_csv: &'static str,
    pub(super) check_audit: &'static str,
    pub(super) audit_checked: fn(&Result<AuditHead, AuditFault>) -> String,
    pub(super) actor: fn(&Actor) -> String,
    /// An action of the log; one that is not known stays as it is.
    pub(super) action: fn(&str) -> String,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
}

/// The words of the reader's language.
pub(super) fn use_admin_words() -> &'static AdminWords {
    match use_reader().locale {
        Locale::Fr => &fr::WORDS,
        Locale::En => &en::WORDS,
    }
}

/// A browser and a system by what the browser calls itself: enough to tell a telephone from a computer.
fn name_agent(agent: &str, unknown: &str) -> String {
    let find =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    match (find(&browsers), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => unknown.to_owned(),
    }
}

/// What is wrong with a password, in each language.
trait PasswordWords {
    fn say(self, fault: PasswordFault) -> String;
}

impl PasswordWords for Locale {
    fn say(self, fault: PasswordFault) -> String {
        let words = match (self, fault) {
            (Self::Fr, PasswordFault::TooShort) => {
                "Ce mot de passe est trop court : il en faut 12 caractères au moins."
            }
            (Self::Fr, PasswordFault::TooLong) => "Ce mot de passe est trop long.",
            (Self::Fr, PasswordFault::TooSimple) => {
                "Ce mot de passe est trop facile à deviner. Quatre mots sans lien vont bien."
            }
            (Self::En, PasswordFault::TooShort) => "This password is too short: it takes 12 characters or more.",
            (Self::En, PasswordFault::TooLong) => "This password is too long.",
            (Self::En, PasswordFault::TooSimple) => "This password is too easy to guess. Four unrelated words do well.",
        };
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named() {
        let cases = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1",
                "iPhone",
            ),
            ("curl/8.0", "?"),
            ("", "?"),
        ];
        for (agent, expect) in cases {
            let named = name_agent(agent, "?");
            assert!(named.ends_with(expect) || named.contains(expect), "{agent}: {named}");
        }
    }

    #[test]
    fn every_action_has_words() {
        for action in super::super::audit::ACTIONS {
            for words in [&fr::WORDS, &en::WORDS] {
                assert_ne!((words.action)(action), action);
            }
        }
        assert_eq!((fr::WORDS.action)("plan.published"), "plan.published");
    }
}
