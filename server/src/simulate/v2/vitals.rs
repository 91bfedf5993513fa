//! A board's battery and radio.

use super::super::chance::Chance;
use std::time::Duration;

const BATTERY_MV_MIN: f64 = 3_000.0;
const BATTERY_MV_MAX: f64 = 4_200.0;
/// Seconds of the office for which a full battery lasts. An empty one is charged at once.
const BATTERY_S: f64 = 30.0 * 3_600.0;
/// The strength of the signal, in dBm: of the nearest and of the farthest board, and how much it wavers.
const RSSI_DBM_MAX: f64 = -50.0;
const RSSI_DBM_MIN: f64 = -80.0;
const RSSI_WOBBLE_DB: f64 = 4.0;

/// Where a board hangs, and how full its battery was at the start.
#[derive(Debug, Clone)]
pub struct Vitals {
    /// Used of the battery, 0 to 1.
    used: f64,
    rssi_dbm: f64,
    /// Seconds of the office in a second.
    speed: u32,
    chance: Chance,
}

impl Vitals {
    pub fn new(mut chance: Chance, speed: u32) -> Self {
        let (used, near) = (chance.fraction(), chance.fraction());
        Self { used, rssi_dbm: RSSI_DBM_MIN + near * (RSSI_DBM_MAX - RSSI_DBM_MIN), speed, chance }
    }

    /// The battery's voltage so long after the start, in millivolts: 3,000 to 4,200.
    pub fn battery_mv(&self, at: Duration) -> u16 {
        let used = (self.used + at.as_secs_f64() * f64::from(self.speed) / BATTERY_S).fract();
        round(BATTERY_MV_MAX - used * (BATTERY_MV_MAX - BATTERY_MV_MIN)).unsigned_abs()
    }

    /// The strength of the signal now, in dBm.
    pub fn rssi_dbm(&mut self) -> i16 {
        round(self.rssi_dbm + (self.chance.fraction() * 2.0 - 1.0) * RSSI_WOBBLE_DB)
    }
}

/// Of values that are far within the range.
#[allow(clippy::cast_possible_truncation)]
fn round(value: f64) -> i16 {
    value.round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_battery_runs_down_faster_with_speed() {
        let board = |speed| Vitals { used: 0.0, rssi_dbm: -60.0, speed, chance: Chance::new(1, 1) };
        let hours = |hours: u64| Duration::from_secs(hours * 3_600);
        let cases = [(1, 0, 4_200), (1, 15, 3_600), (1, 29, 3_040), (1, 30, 4_200), (10, 1, 3_800), (3_600, 1, 4_200)];
        for (speed, at_h, expect) in cases {
            assert_eq!(board(speed).battery_mv(hours(at_h)), expect, "{speed} {at_h}");
        }
    }

    #[test]
    fn the_signal_wavers() {
        let mut vitals = Vitals { used: 0.0, rssi_dbm: -60.0, speed: 1, chance: Chance::new(1, 1) };
        let seen: std::collections::BTreeSet<_> = (0..100).map(|_| vitals.rssi_dbm()).collect();
        assert!(seen.len() > 4 && seen.iter().all(|rssi| (-64..=-56).contains(rssi)), "{seen:?}");
    }
}
