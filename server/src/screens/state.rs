//! What a screen is told, besides the live stream that everybody gets.

use domain::{FloorVersion, ScreenFacts, ScreenLight, UtcMs};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The answer to a screen that has spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ScreenState {
    /// Names what the page is made of: another one means that it is to be loaded anew.
    pub(crate) page: String,
    /// The build of the site.
    pub(crate) build: String,
    /// How bright to be.
    pub(crate) light: ScreenLight,
    /// What it is called.
    pub(crate) name: String,
    /// Milliseconds for which it is to show its name; 0: it is not.
    pub(crate) identify_ms: u64,
    /// The server's clock.
    pub(crate) now: UtcMs,
}

impl ScreenState {
    /// Changes with everything that a screen need not wait to hear of.
    pub(crate) fn stamp(&self) -> String {
        format!("{}.{}.{}.{}", self.page, self.build, self.light.as_str(), u8::from(self.identify_ms > 0))
    }
}

/// Names what a screen's page is made of: what was arranged, and how its floors are drawn.
pub(super) fn page_stamp(facts: &ScreenFacts, layouts: &[FloorVersion]) -> String {
    let floors = layouts.iter().map(|layout| layout.floor).collect::<Vec<_>>();
    let shown = facts.floors_of(&floors);
    let versions: Vec<_> = layouts.iter().filter(|layout| shown.contains(&layout.floor)).collect();
    // What cannot be written is not part of a stamp; both can.
    let text = serde_json::to_vec(&(facts, versions)).unwrap_or_default();
    Sha256::digest(&text).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Dwell, FloorNumber, ScreenVariant};

    fn stamp(name: &str, floors: &[i32], layouts: &[(i32, u32)]) -> String {
        let facts = ScreenFacts {
            name: name.parse().expect("a name"),
            floors: floors.iter().copied().map(FloorNumber).collect(),
            dwell: Dwell::default(),
            variant: ScreenVariant::Color,
        };
        let layouts: Vec<_> = layouts
            .iter()
            .map(|(floor, version)| FloorVersion { floor: FloorNumber(*floor), version: *version })
            .collect();
        page_stamp(&facts, &layouts)
    }

    #[test]
    fn a_page_is_loaded_anew_for_its_own_sake_alone() {
        let first = stamp("Hall", &[4], &[(4, 1), (6, 1)]);
        assert_eq!(stamp("Hall", &[4], &[(4, 1), (6, 2)]), first, "another floor was arranged anew");
        for (name, floors, layouts) in [
            ("Mur", &[4][..], &[(4, 1), (6, 1)][..]),
            ("Hall", &[4], &[(4, 2), (6, 1)]),
            ("Hall", &[], &[(4, 1), (6, 1)]),
        ] {
            assert_ne!(stamp(name, floors, layouts), first, "{name} {floors:?} {layouts:?}");
        }
    }
}
