//! The newest groups of a spool, still in memory: a database that keeps up need not read them from the file.

use super::SpooledGroup;
use domain::Record;
use std::collections::VecDeque;

/// Records held at most: what a thousand busy boards send in two seconds, a few megabytes.
const RECORDS_MAX: usize = 20_000;

/// Groups of the file that nobody has taken yet. All of them, from some position on.
#[derive(Debug)]
pub(super) struct Recent {
    groups: VecDeque<SpooledGroup>,
    records: usize,
    /// Every group after this position is here.
    whole_after: i64,
}

impl Recent {
    /// Of a file whose last group stands at `position`.
    pub(super) const fn after(position: i64) -> Self {
        Self { groups: VecDeque::new(), records: 0, whole_after: position }
    }

    /// A group has been appended to the file.
    pub(super) fn push(&mut self, position: i64, records: &[Record]) {
        self.records += records.len();
        self.groups.push_back(SpooledGroup { position, records: records.to_vec() });
        while self.records > RECORDS_MAX && self.pop().is_some() {}
    }

    /// The groups after a position, as many as it takes to have `records_max` records; none when they have to be read from
    /// the file. They are given away: who needs them again reads the file.
    pub(super) fn take(&mut self, after: i64, records_max: usize) -> Vec<SpooledGroup> {
        let mut taken = Vec::new();
        if after < self.whole_after {
            return taken;
        }
        let mut records = 0;
        while (taken.is_empty() || records < records_max)
            && let Some(group) = self.pop()
        {
            if group.position > after {
                records += group.records.len();
                taken.push(group);
            }
        }
        taken
    }

    /// The groups up to a position are gone from the file.
    pub(super) fn forget(&mut self, up_to: i64) {
        while self.groups.front().is_some_and(|group| group.position <= up_to) {
            self.pop();
        }
    }

    fn pop(&mut self) -> Option<SpooledGroup> {
        let group = self.groups.pop_front()?;
        self.records -= group.records.len();
        self.whole_after = group.position;
        Some(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::UtcMs;

    fn records(count: usize) -> Vec<Record> {
        vec![Record::Alive { at: UtcMs(0) }; count]
    }

    fn positions(groups: &[SpooledGroup]) -> Vec<i64> {
        groups.iter().map(|group| group.position).collect()
    }

    #[test]
    fn groups_are_taken_once_and_in_order() {
        let mut recent = Recent::after(7);
        assert!(recent.take(7, 10).is_empty());
        for position in [8, 9, 12, 13] {
            recent.push(position, &records(5));
        }
        assert_eq!(positions(&recent.take(7, 6)), [8, 9]);
        // Somebody could not store them: they have to come from the file, until the file has been read that far.
        assert!(recent.take(7, 6).is_empty());
        assert_eq!(positions(&recent.take(9, 1)), [12]);
        assert_eq!(positions(&recent.take(12, 100)), [13]);
        assert!(recent.take(13, 100).is_empty());
    }

    #[test]
    fn what_has_been_stored_otherwise_is_passed_over() {
        let mut recent = Recent::after(0);
        for position in 1..=4 {
            recent.push(position, &records(1));
        }
        recent.forget(1);
        assert_eq!(positions(&recent.take(2, 100)), [3, 4]);
    }

    #[test]
    fn what_does_not_fit_comes_from_the_file() {
        let mut recent = Recent::after(0);
        recent.push(1, &records(RECORDS_MAX - 1));
        recent.push(2, &records(2));
        assert!(recent.take(0, 1).is_empty());
        assert_eq!(positions(&recent.take(1, 1)), [2]);
        recent.push(3, &records(RECORDS_MAX + 1));
        assert!(recent.take(2, 1).is_empty());
        assert_eq!(recent.records, 0);
    }
}
