//! The two columns that an observation is kept in: occupancy, or why there is none.

use crate::error::{StorageError, corrupt};
use crate::models::transition;
use domain::{BoothNumber, Observation, Occupancy, Transition, UnknownReason, UtcMs};
use sea_orm::ActiveValue::{NotSet, Set};

pub(crate) fn encode_transition(booth_id: i32, at: UtcMs, observation: Observation) -> transition::ActiveModel {
    let (occupancy, unknown_reason) = encode_observation(observation);
    transition::ActiveModel {
        id: NotSet,
        booth_id: Set(booth_id),
        started_at: Set(at.0),
        occupancy: Set(occupancy),
        unknown_reason: Set(unknown_reason.map(str::to_owned)),
    }
}

pub(crate) fn decode_transition(booth: BoothNumber, row: &transition::Model) -> Result<Transition, StorageError> {
    let observation = decode_observation(row.occupancy, row.unknown_reason.as_deref()).ok_or_else(|| {
        let columns = format!("occupancy {:?}, reason {:?}", row.occupancy, row.unknown_reason);
        corrupt("transition", &row.id, &columns)
    })?;
    Ok(Transition { booth, at: UtcMs(row.started_at), observation })
}

fn encode_observation(observation: Observation) -> (Option<i16>, Option<&'static str>) {
    match observation {
        Observation::Sensed(Occupancy::Free) => (Some(0), None),
        Observation::Sensed(Occupancy::Occupied) => (Some(1), None),
        Observation::Unknown(UnknownReason::NoData) => (None, Some("no_data")),
        Observation::Unknown(UnknownReason::Late) => (None, Some("late")),
        Observation::Unknown(UnknownReason::Asleep) => (None, Some("asleep")),
        Observation::Unknown(UnknownReason::Off) => (None, Some("off")),
        Observation::Unknown(UnknownReason::Stopped) => (None, Some("stopped")),
        Observation::Unknown(UnknownReason::ClockSet) => (None, Some("clock_set")),
    }
}

fn decode_observation(occupancy: Option<i16>, unknown_reason: Option<&str>) -> Option<Observation> {
    Some(match (occupancy, unknown_reason) {
        (Some(0), None) => Observation::Sensed(Occupancy::Free),
        (Some(1), None) => Observation::Sensed(Occupancy::Occupied),
        (None, Some("no_data")) => Observation::Unknown(UnknownReason::NoData),
        (None, Some("late")) => Observation::Unknown(UnknownReason::Late),
        (None, Some("asleep")) => Observation::Unknown(UnknownReason::Asleep),
        (None, Some("off")) => Observation::Unknown(UnknownReason::Off),
        (None, Some("stopped")) => Observation::Unknown(UnknownReason::Stopped),
        (None, Some("clock_set")) => Observation::Unknown(UnknownReason::ClockSet),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observations_survive() {
        use UnknownReason::{Asleep, ClockSet, Late, NoData, Off, Stopped};
        let sensed = [Occupancy::Free, Occupancy::Occupied].map(Observation::Sensed);
        let unknown = [NoData, Late, Asleep, Off, Stopped, ClockSet].map(Observation::Unknown);
        for observation in sensed.into_iter().chain(unknown) {
            let (occupancy, reason) = encode_observation(observation);
            assert!(reason.is_none_or(|word| word.len() <= 16), "the column is 16 characters wide");
            assert_eq!(decode_observation(occupancy, reason), Some(observation));
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let rows = [(None, None), (Some(2), None), (Some(-1), None), (Some(1), Some("late")), (None, Some("Late"))];
        for (occupancy, reason) in rows {
            assert_eq!(decode_observation(occupancy, reason), None, "{occupancy:?} {reason:?}");
        }
    }
}
