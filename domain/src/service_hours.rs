//! When the boards have to be awake.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A day of the calendar, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalDay(pub i32);

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];
}

impl LocalDay {
    /// The day of the week that it is.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // Day 0 was a Thursday.
        let index = (self.0 + 3).rem_euclid(7);
        Weekday::ALL[usize::try_from(index).unwrap_or(0)]
    }
}

/// Where the clock of the building stands; whoever knows the time zone makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalMoment {
    /// The day.
    pub day: LocalDay,
    /// Seconds since midnight, 0 to 86,399.
    pub second_of_day: u32,
}

/// When service begins, on the building's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The day.
    pub day: LocalDay,
    /// Minutes after midnight.
    pub minute: u16,
}

/// The hours in which a site is served, on each day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceHours {
    /// From Monday: minutes after midnight; none on a day without service.
    week: [Option<(u16, u16)>; 7],
    holidays: BTreeSet<LocalDay>,
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

const DAY_MIN: u16 = 24 * 60;
const ALL_DAYS: u8 = 0b111_1111;
/// How far ahead the next opening is looked for: further than any row of holidays.
const AHEAD_DAYS_MAX: i32 = 400;

impl ServiceHours {
    /// Always open.
    pub const ALWAYS: Self = Self { week: [Some((0, DAY_MIN)); 7], holidays: BTreeSet::new() };

    /// The same hours on the days whose bit is set (Monday lowest), from `opens_min` to before `closes_min`, in minutes
    /// after local midnight.
    ///
    /// # Errors
    /// When there is no such day or the hours are empty.
    pub const fn new(days: u8, opens_min: u16, closes_min: u16) -> Result<Self, ServiceHoursError> {
        if days > ALL_DAYS {
            return Err(ServiceHoursError::Days { days });
        }
        let mut week = [None; 7];
        let mut day = 0;
        while day < week.len() {
            if days & (1 << day) != 0 {
                week[day] = Some((opens_min, closes_min));
            }
            day += 1;
        }
        if opens_min >= closes_min || closes_min > DAY_MIN {
            return Err(ServiceHoursError::Minutes { opens_min, closes_min });
        }
        Ok(Self { week, holidays: BTreeSet::new() })
    }

    /// Hours of each day of the week, from Monday: from the first minute to before the second one; none on a day without
    /// service.
    ///
    /// # Errors
    /// `Minutes`, when the hours of a day are not within it or end before they begin.
    pub fn weekly(week: [Option<(u16, u16)>; 7]) -> Result<Self, ServiceHoursError> {
        match week.iter().flatten().find(|(opens_min, closes_min)| opens_min >= closes_min || *closes_min > DAY_MIN) {
            Some(&(opens_min, closes_min)) => Err(ServiceHoursError::Minutes { opens_min, closes_min }),
            None => Ok(Self { week, holidays: BTreeSet::new() }),
        }
    }

    /// The hours of each day of the week, from Monday, whatever the holidays are.
    #[must_use]
    pub const fn week(&self) -> [Option<(u16, u16)>; 7] {
        self.week
    }

    /// The same hours, but not on these days.
    #[must_use]
    pub fn except(self, holidays: impl IntoIterator<Item = LocalDay>) -> Self {
        Self { holidays: holidays.into_iter().collect(), ..self }
    }

    /// Whether the site is served at this moment.
    #[must_use]
    pub fn is_open(&self, local: LocalMoment) -> bool {
        self.minutes_of(local.day).is_some_and(|(opens_min, closes_min)| {
            (u32::from(opens_min) * 60..u32::from(closes_min) * 60).contains(&local.second_of_day)
        })
    }

    /// The next time that service begins after this moment; `None` when it does not within a year.
    #[must_use]
    pub fn next_opening(&self, local: LocalMoment) -> Option<Opening> {
        let today = local.day;
        (today.0..=today.0 + AHEAD_DAYS_MAX).map(LocalDay).find_map(|day| {
            let (minute, _) = self.minutes_of(day)?;
            let is_to_come = day != today || local.second_of_day < u32::from(minute) * 60;
            is_to_come.then_some(Opening { day, minute })
        })
    }

    /// The minutes after midnight at which service begins and ends on a day; none on a day without service.
    #[must_use]
    pub fn minutes_of(&self, day: LocalDay) -> Option<(u16, u16)> {
        let of_weekday = self.week.get(day.weekday() as usize).copied().flatten();
        of_weekday.filter(|_| !self.holidays.contains(&day))
    }

    /// Seconds until service ends; `None` where it is not open, or never ends.
    #[must_use]
    pub fn closes_in_s(&self, local: LocalMoment) -> Option<u32> {
        let (opens_min, closes_min) = self.minutes_of(local.day)?;
        let is_all_day = opens_min == 0 && closes_min == DAY_MIN;
        let closes_s = u32::from(closes_min) * 60;
        (self.is_open(local) && !is_all_day).then(|| closes_s.saturating_sub(local.second_of_day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_S: u32 = 3600;
    /// 1970-01-05.
    const MONDAY: i32 = 4;

    fn check(hours: &ServiceHours, day: i32, second_of_day: u32, open: bool, next: Option<i32>) {
        let local = LocalMoment { day: LocalDay(MONDAY + day), second_of_day };
        assert_eq!(hours.is_open(local), open, "{local:?}");
        let next_day = hours.next_opening(local).map(|opening| opening.day.0 - MONDAY);
        assert_eq!(next_day, next, "{local:?}");
    }

    #[test]
    fn weekdays() {
        assert_eq!(LocalDay(0).weekday(), Weekday::Thursday);
        assert_eq!(LocalDay(-4).weekday(), Weekday::Sunday);
        assert_eq!(LocalDay(MONDAY).weekday(), Weekday::Monday);
        // 2026-11-21.
        assert_eq!(LocalDay(20_778).weekday(), Weekday::Saturday);
    }

    #[test]
    fn office_hours() {
        let office = ServiceHours::new(0b1_1111, 9 * 60, 21 * 60).expect("office hours");
        check(&office, 0, 0, false, Some(0));
        check(&office, 0, 9 * HOUR_S - 1, false, Some(0));
        check(&office, 0, 9 * HOUR_S, true, Some(1));
        check(&office, 0, 21 * HOUR_S - 1, true, Some(1));
        check(&office, 0, 21 * HOUR_S, false, Some(1));
        check(&office, 4, 21 * HOUR_S, false, Some(7));
        check(&office, 5, 12 * HOUR_S, false, Some(7));
        check(&office, 6, 23 * HOUR_S, false, Some(7));
        let closes =
            |day, second_of_day| office.closes_in_s(LocalMoment { day: LocalDay(MONDAY + day), second_of_day });
        assert_eq!(
            [closes(0, 20 * HOUR_S), closes(0, 21 * HOUR_S), closes(5, 12 * HOUR_S)],
            [Some(HOUR_S), None, None]
        );
        let always = LocalMoment { day: LocalDay(MONDAY), second_of_day: 0 };
        assert_eq!(ServiceHours::ALWAYS.closes_in_s(always), None);
    }

    #[test]
    fn holidays() {
        let office = ServiceHours::new(0b1_1111, 9 * 60, 21 * 60).expect("office hours");
        let office = office.except([LocalDay(MONDAY + 1), LocalDay(MONDAY + 7)]);
        check(&office, 0, 12 * HOUR_S, true, Some(2));
        check(&office, 1, 12 * HOUR_S, false, Some(2));
        check(&office, 4, 22 * HOUR_S, false, Some(8));
        check(&office, 7, 12 * HOUR_S, false, Some(8));
    }

    #[test]
    fn each_day_has_its_own_hours() {
        let mut week = [Some((9 * 60, 18 * 60)); 7];
        (week[4], week[5]) = (Some((10 * 60, 16 * 60)), None);
        let hours = ServiceHours::weekly(week).expect("hours");
        assert_eq!(hours.week(), week);
        check(&hours, 3, 17 * HOUR_S, true, Some(4));
        check(&hours, 4, 9 * HOUR_S, false, Some(4));
        check(&hours, 4, 15 * HOUR_S, true, Some(6));
        check(&hours, 4, 17 * HOUR_S, false, Some(6));
        check(&hours, 5, 12 * HOUR_S, false, Some(6));
        let next = hours.next_opening(LocalMoment { day: LocalDay(MONDAY + 3), second_of_day: 23 * HOUR_S });
        assert_eq!(next, Some(Opening { day: LocalDay(MONDAY + 4), minute: 10 * 60 }));
        week[0] = Some((60, 60));
        let empty = ServiceHoursError::Minutes { opens_min: 60, closes_min: 60 };
        assert_eq!(ServiceHours::weekly(week), Err(empty));
    }

    #[test]
    fn extremes() {
        check(&ServiceHours::ALWAYS, 6, 86_399, true, Some(7));
        let never = ServiceHours::new(0, 9 * 60, 21 * 60).expect("no day is allowed");
        check(&never, 0, 12 * HOUR_S, false, None);
        let mondays = ServiceHours::new(1, 9 * 60, 21 * 60).expect("mondays");
        check(&mondays, 0, 21 * HOUR_S, false, Some(7));
        assert_eq!(ServiceHours::new(0x80, 0, 1), Err(ServiceHoursError::Days { days: 0x80 }));
        for (opens_min, closes_min) in [(60, 60), (60, 0), (0, 1441)] {
            assert_eq!(
                ServiceHours::new(1, opens_min, closes_min),
                Err(ServiceHoursError::Minutes { opens_min, closes_min })
            );
        }
    }
}
