//! What somebody should look at, until it is over.

use domain::{BoardId, BoothNumber, MonoMs};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something that ought not to happen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alert {
    /// Somebody who proves nothing spoke for a booth whose board proves who it is.
    Downgrade {
        /// The booth.
        booth: BoothNumber,
    },
    /// A board's start counter is lower than it was: it was replaced, or is a copy.
    BootWentBack {
        /// The board.
        board: BoardId,
    },
    /// Two boards of one name displace each other all the time.
    Quarantine {
        /// The board.
        board: BoardId,
    },
    /// A board still uses a key that was revoked.
    KeyRevoked {
        /// The board.
        board: BoardId,
    },
}

impl Alert {
    /// Every kind, as metrics name it.
    pub const KINDS: [&'static str; 4] = ["downgrade", "boot_went_back", "quarantine", "key_revoked"];

    /// Its kind, as metrics name it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Downgrade { .. } => Self::KINDS[0],
            Self::BootWentBack { .. } => Self::KINDS[1],
            Self::Quarantine { .. } => Self::KINDS[2],
            Self::KeyRevoked { .. } => Self::KINDS[3],
        }
    }

    /// How long it stands after it was last raised; `None`: until it is dismissed.
    const fn stands_for_ms(&self) -> Option<u64> {
        match self {
            Self::BootWentBack { .. } => None,
            Self::Quarantine { .. } => Some(super::boards::QUARANTINE_MS),
            Self::Downgrade { .. } | Self::KeyRevoked { .. } => Some(10 * 60_000),
        }
    }
}

impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Downgrade { booth } => {
                write!(
                    f,
                    "somebody speaks for booth {booth} in the protocol of 2016, though its board proves who it is"
                )
            }
            Self::BootWentBack { board } => {
                write!(f, "board {board} counts its starts anew: confirm it if it was replaced, else it is a copy")
            }
            Self::Quarantine { board } => write!(f, "two boards are called {board}: both are kept out"),
            Self::KeyRevoked { board } => write!(f, "board {board} still uses a key that was revoked"),
        }
    }
}

/// The alerts that stand.
#[derive(Debug, Default)]
pub struct Alerts(Mutex<BTreeMap<Alert, MonoMs>>);

impl Alerts {
    /// Raises an alert. The first time, the log says so.
    pub(crate) fn raise(&self, alert: Alert, now: MonoMs) {
        let mut standing = self.lock();
        forget_old(&mut standing, now);
        if !standing.contains_key(&alert) {
            tracing::warn!(kind = alert.kind(), "{alert}");
        }
        standing.insert(alert, now);
    }

    /// It is over.
    pub(crate) fn dismiss(&self, alert: &Alert) {
        if self.lock().remove(alert).is_some() {
            tracing::info!(kind = alert.kind(), "over: {alert}");
        }
    }

    /// The alerts that stand now.
    #[must_use]
    pub fn list(&self, now: MonoMs) -> Vec<Alert> {
        let mut standing = self.lock();
        forget_old(&mut standing, now);
        standing.keys().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Alert, MonoMs>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forget_old(standing: &mut BTreeMap<Alert, MonoMs>, now: MonoMs) {
    standing.retain(|alert, raised| alert.stands_for_ms().is_none_or(|stands_ms| now.since(*raised) < stands_ms));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_end_by_themselves_or_by_hand() {
        let alerts = Alerts::default();
        let board = BoardId::new("b-4a").expect("a name");
        let (downgrade, boot) = (Alert::Downgrade { booth: BoothNumber(42) }, Alert::BootWentBack { board });
        alerts.raise(downgrade.clone(), MonoMs(0));
        alerts.raise(boot.clone(), MonoMs(0));
        alerts.raise(downgrade.clone(), MonoMs(300_000));
        assert_eq!(alerts.list(MonoMs(899_999)), [downgrade, boot.clone()]);
        assert_eq!(alerts.list(MonoMs(900_000)), std::slice::from_ref(&boot));
        alerts.dismiss(&boot);
        assert!(alerts.list(MonoMs(900_000)).is_empty());
    }
}
