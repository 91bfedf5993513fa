//! What a booth's sensors have said lately, and what follows from it.

use crate::{MonoMs, Occupancy, PresenceFilter, PresenceRule, SensorCount};

/// Boards of 2016 send samples, which are counted here; later ones send what they have counted themselves.
#[derive(Debug)]
pub(crate) enum Evidence {
    Samples(PresenceFilter),
    Counts(Counts),
}

/// The newest count of each sensor that looks at the booth.
#[derive(Debug)]
pub(crate) struct Counts {
    rule: PresenceRule,
    sensors: Vec<Counted>,
    occupancy: Option<Occupancy>,
}

#[derive(Debug)]
struct Counted {
    count: SensorCount,
    at: MonoMs,
    fresh_until: MonoMs,
}

impl Evidence {
    pub(crate) fn new(rule: PresenceRule) -> Self {
        Self::Samples(PresenceFilter::new(rule))
    }

    pub(crate) fn resumed(rule: PresenceRule, occupancy: Occupancy) -> Self {
        Self::Samples(PresenceFilter::resumed(rule, occupancy))
    }

    pub(crate) fn rule(&self) -> PresenceRule {
        match self {
            Self::Samples(filter) => filter.rule(),
            Self::Counts(counts) => counts.rule,
        }
    }

    /// Goes by another rule from the next report on.
    pub(crate) fn follow(&mut self, rule: PresenceRule) {
        match self {
            Self::Samples(filter) => filter.follow(rule),
            Self::Counts(counts) => counts.rule = rule,
        }
    }

    pub(crate) fn occupancy(&self) -> Option<Occupancy> {
        match self {
            Self::Samples(filter) => filter.occupancy(),
            Self::Counts(counts) => counts.occupancy,
        }
    }

    /// Takes the next sample and returns what is known after it.
    pub(crate) fn sample(&mut self, high: bool) -> Option<Occupancy> {
        match self {
            Self::Samples(filter) => filter.push(high),
            Self::Counts(counts) => {
                // The booth was given another board: go on from what was known.
                let known = counts.occupancy.map(|occupancy| PresenceFilter::resumed(counts.rule, occupancy));
                let mut filter = known.unwrap_or_else(|| PresenceFilter::new(counts.rule));
                let occupancy = filter.push(high);
                *self = Self::Samples(filter);
                occupancy
            }
        }
    }

    /// Forgets counts that are not fresh any more, as long as others are.
    pub(crate) fn expire(&mut self, now: MonoMs) {
        if let Self::Counts(counts) = self {
            counts.expire(now);
        }
    }

    /// Takes a count that was made then; whether it was news.
    pub(crate) fn count(&mut self, count: &SensorCount, at: MonoMs, fresh_until: MonoMs) -> bool {
        if let Self::Samples(filter) = self {
            let (rule, occupancy) = (filter.rule(), filter.occupancy());
            *self = Self::Counts(Counts { rule, sensors: Vec::new(), occupancy });
        }
        match self {
            Self::Samples(_) => false,
            Self::Counts(counts) => counts.take(Counted { count: *count, at, fresh_until }),
        }
    }
}

impl Counts {
    fn take(&mut self, counted: Counted) -> bool {
        let (sensor, at) = (counted.count.sensor, counted.at);
        match self.sensors.iter_mut().find(|known| known.count.sensor == sensor) {
            Some(known) if known.at > at => return false,
            Some(known) => *known = counted,
            None => self.sensors.push(counted),
        }
        self.sensors.retain(|known| known.fresh_until > at);
        self.decide();
        true
    }

    fn expire(&mut self, now: MonoMs) {
        let fresh = self.sensors.iter().filter(|known| known.fresh_until > now).count();
        if (1..self.sensors.len()).contains(&fresh) {
            self.sensors.retain(|known| known.fresh_until > now);
            self.decide();
        }
    }

    /// Somebody whom one sensor sees is there, whatever the others say.
    fn decide(&mut self) {
        let high = self.sensors.iter().map(|known| scale(&known.count, self.rule, known.count.high_samples)).max();
        let seen = self.sensors.iter().map(|known| scale(&known.count, self.rule, known.count.seen_samples)).max();
        self.occupancy = self.rule.decide(self.occupancy, high.unwrap_or(0), seen.unwrap_or(0));
    }
}

/// A number of samples of the board's window, as it would be in the window of the rule.
fn scale(count: &SensorCount, rule: PresenceRule, samples: u16) -> u16 {
    let scaled = u32::from(samples) * u32::from(rule.window()) / u32::from(count.window_samples.max(1));
    u16::try_from(scaled).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BoothNumber, BoothStatus, SensorId};

    fn count(sensor: u32, high_samples: u16, seen_samples: u16) -> SensorCount {
        SensorCount { booth: BoothNumber(42), sensor: SensorId(sensor), high_samples, seen_samples, window_samples: 60 }
    }

    /// Reports as (second, sensor, high, seen), each fresh for 75 s, and what is known after each.
    fn check(reports: &[(u64, u32, u16, u16)], expect: &str) {
        let mut evidence = Evidence::new(PresenceRule::default());
        let words = reports.iter().map(|&(second, sensor, high, seen)| {
            let news =
                evidence.count(&count(sensor, high, seen), MonoMs(second * 1_000), MonoMs((second + 75) * 1_000));
            let word = evidence.occupancy().map_or("unknown", |occupancy| BoothStatus::from(occupancy).as_str());
            if news { word.to_owned() } else { format!("({word})") }
        });
        assert_eq!(words.collect::<Vec<_>>().join(" "), expect, "{reports:?}");
    }

    #[test]
    fn counts_follow_the_rule() {
        check(&[(0, 0, 0, 60)], "free");
        check(&[(0, 0, 37, 60)], "occupied");
        check(&[(0, 0, 3, 60)], "free");
        check(&[(0, 0, 0, 5), (1, 0, 0, 7)], "unknown free");
        check(&[(0, 0, 6, 60), (1, 0, 2, 60), (2, 0, 1, 60), (3, 0, 5, 60)], "occupied occupied free free");
    }

    #[test]
    fn an_older_count_is_no_news() {
        check(&[(10, 0, 37, 60), (5, 0, 0, 60), (10, 0, 0, 60)], "occupied (occupied) free");
    }

    #[test]
    fn one_sensor_that_sees_somebody_is_enough() {
        check(&[(0, 0, 37, 60), (1, 1, 0, 60), (2, 0, 0, 60)], "occupied occupied free");
        // What a sensor said that has fallen silent since does not count for ever.
        check(&[(0, 0, 37, 60), (1, 1, 0, 60), (75, 1, 0, 60)], "occupied occupied free");
    }

    #[test]
    fn windows_are_scaled() {
        let mut evidence = Evidence::new(PresenceRule::default());
        let half = SensorCount { window_samples: 30, ..count(0, 3, 30) };
        evidence.count(&half, MonoMs(0), MonoMs(1));
        assert_eq!(evidence.occupancy(), Some(Occupancy::Occupied));
    }
}
