//! How bright a screen is, by the hours of service.

use crate::{LocalDay, LocalMoment, ServiceHours};
use serde::{Deserialize, Serialize};

/// How bright a screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreenLight {
    /// As it is meant to be.
    Full,
    /// The first people come, or the last are still there: the map, darker.
    Dim,
    /// Nobody is there to look: a clock that wanders over the dark.
    Rest,
}

/// Before service begins and after it ends, a screen is dim for so long.
const DIM_S: u32 = 30 * 60;

impl ScreenLight {
    /// The word used in the markup.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Dim => "dim",
            Self::Rest => "rest",
        }
    }

    /// At this moment.
    #[must_use]
    pub fn at(hours: &ServiceHours, local: LocalMoment) -> Self {
        if hours.is_open(local) {
            Self::Full
        } else if is_near(hours, local) {
            Self::Dim
        } else {
            Self::Rest
        }
    }
}

/// Whether service begins soon or has just ended, also over midnight.
fn is_near(hours: &ServiceHours, local: LocalMoment) -> bool {
    const DAY_S: u32 = 24 * 3_600;
    let now_s = local.second_of_day;
    let ends_s = |day: LocalDay| hours.minutes_of(day).map(|(_, closes_min)| u32::from(closes_min) * 60);
    let begins_s = |day: LocalDay| hours.minutes_of(day).map(|(opens_min, _)| u32::from(opens_min) * 60);
    let LocalDay(day) = local.day;
    let ended_today = ends_s(local.day).is_some_and(|ends_s| (ends_s..ends_s + DIM_S).contains(&now_s));
    let ended_yesterday = ends_s(LocalDay(day - 1)).is_some_and(|ends_s| now_s + DAY_S < ends_s + DIM_S);
    let begins_today = begins_s(local.day).is_some_and(|begins_s| now_s < begins_s && begins_s <= now_s + DIM_S);
    let begins_tomorrow = begins_s(LocalDay(day + 1)).is_some_and(|begins_s| begins_s + DAY_S <= now_s + DIM_S);
    ended_today || ended_yesterday || begins_today || begins_tomorrow
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1970-01-05.
    const MONDAY: i32 = 4;

    fn check(hours: &ServiceHours, cases: &[(i32, u32, u32, ScreenLight)]) {
        for (day, hour, minute, expect) in cases {
            let local = LocalMoment { day: LocalDay(MONDAY + day), second_of_day: (hour * 60 + minute) * 60 };
            assert_eq!(ScreenLight::at(hours, local), *expect, "day {day} {hour}:{minute:02}");
        }
    }

    #[test]
    fn a_day_at_the_office() {
        let office = ServiceHours::new(0b1_1111, 9 * 60, 21 * 60).expect("hours");
        check(
            &office,
            &[
                (0, 0, 0, ScreenLight::Rest),
                (0, 8, 29, ScreenLight::Rest),
                (0, 8, 30, ScreenLight::Dim),
                (0, 8, 59, ScreenLight::Dim),
                (0, 9, 0, ScreenLight::Full),
                (0, 20, 59, ScreenLight::Full),
                (0, 21, 0, ScreenLight::Dim),
                (0, 21, 29, ScreenLight::Dim),
                (0, 21, 30, ScreenLight::Rest),
                (5, 12, 0, ScreenLight::Rest),
                (5, 8, 45, ScreenLight::Rest),
            ],
        );
    }

    #[test]
    fn around_midnight() {
        let late = ServiceHours::new(1, 10 * 60, 24 * 60).expect("hours");
        check(&late, &[(0, 23, 59, ScreenLight::Full), (1, 0, 0, ScreenLight::Dim), (1, 0, 30, ScreenLight::Rest)]);
        let early = ServiceHours::new(1, 0, 60).expect("hours");
        check(&early, &[(-1, 23, 29, ScreenLight::Rest), (-1, 23, 30, ScreenLight::Dim), (0, 0, 0, ScreenLight::Full)]);
    }

    #[test]
    fn where_nobody_ever_leaves() {
        check(&ServiceHours::ALWAYS, &[(0, 3, 0, ScreenLight::Full), (6, 23, 59, ScreenLight::Full)]);
    }
}
