//! "A free box now": the nearest one that is free at this moment, else the one that is likely the next.

use crate::building_now::BuildingNow;
use crate::card_history::CardHistory;
use crate::clock::utc_now;
use crate::live::Hub;
use crate::notices::NoticeDesk;
use app::backend::{Answer, Choice, Found, Guide, WalkDetail, Wish};
use domain::{BoothNumber, BoothState, BoothStatus, FloorNumber};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// People walk so far in a minute.
const METRES_PER_MINUTE: u32 = 72;
/// The histories of so many booths are looked at when none is free, the nearest first.
const CANDIDATES_MAX: usize = 24;
/// And no longer than this.
const GUESS_MAX: Duration = Duration::from_secs(2);
const MINUTE_MS: u64 = 60_000;

/// Knows the way, and what is free.
pub(crate) struct FloorGuide {
    pub(crate) memory: Arc<BuildingNow>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) desk: Arc<NoticeDesk>,
    pub(crate) history: Arc<CardHistory>,
}

/// The guide as pages get it.
pub(crate) struct SharedGuide(pub(crate) Arc<FloorGuide>);

impl Guide for SharedGuide {
    fn choose(&self, wish: Wish) -> Answer<Choice> {
        let guide = Arc::clone(&self.0);
        Box::pin(async move { guide.choose(wish).await })
    }

    fn find_walk(&self, booth: BoothNumber, from: Option<BoothNumber>) -> Option<WalkDetail> {
        self.0.find_walk(booth, from)
    }
}

impl FloorGuide {
    /// Where to go now.
    pub(crate) async fn choose(&self, wish: Wish) -> Choice {
        let states = self.hub.snapshot(None).booths;
        let of_from = wish.from.and_then(|from| self.find_floor_of(from));
        let floors: Vec<_> = self.memory.get().building.floors.iter().map(|floor| floor.number).collect();
        let known = wish.floor.filter(|floor| floors.contains(floor)).or(of_from);
        let asked = known.or_else(|| floors.first().copied()).or(wish.floor).unwrap_or(FloorNumber(0));
        let from = wish.from.filter(|_| of_from == Some(asked));
        let floors = nearest_floors(floors, asked);
        let ways: Vec<_> =
            floors.iter().map(|floor| self.list_ways(*floor, from.filter(|_| *floor == asked))).collect();
        let is_free = |booth: &BoothNumber| status_of(&states, *booth) == Some(BoothStatus::Free);
        let free: Vec<_> = ways.iter().flatten().copied().filter(is_free).collect();
        // What somebody has been told of is theirs for a while, on any floor; if nothing else is free, it still is.
        let nearest = free.iter().find(|booth| !self.desk.is_held(**booth)).or(free.first()).copied();
        let found = match nearest.and_then(|booth| Some((booth, self.find_floor_of(booth)?))) {
            Some((booth, floor)) => Found::Free { booth, floor },
            None => self.guess(&states, ways.into_iter().flatten()).await,
        };
        Choice { asked, from, found }
    }

    fn find_floor_of(&self, number: BoothNumber) -> Option<FloorNumber> {
        self.memory.get().building.booths.iter().find(|booth| booth.number == number).map(|booth| booth.floor)
    }

    /// The booths of a floor, the nearest first; those to which the plan knows no way, and the start itself, at the end.
    fn list_ways(&self, floor: FloorNumber, from: Option<BoothNumber>) -> Vec<BoothNumber> {
        let mut booths: Vec<_> =
            self.memory.get().walks.walks(floor, from).into_iter().map(|walk| walk.booth).collect();
        let shown = self.memory.get();
        let others = shown.building.booths.iter().filter(|booth| booth.floor == floor).map(|booth| booth.number);
        let missing: Vec<_> = others.filter(|number| !booths.contains(number)).collect();
        let (start, missing): (Vec<_>, Vec<_>) = missing.into_iter().partition(|number| Some(*number) == from);
        booths.extend(missing);
        booths.extend(start);
        booths
    }

    /// The occupied booth that is usually free the soonest.
    async fn guess(&self, states: &[BoothState], ways: impl Iterator<Item = BoothNumber>) -> Found {
        let occupied = |number| {
            states.iter().find(|state| state.number == number).filter(|state| state.status == BoothStatus::Occupied)
        };
        let candidates: Vec<_> = ways.filter_map(occupied).take(CANDIDATES_MAX).collect();
        let mut best: Option<(u64, BoothState)> = None;
        let looking = async {
            for state in candidates {
                // A database that is away is so for the next one, too.
                let Ok(history) = self.history.find(state.number).await else { break };
                let remaining_ms = history.lengths.remaining_of(state.status, state.since_at, utc_now());
                if let Some(remaining_ms) = remaining_ms.filter(|ms| best.is_none_or(|(least_ms, _)| *ms < least_ms)) {
                    best = Some((remaining_ms, *state));
                }
            }
        };
        if timeout(GUESS_MAX, looking).await.is_err() {
            tracing::debug!("not all histories were looked at in time");
        }
        best.map_or(Found::Nothing, |(remaining_ms, state)| Found::Likely {
            booth: state.number,
            floor: state.floor,
            minutes: round_minutes(remaining_ms),
        })
    }

    fn find_walk(&self, booth: BoothNumber, from: Option<BoothNumber>) -> Option<WalkDetail> {
        let floor = self.find_floor_of(booth)?;
        let from = from.filter(|from| self.find_floor_of(*from) == Some(floor));
        let walk = self.memory.get().walks.walks(floor, from).into_iter().find(|walk| walk.booth == booth)?;
        let metres = walk.metres();
        Some(WalkDetail { booth, metres, minutes: metres / METRES_PER_MINUTE, path: walk.to_path() })
    }
}

fn status_of(states: &[BoothState], number: BoothNumber) -> Option<BoothStatus> {
    states.iter().find(|state| state.number == number).map(|state| state.status)
}

/// The floor itself, then by how many floors away; of two, the lower one, for stairs go down more easily.
fn nearest_floors(mut floors: Vec<FloorNumber>, asked: FloorNumber) -> Vec<FloorNumber> {
    floors.sort_by_key(|floor| (floor.0.abs_diff(asked.0), floor.0));
    floors
}

/// To a minute below ten, to five above: it is a guess.
fn round_minutes(ms: u64) -> u32 {
    let minutes = (ms + MINUTE_MS / 2) / MINUTE_MS;
    let rounded = if minutes < 10 { minutes.max(1) } else { (minutes + 2) / 5 * 5 };
    u32::try_from(rounded).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_by_distance() {
        let order = |asked| {
            let floors = [4, 6, -1, 5].map(FloorNumber).to_vec();
            nearest_floors(floors, FloorNumber(asked)).into_iter().map(|floor| floor.0).collect::<Vec<_>>()
        };
        assert_eq!(order(5), [5, 4, 6, -1]);
        assert_eq!(order(-1), [-1, 4, 5, 6]);
    }

    #[test]
    fn guesses_are_rounded() {
        let cases = [(0, 1), (29, 1), (90, 2), (9 * 60, 9), (12 * 60, 10), (13 * 60, 15), (44 * 60, 45)];
        for (seconds, minutes) in cases {
            assert_eq!(round_minutes(seconds * 1_000), minutes, "{seconds} s");
        }
    }
}
