//! When the boards have to be awake.

use serde::{Deserialize, Serialize};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    const COUNT: u8 = 7;

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Where the clock of the building stands; whoever knows the time zone makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalMoment {
    /// The day.
    pub weekday: Weekday,
    /// Seconds since midnight, 0 to 86,399.
    pub second_of_day: u32,
}

/// The hours in which a site is served, the same on each of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceHours {
    days: u8,
    opens_min: u16,
    closes_min: u16,
}

/// Why numbers make no service hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ServiceHoursError {
    /// A bit above the seven days is set.
    #[error("days {days:#b} name more than seven days")]
    Days {
        /// The refused bits, Monday lowest.
        days: u8,
    },
    /// The hours are not within one day or end before they begin.
    #[error("from minute {opens_min} to minute {closes_min} of a day of 1440")]
    Minutes {
        /// The refused opening, in minutes after midnight.
        opens_min: u16,
        /// The refused closing, in minutes after midnight.
        closes_min: u16,
    },
}

const DAY_S: u32 = 24 * 3600;

impl ServiceHours {
    /// Always open.
    pub const ALWAYS: Self = Self { days: 0b111_1111, opens_min: 0, closes_min: 24 * 60 };

    /// Hours on the days whose bit is set (Monday lowest), from `opens_min` to before `closes_min`, in minutes
    /// after local midnight.
    ///
    /// # Errors
    /// When there is no such day or the hours are empty.
    pub const fn new(days: u8, opens_min: u16, closes_min: u16) -> Result<Self, ServiceHoursError> {
        if days > Self::ALWAYS.days {
            return Err(ServiceHoursError::Days { days });
        }
        if opens_min >= closes_min || closes_min > Self::ALWAYS.closes_min {
            return Err(ServiceHoursError::Minutes { opens_min, closes_min });
        }
        Ok(Self { days, opens_min, closes_min })
    }

    /// Whether the site is served at this moment.
    #[must_use]
    pub fn is_open(self, local: LocalMoment) -> bool {
        self.days & local.weekday.bit() != 0 && (self.opens_s()..self.closes_s()).contains(&local.second_of_day)
    }

    /// Seconds until the site is served again: 0 while it is, `None` when it has no day.
    ///
    /// Counted on the local clock, so a night with a change of daylight saving is an hour off. Boards sleep in
    /// links of at most 35 minutes and ask anew after each, which mends it.
    #[must_use]
    pub fn until_open_s(self, local: LocalMoment) -> Option<u32> {
        if self.is_open(local) {
            return Some(0);
        }
        let today = local.weekday as u8;
        (0..=Weekday::COUNT).find_map(|ahead| {
            let day = (today + ahead) % Weekday::COUNT;
            let opens_s = u32::from(ahead) * DAY_S + self.opens_s();
            let comes = self.days & (1 << day) != 0 && opens_s > local.second_of_day;
            comes.then(|| opens_s - local.second_of_day)
        })
    }

    fn opens_s(self) -> u32 {
        u32::from(self.opens_min) * 60
    }

    fn closes_s(self) -> u32 {
        u32::from(self.closes_min) * 60
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Weekday::{Friday, Monday, Saturday, Sunday};

    const HOUR_S: u32 = 3600;

    fn check(hours: ServiceHours, weekday: Weekday, second_of_day: u32, until_open_s: Option<u32>) {
        let local = LocalMoment { weekday, second_of_day };
        assert_eq!(hours.until_open_s(local), until_open_s, "{local:?}");
        assert_eq!(hours.is_open(local), until_open_s == Some(0), "{local:?}");
    }

    #[test]
    fn office_hours() {
        let office = ServiceHours::new(0b1_1111, 9 * 60, 21 * 60).expect("office hours");
        check(office, Monday, 0, Some(9 * HOUR_S));
        check(office, Monday, 9 * HOUR_S - 1, Some(1));
        check(office, Monday, 9 * HOUR_S, Some(0));
        check(office, Monday, 21 * HOUR_S - 1, Some(0));
        check(office, Monday, 21 * HOUR_S, Some(12 * HOUR_S));
        check(office, Friday, 21 * HOUR_S, Some(60 * HOUR_S));
        check(office, Saturday, 12 * HOUR_S, Some(45 * HOUR_S));
        check(office, Sunday, 23 * HOUR_S, Some(10 * HOUR_S));
    }

    #[test]
    fn extremes() {
        check(ServiceHours::ALWAYS, Sunday, 86_399, Some(0));
        let never = ServiceHours::new(0, 9 * 60, 21 * 60).expect("no day is allowed");
        check(never, Monday, 12 * HOUR_S, None);
        let mondays = ServiceHours::new(1, 9 * 60, 21 * 60).expect("mondays");
        check(mondays, Monday, 21 * HOUR_S, Some(6 * DAY_S + 12 * HOUR_S));
        assert_eq!(ServiceHours::new(0x80, 0, 1), Err(ServiceHoursError::Days { days: 0x80 }));
        for (opens_min, closes_min) in [(60, 60), (60, 0), (0, 1441)] {
            assert_eq!(
                ServiceHours::new(1, opens_min, closes_min),
                Err(ServiceHoursError::Minutes { opens_min, closes_min })
            );
        }
    }
}
