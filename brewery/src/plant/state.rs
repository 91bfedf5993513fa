//! All that the plant is at one moment, and its step to the next.

use super::alarms::Alarms;
use super::chance::Chance;
use super::config::{PlantConfig, STEP_S, WATER_DENSITY, WATER_HEAT};
use super::element::Element;
use super::energy::EnergyLedger;
use super::flows::{Flow, Flows, Source, find_flows};
use super::ids::{PumpId, ValveId, VesselId};
use super::pipes::Sink;
use super::probe::Probe;
use super::vessel::{Change, Vessel};
use crate::faults::ProcessFaults;
use serde::{Deserialize, Serialize};

/// Litres at which the coil is covered; below, less of it is.
const COIL_COVERED_L: f64 = 10.0;

/// What screens and controllers have turned on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Switches {
    /// By [`super::HeaterId`].
    pub heaters: [bool; 3],
    /// By [`PumpId`].
    pub pumps: [bool; 3],
    /// By [`ValveId`].
    pub valves: [bool; 10],
}

/// The plant. Its controller is beside it, not in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plant {
    /// As built.
    pub config: PlantConfig,
    /// Contents, by [`VesselId`].
    pub vessels: [Vessel; 3],
    /// Heaters, by [`super::HeaterId`].
    pub elements: [Element; 3],
    /// Probes, by [`VesselId`].
    pub probes: [Probe; 3],
    /// What is turned on.
    pub switches: Switches,
    /// What is broken.
    pub faults: ProcessFaults,
    /// What is wrong.
    pub alarms: Alarms,
    /// What came and went.
    pub energy: EnergyLedger,
    /// Steps since the very start.
    pub steps: u64,
    chance: Chance,
    #[serde(skip)]
    moving: Moving,
}

/// The flows, which are found anew only when something that they depend on has changed.
#[derive(Debug, Clone, Default)]
struct Moving {
    of: Option<([bool; 10], [bool; 3])>,
    flows: Flows,
}

/// It follows from the rest.
impl PartialEq for Moving {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Plant {
    /// A plant as after a reset. The seed is for the noise of its probes.
    #[must_use]
    pub fn new(config: PlantConfig, seed: u64) -> Self {
        let vessels = config.vessels.map(|vessel| Vessel::new(&vessel, config.start_c));
        let probe = Probe::new(config.start_c, &config);
        let mut plant = Self {
            vessels,
            elements: [Element::default(); 3],
            probes: [probe; 3],
            switches: Switches::default(),
            faults: ProcessFaults::default(),
            alarms: Alarms::default(),
            energy: EnergyLedger::default(),
            steps: 0,
            chance: Chance::new(seed),
            moving: Moving::default(),
            config,
        };
        plant.restart_energy();
        plant
    }

    /// Everything off, volumes and temperatures as at the start. Faults stay, and time goes on.
    pub(crate) fn reset(&mut self) {
        let fresh = Self::new(self.config.clone(), 0);
        let (faults, steps, chance) = (std::mem::take(&mut self.faults), self.steps, self.chance);
        *self = Self { faults, steps, chance, ..fresh };
    }

    /// Counts energy from now on.
    pub fn restart_energy(&mut self) {
        self.energy = EnergyLedger { stored_at_start_j: self.stored_j(), ..EnergyLedger::default() };
    }

    /// Puts a vessel's content at this temperature, and its probe with it. The books begin anew.
    pub fn set_celsius(&mut self, vessel: VesselId, celsius: f64) {
        self.vessels[vessel.index()].celsius = celsius.min(self.config.boil_c);
        self.probes[vessel.index()] = Probe::new(celsius.min(self.config.boil_c), &self.config);
        self.restart_energy();
    }

    /// Heat in vessels and heaters against 0 °C, in J.
    #[must_use]
    pub fn stored_j(&self) -> f64 {
        let vessels: f64 = self.vessels.iter().map(Vessel::stored_j).sum();
        let elements = self.elements.iter().zip(&self.config.vessels).map(|(element, config)| element.stored_j(config));
        vessels + elements.sum::<f64>()
    }

    /// What moves where.
    #[must_use]
    pub fn flows(&self) -> &Flows {
        &self.moving.flows
    }

    /// Where valves are, which is not where they should be when one is stuck.
    #[must_use]
    pub fn open_valves(&self) -> [bool; 10] {
        let mut open = self.switches.valves;
        for valve in ValveId::ALL {
            if let Some(stuck) = self.faults.valve(valve) {
                open[valve.index()] = stuck;
            }
        }
        open
    }

    /// Which pumps turn, which is not which are on when one is seized.
    #[must_use]
    pub fn turning_pumps(&self) -> [bool; 3] {
        let mut turning = self.switches.pumps;
        for pump in PumpId::ALL {
            turning[pump.index()] &= !self.faults.is_seized(pump);
        }
        turning
    }

    /// Brings what follows from the switches up to date, without time passing.
    pub fn settle(&mut self) {
        self.guard();
        let (open, turning) = (self.open_valves(), self.turning_pumps());
        if self.moving.of != Some((open, turning)) {
            let flows = find_flows(&open, &turning, self.config.valves, self.config.flow_l_per_min);
            self.moving = Moving { of: Some((open, turning)), flows };
        }
        self.guard_flows();
    }

    pub(crate) fn set_valve_mode(&mut self, mode: super::ValveMode) {
        self.config.valves = mode;
        self.moving.of = None;
        self.settle();
    }

    /// A tenth of a second.
    pub fn step(&mut self) {
        self.settle();
        let mut changes = [Change::default(); 3];
        self.heat(&mut changes);
        self.pump(&mut changes);
        for vessel in VesselId::ALL {
            let at = vessel.index();
            let (boil_c, ambient_c) = (self.config.boil_c, self.config.ambient_c);
            let escape = self.vessels[at].take(changes[at], &self.config.vessels[at], boil_c, ambient_c);
            self.energy.evaporated_j += escape.evaporated_j;
            self.energy.carried_out_j += escape.spilled_j;
            self.guard_level(vessel, escape.overflowed);
        }
        for vessel in VesselId::ALL {
            let at = vessel.index();
            let fault = self.faults.probe(vessel, self.steps);
            self.probes[at].step(self.vessels[at].celsius, fault, &self.config, &mut self.chance);
        }
        self.steps += 1;
    }

    fn heat(&mut self, changes: &mut [Change; 3]) {
        for vessel in VesselId::ALL {
            let at = vessel.index();
            let config = &self.config.vessels[at];
            let heating = self.elements[at].step(config);
            let by_current = vessel == VesselId::HotTank;
            *(if by_current { &mut self.energy.electric_j } else { &mut self.energy.gas_j }) += heating.taken_j;
            let lost_j = config.loss_w_per_k * (self.vessels[at].celsius - self.config.ambient_c) * STEP_S;
            self.energy.lost_j += heating.wasted_j + lost_j;
            changes[at].heat_j += heating.given_j - lost_j;
        }
    }

    fn pump(&mut self, changes: &mut [Change; 3]) {
        let mut left_l = self.vessels.map(|vessel| vessel.volume_l);
        let flows = std::mem::take(&mut self.moving.flows);
        for flow in &flows.list {
            self.move_liquid(flow, &mut left_l, changes);
        }
        self.moving.flows = flows;
    }

    fn move_liquid(&mut self, flow: &Flow, left_l: &mut [f64; 3], changes: &mut [Change; 3]) {
        let mut litres = flow.l_per_min / 60.0 * STEP_S;
        let celsius = match flow.from {
            Source::Mains => self.config.mains_c,
            Source::Vessel(vessel) => {
                litres = litres.min(left_l[vessel.index()]);
                left_l[vessel.index()] -= litres;
                self.vessels[vessel.index()].celsius
            }
        };
        let capacity = litres * WATER_DENSITY * WATER_HEAT;
        let mut heat_j = capacity * celsius;
        match flow.from {
            Source::Mains => self.energy.carried_in_j += heat_j,
            Source::Vessel(vessel) => changes[vessel.index()].add(-litres, -heat_j),
        }
        if flow.through_coil {
            let given_j = self.coil_effectiveness(flow.l_per_min) * capacity * (celsius - self.ebu().celsius);
            changes[VesselId::Ebu.index()].heat_j += given_j;
            heat_j -= given_j;
        }
        match flow.to {
            Sink::Port | Sink::Waste => self.energy.carried_out_j += heat_j,
            Sink::Vessel(vessel) => changes[vessel.index()].add(litres, heat_j),
        }
    }

    const fn ebu(&self) -> &Vessel {
        &self.vessels[VesselId::Ebu.index()]
    }

    /// How much of the possible heat a stream gives to the boil kettle, from 0 to 1.
    fn coil_effectiveness(&self, l_per_min: f64) -> f64 {
        let covered = (self.ebu().volume_l / COIL_COVERED_L).min(1.0);
        let stream_w_per_k = l_per_min / 60.0 * WATER_DENSITY * WATER_HEAT;
        1.0 - libm::exp(-self.config.coil_w_per_k * covered / stream_w_per_k)
    }

    /// What the coil gives to the boil kettle now, in W.
    #[must_use]
    pub fn coil_w(&self) -> f64 {
        let through = self.flows().list.iter().filter(|flow| flow.through_coil);
        let heat = through.map(|flow| {
            let celsius = match flow.from {
                Source::Mains => self.config.mains_c,
                Source::Vessel(vessel) => self.vessels[vessel.index()].celsius,
            };
            let stream_w_per_k = flow.l_per_min / 60.0 * WATER_DENSITY * WATER_HEAT;
            self.coil_effectiveness(flow.l_per_min) * stream_w_per_k * (celsius - self.ebu().celsius)
        });
        // Not `sum`, which is -0.0 for nothing.
        heat.fold(0.0, |sum, heat_w| sum + heat_w)
    }
}

impl Change {
    const fn add(&mut self, litres: f64, heat_j: f64) {
        self.volume_l += litres;
        self.heat_j += heat_j;
    }
}
