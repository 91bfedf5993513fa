//! How many booths of a floor are free.

use super::Live;
use domain::{BoothNumber, BoothStatus, FloorNumber};
use leptos::prelude::*;

/// Booths of a floor. "None free" and "nothing known" are different news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FloorCount {
    pub(crate) free: usize,
    /// Free or occupied, on fresh data.
    pub(crate) known: usize,
}

impl Live {
    /// Counts the booths of a floor, as they come and go.
    pub(crate) fn floor_count(self, floor: FloorNumber) -> Memo<FloorCount> {
        let numbers: Vec<BoothNumber> = self
            .map
            .with_value(|map| map.booths().filter(|booth| booth.floor == floor).map(|booth| booth.number).collect());
        let statuses: Vec<_> = numbers.into_iter().map(|number| self.booth(number).status).collect();
        Memo::new(move |_| statuses.iter().map(|status| status.get()).fold(FloorCount::default(), FloorCount::with))
    }
}

impl FloorCount {
    const fn with(self, status: BoothStatus) -> Self {
        Self {
            free: self.free + matches!(status, BoothStatus::Free) as usize,
            known: self.known + status.is_known() as usize,
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
    }
}
