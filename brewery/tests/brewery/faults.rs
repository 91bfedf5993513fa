//! What breaks in the plant, on request.

use crate::words::{answer, call, celsius, enforced, litres, near, pass, plant};
use brewery::contract::{Point, Setpoint3Name};
use brewery::faults::ProcessFault;
use brewery::plant::VesselId;
use brewery::{Brewhouse, Command, CommandError};

fn broken(mut brewhouse: Brewhouse, faults: &str) -> Brewhouse {
    let faults = serde_json::from_str(faults).expect("faults");
    brewhouse.command(&Command::Faults(faults)).expect("they can be");
    brewhouse
}

fn reading(brewhouse: &Brewhouse) -> f64 {
    brewhouse.plant().probes[0].reading_c
}

#[test]
fn probes() {
    for (fault, expect) in [("open", 850.0), ("short", -200.0)] {
        let mut brewhouse = broken(plant(), &format!(r#"[{{"part":"HotTank","fault":"{fault}"}}]"#));
        pass(&mut brewhouse, 1);
        assert_eq!(reading(&brewhouse), expect);
    }
    let mut stuck = broken(plant(), r#"[{"part":"HotTank","fault":"stuck"}]"#);
    call(&mut stuck, "startR1");
    pass(&mut stuck, 600);
    assert_eq!(reading(&stuck), 15.0);
    assert!(celsius(&stuck, VesselId::HotTank) > 25.0);
    let mut drift = broken(plant(), r#"[{"part":"HotTank","fault":"drift","k_per_h":3}]"#);
    pass(&mut drift, 3_600);
    near(reading(&drift) - celsius(&drift, VesselId::HotTank), 3.0, 0.05);
}

#[test]
fn noise_is_the_same_for_the_same_seed() {
    let readings = |seed| {
        let brewhouse = Brewhouse::new(brewery::plant::PlantConfig::default(), seed);
        let mut brewhouse = broken(brewhouse, r#"[{"part":"HotTank","fault":"noise","k":0.5}]"#);
        (0..2_000)
            .map(|_| {
                brewhouse.step();
                reading(&brewhouse)
            })
            .collect::<Vec<_>>()
    };
    let first = readings(1);
    assert_eq!(first, readings(1));
    assert_ne!(first, readings(2));
    let mean = first.iter().sum::<f64>() / 2_000.0;
    let deviation = (first.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 2_000.0).sqrt();
    near(mean, 15.0, 0.06);
    near(deviation, 0.5, 0.05);
}

#[test]
fn heaters_pumps_and_valves() {
    for (part, fault, start) in [("R1", "open", "startR1"), ("B1", "flame-out", "startB1"), ("B2", "open", "startB2")] {
        let mut brewhouse = broken(plant(), &format!(r#"[{{"part":"{part}","fault":"{fault}"}}]"#));
        assert!(answer(&mut brewhouse, start).ends_with(":1}"), "the switch is on");
        pass(&mut brewhouse, 600);
        assert!(brewhouse.plant().elements.iter().all(|element| element.heat_w == 0.0), "{part} gives no heat");
        assert_eq!(brewhouse.plant().energy.electric_j + brewhouse.plant().energy.gas_j, 0.0);
    }
    let mut seized = broken(enforced(), r#"[{"part":"P2","fault":"seized"}]"#);
    call(&mut seized, "startF startI startP2");
    pass(&mut seized, 60);
    assert_eq!(litres(&seized, VesselId::Ebu), 50.0);
    let mut shut = broken(enforced(), r#"[{"part":"F","fault":"stuck-shut"},{"part":"I","fault":"stuck-open"}]"#);
    call(&mut shut, "startF startP2");
    pass(&mut shut, 60);
    assert_eq!(litres(&shut, VesselId::Ebu), 50.0);
    let mut open = broken(enforced(), r#"[{"part":"I","fault":"stuck-open"}]"#);
    call(&mut open, "startF startP2 stopI");
    pass(&mut open, 60);
    near(litres(&open, VesselId::Ebu), 42.0, 0.05);
}

#[test]
fn a_heater_gets_cold() {
    let mut brewhouse = plant();
    call(&mut brewhouse, "startB1");
    pass(&mut brewhouse, 60);
    call(&mut brewhouse, "stopB1");
    pass(&mut brewhouse, 900);
    assert_eq!(brewhouse.plant().elements[1].heat_w.to_bits(), 0);
    assert!(brewhouse.plant().energy.relative_error(brewhouse.plant().stored_j()) < 1e-9);
}

#[test]
fn a_reset_mends_nothing() {
    let mut brewhouse = broken(plant(), r#"[{"part":"HotTank","fault":"open"}]"#);
    call(&mut brewhouse, "Reset");
    pass(&mut brewhouse, 1);
    let read = brewery::contract::Call::Get(Point::Temperature(VesselId::HotTank));
    assert!(brewhouse.call(read, Setpoint3Name::default()).body.contains("850.0"));
}

#[test]
fn what_cannot_break() {
    let mut brewhouse = plant();
    for faults in [
        r#"[{"part":"R1","fault":"flame-out"}]"#,
        r#"[{"part":"R1","fault":"open"},{"part":"R1","fault":"welded"}]"#,
        r#"[{"part":"Ebu","fault":"noise","k":-1}]"#,
        r#"[{"part":"Ebu","fault":"drift","k_per_h":1e9}]"#,
    ] {
        let faults: Vec<ProcessFault> = serde_json::from_str(faults).expect("faults");
        let refused = brewhouse.command(&Command::Faults(faults.clone()));
        assert!(matches!(refused, Err(CommandError::Fault(_))), "{faults:?}");
        assert_eq!(brewhouse.plant().faults.list(), []);
    }
    for nonsense in [r#"[{"part":"K","fault":"open"}]"#, r#"[{"part":"P1","fault":"welded"}]"#, r#"[{"part":"Ebu"}]"#] {
        assert!(serde_json::from_str::<Vec<ProcessFault>>(nonsense).is_err(), "{nonsense}");
    }
}
