//! What keeps the plant from harm.

use crate::words::{HOUR_S, alarms, answer, call, celsius, enforced, fill, litres, pass, plant, seconds_until};
use brewery::Command;
use brewery::faults::{HeaterFault, ProbeFault, ProcessFault};
use brewery::plant::{HeaterId, VesselId};

#[test]
fn too_little_liquid() {
    let mut brewhouse = plant();
    fill(&mut brewhouse, VesselId::HotTank, 9.9, 20.0);
    assert_eq!(answer(&mut brewhouse, "startR1"), r#"{"Sensor":"Resistance1","State":0}"#);
    assert_eq!(alarms(&brewhouse), ["dry-fire-1"]);
    fill(&mut brewhouse, VesselId::HotTank, 10.0, 20.0);
    pass(&mut brewhouse, 1);
    brewhouse.command(&Command::Acknowledge(Some("dry-fire-1".to_owned()))).expect("there is one");
    assert_eq!(alarms(&brewhouse), Vec::<String>::new());
    assert_eq!(answer(&mut brewhouse, "startR1"), r#"{"Sensor":"Resistance1","State":1}"#);
    let unknown = brewhouse.command(&Command::Acknowledge(Some("dry-fire-1".to_owned())));
    assert_eq!(unknown.map_err(|error| error.to_string()), Err("there is no alarm \"dry-fire-1\"".to_owned()));
}

#[test]
fn too_hot() {
    for (start, vessel, limit_c) in [("startR1", VesselId::HotTank, 95.0), ("startB2", VesselId::Mashtun, 85.0)] {
        let mut brewhouse = plant();
        call(&mut brewhouse, start);
        seconds_until(&mut brewhouse, |brewhouse| celsius(brewhouse, vessel) >= limit_c);
        pass(&mut brewhouse, 1);
        assert!(answer(&mut brewhouse, start).ends_with(":0}"));
        assert_eq!(alarms(&brewhouse), [format!("high-limit-{}", vessel.code())]);
        pass(&mut brewhouse, HOUR_S);
        assert!(celsius(&brewhouse, vessel) < limit_c);
    }
}

#[test]
fn a_pump_that_draws_air() {
    let mut brewhouse = enforced();
    fill(&mut brewhouse, VesselId::Ebu, 20.0, 20.0);
    call(&mut brewhouse, "startJ startG startP3");
    pass(&mut brewhouse, 600);
    assert!((1.98..=2.0).contains(&litres(&brewhouse, VesselId::Mashtun)), "{}", litres(&brewhouse, VesselId::Mashtun));
    assert_eq!(alarms(&brewhouse), ["dry-run-P3"]);
    assert_eq!(answer(&mut brewhouse, "startP3"), r#"{"Sensor":"Pompe3","State":0}"#);
}

#[test]
fn a_welded_relay_ends_at_the_fuse() {
    let mut brewhouse = plant();
    let welded = ProcessFault::Heater { part: HeaterId::B1, fault: HeaterFault::Welded };
    brewhouse.command(&Command::Faults(vec![welded])).expect("it can be welded");
    assert_eq!(answer(&mut brewhouse, "getB1"), r#"{"Sensor":"Bruleur1","State":0}"#);
    pass(&mut brewhouse, 20 * HOUR_S);
    assert!((2.0..2.5).contains(&litres(&brewhouse, VesselId::Ebu)), "{}", litres(&brewhouse, VesselId::Ebu));
    assert!(alarms(&brewhouse).contains(&"cut-out-2".to_owned()), "{:?}", alarms(&brewhouse));
    fill(&mut brewhouse, VesselId::Ebu, 30.0, 20.0);
    pass(&mut brewhouse, 60);
    assert!(brewhouse.plant().elements[1].powered, "there is liquid again, and it is still welded");
}

#[test]
fn a_loop_heats_no_more_when_its_probe_is_broken() {
    for fault in [ProbeFault::Open, ProbeFault::Short] {
        let mut brewhouse = plant();
        call(&mut brewhouse, "startPID1");
        pass(&mut brewhouse, 60);
        assert_eq!(answer(&mut brewhouse, "getR1"), r#"{"Sensor":"Resistance1","State":1}"#);
        let broken = ProcessFault::Probe { part: VesselId::HotTank, fault };
        brewhouse.command(&Command::Faults(vec![broken])).expect("it can break");
        pass(&mut brewhouse, 1);
        assert_eq!(answer(&mut brewhouse, "getR1"), r#"{"Sensor":"Resistance1","State":0}"#);
        assert_eq!(alarms(&brewhouse), ["probe-1"]);
        brewhouse.command(&Command::Faults(vec![])).expect("it can be mended");
        pass(&mut brewhouse, 120);
        assert_eq!(answer(&mut brewhouse, "getR1"), r#"{"Sensor":"Resistance1","State":1}"#);
    }
}
