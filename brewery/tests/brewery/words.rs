//! Plants for tests, and short ways to speak to them.

use brewery::contract::{Call, Setpoint3Name};
use brewery::plant::{PlantConfig, ValveMode, VesselId};
use brewery::{Brewhouse, Command};

pub(crate) const HOUR_S: u64 = 3_600;

/// The plant as served.
pub(crate) fn plant() -> Brewhouse {
    Brewhouse::new(PlantConfig::default(), 0)
}

/// The plant as served, with valves that decide.
pub(crate) fn enforced() -> Brewhouse {
    Brewhouse::new(PlantConfig { valves: ValveMode::Enforced, ..PlantConfig::default() }, 0)
}

/// A plant without loss to the room and without lag, but for what `change` gives it.
pub(crate) fn ideal(change: impl FnOnce(&mut PlantConfig)) -> Brewhouse {
    let mut config = PlantConfig::default();
    for vessel in &mut config.vessels {
        (vessel.loss_w_per_k, vessel.lag_s) = (0.0, 0.0);
    }
    change(&mut config);
    Brewhouse::new(config, 0)
}

pub(crate) fn fill(brewhouse: &mut Brewhouse, vessel: VesselId, volume_l: f64, celsius: f64) {
    brewhouse.command(&Command::Fill { vessel, volume_l, celsius }).expect("it can be filled");
}

/// Calls URLs, without `.py`, by spaces.
pub(crate) fn call(brewhouse: &mut Brewhouse, names: &str) {
    for name in names.split_whitespace() {
        answer(brewhouse, name);
    }
}

/// What a URL answers, without the line ends.
pub(crate) fn answer(brewhouse: &mut Brewhouse, name: &str) -> String {
    let call: Call = format!("{name}.py").parse().expect(name);
    brewhouse.call(call, Setpoint3Name::default()).body.trim_end().to_owned()
}

pub(crate) fn pass(brewhouse: &mut Brewhouse, seconds: u64) {
    brewhouse.advance(seconds * 10);
}

pub(crate) fn celsius(brewhouse: &Brewhouse, vessel: VesselId) -> f64 {
    brewhouse.plant().vessels[vessel.index()].celsius
}

pub(crate) fn litres(brewhouse: &Brewhouse, vessel: VesselId) -> f64 {
    brewhouse.plant().vessels[vessel.index()].volume_l
}

/// Seconds until something holds.
pub(crate) fn seconds_until(brewhouse: &mut Brewhouse, holds: impl Fn(&Brewhouse) -> bool) -> f64 {
    let began = brewhouse.steps();
    while !holds(brewhouse) {
        brewhouse.step();
        assert!(brewhouse.steps() - began < 360_000, "not within ten hours");
    }
    (brewhouse.steps() - began) as f64 / 10.0
}

#[track_caller]
pub(crate) fn near(value: f64, expect: f64, tolerance: f64) {
    assert!((value - expect).abs() <= tolerance, "{value} instead of {expect} +- {tolerance}");
}

/// Within half a percent.
#[track_caller]
pub(crate) fn close(value: f64, expect: f64) {
    near(value, expect, expect * 0.005);
}

/// The names of the alarms that there are.
pub(crate) fn alarms(brewhouse: &Brewhouse) -> Vec<String> {
    brewhouse.plant().alarms.list().iter().map(|alarm| alarm.kind.id()).collect()
}
