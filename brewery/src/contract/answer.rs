//! What the stub answers, byte for byte.

use super::call::{Call, Point, Switch};
use super::number::show_number;
use crate::brewhouse::Brewhouse;
use crate::plant::VesselId;

/// What `Reset.py` answers.
const RESET: &str = "<html><body>Reset fait</body></html>";

/// An answer's body and its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// For the header `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// Which name `setCible3` answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setpoint3Name {
    /// `Mashtun`, as the first stub did, and as `getCible3` does.
    #[default]
    Mashtun,
    /// `Ebu`, as the first stub's page said.
    Ebu,
}

impl Answer {
    /// What a call is answered with when it has been carried out.
    pub(crate) fn to(call: Call, brewhouse: &Brewhouse, name: Setpoint3Name) -> Self {
        let body = match call {
            Call::Reset => return Self { content_type: "text/html", body: RESET.to_owned() },
            Call::Get(Point::Temperature(vessel)) => {
                let reading_c = brewhouse.plant().probes[vessel.index()].reading_c;
                body(vessel.sensor(), "Temp", &show_number(reading_c))
            }
            Call::Get(Point::Setpoint(vessel)) => setpoint(vessel, vessel.sensor(), brewhouse),
            Call::SetSetpoint(vessel, _) => {
                let as_page = vessel == VesselId::Mashtun && name == Setpoint3Name::Ebu;
                setpoint(vessel, if as_page { VesselId::Ebu } else { vessel }.sensor(), brewhouse)
            }
            Call::Get(Point::Switch(switch)) | Call::Start(switch) | Call::Stop(switch) => state(switch, brewhouse),
        };
        Self { content_type: "application/json", body }
    }
}

fn setpoint(vessel: VesselId, sensor: &str, brewhouse: &Brewhouse) -> String {
    body(sensor, "Cible", &brewhouse.loops()[vessel.index()].setpoint.to_string())
}

fn state(switch: Switch, brewhouse: &Brewhouse) -> String {
    let value = if brewhouse.is_on(switch) { "1" } else { "0" };
    match switch {
        Switch::Valve(valve) => body(valve.sensor(), "State", value),
        Switch::Heater(heater) => body(heater.sensor(), "State", value),
        Switch::Pump(pump) => body(pump.sensor(), "State", value),
        Switch::Pid(vessel) => body(vessel.sensor(), "PID", value),
    }
}

fn body(sensor: &str, key: &str, value: &str) -> String {
    format!("{{\"Sensor\":\"{sensor}\",\"{key}\":{value}}}\n\n\n")
}
