use super::{AdminWords, PasswordWords, name_agent};
use crate::admin::boards::name_action as name_board_action;
use crate::admin::view::{LoginProblem, OwnTold, SetupProblem};
use crate::backend::AdminError;
use crate::reader::Locale;
use domain::Role;

pub(super) const WORDS: AdminWords = AdminWords {
    administration: "Administration",
    accounts: "Accounts",
    audit: "Log",
    brewery: "Brewery",
    floors: "Floors",
    site: "Site",
    own: "My account",
    sign_in: "Sign in",
    sign_out: "Sign out",
    session_ended: "Your session has ended.",
    name: "Account name",
    name_hint: "Letters without accents, digits, dot, hyphen or @.",
    person: "Person’s name",
    password: "Password",
    current_password: "Current password",
    new_password: "New password",
    password_hint: "12 characters or more. Four unrelated words do very well.",
    change_password: "Change the password",
    set_password: "Choose a password",
    password_for: |name| format!("For the account “{name}”."),
    code: "Six-digit code",
    code_hint: "Only if your account asks for one.",
    no_account: "To see which box is free, no account is needed.",
    login_problem: say_login,
    setup_problem: |problem| match problem {
        SetupProblem::BadName => {
            "This account name does not do: letters without accents, digits, dot, hyphen or @.".to_owned()
        }
        SetupProblem::NameTaken => "This account name is taken.".to_owned(),
        SetupProblem::Password(fault) => Locale::En.say(fault),
        SetupProblem::Login(problem) => say_login(problem),
    },
    first_admin: "First administrator",
    link_over: "This link is used up",
    link_over_what: "A link works once, within 24 hours. Ask whoever gave it to you for another.",
    forbidden: "This page is not for this account",
    forbidden_what: "Ask an administrator if you need it.",
    not_found: "Page not found",
    away: "Not available right now",
    away_what: "The database does not answer. Nothing is lost; try again in a moment.",
    roles: "Roles",
    role: |role| match role {
        Role::Viewer => "Viewing",
        Role::Editor => "Plans",
        Role::Operator => "Boards",
        Role::Admin => "Administration",
        Role::Kiosk => "Wall screen",
        Role::Service => "Program",
    },
    role_what: |role| match role {
        Role::Viewer => "Sees everything, changes nothing.",
        Role::Editor => "Changes plans and boxes.",
        Role::Operator => "Looks after boards, alerts, screens and the brewery.",
        Role::Admin => "Can do everything, accounts included.",
        Role::Kiosk => "Shows a floor.",
        Role::Service => "Reads data.",
    },
    state: "State",
    account_state: |account| match (account.facts.disabled, account.has_password, account.has_totp) {
        (true, _, _) => "Closed",
        (false, false, _) => "Waiting for a password",
        (false, true, true) => "Open, with a code",
        (false, true, false) => "Open",
    },
    last_sign_in: "Last sign-in",
    never: "never",
    new_account: "New account",
    create: "Create the account",
    all_accounts: "All accounts",
    save: "Save",
    saved: "Saved.",
    cancel: "Cancel",
    access: "Access",
    make_link: "New password…",
    make_link_what: "Gives a link to hand to the person. The old password works until then.",
    link: "Link to hand on",
    link_what: "It works once, within 24 hours, and is not shown again. Whoever has it can choose the password.",
    created: |name| {
        format!("The account “{name}” is there. Hand this link to the person: they choose their password with it.")
    },
    link_made: |name| {
        format!("Hand this link to the person of the account “{name}”: they choose their password with it.")
    },
    sign_out_all: "Sign out everywhere",
    sign_out_what: "Ends all their sessions.",
    signed_out: |count| match count {
        0 => "This account had no session.".to_owned(),
        1 => "1 session has ended.".to_owned(),
        count => format!("{count} sessions have ended."),
    },
    forget_totp: "Ask for no code any more",
    forget_totp_what: "For somebody who has lost their phone.",
    close_account: "Close the account",
    close_what: "Ends its sessions and refuses new ones. Nothing is deleted; it can be opened again.",
    open_account: "Open the account again",
    open_what: "The person can sign in again, with the same password.",
    refused: |error| match error {
        AdminError::NotSignedIn => "Your session has ended. Sign in again.",
        AdminError::Forbidden => "Your account does not allow that.",
        AdminError::BadRequest => "The request was not understood. Reload the page and try again.",
        AdminError::BadName => "This account name does not do: letters without accents, digits, dot, hyphen or @.",
        AdminError::BadDisplayName => "This name is too long: 80 characters at most.",
        AdminError::NoRole => "Choose one role at least.",
        AdminError::NameTaken => "This account name is taken.",
        AdminError::UnknownAccount => "There is no such account.",
        AdminError::LastAdmin => "This is the last administrator’s account: there must always be one.",
        AdminError::Away => "The database does not answer. See whether it is done, then try again.",
    },
    own_told: |told| match told {
        OwnTold::PasswordChanged => "Your password is changed; your other sessions have ended.".to_owned(),
        OwnTold::WrongPassword => "The current password is not right. Nothing has changed.".to_owned(),
        OwnTold::Wait(seconds) => format!("Too many tries. Try again in {seconds} s."),
        OwnTold::Password(fault) => Locale::En.say(fault),
        OwnTold::SessionsEnded(0) => "There was no other session.".to_owned(),
        OwnTold::SessionsEnded(1) => "1 session has ended.".to_owned(),
        OwnTold::SessionsEnded(count) => format!("{count} sessions have ended."),
        OwnTold::TotpOn => "You will be asked for a code each time you sign in.".to_owned(),
        OwnTold::TotpOff => "You will not be asked for a code any more.".to_owned(),
        OwnTold::WrongCode => "This code is not right. Check your phone’s clock and try again.".to_owned(),
        OwnTold::Away => "The server could not do that now. Try again in a moment.".to_owned(),
    },
    totp: "Six-digit code",
    totp_what: "Beside the password, an app on your phone gives a code that changes every 30 seconds.",
    totp_start: "Set it up",
    totp_scan: "Scan this picture with your app, then type the code that it shows.",
    totp_image: "Picture to scan",
    totp_or_type: "Or type this key:",
    totp_confirm: "Confirm",
    totp_is_on: "A code is asked for each time you sign in.",
    totp_off: "Ask for no code any more",
    sessions: "Sessions",
    this_session: "this one",
    end_session: "End",
    end_others: "End all others",
    browser: |agent| name_agent(agent, "Unknown browser"),
    session_times: |address, since, last| format!("{address} · since {since} · seen {last}"),
    by_whom: "By whom",
    what: "What",
    anything: "Anything",
    to_what: "To what",
    from_day: "From",
    to_day: "To",
    filter: "Filter",
    older: "Older",
    audit_empty: "Nothing matches.",
    export_json: "Export (JSON)",
    export_csv: "Export (CSV)",
    check_audit: "Check the chain",
    audit_checked: |checked| match checked {
        Ok(head) => format!("The chain is whole: {} entries, up to {}.", head.seq, head.hash),
        Err(fault) => format!("The chain is broken: {fault}."),
    },
    actor: |actor| actor.name.clone(),
    action: |action| {
        match action {
            "alert.acknowledged" => "has seen to an alert",
            "booth.filter_changed" => "changed the filter",
            "account.created" => "made the account",
            "account.changed" => "changed the account",
            "account.password_set" => "set the password",
            "account.link_made" => "made a link",
            "account.signed_in" => "signed in",
            "account.signed_out" => "signed the account out",
            "account.totp_on" => "asks for a code",
            "account.totp_off" => "asks for no code any more",
            "layout.published" => "published the floor",
            "layout.restored" => "restored a version",
            "layout.scheduled" => "planned a publication",
            "layout.taken_back" => "took a planned publication back",
            "floor.created" => "made the floor",
            "floor.changed" => "changed the floor",
            "floor.retired" => "took the floor away",
            "floor.brought_back" => "brought the floor back",
            "plan.received" => "sent a plan",
            "site.changed" => "changed the site",
            "screen.created" => "lets a screen in",
            "screen.changed" => "arranges a screen",
            "screen.renewed" => "gives a screen a new address",
            "screen.revoked" => "takes a screen away",
            other => name_board_action(Locale::En, other).unwrap_or(other),
        }
        .to_owned()
    },
    before: "Before",
    after: "After",
};

fn say_login(problem: LoginProblem) -> String {
    match problem {
        LoginProblem::Wrong => "The account name, the password or the code is not right.".to_owned(),
        LoginProblem::Wait(seconds) => format!("Too many tries. Try again in {seconds} s."),
        LoginProblem::Busy => "Many people are signing in. Try again in a moment.".to_owned(),
        LoginProblem::Away => "The database does not answer. Try again in a moment.".to_owned(),
        LoginProblem::Insecure => {
            "This connection is not encrypted: a password could be read on the way. Open this page by https. \
             (For whoever runs the server: --tls-cert, --tls-self-signed or --behind-proxy.)"
                .to_owned()
        }
        LoginProblem::UnknownProxy => {
            "A proxy that the server does not know stands between you and it, so it cannot tell whether the connection is \
             encrypted. (For whoever runs the server: --behind-proxy with the proxy’s address.)"
                .to_owned()
        }
    }
}
