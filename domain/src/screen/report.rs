//! What a screen says of itself.

use crate::{BoothNumber, BoothStatus, FloorNumber};
use serde::{Deserialize, Serialize};

/// How a screen is, in its own words, every few seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenReport {
    /// The build of the page that it shows; at most [`Self::BUILD_MAX`] letters.
    pub build: String,
    /// Points from left to right.
    pub width: u16,
    /// Points from top to bottom.
    pub height: u16,
    /// Since its browser was opened, over all reloads.
    pub uptime_s: u32,
    /// The floor on it at this moment; none while it rests or knows nothing.
    pub floor: Option<FloorNumber>,
    /// Whether it hears the server's live stream.
    pub is_live: bool,
    /// What it shows of the booths on that floor; at most [`Self::BOOTHS_MAX`].
    #[serde(default)]
    pub booths: Vec<ShownBooth>,
}

/// A booth as a screen shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownBooth {
    /// Its number.
    pub number: BoothNumber,
    /// What is painted.
    pub status: BoothStatus,
}

impl ScreenReport {
    /// Letters of a build's name.
    pub const BUILD_MAX: usize = 32;
    /// More than on any floor.
    pub const BOOTHS_MAX: usize = 1_000;

    /// Whether it keeps its limits.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        let is_word = self.build.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
        is_word && self.build.len() <= Self::BUILD_MAX && self.booths.len() <= Self::BOOTHS_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits() {
        let report = |build: &str, booths| ScreenReport {
            build: build.to_owned(),
            width: 1920,
            height: 1080,
            uptime_s: 1,
            floor: None,
            is_live: true,
            booths: vec![ShownBooth { number: BoothNumber(1), status: BoothStatus::Free }; booths],
        };
        let long = "a".repeat(33);
        for (build, booths, is_bounded) in
            [("", 0, true), ("0.1.0-ab_c", 1_000, true), ("<b>", 0, false), (&long, 0, false), ("a", 1_001, false)]
        {
            assert_eq!(report(build, booths).is_bounded(), is_bounded, "{build} {booths}");
        }
    }
}
