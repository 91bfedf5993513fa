//! The public holidays of France, worked out for any year.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The same in every year: month and day.
const FIXED: [(i8, i8); 8] = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
/// The Monday after Easter, Ascension and the Monday after Whitsun, in days after Easter Sunday.
const AFTER_EASTER: [i32; 3] = [1, 39, 50];

/// The eleven days of a year, in no order.
pub(crate) fn list_french_holidays(year: i16) -> impl Iterator<Item = Date> {
    let easter = easter(year);
    let movable = AFTER_EASTER.map(|days| easter.saturating_add(days.days()));
    FIXED.into_iter().map(move |(month, day)| date(year, month, day)).chain(movable)
}

/// Easter Sunday (Gauss, for 1900 to 2099).
fn easter(year: i16) -> Date {
    let year_number = i32::from(year);
    let moon = (19 * (year_number % 19) + 24) % 30;
    let week = (2 * (year_number % 4) + 4 * (year_number % 7) + 6 * moon + 5) % 7;
    // Two years in which the rule would be a week late.
    let days = match (moon, week) {
        (29, 6) => 28,
        (28, 6) if year_number % 19 > 10 => 27,
        _ => moon + week,
    };
    date(year, 3, 22).saturating_add(days.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_sundays() {
        let cases = [
            (1954, 4, 18),
            (1981, 4, 19),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
        ];
        for (year, month, day) in cases {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn eleven_a_year() {
        let mut days: Vec<_> = list_french_holidays(2026).map(|day| day.to_string()).collect();
        days.sort();
        let expect = [
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",
            "2026-05-25",
            "2026-07-14",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25",
        ];
        assert_eq!(days, expect);
    }
}
