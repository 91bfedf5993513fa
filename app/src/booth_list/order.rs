//! Which rows stand in the list, and in which order.

use super::query::Sort;
use crate::backend::BoothEntry;
use crate::search::Needle;
use domain::{BoothNumber, BoothStatus, UtcMs};

/// What a row's place depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) status: BoothStatus,
    pub(super) since_at: Option<UtcMs>,
}

/// The rows as they should stand. `known` is asked only where the answer matters, so that a list by number does not
/// wake with every change of a booth.
pub(super) fn arrange(
    booths: &[BoothEntry],
    free_only: bool,
    sort: Sort,
    needle: &Needle,
    known: impl Fn(BoothNumber) -> Known,
) -> Vec<BoothNumber> {
    let found = booths.iter().filter(|booth| needle.rank(booth).is_some()).map(|booth| booth.number);
    if !free_only && sort == Sort::Number {
        return found.collect();
    }
    let mut rows: Vec<_> = found.map(|number| (number, known(number))).collect();
    if free_only {
        rows.retain(|(_, known)| known.status == BoothStatus::Free);
    }
    match sort {
        Sort::Number => {}
        Sort::Free => rows.sort_by_key(|(number, known)| (place_of(known.status), *number)),
        // How long nothing has been known of a booth helps nobody to choose.
        Sort::Longest => {
            rows.sort_by_key(|(number, known)| (!known.status.is_known(), known.since_at, *number));
        }
    }
    rows.into_iter().map(|(number, _)| number).collect()
}

const fn place_of(status: BoothStatus) -> u8 {
    match status {
        BoothStatus::Free => 0,
        BoothStatus::Occupied => 1,
        BoothStatus::Unknown | BoothStatus::Late | BoothStatus::Asleep | BoothStatus::Off => 2,
    }
}

/// The rows while somebody points at one or has the focus there: nothing moves or goes, what is new comes at the end.
pub(super) fn hold(shown: &[BoothNumber], wanted: &[BoothNumber]) -> Vec<BoothNumber> {
    let new = wanted.iter().filter(|number| !shown.contains(number));
    shown.iter().chain(new).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::FloorNumber;

    /// Number, status, since when.
    const BOOTHS: [(u32, BoothStatus, i64); 5] = [
        (41, BoothStatus::Occupied, 50),
        (42, BoothStatus::Free, 40),
        (43, BoothStatus::Late, 10),
        (44, BoothStatus::Occupied, 20),
        (45, BoothStatus::Free, 60),
    ];

    fn check(free_only: bool, sort: Sort, text: &str, expect: &[u32]) {
        let entry = |(number, ..): (u32, BoothStatus, i64)| BoothEntry {
            number: BoothNumber(number),
            floor: FloorNumber(4),
            name: if number < 44 { "Émile" } else { "Zoé" }.to_owned(),
        };
        let known = |asked: BoothNumber| {
            let (_, status, since_at) = *BOOTHS.iter().find(|(number, ..)| *number == asked.0).expect("known");
            Known { status, since_at: Some(UtcMs(since_at)) }
        };
        let rows = arrange(&BOOTHS.map(entry), free_only, sort, &Needle::new(text), known);
        let numbers: Vec<_> = rows.into_iter().map(|number| number.0).collect();
        assert_eq!(numbers, expect, "{free_only} {sort:?} {text}");
    }

    #[test]
    fn rows() {
        check(false, Sort::Number, "", &[41, 42, 43, 44, 45]);
        check(true, Sort::Number, "", &[42, 45]);
        check(false, Sort::Free, "", &[42, 45, 41, 44, 43]);
        check(false, Sort::Longest, "", &[44, 42, 41, 45, 43]);
        check(true, Sort::Longest, "", &[42, 45]);
        check(false, Sort::Number, "zoe", &[44, 45]);
        check(true, Sort::Free, "emile", &[42]);
        check(true, Sort::Free, "nobody", &[]);
    }

    #[test]
    fn nothing_moves_under_a_hand() {
        let numbers = |numbers: &[u32]| numbers.iter().copied().map(BoothNumber).collect::<Vec<_>>();
        let check = |shown: &[u32], wanted: &[u32], expect: &[u32]| {
            assert_eq!(hold(&numbers(shown), &numbers(wanted)), numbers(expect), "{shown:?} {wanted:?}");
        };
        check(&[1, 2, 3], &[3, 2, 1], &[1, 2, 3]);
        check(&[1, 2], &[2], &[1, 2]);
        check(&[2, 4], &[1, 2, 3, 4], &[2, 4, 1, 3]);
        check(&[], &[1], &[1]);
    }
}
