//! Whatever is done to the plant, its books are right.

use crate::words::enforced;
use brewery::contract::{Call, Setpoint3Name};
use brewery::faults::{HeaterFault, ProbeFault, ProcessFault, PumpFault, ValveFault};
use brewery::plant::{HeaterId, PumpId, ValveId, ValveMode, VesselId};
use brewery::{Brewhouse, Command};
use proptest::prelude::*;
use proptest::sample::select;

#[derive(Debug, Clone)]
enum Act {
    Call(Call),
    Command(Command),
    Pass(u64),
}

fn act() -> impl Strategy<Value = Act> {
    let calls: Vec<Call> = Call::documented().into_iter().filter(|call| *call != Call::Reset).collect();
    prop_oneof![
        12 => select(calls).prop_map(Act::Call),
        1 => Just(Act::Call(Call::Reset)),
        1 => select(vec![ValveMode::Advisory, ValveMode::Enforced]).prop_map(|mode| Act::Command(Command::Valves(mode))),
        2 => faults().prop_map(|faults| Act::Command(Command::Faults(faults))),
        8 => (0..6_000_u64).prop_map(Act::Pass),
        1 => (0..200_000_u64).prop_map(Act::Pass),
    ]
}

fn faults() -> impl Strategy<Value = Vec<ProcessFault>> {
    let vessel = || select(&VesselId::ALL[..]);
    let probe =
        select(vec![ProbeFault::Open, ProbeFault::Short, ProbeFault::Stuck, ProbeFault::Drift { k_per_h: -9.0 }]);
    let fault = prop_oneof![
        (vessel(), probe).prop_map(|(part, fault)| ProcessFault::Probe { part, fault }),
        select(&HeaterId::ALL[..]).prop_map(|part| ProcessFault::Heater { part, fault: HeaterFault::Welded }),
        select(&PumpId::ALL[..]).prop_map(|part| ProcessFault::Pump { part, fault: PumpFault::Seized }),
        (select(&ValveId::ALL[..]), any::<bool>()).prop_map(|(part, open)| {
            let fault = if open { ValveFault::StuckOpen } else { ValveFault::StuckShut };
            ProcessFault::Valve { part, fault }
        }),
    ];
    proptest::collection::vec(fault, 0..2)
}

fn check(brewhouse: &Brewhouse) -> Result<(), TestCaseError> {
    let plant = brewhouse.plant();
    for vessel in &plant.vessels {
        prop_assert!(vessel.celsius <= plant.config.boil_c && vessel.celsius > 0.0, "{vessel:?}");
        prop_assert!((0.0..=60.0).contains(&vessel.volume_l), "{vessel:?}");
    }
    let error = plant.energy.relative_error(plant.stored_j());
    prop_assert!(error < 1e-6, "{error}: {:?}", plant.energy);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_comes_from_nothing(acts in proptest::collection::vec(act(), 1..60)) {
        let mut brewhouse = enforced();
        for act in acts {
            match act {
                Act::Call(call) => drop(brewhouse.call(call, Setpoint3Name::default())),
                Act::Command(command) => brewhouse.command(&command).expect("a command that can be"),
                Act::Pass(steps) => brewhouse.advance(steps),
            }
            check(&brewhouse)?;
        }
    }

    #[test]
    fn looking_changes_nothing(looks in proptest::collection::vec(0..500_u64, 1..40)) {
        let mut looked_at = enforced();
        crate::words::call(&mut looked_at, "startPID1 startPID2 startPID3 startA startB startF startI startB1");
        let mut alone = looked_at.clone();
        for steps in looks {
            looked_at.advance(steps);
            for call in Call::documented().into_iter().filter(Call::is_read) {
                drop(looked_at.call(call, Setpoint3Name::default()));
            }
            alone.advance(steps);
            prop_assert_eq!(&looked_at, &alone);
        }
    }
}
