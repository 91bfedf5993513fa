//! Why the server did not do what was asked.

use crate::backend::PlanError;
use crate::texts::editor::EditorTexts;

/// In kinds that ask for different things of whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// To be signed in again.
    SignedOut,
    /// Nothing that helps: another account.
    Forbidden,
    /// Patience.
    Busy,
    /// A network, or a server.
    Unreachable,
    /// Somebody who looks into it.
    Refused,
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::NotSignedIn => Self::SignedOut,
            PlanError::Forbidden => Self::Forbidden,
            PlanError::Busy => Self::Busy,
            PlanError::Away => Self::Unreachable,
            _ => Self::Refused,
        }
    }
}

impl Failure {
    pub(super) const fn words(self, texts: &EditorTexts) -> &'static str {
        match self {
            Self::SignedOut => texts.signed_out,
            Self::Forbidden => texts.forbidden,
            Self::Busy => texts.busy,
            Self::Unreachable => texts.unreachable,
            Self::Refused => texts.not_understood,
        }
    }

    /// Whether it may pass by itself.
    pub(super) const fn may_pass(self) -> bool {
        matches!(self, Self::Busy | Self::Unreachable)
    }
}
