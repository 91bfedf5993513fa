//! A reader whose connection breaks all the time sees what the others see: no gap, and nothing that goes back.

use crate::building::Place;
use crate::chance::Chance;
use crate::chaos::{Chaos, Weather};
use crate::process::{Server, TempDir};
use crate::soak::{alone, figure, short_or_long};
use crate::stream::{Event, EventStream};
use crate::v2_board::{Habits, V2Board};
use serde_json::Value;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

/// Booths by number.
type Booths = BTreeMap<u64, Value>;

#[test]
fn a_reader_that_is_cut_all_the_time_sees_everything() {
    let _alone = alone();
    let cuts = short_or_long(200, 1_000);
    let dir = TempDir::new().with_site();
    let identities = Place::embedded(&dir).identify_many(4);
    let server = Server::start(&dir);
    let mut whole = EventStream::open(server.web, "/events", None);
    let boards: Vec<V2Board> =
        identities.into_iter().map(|who| V2Board::start(server.boards, who, Habits::events_per_second(50))).collect();
    let until_id = AtomicU64::new(u64::MAX);
    let (all, seen) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut events: Vec<Event> = Vec::new();
            while events.last().is_none_or(|last| last.id < until_id.load(Ordering::Relaxed)) {
                events.push(whole.next_event().expect("the stream goes on"));
            }
            events
        });
        let seen = read_with_cuts(server.web, cuts);
        until_id.store(seen.last().map_or(0, |last| last.id), Ordering::Relaxed);
        (reader.join().expect("no panic"), seen)
    });
    drop(boards);
    let changes = compare(&all, &seen);
    assert!(changes > cuts, "{changes} changes are too few");
    let snapshots = seen.iter().filter(|event| event.kind == "snapshot").count();
    figure("9", &format!("{cuts} cuts, {changes} changes, {snapshots} snapshots: no gap, nothing went back"));
}

/// Reads through a connection that breaks after some bytes, and resumes; returns all events that were whole.
fn read_with_cuts(web: SocketAddr, cuts: usize) -> Vec<Event> {
    let chaos = Chaos::before(web);
    let mut chance = Chance::new();
    let mut events: Vec<Event> = Vec::new();
    for _ in 0..cuts {
        let slice_max = (chance.within(0..2) == 0).then_some(40);
        // Now and then it begins anew, with a snapshot, which needs room.
        let anew = events.is_empty() || chance.within(0..20) == 0;
        let bytes = if anew { chance.within(3_000..6_000) } else { chance.within(100..1_500) };
        chaos.set(Weather { slice_max, break_after_bytes: Some(bytes), ..Weather::default() });
        let last_id = events.last().map(|event| event.id).filter(|_| !anew);
        let Ok(mut stream) = EventStream::try_open(chaos.address, "/events", last_id) else { continue };
        while let Ok(Some(event)) = stream.try_next_event() {
            events.push(event);
        }
    }
    events
}

/// Holds what was seen against all that there was; returns how many changes were seen.
fn compare(all: &[Event], seen: &[Event]) -> usize {
    let mut truth = all.iter().peekable();
    let mut booths = Booths::new();
    let mut at = 0;
    let mut changes = 0;
    for event in seen {
        assert!(event.id >= at, "{event:?} after {at}");
        if event.kind == "change" {
            assert_eq!(event.id, at + 1, "a gap before {event:?}");
            changes += 1;
        }
        at = event.id;
        advance(&mut booths, &mut truth, at);
        match event.kind.as_str() {
            "snapshot" => assert_eq!(read_snapshot(&event.data), booths, "{event:?}"),
            "change" => assert_eq!(Some(&booth_of(&event.data)), booths.get(&number_of(&event.data)), "{event:?}"),
            _ => assert_eq!(event.data["seq"], at),
        }
    }
    changes
}

/// Applies what the whole stream has up to this number.
fn advance<'a>(booths: &mut Booths, truth: &mut Peekable<impl Iterator<Item = &'a Event>>, at: u64) {
    while let Some(event) = truth.next_if(|event| event.id <= at) {
        match event.kind.as_str() {
            "snapshot" => *booths = read_snapshot(&event.data),
            "change" => drop(booths.insert(number_of(&event.data), booth_of(&event.data))),
            _ => {}
        }
    }
}

fn read_snapshot(data: &Value) -> Booths {
    let booths = data["booths"].as_array().expect("booths").iter();
    booths.map(|booth| (number_of(booth), booth_of(booth))).collect()
}

fn number_of(booth: &Value) -> u64 {
    booth["number"].as_u64().expect("a number")
}

fn booth_of(booth: &Value) -> Value {
    serde_json::json!([booth["status"], booth["since_at"]])
}
