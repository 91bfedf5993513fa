//! What the page of a plant shows, out of what the plant tells.

use app::brewery::{
    AlarmView, AlarmWord, EnergyView, FaultView, FaultWord, POINTS_MAX, PlantView, PumpView, TrendPoint, ValveView,
    VesselView,
};
use brewery::faults::{HeaterFault, ProbeFault, ProcessFault, PumpFault, ValveFault};
use brewery::plant::{Alarm, AlarmKind, EnergyLedger, STEPS_PER_S};
use brewery::{Sample, Snapshot};

/// J in a tenth of a kWh.
const TENTH_KWH_J: f64 = 3.6e5;

/// A plant as it is shown.
pub(super) fn plant_view(snapshot: &Snapshot) -> PlantView {
    PlantView {
        at_s: snapshot.step / STEPS_PER_S,
        rate: u32::try_from(whole(snapshot.pace.rate)).unwrap_or_default(),
        is_paused: snapshot.pace.paused,
        vessels: snapshot.vessels.map(vessel_view),
        pumps: snapshot.pumps.map(|pump| PumpView {
            on: pump.on,
            is_turning: pump.turning,
            is_dead_headed: pump.dead_headed,
        }),
        valves: snapshot.valves.map(|valve| ValveView { on: valve.on, is_open: valve.open }),
        pipes: snapshot.pipes.map(|l_per_min| whole(l_per_min * 10.0)),
        is_advisory_flow: snapshot.flows.iter().any(|flow| flow.legs.is_empty()),
        is_crossed: snapshot.crossed,
        route: snapshot.route,
        coil_hw: whole(snapshot.coil_w / 100.0),
        alarms: snapshot.alarms.iter().map(alarm_view).collect(),
        faults: snapshot.faults.iter().map(fault_view).collect(),
        energy: energy_view(&snapshot.energy),
    }
}

/// A number as the nearest whole one; what is beyond is as far as it goes.
#[allow(clippy::cast_possible_truncation)]
fn whole(value: f64) -> i32 {
    value.round() as i32
}

fn vessel_view(vessel: brewery::VesselView) -> VesselView {
    VesselView {
        volume_dl: whole(vessel.volume_l * 10.0),
        volume_max_dl: whole(vessel.volume_max_l * 10.0),
        liquid_dc: whole(vessel.celsius * 10.0),
        reading_dc: whole(vessel.reading_c * 10.0),
        is_boiling: vessel.boiling,
        heater_on: vessel.heater_on,
        heater_powered: vessel.heater_powered,
        heat_percent: whole(vessel.heat_w / vessel.heat_max_w.max(1.0) * 100.0),
        pid_on: vessel.pid_on,
        setpoint_dc: whole(vessel.setpoint_c * 10.0),
        p_percent: whole(vessel.p * 100.0),
        i_percent: whole(vessel.i * 100.0),
        d_percent: whole(vessel.d * 100.0),
        output_percent: whole(vessel.output * 100.0),
    }
}

fn alarm_view(alarm: &Alarm) -> AlarmView {
    let (word, part) = match alarm.kind {
        AlarmKind::DryFire(vessel) => (AlarmWord::DryFire, vessel.code()),
        AlarmKind::HighLimit(vessel) => (AlarmWord::HighLimit, vessel.code()),
        AlarmKind::CutOut(vessel) => (AlarmWord::CutOut, vessel.code()),
        AlarmKind::Probe(vessel) => (AlarmWord::Probe, vessel.code()),
        AlarmKind::Overflow(vessel) => (AlarmWord::Overflow, vessel.code()),
        AlarmKind::DryRun(pump) => (AlarmWord::DryRun, pump.code()),
        AlarmKind::DeadHead(pump) => (AlarmWord::DeadHead, pump.code()),
        AlarmKind::CrossFlow => (AlarmWord::CrossFlow, ""),
    };
    AlarmView {
        id: alarm.kind.id(),
        word,
        part: part.to_owned(),
        raised_s: alarm.raised_step / STEPS_PER_S,
        is_active: alarm.active,
        is_acknowledged: alarm.acknowledged,
    }
}

fn fault_view(fault: &ProcessFault) -> FaultView {
    let (part, word) = match fault {
        ProcessFault::Probe { part, fault } => (part.code(), probe_word(*fault)),
        ProcessFault::Heater { part, fault: HeaterFault::Open } => (part.code(), FaultWord::RelayOpen),
        ProcessFault::Heater { part, fault: HeaterFault::Welded } => (part.code(), FaultWord::RelayWelded),
        ProcessFault::Heater { part, fault: HeaterFault::FlameOut } => (part.code(), FaultWord::FlameOut),
        ProcessFault::Pump { part, fault: PumpFault::Seized } => (part.code(), FaultWord::Seized),
        ProcessFault::Valve { part, fault: ValveFault::StuckOpen } => (part.code(), FaultWord::StuckOpen),
        ProcessFault::Valve { part, fault: ValveFault::StuckShut } => (part.code(), FaultWord::StuckShut),
    };
    FaultView { part: part.to_owned(), word }
}

const fn probe_word(fault: ProbeFault) -> FaultWord {
    match fault {
        ProbeFault::Open => FaultWord::ProbeOpen,
        ProbeFault::Short => FaultWord::ProbeShort,
        ProbeFault::Stuck => FaultWord::ProbeStuck,
        ProbeFault::Drift { .. } => FaultWord::ProbeDrift,
        ProbeFault::Noise { .. } => FaultWord::ProbeNoise,
    }
}

fn energy_view(energy: &EnergyLedger) -> EnergyView {
    let tenths = |joules: f64| whole(joules / TENTH_KWH_J);
    EnergyView {
        electric: tenths(energy.electric_j),
        gas: tenths(energy.gas_j),
        lost: tenths(energy.lost_j),
        evaporated: tenths(energy.evaporated_j),
        carried: tenths(energy.carried_in_j - energy.carried_out_j),
    }
}

/// Not more points than a screen can show, the newest among them.
pub(super) fn trend_points(samples: &[Sample]) -> Vec<TrendPoint> {
    let every = samples.len().div_ceil(POINTS_MAX).max(1);
    let mut points: Vec<_> = samples.iter().rev().step_by(every).map(trend_point).collect();
    points.reverse();
    points
}

fn trend_point(sample: &Sample) -> TrendPoint {
    #[allow(clippy::cast_possible_truncation)]
    let short = |value: f32| value.round() as i16;
    TrendPoint {
        at_s: sample.at_s,
        temperatures_dc: sample.temperatures_c.map(|celsius| short(celsius * 10.0)),
        setpoints_dc: sample.setpoints_c.map(|celsius| short(celsius * 10.0)),
        duties: sample.duties.map(|duty| short(duty * 100.0)),
        energy: whole(f64::from(sample.energy_kwh) * 10.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use brewery::plant::{PlantConfig, Route, ValveId};
    use brewery::{Brewhouse, Command, Pace};

    fn view_after(commands: &[Command], steps: u64) -> PlantView {
        let mut brewhouse = Brewhouse::new(PlantConfig::default(), 0);
        for command in commands {
            brewhouse.command(command).expect("a command");
        }
        brewhouse.advance(steps);
        plant_view(&Snapshot::of(&brewhouse, Pace { rate: 60.0, paused: true }))
    }

    fn call(text: &str) -> Command {
        Command::Call(text.parse().expect("a call"))
    }

    #[test]
    fn what_is_seen_of_a_plant() {
        let view = view_after(&[call("startA.py"), call("startB.py"), call("startP1.py"), call("startR1.py")], 6_005);
        assert_eq!((view.at_s, view.rate, view.is_paused), (600, 60, true));
        assert_eq!(view.route, Some(Route::CoilHeating));
        assert!(view.valves[ValveId::A.index()].is_open && !view.valves[ValveId::C.index()].is_open);
        assert_eq!(view.pipes[brewery::plant::Pipe::HotTankTa.index()], 80);
        assert_eq!(view.pipes[brewery::plant::Pipe::TfWaste.index()], 0);
        assert_eq!(view.vessels[0].heat_percent, 100);
        assert!(view.vessels[0].reading_dc > 200 && view.vessels[0].reading_dc < 400, "{:?}", view.vessels[0]);
        assert_eq!(view.energy.electric, 9);
    }

    #[test]
    fn faults_and_alarms_have_words() {
        let faults = vec![ProcessFault::Heater { part: brewery::plant::HeaterId::R1, fault: HeaterFault::Welded }];
        let vessel = brewery::plant::VesselId::HotTank;
        let view = view_after(
            &[Command::Faults(faults), Command::Fill { vessel, volume_l: 5.0, celsius: 20.0 }, call("startR1.py")],
            10,
        );
        assert_eq!(view.faults, [FaultView { part: "R1".to_owned(), word: FaultWord::RelayWelded }]);
        let alarm = view.alarms.first().expect("an alarm");
        assert_eq!((alarm.id.as_str(), alarm.word, alarm.part.as_str()), ("dry-fire-1", AlarmWord::DryFire, "1"));
    }

    #[test]
    fn trends_are_thinned_from_the_newest() {
        let sample = |at_s| Sample {
            at_s,
            temperatures_c: [15.04; 3],
            setpoints_c: [78.0; 3],
            duties: [0.5; 3],
            heat_kw: [0.0; 3],
            energy_kwh: 1.26,
        };
        let samples: Vec<_> = (1..=8_640).map(|n| sample(n * 10)).collect();
        let points = trend_points(&samples);
        assert_eq!(points.len(), POINTS_MAX);
        assert_eq!(points.last().map(|point| point.at_s), Some(86_400));
        assert!(points.is_sorted_by_key(|point| point.at_s));
        let point = trend_points(&samples[..1])[0];
        assert_eq!((point.temperatures_dc[0], point.duties[0], point.energy), (150, 50, 13));
        assert_eq!(trend_points(&[]), []);
    }
}
