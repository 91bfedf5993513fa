//! The public holidays of France from 2026 to 2030, as ISO dates.

/// The same in every year.
const FIXED: [&str; 8] = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];

/// The Monday after Easter, Ascension and the Monday after Whitsun.
const MOVABLE: [(u16, [&str; 3]); 5] = [
    (2026, ["04-06", "05-14", "05-25"]),
    (2027, ["03-29", "05-06", "05-17"]),
    (2028, ["04-17", "05-25", "06-05"]),
    (2029, ["04-02", "05-10", "05-21"]),
    (2030, ["04-22", "05-30", "06-10"]),
];

/// Each day once.
pub(crate) fn list_french_holidays() -> impl Iterator<Item = String> {
    MOVABLE
        .into_iter()
        .flat_map(|(year, movable)| FIXED.into_iter().chain(movable).map(move |day| format!("{year}-{day}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Day of the year of Easter Sunday (Gauss, for 1900 to 2099), counted from March 1.
    fn easter(year: u16) -> u16 {
        let year = u32::from(year);
        let moon = (19 * (year % 19) + 24) % 30;
        let week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7;
        u16::try_from(21 + moon + week).expect("within April")
    }

    fn since_march(month_and_day: &str) -> u16 {
        let (month, day) = month_and_day.split_once('-').expect("a month and a day");
        let before = match month {
            "03" => 0,
            "04" => 31,
            "05" => 61,
            _ => 92,
        };
        before + day.parse::<u16>().expect("a day") - 1
    }

    #[test]
    fn movable_ones_follow_easter() {
        for (year, days) in MOVABLE {
            assert_eq!(days.map(since_march), [1, 39, 50].map(|after| easter(year) + after), "{year}");
        }
    }

    #[test]
    fn each_is_listed_once() {
        let days: Vec<_> = list_french_holidays().collect();
        assert_eq!(days.len(), 55);
        assert_eq!(days.iter().collect::<BTreeSet<_>>().len(), 55);
        assert!(days.iter().all(|day| day.len() == 10));
    }
}
