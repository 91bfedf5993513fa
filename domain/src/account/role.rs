//! Roles are given to accounts; rights are what handlers ask for.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What an account is for. One account may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees the administrator's pages and changes nothing.
    Viewer,
    /// Changes plans and what stands on them.
    Editor,
    /// Looks after the boards and the screens on walls.
    Operator,
    /// Does everything, accounts too.
    Admin,
    /// A screen on a wall. It has no password.
    Kiosk,
    /// Another program. It has no password.
    Service,
}

/// What a handler needs of whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// To see the administrator's pages.
    ReadAdmin,
    /// To change plans, booths and floors.
    EditPlans,
    /// To change boards, their wiring and their keys, and to acknowledge alerts.
    OperateBoards,
    /// To act on the brewing plant.
    OperatePlant,
    /// To change accounts.
    ManageAccounts,
    /// To read the log of changes.
    ReadAudit,
    /// To let screens on walls in, to arrange what they show, and to take them away.
    ManageScreens,
}

/// A text that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no role {0:?}: viewer, editor, operator, admin, kiosk and service are known")]
pub struct RoleError(pub String);

impl Role {
    /// Every role, in the order in which they are listed.
    pub const ALL: [Self; 6] = [Self::Viewer, Self::Editor, Self::Operator, Self::Admin, Self::Kiosk, Self::Service];

    /// Those that people have.
    pub const OF_PEOPLE: [Self; 4] = [Self::Viewer, Self::Editor, Self::Operator, Self::Admin];

    /// The word for it in tables and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Operator => "operator",
            Self::Admin => "admin",
            Self::Kiosk => "kiosk",
            Self::Service => "service",
        }
    }

    const fn rights(self) -> &'static [Right] {
        match self {
            Self::Viewer => &[Right::ReadAdmin],
            Self::Editor => &[Right::ReadAdmin, Right::EditPlans],
            Self::Operator => &[Right::ReadAdmin, Right::OperateBoards, Right::OperatePlant, Right::ManageScreens],
            Self::Admin => &[
                Right::ReadAdmin,
                Right::EditPlans,
                Right::OperateBoards,
                Right::OperatePlant,
                Right::ManageAccounts,
                Right::ReadAudit,
                Right::ManageScreens,
            ],
            Self::Kiosk | Self::Service => &[],
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or_else(|| RoleError(text.to_owned()))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The roles of one account. As a text: their words with commas, in the order of [`Role::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Roles(u8);

impl Roles {
    /// Whether it is among them.
    #[must_use]
    pub const fn contains(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// All of them, in order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.contains(*role))
    }

    /// Whether one of them has this right.
    #[must_use]
    pub fn grant(self, right: Right) -> bool {
        self.iter().any(|role| role.rights().contains(&right))
    }

    /// Whether somebody with these signs in with a password: one role of people is enough.
    #[must_use]
    pub fn sign_in(self) -> bool {
        Role::OF_PEOPLE.into_iter().any(|role| self.contains(role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |bits, role| bits | role.bit()))
    }
}

impl FromStr for Roles {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::parse).collect()
    }
}

impl TryFrom<String> for Roles {
    type Error = RoleError;

    fn try_from(text: String) -> Result<Self, RoleError> {
        text.parse()
    }
}

impl From<Roles> for String {
    fn from(roles: Roles) -> Self {
        roles.to_string()
    }
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, role) in self.iter().enumerate() {
            write!(f, "{}{role}", if position == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_as_texts() {
        for (text, written) in
            [("", ""), ("viewer", "viewer"), ("admin,editor", "editor,admin"), (" kiosk , kiosk ", "kiosk")]
        {
            assert_eq!(text.parse::<Roles>().expect(text).to_string(), written);
        }
        for text in ["root", "Admin", "viewer;editor"] {
            assert!(text.parse::<Roles>().is_err(), "{text}");
        }
    }

    #[test]
    fn who_may_do_what() {
        let rights = [
            Right::ReadAdmin,
            Right::EditPlans,
            Right::OperateBoards,
            Right::OperatePlant,
            Right::ManageAccounts,
            Right::ReadAudit,
            Right::ManageScreens,
        ];
        let granted = |text: &str| {
            let roles: Roles = text.parse().expect(text);
            rights.map(|right| if roles.grant(right) { 'x' } else { '-' }).iter().collect::<String>()
        };
        let cases = [
            ("", "-------"),
            ("viewer", "x------"),
            ("editor", "xx-----"),
            ("operator", "x-xx--x"),
            ("editor,operator", "xxxx--x"),
            ("admin", "xxxxxxx"),
            ("kiosk", "-------"),
            ("service", "-------"),
        ];
        for (roles, expect) in cases {
            assert_eq!(granted(roles), expect, "{roles}");
        }
    }

    #[test]
    fn screens_and_programs_have_no_password() {
        for (roles, signs_in) in [("", false), ("kiosk", false), ("service,kiosk", false), ("service,viewer", true)] {
            assert_eq!(roles.parse::<Roles>().expect(roles).sign_in(), signs_in, "{roles}");
        }
    }
}
