//! What screen readers are told: changes gathered over a moment, by floor and kind, politely.

use super::use_live;
use crate::texts::{Texts, use_texts};
use domain::{BoothNumber, BoothState, BoothStatus, FloorNumber};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// "3 boxes became free on floor 4."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Announced {
    kind: Kind,
    floor: FloorNumber,
    count: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Free,
    Occupied,
    Unknown,
}

impl From<BoothStatus> for Kind {
    fn from(status: BoothStatus) -> Self {
        match status {
            BoothStatus::Free => Self::Free,
            BoothStatus::Occupied => Self::Occupied,
            BoothStatus::Unknown | BoothStatus::Late | BoothStatus::Asleep | BoothStatus::Off => Self::Unknown,
        }
    }
}

impl Announced {
    fn to_text(self, texts: &Texts) -> String {
        let Self { kind, floor, count } = self;
        match kind {
            Kind::Free => (texts.became_free)(count, floor),
            Kind::Occupied => (texts.became_occupied)(count, floor),
            Kind::Unknown => (texts.became_unknown)(count, floor),
        }
    }
}

/// Changes that have not been read out yet.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Each booth with what it was before the first change and is after the last.
    booths: BTreeMap<BoothNumber, (BoothState, BoothState)>,
    waited_s: u32,
}

impl Pending {
    /// Long enough that a burst becomes one sentence.
    const GATHER_S: u32 = 3;

    pub(super) fn note(&mut self, before: BoothState, after: BoothState) {
        self.booths.entry(after.number).or_insert((before, after)).1 = after;
    }

    /// A second has passed: what is to be read out now.
    pub(super) fn tick(&mut self) -> Option<Vec<Announced>> {
        if self.booths.is_empty() {
            return None;
        }
        self.waited_s += 1;
        (self.waited_s >= Self::GATHER_S).then(|| {
            self.waited_s = 0;
            grouped(std::mem::take(&mut self.booths).into_values())
        })
    }
}

fn grouped(changes: impl Iterator<Item = (BoothState, BoothState)>) -> Vec<Announced> {
    let mut counts: BTreeMap<(FloorNumber, Kind), usize> = BTreeMap::new();
    for (before, after) in changes {
        let kind = Kind::from(after.status);
        if kind != Kind::from(before.status) {
            *counts.entry((after.floor, kind)).or_default() += 1;
        }
    }
    counts.into_iter().map(|((floor, kind), count)| Announced { kind, floor, count }).collect()
}

/// The region that screen readers listen to; invisible.
#[component]
pub(crate) fn Announcements() -> impl IntoView {
    let texts = use_texts();
    let announcement = use_live().announcement();
    let text = move || {
        let sentences: Vec<_> = announcement.get().into_iter().map(|announced| announced.to_text(texts)).collect();
        sentences.join(". ")
    };
    view! { <p class="visually-hidden" role="status" aria-live="polite">{text}</p> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::UtcMs;

    fn booth(number: u32, status: BoothStatus) -> BoothState {
        BoothState {
            number: BoothNumber(number),
            floor: FloorNumber(4),
            status,
            since_at: UtcMs(0),
            until_at: None,
            left: false,
        }
    }

    #[test]
    fn a_burst_becomes_one_sentence() {
        let mut pending = Pending::default();
        for number in 41..44 {
            pending.note(booth(number, BoothStatus::Occupied), booth(number, BoothStatus::Free));
        }
        assert_eq!(pending.tick(), None);
        assert_eq!(pending.tick(), None);
        let expect = Announced { kind: Kind::Free, floor: FloorNumber(4), count: 3 };
        assert_eq!(pending.tick(), Some(vec![expect]));
        assert_eq!(pending.tick(), None);
    }

    #[test]
    fn there_and_back_is_no_news() {
        let mut pending = Pending::default();
        pending.note(booth(42, BoothStatus::Free), booth(42, BoothStatus::Late));
        pending.note(booth(42, BoothStatus::Late), booth(42, BoothStatus::Free));
        pending.note(booth(43, BoothStatus::Late), booth(43, BoothStatus::Unknown));
        assert_eq!([pending.tick(), pending.tick(), pending.tick()], [None, None, Some(Vec::new())]);
    }
}
