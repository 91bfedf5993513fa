//! The real clocks.

use domain::{LocalDay, LocalMoment, Moment, MonoMs, Opening, UtcMs};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Not zero: boards tell of what happened up to 50 days ago, which may be before the start.
const MONO_START: MonoMs = MonoMs(u32::MAX as u64);

/// The machine's clocks, and the site's time zone.
#[derive(Debug, Clone)]
pub(crate) struct SystemClock {
    /// Shared by all that have this clock, so that it can be another one for all of them.
    zone: Arc<RwLock<TimeZone>>,
    started: Instant,
    started_at: UtcMs,
}

impl SystemClock {
    /// A clock for a site in the time zone of this IANA name. The zones are part of the program.
    pub(crate) fn new(zone: &str) -> Result<Self, jiff::Error> {
        let zone = Arc::new(RwLock::new(TimeZone::get(zone)?));
        Ok(Self { zone, started: Instant::now(), started_at: utc_now() })
    }

    /// Goes on in another time zone, for everybody who has this clock.
    ///
    /// # Errors
    /// When there is no such zone; the clock then stays in the one before.
    pub(crate) fn set_zone(&self, zone: &str) -> Result<(), jiff::Error> {
        let zone = TimeZone::get(zone)?;
        *self.zone.write().unwrap_or_else(PoisonError::into_inner) = zone;
        Ok(())
    }

    /// The name of the site's time zone.
    pub(crate) fn zone_name(&self) -> String {
        self.zone().iana_name().unwrap_or_default().to_owned()
    }

    fn zone(&self) -> TimeZone {
        self.zone.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// When the clock was made, which is when the server was started.
    pub(crate) fn started_at(&self) -> UtcMs {
        self.started_at
    }

    /// The time of day at the site, as `hh:mm`.
    pub(crate) fn local_time(&self, at: UtcMs) -> String {
        let local = self.zone().to_datetime(timestamp(at));
        format!("{:02}:{:02}", local.hour(), local.minute())
    }
}

impl ingest::Clock for SystemClock {
    fn now(&self) -> Moment {
        let passed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        Moment { at: utc_now(), mono: MONO_START.plus(passed) }
    }

    fn local(&self, at: UtcMs) -> LocalMoment {
        let local = self.zone().to_datetime(timestamp(at));
        let seconds = (i32::from(local.hour()) * 60 + i32::from(local.minute())) * 60 + i32::from(local.second());
        LocalMoment { day: local_day(local.date()), second_of_day: u32::try_from(seconds).unwrap_or(0) }
    }

    fn utc(&self, opening: Opening) -> UtcMs {
        let midnight = date(opening.day).to_datetime(jiff::civil::Time::midnight());
        let local = midnight.saturating_add(i64::from(opening.minute).minutes());
        let at = self.zone().to_ambiguous_timestamp(local).later().unwrap_or(Timestamp::MAX);
        UtcMs(at.as_millisecond())
    }
}

/// The wall clock; 1970 where it is set before that.
pub(crate) fn utc_now() -> UtcMs {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UtcMs(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}

/// An instant for people and for machines: `2026-11-21T05:00:00Z`.
pub(crate) fn show_time(at: UtcMs) -> String {
    let shown = Timestamp::from_millisecond(at.0).map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    shown.unwrap_or_else(|_| at.0.to_string())
}

fn timestamp(at: UtcMs) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The day of a date.
pub(crate) fn local_day(date: Date) -> LocalDay {
    LocalDay(date.since(EPOCH).map_or(0, |span| span.get_days()))
}

/// The date of a day.
pub(crate) fn date(day: LocalDay) -> Date {
    EPOCH.saturating_add(day.0.days())
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

#[cfg(test)]
mod tests {
    use super::*;
    use ingest::Clock;

    #[test]
    fn the_site_keeps_its_own_time() {
        let clock = SystemClock::new("Europe/Paris").expect("a zone");
        let sunday = jiff::civil::date(2026, 3, 29);
        let cases = [
            // 2026-03-29 is the Sunday on which Paris goes from 2 to 3 o'clock, at 1 o'clock UTC.
            (1_774_745_999_000, sunday, 2 * 3600 - 1, "01:59"),
            (1_774_746_000_000, sunday, 3 * 3600, "03:00"),
            (1_795_233_600_000, jiff::civil::date(2026, 11, 21), 5 * 3600, "05:00"),
        ];
        for (at, day, second_of_day, time) in cases {
            let at = UtcMs(at);
            assert_eq!(clock.local(at), LocalMoment { day: local_day(day), second_of_day }, "{at:?}");
            assert_eq!(clock.local_time(at), time, "{at:?}");
        }
        let opens = |minute| clock.utc(Opening { day: local_day(sunday), minute }).0;
        assert_eq!(
            [opens(0), opens(9 * 60)],
            [1_774_738_800_000, 1_774_767_600_000],
            "an hour less than on other days"
        );
        assert_eq!(opens(2 * 60 + 30), opens(3 * 60 + 30), "there is no half past two");
        assert!(SystemClock::new("Europe/Nowhere").is_err());
    }
}
