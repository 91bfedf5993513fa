//! What an operator does, as it is sent.

use brewery::contract::Switch;
use brewery::plant::VesselId;
use std::fmt;
use std::str::FromStr;

/// Something that an operator does. Its text is what the stub's URL is called where there is one (`startA`, `setCible1_78.5`,
/// `Reset`), else a word and perhaps a value: `rate 60`, `pause`, `resume`, `step 10`, `seen`, `seen dry-fire-1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Turns on, opens; or off, shut.
    Switch(Switch, bool),
    /// Aims at so many tenths of °C.
    Setpoint(VesselId, u16),
    /// All as at the start.
    Reset,
    /// So many seconds of plant time in a second.
    Rate(u16),
    /// Time stands still, or passes again.
    Pause(bool),
    /// So many seconds at once.
    Step(u32),
    /// Somebody has seen this alarm, or all of them.
    Seen(Option<String>),
}

/// A text that is no [`Act`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody can do that to a plant")]
pub struct ActError;

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch(switch, true) => write!(f, "start{switch}"),
            Self::Switch(switch, false) => write!(f, "stop{switch}"),
            Self::Setpoint(vessel, tenths) => write!(f, "setCible{}_{}.{}", vessel.code(), tenths / 10, tenths % 10),
            Self::Reset => f.write_str("Reset"),
            Self::Rate(rate) => write!(f, "rate {rate}"),
            Self::Pause(true) => f.write_str("pause"),
            Self::Pause(false) => f.write_str("resume"),
            Self::Step(seconds) => write!(f, "step {seconds}"),
            Self::Seen(None) => f.write_str("seen"),
            Self::Seen(Some(id)) => write!(f, "seen {id}"),
        }
    }
}

impl FromStr for Act {
    type Err = ActError;

    fn from_str(text: &str) -> Result<Self, ActError> {
        let act = match text.split_once(' ') {
            Some(("rate", rate)) => rate.parse().ok().map(Self::Rate),
            Some(("step", seconds)) => seconds.parse().ok().map(Self::Step),
            Some(("seen", id)) => Some(Self::Seen(Some(id.to_owned()))),
            Some(_) => None,
            None => Self::of_word(text),
        };
        act.ok_or(ActError)
    }
}

impl Act {
    fn of_word(text: &str) -> Option<Self> {
        match text {
            "Reset" => return Some(Self::Reset),
            "pause" => return Some(Self::Pause(true)),
            "resume" => return Some(Self::Pause(false)),
            "seen" => return Some(Self::Seen(None)),
            _ => {}
        }
        if let Some((code, celsius)) = text.strip_prefix("setCible").and_then(|rest| rest.split_once('_')) {
            let vessel = VesselId::ALL.into_iter().find(|vessel| vessel.code() == code)?;
            return Some(Self::Setpoint(vessel, read_tenths(celsius)?));
        }
        let switch = |code: &str| Switch::all().find(|switch| switch.to_string() == code);
        match (text.strip_prefix("start"), text.strip_prefix("stop")) {
            (Some(code), _) => Some(Self::Switch(switch(code)?, true)),
            (None, Some(code)) => Some(Self::Switch(switch(code)?, false)),
            (None, None) => None,
        }
    }
}

/// A temperature as people type it, with a point or a comma, in tenths. Digits beyond tenths are left out.
pub(super) fn read_tenths(text: &str) -> Option<u16> {
    let (whole, part) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), "0"));
    let tenth = part.bytes().next().map_or(Some(0), |digit| digit.is_ascii_digit().then(|| u16::from(digit - b'0')))?;
    let is_number =
        part.bytes().all(|digit| digit.is_ascii_digit()) && whole.bytes().all(|digit| digit.is_ascii_digit());
    let whole: u16 = whole.parse().ok().filter(|_| is_number)?;
    whole.checked_mul(10)?.checked_add(tenth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_reads_back() {
        let switches = Switch::all().flat_map(|switch| [true, false].map(|on| Act::Switch(switch, on)));
        let setpoints = VesselId::ALL.map(|vessel| Act::Setpoint(vessel, 785));
        let others = [
            Act::Reset,
            Act::Rate(60),
            Act::Pause(true),
            Act::Pause(false),
            Act::Step(10),
            Act::Seen(None),
            Act::Seen(Some("dry-fire-1".to_owned())),
        ];
        for act in switches.chain(setpoints).chain(others) {
            assert_eq!(act.to_string().parse(), Ok(act));
        }
    }

    #[test]
    fn what_nobody_can_do() {
        for text in ["", "startX", "start", "open A", "setCible4_60", "setCible1_hot", "rate", "rate -1", "step many"] {
            assert_eq!(text.parse::<Act>(), Err(ActError), "{text:?}");
        }
    }

    #[test]
    fn setpoints_as_forms_send_them() {
        let setpoint = Ok(Act::Setpoint(VesselId::Mashtun, 665));
        for text in ["setCible3_66.5", "setCible3_66,5"] {
            assert_eq!(text.parse(), setpoint, "{text}");
        }
        for text in ["setCible3_", "setCible3", "pause_66", "_66"] {
            assert_eq!(text.parse::<Act>(), Err(ActError), "{text}");
        }
    }

    #[test]
    fn temperatures_as_they_are_typed() {
        let check = |text, expect| assert_eq!(read_tenths(text), expect, "{text:?}");
        check("78", Some(780));
        check(" 66.5 ", Some(665));
        check("66,5", Some(665));
        check("66.", Some(660));
        check("66.55", Some(665));
        check("", None);
        check("-5", None);
        check("6,x", None);
        check("1e2", None);
        check("70000", None);
    }
}
