//! How many booths of a floor are free.

use super::Live;
use domain::{BoothState, BoothStatus, FloorNumber};
use leptos::prelude::*;
use std::collections::HashMap;

/// Booths of a floor. "None free" and "nothing known" are different news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FloorCount {
    pub(crate) free: usize,
    /// Free or occupied, on fresh data.
    pub(crate) known: usize,
}

/// The counts of all floors, kept up change by change: a floor may have thousands of booths.
#[derive(Clone, Copy)]
pub(super) struct FloorCounts(StoredValue<HashMap<FloorNumber, ArcRwSignal<FloorCount>>>);

impl FloorCounts {
    pub(super) fn new<'a>(booths: impl Iterator<Item = &'a BoothState>) -> Self {
        let mut counts: HashMap<FloorNumber, FloorCount> = HashMap::new();
        for booth in booths {
            let count = counts.entry(booth.floor).or_default();
            *count = count.with(booth.status);
        }
        let signals = counts.into_iter().map(|(floor, count)| (floor, ArcRwSignal::new(count)));
        Self(StoredValue::new(signals.collect()))
    }

    /// A booth of the floor looks different now.
    pub(super) fn note(self, floor: FloorNumber, before: BoothStatus, after: BoothStatus) {
        let count = self.0.with_value(|counts| counts.get(&floor).cloned());
        if let Some(count) = count.filter(|_| before != after) {
            count.update(|count| *count = count.without(before).with(after));
        }
    }
}

impl Live {
    /// Counts the booths of a floor, as they come and go; nothing is known of them while the server is silent.
    pub(crate) fn floor_count(self, floor: FloorNumber) -> Memo<FloorCount> {
        let count = self.counts.0.with_value(|counts| counts.get(&floor).cloned());
        Memo::new(move |_| {
            let count = count.as_ref().filter(|_| !self.is_down());
            count.map(|count| count.get()).unwrap_or_default()
        })
    }
}

impl FloorCount {
    const fn with(self, status: BoothStatus) -> Self {
        Self {
            free: self.free + matches!(status, BoothStatus::Free) as usize,
            known: self.known + status.is_known() as usize,
        }
    }

    const fn without(self, status: BoothStatus) -> Self {
        Self {
            free: self.free.saturating_sub(matches!(status, BoothStatus::Free) as usize),
            known: self.known.saturating_sub(status.is_known() as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_counts_for_nothing() {
        let count = BoothStatus::ALL.into_iter().fold(FloorCount::default(), FloorCount::with);
        assert_eq!(count, FloorCount { free: 1, known: 2 });
        let none = BoothStatus::ALL.into_iter().fold(count, FloorCount::without);
        assert_eq!(none, FloorCount::default());
    }
}
