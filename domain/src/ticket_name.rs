//! Under which name a browser waits.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The public name of a ticket, under which one browser waits: 32 hexadecimal digits. Who holds the ticket knows a secret
/// that this name comes from, so the name may be told to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TicketName(pub u128);

/// No name of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a ticket is 32 hexadecimal digits")]
pub struct TicketNameError;

impl fmt::Display for TicketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for TicketName {
    type Err = TicketNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        digits.then(|| u128::from_str_radix(text, 16).ok()).flatten().map(Self).ok_or(TicketNameError)
    }
}

impl TryFrom<String> for TicketName {
    type Error = TicketNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TicketName> for String {
    fn from(name: TicketName) -> Self {
        name.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let name = TicketName(0xabc);
        assert_eq!(name.to_string().parse(), Ok(name));
        for wrong in ["", "abc", "+0000000000000000000000000000abc", "zz000000000000000000000000000000"] {
            assert_eq!(wrong.parse::<TicketName>(), Err(TicketNameError), "{wrong}");
        }
    }
}
