//! What is sensed, what is known, and what is shown.

use serde::{Deserialize, Serialize};

/// Whether somebody is in a booth, as sensed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Occupancy {
    /// Nobody.
    Free,
    /// Somebody.
    Occupied,
}

/// Why nothing is known of a booth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownReason {
    /// No board has spoken of it, or not long enough to decide.
    NoData,
    /// Its board has missed its deadline.
    Late,
    /// Its board was told to sleep.
    Asleep,
    /// It is outside the service hours.
    Off,
    /// The server was stopped.
    Stopped,
    /// The clock was set: what time it was is not known.
    ClockSet,
}

/// What history keeps: what was sensed, or why nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observation {
    /// A fresh reading decided it.
    Sensed(Occupancy),
    /// Nothing was known.
    Unknown(UnknownReason),
}

/// What people are shown of a booth. Derived from occupancy, age and service hours; never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BoothStatus {
    /// Green: nobody is in it.
    Free,
    /// Red: somebody is in it.
    Occupied,
    /// Grey: no information yet.
    Unknown,
    /// Grey: its board should have spoken by now.
    Late,
    /// Grey: its board sleeps, as it was told.
    Asleep,
    /// Grey: outside the service hours.
    Off,
}

impl BoothStatus {
    /// Every status, in the order of legends.
    pub const ALL: [Self; 6] = [Self::Free, Self::Occupied, Self::Unknown, Self::Late, Self::Asleep, Self::Off];

    /// The word used in the stream and in the markup.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Occupied => "occupied",
            Self::Unknown => "unknown",
            Self::Late => "late",
            Self::Asleep => "asleep",
            Self::Off => "off",
        }
    }

    /// Whether it rests on fresh data: free or occupied.
    #[must_use]
    pub const fn is_known(self) -> bool {
        matches!(self, Self::Free | Self::Occupied)
    }
}

impl From<Occupancy> for BoothStatus {
    fn from(occupancy: Occupancy) -> Self {
        match occupancy {
            Occupancy::Free => Self::Free,
            Occupancy::Occupied => Self::Occupied,
        }
    }
}

impl From<BoothStatus> for Observation {
    fn from(status: BoothStatus) -> Self {
        match status {
            BoothStatus::Free => Self::Sensed(Occupancy::Free),
            BoothStatus::Occupied => Self::Sensed(Occupancy::Occupied),
            BoothStatus::Unknown => Self::Unknown(UnknownReason::NoData),
            BoothStatus::Late => Self::Unknown(UnknownReason::Late),
            BoothStatus::Asleep => Self::Unknown(UnknownReason::Asleep),
            BoothStatus::Off => Self::Unknown(UnknownReason::Off),
        }
    }
}
