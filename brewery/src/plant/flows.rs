//! What moves where, by pumps, valves and the mains.

use super::config::ValveMode;
use super::ids::{PumpId, ValveId, VesselId};
use super::pipes::{Leg, Node, Pipe, Sink, outlets};
use serde::{Deserialize, Serialize};

/// Where liquid enters the pipes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// From a vessel's outlet, by its pump.
    Vessel(VesselId),
    /// From the mains, through the open port.
    Mains,
}

/// Liquid on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// Where from.
    pub from: Source,
    /// Where to.
    pub to: Sink,
    /// How much, in L/min.
    pub l_per_min: f64,
    /// Whether it passes the coil in the boil kettle.
    pub through_coil: bool,
    /// The pipes that it runs through. Empty when no way is open and advisory valves let it pass all the same.
    pub legs: Vec<Leg>,
}

/// All that moves.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Flows {
    /// In a fixed order.
    pub list: Vec<Flow>,
    /// By [`PumpId`]: it runs and has no open way.
    pub dead_headed: [bool; 3],
    /// Liquid goes to more than one place, or two streams meet in a pipe.
    pub crossed: bool,
}

/// What moves when these valves are open and these pumps turn.
pub(crate) fn find_flows(open: &[bool; 10], turning: &[bool; 3], mode: ValveMode, l_per_min: f64) -> Flows {
    let mut flows = Flows::default();
    for pump in PumpId::ALL.into_iter().filter(|pump| turning[pump.index()]) {
        let ways = if suction_open(pump, open) { outlets(discharge(pump), open) } else { Vec::new() };
        flows.dead_headed[pump.index()] = ways.is_empty();
        flows.crossed |= ways.len() > 1;
        let first = Leg { pipe: Pipe::of_pump(pump), forward: true };
        flows.split(Source::Vessel(pump.vessel()), Some(first), ways, l_per_min);
    }
    flows.add_mains(open, l_per_min);
    flows.crossed |= flows.pipes_are_shared();
    if mode == ValveMode::Advisory {
        flows.add_usual_loops(l_per_min);
    }
    flows
}

fn suction_open(pump: PumpId, open: &[bool; 10]) -> bool {
    Pipe::of_pump(pump).valve().is_none_or(|valve| open[valve.index()])
}

const fn discharge(pump: PumpId) -> Node {
    match pump {
        PumpId::P1 => Node::Ta,
        PumpId::P2 => Node::Tc,
        PumpId::P3 => Node::Td,
    }
}

impl Flows {
    /// What runs through each pipe, by [`Pipe`], in L/min; negative against the pipe's direction.
    #[must_use]
    pub fn by_pipe(&self) -> [f64; 15] {
        let mut flows = [0.0; 15];
        for flow in &self.list {
            for leg in &flow.legs {
                flows[leg.pipe.index()] += if leg.forward { flow.l_per_min } else { -flow.l_per_min };
            }
        }
        flows
    }

    /// A stream that divides evenly among its ways.
    #[allow(clippy::cast_precision_loss)]
    fn split(&mut self, from: Source, first: Option<Leg>, ways: Vec<(Sink, Vec<Leg>)>, l_per_min: f64) {
        let share = l_per_min / ways.len().max(1) as f64;
        for (to, way) in ways {
            let legs: Vec<Leg> = first.into_iter().chain(way).collect();
            let through_coil = legs.iter().any(|leg| leg.pipe == Pipe::Coil);
            self.list.push(Flow { from, to, l_per_min: share, through_coil, legs });
        }
    }

    /// The mains push in where no pump pushes against them.
    fn add_mains(&mut self, open: &[bool; 10], l_per_min: f64) {
        let at_ta = [Pipe::HotTankTa, Pipe::TaPort, Pipe::TaTb];
        let pushed = self.list.iter().flat_map(|flow| &flow.legs).any(|leg| at_ta.contains(&leg.pipe));
        if !open[ValveId::D.index()] || pushed {
            return;
        }
        let mut ways = outlets(Node::Ta, open);
        ways.retain(|(to, _)| *to != Sink::Port);
        self.crossed |= ways.len() > 1;
        self.split(Source::Mains, Some(Leg { pipe: Pipe::TaPort, forward: false }), ways, l_per_min);
    }

    /// Whether streams of different sources run through one pipe.
    fn pipes_are_shared(&self) -> bool {
        let mut used: [Option<Source>; 15] = [None; 15];
        self.list.iter().any(|flow| {
            flow.legs.iter().any(|leg| {
                let before = used[leg.pipe.index()].replace(flow.from);
                before.is_some_and(|before| before != flow.from)
            })
        })
    }

    /// Pumps without an open way do what they do in the plant's usual use: P1 heats by the coil, P2 and P3 recirculate.
    fn add_usual_loops(&mut self, l_per_min: f64) {
        let [p1, p2, p3] = self.dead_headed;
        let mut add = |from, to, through_coil| {
            let (from, to) = (Source::Vessel(from), Sink::Vessel(to));
            self.list.push(Flow { from, to, l_per_min, through_coil, legs: Vec::new() });
        };
        if p1 {
            add(VesselId::HotTank, VesselId::HotTank, true);
        }
        if p2 || p3 {
            add(VesselId::Ebu, VesselId::Mashtun, false);
            add(VesselId::Mashtun, VesselId::Ebu, false);
        }
    }
}
