//! Who has the editor of which floor open. In memory: editors say so again and again.

use domain::{Actor, FloorNumber};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Who says nothing for so long has gone.
const GONE_AFTER: Duration = Duration::from_secs(30);

/// The names of those who edit, by floor and account.
#[derive(Debug, Default)]
pub(super) struct Presence(Mutex<BTreeMap<(FloorNumber, i32), (String, Instant)>>);

impl Presence {
    /// Somebody has said that they are there; returns who else is, by name.
    pub(super) fn note(&self, floor: FloorNumber, who: &Actor, now: Instant) -> Vec<String> {
        self.look(now, |here| {
            here.insert((floor, key(who)), (who.name.clone(), now));
            list_others(here, floor, who)
        })
    }

    /// Who else is there.
    pub(super) fn others(&self, floor: FloorNumber, who: &Actor, now: Instant) -> Vec<String> {
        self.look(now, |here| list_others(here, floor, who))
    }

    fn look<T>(&self, now: Instant, look: impl FnOnce(&mut Here) -> T) -> T {
        let mut here = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        here.retain(|_, (_, heard)| now.saturating_duration_since(*heard) < GONE_AFTER);
        look(&mut here)
    }
}

type Here = BTreeMap<(FloorNumber, i32), (String, Instant)>;

fn key(who: &Actor) -> i32 {
    who.account.map_or(0, |account| account.0)
}

fn list_others(here: &Here, floor: FloorNumber, who: &Actor) -> Vec<String> {
    let others = here.iter().filter(|((at, account), _)| *at == floor && *account != key(who));
    others.map(|(_, (name, _))| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::AccountId;

    #[test]
    fn who_is_there() {
        let (presence, start) = (Presence::default(), Instant::now());
        let actor = |id: i32, name: &str| Actor { account: Some(AccountId(id)), name: name.to_owned() };
        let (ann, bob) = (actor(1, "ann"), actor(2, "bob"));
        let at = |seconds: u64| start + Duration::from_secs(seconds);
        assert!(presence.note(FloorNumber(4), &ann, at(0)).is_empty());
        assert_eq!(presence.note(FloorNumber(4), &bob, at(10)), ["ann"]);
        assert!(presence.others(FloorNumber(6), &bob, at(10)).is_empty());
        assert_eq!(presence.others(FloorNumber(4), &ann, at(35)), ["bob"]);
        assert!(presence.others(FloorNumber(4), &bob, at(35)).is_empty(), "ann has said nothing for half a minute");
    }
}
