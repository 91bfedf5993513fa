//! The real clocks.

use domain::{LocalMoment, Moment, MonoMs, UtcMs, Weekday};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The machine's clocks, and the site's time zone.
#[derive(Debug, Clone)]
pub(crate) struct SystemClock {
    zone: TimeZone,
    started: Instant,
    started_at: UtcMs,
}

impl SystemClock {
    /// A clock for a site in the time zone of this IANA name. The zones are part of the program.
    pub(crate) fn new(zone: &str) -> Result<Self, jiff::Error> {
        Ok(Self { zone: TimeZone::get(zone)?, started: Instant::now(), started_at: utc_now() })
    }

    /// When the clock was made, which is when the server was started.
    pub(crate) fn started_at(&self) -> UtcMs {
        self.started_at
    }

    /// The time of day at the site, as `hh:mm`.
    pub(crate) fn local_time(&self, at: UtcMs) -> String {
        let local = self.zone.to_datetime(timestamp(at));
        format!("{:02}:{:02}", local.hour(), local.minute())
    }
}

impl ingest::Clock for SystemClock {
    fn now(&self) -> Moment {
        let mono = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Moment { at: utc_now(), mono: MonoMs(mono) }
    }

    fn local(&self, at: UtcMs) -> LocalMoment {
        let local = self.zone.to_datetime(timestamp(at));
        let seconds = (i32::from(local.hour()) * 60 + i32::from(local.minute())) * 60 + i32::from(local.second());
        LocalMoment { weekday: weekday(local.weekday()), second_of_day: u32::try_from(seconds).unwrap_or(0) }
    }
}

/// The wall clock; 1970 where it is set before that.
pub(crate) fn utc_now() -> UtcMs {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UtcMs(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}

fn timestamp(at: UtcMs) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

const fn weekday(day: jiff::civil::Weekday) -> Weekday {
    use jiff::civil::Weekday as Jiff;
    match day {
        Jiff::Monday => Weekday::Monday,
        Jiff::Tuesday => Weekday::Tuesday,
        Jiff::Wednesday => Weekday::Wednesday,
        Jiff::Thursday => Weekday::Thursday,
        Jiff::Friday => Weekday::Friday,
        Jiff::Saturday => Weekday::Saturday,
        Jiff::Sunday => Weekday::Sunday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ingest::Clock;

    #[test]
    fn the_site_keeps_its_own_time() {
        let clock = SystemClock::new("Europe/Paris").expect("a zone");
        let cases = [
            // 2026-03-29 is the Sunday on which Paris goes from 2 to 3 o'clock, at 1 o'clock UTC.
            (1_774_745_999_000, Weekday::Sunday, 2 * 3600 - 1, "01:59"),
            (1_774_746_000_000, Weekday::Sunday, 3 * 3600, "03:00"),
            (1_795_233_600_000, Weekday::Saturday, 5 * 3600, "05:00"),
        ];
        for (at, weekday, second_of_day, time) in cases {
            let at = UtcMs(at);
            assert_eq!(clock.local(at), LocalMoment { weekday, second_of_day }, "{at:?}");
            assert_eq!(clock.local_time(at), time, "{at:?}");
        }
        assert!(SystemClock::new("Europe/Nowhere").is_err());
    }
}
