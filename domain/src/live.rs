//! The live map as its readers hold it, and the events that keep it true.
//!
//! Events are numbered by `seq`, which only rises while the server runs. Applying is idempotent: an event that was
//! seen before, or that is older than what is known, changes nothing.

use crate::{BoothNumber, BoothStatus, FloorNumber, UtcMs};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One booth as its readers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoothState {
    /// The booth.
    pub number: BoothNumber,
    /// The floor it stands on.
    pub floor: FloorNumber,
    /// What is shown.
    pub status: BoothStatus,
    /// Since when.
    pub since_at: UtcMs,
    /// Until when it is expected to be so: when a board that sleeps should be back, when the service hours begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_at: Option<UtcMs>,
    /// Whether it is free because somebody has left it, at `since_at`; not when nothing was known before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
}

impl BoothState {
    /// For so long after somebody has left, a booth counts as just left.
    pub const JUST_LEFT_MS: u64 = 60_000;

    /// Whether somebody has left it less than [`Self::JUST_LEFT_MS`] ago.
    #[must_use]
    pub fn is_just_left(&self, now: UtcMs) -> bool {
        self.left && self.status == BoothStatus::Free && now.since(self.since_at) < Self::JUST_LEFT_MS
    }
}

/// The state of every booth at one `seq`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The newest event in it.
    pub seq: u64,
    /// Names the run of the server that counts `seq`.
    pub run: u64,
    /// The build of the site that the server serves.
    pub build: String,
    /// The booths, by number.
    pub booths: Vec<BoothState>,
    /// Which version of each floor is shown; none said by servers of before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layouts: Vec<FloorVersion>,
}

/// What is shown of a floor: its version rises with each publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorVersion {
    /// The floor.
    pub floor: FloorNumber,
    /// Its version.
    pub version: u32,
}

/// A floor looks otherwise now. A snapshot follows, with this number or a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayoutChange {
    /// Its number in the stream.
    pub seq: u64,
    /// What is shown now.
    #[serde(flatten)]
    pub layout: FloorVersion,
}

/// One booth has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its number in the stream.
    pub seq: u64,
    /// The new state.
    #[serde(flatten)]
    pub booth: BoothState,
}

/// A sign of life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    /// The newest event so far.
    pub seq: u64,
    /// The build of the site that the server serves.
    pub build: String,
    /// The server's clock.
    pub now: UtcMs,
}

/// What applying an event did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// Nothing: it was old news.
    Ignored,
    /// These booths look different now.
    Changed(Vec<BoothNumber>),
}

/// What a reader of the stream knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LiveMap {
    seq: u64,
    run: u64,
    booths: BTreeMap<BoothNumber, BoothState>,
}

impl LiveMap {
    /// The newest event that was applied.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The run of the server that counts.
    #[must_use]
    pub fn run(&self) -> u64 {
        self.run
    }

    /// The booths, by number.
    pub fn booths(&self) -> impl Iterator<Item = &BoothState> {
        self.booths.values()
    }

    /// One booth.
    #[must_use]
    pub fn find_booth(&self, number: BoothNumber) -> Option<&BoothState> {
        self.booths.get(&number)
    }

    /// Takes a snapshot, unless something newer of the same run is known. Another run has begun since, whatever its
    /// numbers say: they come from a clock that may have been set back.
    pub fn apply_snapshot(&mut self, snapshot: &Snapshot) -> Applied {
        if snapshot.run == self.run && snapshot.seq < self.seq {
            return Applied::Ignored;
        }
        let booths: BTreeMap<_, _> = snapshot.booths.iter().map(|booth| (booth.number, *booth)).collect();
        let gone = self.booths.keys().filter(|number| !booths.contains_key(number));
        let differs = booths.values().filter(|booth| self.booths.get(&booth.number) != Some(booth));
        let changed = gone.copied().chain(differs.map(|booth| booth.number)).collect();
        (self.run, self.seq, self.booths) = (snapshot.run, snapshot.seq, booths);
        Applied::Changed(changed)
    }

    /// Takes a change, unless it is known already.
    pub fn apply_change(&mut self, change: &Change) -> Applied {
        if change.seq <= self.seq {
            return Applied::Ignored;
        }
        self.seq = change.seq;
        self.booths.insert(change.booth.number, change.booth);
        Applied::Changed(vec![change.booth.number])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booth(number: u32, status: BoothStatus, since_at: i64) -> BoothState {
        BoothState {
            number: BoothNumber(number),
            floor: FloorNumber(4),
            status,
            since_at: UtcMs(since_at),
            until_at: None,
            left: false,
        }
    }

    fn snapshot(run: u64, seq: u64, booths: &[BoothState]) -> Snapshot {
        Snapshot { seq, run, build: "b".into(), booths: booths.to_vec(), layouts: Vec::new() }
    }

    #[test]
    fn changes_apply_once_and_in_order() {
        let mut map = LiveMap::default();
        let free = booth(42, BoothStatus::Free, 10);
        let occupied = booth(42, BoothStatus::Occupied, 20);
        map.apply_snapshot(&snapshot(1, 17, &[free]));
        let change = Change { seq: 18, booth: occupied };
        assert_eq!(map.apply_change(&change), Applied::Changed(vec![BoothNumber(42)]));
        assert_eq!(map.apply_change(&change), Applied::Ignored);
        assert_eq!(map.apply_change(&Change { seq: 17, booth: free }), Applied::Ignored);
        assert_eq!(map.apply_snapshot(&snapshot(1, 17, &[free])), Applied::Ignored);
        assert_eq!(map.find_booth(BoothNumber(42)), Some(&occupied));
    }

    #[test]
    fn a_snapshot_names_what_it_changes() {
        let mut map = LiveMap::default();
        map.apply_snapshot(&snapshot(1, 5, &[booth(41, BoothStatus::Free, 1), booth(42, BoothStatus::Free, 1)]));
        let next = snapshot(1, 9, &[booth(42, BoothStatus::Free, 1), booth(43, BoothStatus::Late, 3)]);
        let changed = [41, 43].map(BoothNumber).to_vec();
        assert_eq!(map.apply_snapshot(&next), Applied::Changed(changed));
        assert_eq!(map.apply_snapshot(&next), Applied::Changed(Vec::new()));
        assert_eq!(map.seq(), 9);
    }

    #[test]
    fn another_run_replaces_whatever_its_numbers() {
        for run in [1, 3] {
            let mut map = LiveMap::default();
            map.apply_snapshot(&snapshot(2, 900, &[booth(42, BoothStatus::Occupied, 1)]));
            map.apply_snapshot(&snapshot(run, 3, &[booth(42, BoothStatus::Unknown, 2)]));
            assert_eq!(map.seq(), 3);
            let change = Change { seq: 4, booth: booth(42, BoothStatus::Free, 3) };
            assert_eq!(map.apply_change(&change), Applied::Changed(vec![BoothNumber(42)]));
        }
    }

    #[test]
    fn the_wire_form() {
        let change = Change { seq: 18, booth: booth(42, BoothStatus::Occupied, 1_795_233_601_000) };
        let json = r#"{"seq":18,"number":42,"floor":4,"status":"occupied","since_at":1795233601000}"#;
        assert_eq!(serde_json::to_string(&change).expect("encodes"), json);
        assert_eq!(serde_json::from_str::<Change>(json).expect("decodes"), change);

        let left = Change { seq: 19, booth: BoothState { left: true, ..booth(42, BoothStatus::Free, 5) } };
        let json = r#"{"seq":19,"number":42,"floor":4,"status":"free","since_at":5,"left":true}"#;
        assert_eq!(serde_json::to_string(&left).expect("encodes"), json);
        assert_eq!(serde_json::from_str::<Change>(json).expect("decodes"), left);
    }

    #[test]
    fn just_left_is_for_a_minute_and_free_booths() {
        let free = BoothState { left: true, ..booth(42, BoothStatus::Free, 1_000) };
        let cases = [
            (free, 1_000, true),
            (free, 60_999, true),
            (free, 61_000, false),
            // The reader's clock is a little behind.
            (free, 0, true),
            (BoothState { left: false, ..free }, 1_000, false),
            (BoothState { status: BoothStatus::Unknown, ..free }, 1_000, false),
        ];
        for (state, now, expect) in cases {
            assert_eq!(state.is_just_left(UtcMs(now)), expect, "{state:?} at {now}");
        }
    }
}
