//! Which passwords are taken. Length counts, and nothing else is asked for (NIST SP 800-63B): rules on kinds of characters make
//! passwords that are easier to guess.

use super::AccountName;
use serde::{Deserialize, Serialize};

/// A password has at least as many letters.
pub const PASSWORD_LETTERS_MIN: usize = 12;
/// And at most as many bytes: hashing must not become a way to keep the server busy.
pub const PASSWORD_BYTES_MAX: usize = 256;

/// What is wrong with a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PasswordFault {
    /// Fewer than [`PASSWORD_LETTERS_MIN`] letters.
    #[error("a password has at least {PASSWORD_LETTERS_MIN} letters")]
    TooShort,
    /// More than [`PASSWORD_BYTES_MAX`] bytes.
    #[error("a password has at most {PASSWORD_BYTES_MAX} bytes")]
    TooLong,
    /// It is little more than the account's name, or a few characters again and again.
    #[error("this password is too easy to guess")]
    TooSimple,
}

/// Whether a new password can be taken for this account.
///
/// # Errors
/// What is wrong with it.
pub fn check_password(password: &str, name: &AccountName) -> Result<(), PasswordFault> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(PasswordFault::TooLong);
    }
    if password.chars().count() < PASSWORD_LETTERS_MIN {
        return Err(PasswordFault::TooShort);
    }
    let lower = password.to_lowercase();
    let (person, _) = name.as_str().split_once('@').unwrap_or((name.as_str(), ""));
    let beside_name = lower.replace(name.as_str(), "").replace(person, "");
    if kinds(&lower) < KINDS_MIN || kinds(&beside_name) < KINDS_MIN {
        return Err(PasswordFault::TooSimple);
    }
    Ok(())
}

/// Different characters that there must be.
const KINDS_MIN: usize = 5;

fn kinds(text: &str) -> usize {
    let mut kinds: Vec<char> = text.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords() {
        let name: AccountName = "annabelle.longname@example.org".parse().expect("a name");
        let check = |password: &str, expect: Result<(), PasswordFault>| {
            assert_eq!(check_password(password, &name), expect, "{password}");
        };
        check("quatre mots au hasard", Ok(()));
        check("éééàààùùùîîîôôô", Ok(()));
        check("", Err(PasswordFault::TooShort));
        check("elevenchars", Err(PasswordFault::TooShort));
        check("éàùîôéàùîôé", Err(PasswordFault::TooShort));
        check("aaaaaaaaaaaaaaa", Err(PasswordFault::TooSimple));
        check("abcabcabcabcabc", Err(PasswordFault::TooSimple));
        check("Annabelle.Longname", Err(PasswordFault::TooSimple));
        check("annabelle.longname@example.org1", Err(PasswordFault::TooSimple));
        check(&"abcdefgh".repeat(32), Ok(()));
        check(&("abcdefgh".repeat(32) + "i"), Err(PasswordFault::TooLong));
    }
}
