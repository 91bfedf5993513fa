//! Where liquid goes.

use crate::words::{alarms, call, celsius, close, enforced, fill, litres, near, pass, plant};
use brewery::plant::{Pipe, Route, VesselId};
use brewery::{Pace, Snapshot};

fn volumes(brewhouse: &brewery::Brewhouse) -> [f64; 3] {
    VesselId::ALL.map(|vessel| litres(brewhouse, vessel))
}

#[test]
fn routes_with_names() {
    // What each moves in three minutes: 24 L where it changes volumes.
    let moved: [(Route, [f64; 3]); 8] = [
        (Route::CoilHeating, [0.0, 0.0, 0.0]),
        (Route::Herms, [0.0, 0.0, 0.0]),
        (Route::MashIn, [-24.0, 0.0, 24.0]),
        (Route::FillEbu, [-24.0, 10.0, 0.0]),
        (Route::EbuToMashtun, [0.0, -24.0, 24.0]),
        (Route::Lauter, [0.0, 10.0, -23.0]),
        (Route::Recirculation, [0.0, 0.0, 0.0]),
        (Route::WortCooling, [0.0, 0.0, 0.0]),
    ];
    assert_eq!(moved.map(|(route, _)| route), Route::ALL);
    for (route, change) in moved {
        let mut brewhouse = enforced();
        let valves = route.valves().iter().map(|valve| format!("start{} ", valve.code()));
        let pumps = route.pumps().iter().map(|pump| format!("start{} ", pump.code()));
        call(&mut brewhouse, &valves.chain(pumps).collect::<String>());
        let snapshot = Snapshot::of(&brewhouse, Pace::default());
        assert_eq!(snapshot.route, Some(route));
        assert!(!snapshot.crossed && snapshot.flows.iter().all(|flow| !flow.legs.is_empty()), "{route:?}");
        assert!(snapshot.flows.len() == route.pumps().len().max(1), "{route:?}");
        for pipe in Pipe::ALL.into_iter().filter(|pipe| snapshot.pipes[pipe.index()] != 0.0) {
            assert!(pipe.valve().is_none_or(|valve| snapshot.valves[valve.index()].open), "{route:?}: {pipe:?}");
        }
        let before = volumes(&brewhouse);
        pass(&mut brewhouse, 180);
        for (at, after) in volumes(&brewhouse).into_iter().enumerate() {
            near(after - before[at], change[at], 0.05);
        }
    }
}

#[test]
fn wort_is_cooled_by_the_mains() {
    let mut brewhouse = enforced();
    fill(&mut brewhouse, VesselId::Ebu, 50.0, 95.0);
    call(&mut brewhouse, "startD startC");
    pass(&mut brewhouse, 1_800);
    let expect = 12.0 + 83.0 * (-0.6_f64 * 558.13 * 1_800.0 / 209_300.0).exp();
    near(celsius(&brewhouse, VesselId::Ebu), expect, 1.5);
    close(litres(&brewhouse, VesselId::Ebu), 50.0);
}

#[test]
fn shut_valves_stop_a_pump_only_when_they_are_enforced() {
    let mut enforced = enforced();
    call(&mut enforced, "startP1 startP2");
    let before = volumes(&enforced);
    assert_eq!(alarms(&enforced), ["dead-head-P1", "dead-head-P2"]);
    pass(&mut enforced, 60);
    assert_eq!(volumes(&enforced), before);
    call(&mut enforced, "startA startB stopP2");
    assert_eq!(alarms(&enforced).len(), 2, "they stay until somebody has seen them");
    let snapshot = Snapshot::of(&enforced, Pace::default());
    assert!(snapshot.alarms.iter().all(|alarm| !alarm.active));

    let mut advisory = plant();
    fill(&mut advisory, VesselId::HotTank, 50.0, 78.0);
    fill(&mut advisory, VesselId::Ebu, 50.0, 50.0);
    call(&mut advisory, "startP1 startP2");
    close(advisory.plant().coil_w(), 9_376.6);
    let snapshot = Snapshot::of(&advisory, Pace::default());
    assert!(snapshot.pumps[0].dead_headed && snapshot.alarms.is_empty());
    assert_eq!(snapshot.pipes, [0.0; 15], "nothing is shown to run through shut valves");
    let mash_before = celsius(&advisory, VesselId::Mashtun);
    pass(&mut advisory, 600);
    assert_eq!(volumes(&advisory), [50.0, 50.0, 25.0]);
    assert!(celsius(&advisory, VesselId::Mashtun) > mash_before + 20.0, "it is heated by what P2 brings");
}

#[test]
fn streams_that_meet_or_divide_are_told() {
    for (names, crossed) in [
        ("startA startB startP1", false),
        ("startA startB startC startP1", true),
        ("startA startE startI startP1 startF startP2", true),
        ("startF startI startJ startG startP2 startP3", false),
        ("startA startB startD startP1", true),
    ] {
        let mut brewhouse = enforced();
        call(&mut brewhouse, names);
        assert_eq!(brewhouse.plant().flows().crossed, crossed, "{names}");
        assert_eq!(alarms(&brewhouse).contains(&"cross-flow".to_owned()), crossed, "{names}");
    }
}

#[test]
fn a_full_vessel_runs_over() {
    let mut brewhouse = enforced();
    call(&mut brewhouse, "startD startB");
    pass(&mut brewhouse, 120);
    assert_eq!((litres(&brewhouse, VesselId::HotTank), alarms(&brewhouse)), (60.0, vec!["overflow-1".to_owned()]));
}
