//! The pipes, their valves, and where liquid can go.

use super::ids::{PumpId, ValveId, VesselId};
use serde::{Deserialize, Serialize};

/// Where pipes meet or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Node {
    /// Behind pump P1; the tees are named as on the drawing.
    Ta,
    Tb,
    CoilLower,
    CoilUpper,
    Te,
    Tf,
    Tc,
    Td,
    Port,
    Waste,
    HotTankTop,
    EbuTop,
    MashtunTop,
}

const NODES: usize = 13;

/// A stretch of pipe, named after what it joins, in the direction in which its flow is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Pipe {
    /// Hot tank, valve A, pump P1, tee Ta.
    HotTankTa,
    /// Tee Ta, valve D, the open port.
    TaPort,
    /// Tee Ta, tee Tb.
    TaTb,
    /// Tee Tb, the coil's lower port.
    TbCoil,
    /// The coil, upwards.
    Coil,
    /// The coil's upper port, tee Te.
    CoilTe,
    /// Tee Te, valve H, tee Td.
    TeTd,
    /// Tee Te, tee Tf.
    TeTf,
    /// Tee Tf, valve B, the hot tank's top.
    TfHotTank,
    /// Tee Tf, valve C, the waste.
    TfWaste,
    /// Tee Tb, valve E, tee Tc.
    TbTc,
    /// Boil kettle, valve F, pump P2, tee Tc.
    EbuTc,
    /// Tee Tc, valve I, the mash tun's top.
    TcMashtun,
    /// Mash tun, valve J, pump P3, tee Td.
    MashtunTd,
    /// Tee Td, valve G, the boil kettle's top.
    TdEbu,
}

impl Pipe {
    /// All of them, in order.
    pub const ALL: [Self; 15] = [
        Self::HotTankTa,
        Self::TaPort,
        Self::TaTb,
        Self::TbCoil,
        Self::Coil,
        Self::CoilTe,
        Self::TeTd,
        Self::TeTf,
        Self::TfHotTank,
        Self::TfWaste,
        Self::TbTc,
        Self::EbuTc,
        Self::TcMashtun,
        Self::MashtunTd,
        Self::TdEbu,
    ];

    /// The place in arrays that have one element for each.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The valve on it.
    #[must_use]
    pub const fn valve(self) -> Option<ValveId> {
        match self {
            Self::HotTankTa => Some(ValveId::A),
            Self::TfHotTank => Some(ValveId::B),
            Self::TfWaste => Some(ValveId::C),
            Self::TaPort => Some(ValveId::D),
            Self::TbTc => Some(ValveId::E),
            Self::EbuTc => Some(ValveId::F),
            Self::TdEbu => Some(ValveId::G),
            Self::TeTd => Some(ValveId::H),
            Self::TcMashtun => Some(ValveId::I),
            Self::MashtunTd => Some(ValveId::J),
            Self::TaTb | Self::TbCoil | Self::Coil | Self::CoilTe | Self::TeTf => None,
        }
    }

    /// The pipe that a pump is on, from the vessel that it draws from.
    #[must_use]
    pub const fn of_pump(pump: PumpId) -> Self {
        match pump {
            PumpId::P1 => Self::HotTankTa,
            PumpId::P2 => Self::EbuTc,
            PumpId::P3 => Self::MashtunTd,
        }
    }

    /// What it joins. Pipes with a pump have no ends here: nothing gets back through a pump.
    const fn ends(self) -> Option<(Node, Node)> {
        Some(match self {
            Self::HotTankTa | Self::EbuTc | Self::MashtunTd => return None,
            Self::TaPort => (Node::Ta, Node::Port),
            Self::TaTb => (Node::Ta, Node::Tb),
            Self::TbCoil => (Node::Tb, Node::CoilLower),
            Self::Coil => (Node::CoilLower, Node::CoilUpper),
            Self::CoilTe => (Node::CoilUpper, Node::Te),
            Self::TeTd => (Node::Te, Node::Td),
            Self::TeTf => (Node::Te, Node::Tf),
            Self::TfHotTank => (Node::Tf, Node::HotTankTop),
            Self::TfWaste => (Node::Tf, Node::Waste),
            Self::TbTc => (Node::Tb, Node::Tc),
            Self::TcMashtun => (Node::Tc, Node::MashtunTop),
            Self::TdEbu => (Node::Td, Node::EbuTop),
        })
    }
}

/// Where liquid leaves the pipes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sink {
    /// Into a vessel, from above.
    Vessel(VesselId),
    /// Through the open port, which is a drain then.
    Port,
    /// Into the waste.
    Waste,
}

/// A stretch of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The pipe.
    pub pipe: Pipe,
    /// Whether the liquid runs in the pipe's own direction.
    pub forward: bool,
}

/// The outlets in reach of a node through open pipes, each with its shortest way.
pub(crate) fn outlets(from: Node, open: &[bool; 10]) -> Vec<(Sink, Vec<Leg>)> {
    let mut reached: [Option<(Node, Leg)>; NODES] = [None; NODES];
    let mut line = vec![from];
    let mut next = 0;
    while let Some(&node) = line.get(next) {
        next += 1;
        if sink(node).is_some() {
            continue;
        }
        for pipe in Pipe::ALL {
            let Some((other, leg)) = step(pipe, node, open) else { continue };
            if other != from && reached[other as usize].is_none() {
                reached[other as usize] = Some((node, leg));
                line.push(other);
            }
        }
    }
    line.iter().filter_map(|&node| Some((sink(node)?, way(node, &reached)))).collect()
}

const fn sink(node: Node) -> Option<Sink> {
    match node {
        Node::Port => Some(Sink::Port),
        Node::Waste => Some(Sink::Waste),
        Node::HotTankTop => Some(Sink::Vessel(VesselId::HotTank)),
        Node::EbuTop => Some(Sink::Vessel(VesselId::Ebu)),
        Node::MashtunTop => Some(Sink::Vessel(VesselId::Mashtun)),
        _ => None,
    }
}

/// The other end of a pipe that is open.
fn step(pipe: Pipe, node: Node, open: &[bool; 10]) -> Option<(Node, Leg)> {
    let (one, other) = pipe.ends()?;
    if pipe.valve().is_some_and(|valve| !open[valve.index()]) {
        return None;
    }
    let to = |node, forward| Some((node, Leg { pipe, forward }));
    if node == one {
        to(other, true)
    } else if node == other {
        to(one, false)
    } else {
        None
    }
}

fn way(to: Node, reached: &[Option<(Node, Leg)>; NODES]) -> Vec<Leg> {
    let mut legs = Vec::new();
    let mut at = to;
    while let Some((before, leg)) = reached[at as usize] {
        legs.push(leg);
        at = before;
    }
    legs.reverse();
    legs
}
