use super::*;
use crate::testing::{START_AT, board, building, master, registry};
use domain::{BoardKey, RegisteredBoard, V0Wire};

fn boards(registry: &Registry) -> Boards {
    Boards::new(master(), 30, &building(), registry)
}

fn hello(boot: u32) -> Hello {
    let (firmware, reset_reason) = ("2.0.0".to_owned(), "power".to_owned());
    Hello { board: board(), key_version: 1, nonce: [0; 16], boot, channels: 4, firmware, reset_reason }
}

fn after_ms(ms: u64) -> Moment {
    Moment { at: START_AT.plus(ms), mono: MonoMs(ms) }
}

fn event(boot: u32, n: u32) -> EventId {
    EventId { boot, n }
}

fn of_era(era: u32, last: Option<EventId>) -> Registry {
    let keys = vec![BoardKey { version: 1, revoked: false }];
    Registry { boards: vec![RegisteredBoard { id: board(), era, keys, last, heartbeat_s: None }], v0_wires: Vec::new() }
}

fn state(boards: &Boards, ms: u64) -> BoardState {
    boards.list(MonoMs(ms))[0].state
}

/// Opens a session each `every_ms`, the older one still open; the first that is refused, if any of 40 is.
fn first_refused(every_ms: u64, close_older: bool) -> Option<u64> {
    let boards = boards(&registry(&[1]));
    let mut older: Option<Opened> = None;
    (0..40).find(|turn| {
        if let Some(older) = older.take_if(|_| close_older) {
            boards.close(&board(), older.number, false);
        }
        let opened = boards.open(&hello(1), after_ms(turn * every_ms));
        opened.map(|opened| older.replace(opened)).is_err()
    })
}

#[test]
fn sixteen_takeovers_within_a_minute_are_too_many() {
    // The first session displaces none.
    assert_eq!(first_refused(0, false), Some(16));
    assert_eq!(first_refused(3_999, false), Some(16));
    assert_eq!(first_refused(4_000, false), None);
    // A board that closes before it comes back displaces none.
    assert_eq!(first_refused(0, true), None);
}

#[test]
fn after_a_quarantine_takeovers_are_counted_anew() {
    let boards = boards(&registry(&[1]));
    let mut open = Vec::new();
    let refused =
        |open: &mut Vec<Opened>, ms| boards.open(&hello(1), after_ms(ms)).map(|opened| open.push(opened)).err();
    for _ in 0..16 {
        assert_eq!(refused(&mut open, 0), None);
    }
    assert_eq!(refused(&mut open, 0), Some(HandshakeRefusal::Quarantine));
    assert_eq!(refused(&mut open, QUARANTINE_MS - 1), Some(HandshakeRefusal::Quarantine));
    for _ in 0..16 {
        assert_eq!(refused(&mut open, QUARANTINE_MS), None);
    }
    assert_eq!(refused(&mut open, QUARANTINE_MS), Some(HandshakeRefusal::Quarantine));
}

#[test]
fn where_a_board_is() {
    let boards = boards(&registry(&[1]));
    assert_eq!(state(&boards, 0), BoardState::Never);
    let first = boards.open(&hello(1), after_ms(10)).expect("a session");
    assert_eq!(state(&boards, 10), BoardState::Online);
    let second = boards.open(&hello(1), after_ms(20)).expect("a session");
    assert!(!first.replaces && second.replaces);
    boards.close(&board(), first.number, false);
    assert_eq!(state(&boards, 20), BoardState::Online, "the newer one is open");
    boards.note_asleep(&board(), START_AT.plus(1_000), MonoMs(1_500));
    boards.close(&board(), second.number, false);
    let asleep = |ms| (state(&boards, ms), boards.list(MonoMs(ms))[0].asleep_until);
    assert_eq!(asleep(1_499), (BoardState::Asleep, Some(START_AT.plus(1_000))));
    assert_eq!(asleep(1_500), (BoardState::Late, None));
    boards.open(&hello(2), after_ms(1_600)).expect("a session");
    assert_eq!(asleep(1_600), (BoardState::Online, None));
}

#[test]
fn what_operators_see() {
    let key = |version, revoked| BoardKey { version, revoked };
    let named = |name: &str, keys: &[BoardKey], last| RegisteredBoard {
        id: BoardId::new(name).expect("a name"),
        era: 0,
        keys: keys.to_vec(),
        last,
        heartbeat_s: None,
    };
    let known = [
        named("z", &[key(1, true)], None),
        named("b-4a", &[key(1, true), key(2, false), key(3, false)], Some(event(7, 41))),
        named("of-2016", &[], None),
    ];
    let boards = boards(&Registry { boards: known.to_vec(), v0_wires: Vec::new() });
    let show = |report: &BoardReport| (report.id.to_string(), report.key_versions.clone(), report.last);
    let expect = [("b-4a".to_owned(), vec![2, 3], Some(event(7, 41))), ("z".to_owned(), vec![], None)];
    assert_eq!(boards.list(MonoMs(0)).iter().map(show).collect::<Vec<_>>(), expect);

    let _session = boards.open(&Hello { key_version: 2, ..hello(7) }, after_ms(5)).expect("a session");
    let vitals = || boards.list(MonoMs(9))[0].vitals.clone().expect("it was heard");
    assert_eq!((vitals().heard_at, vitals().firmware.as_str(), vitals().report), (START_AT.plus(5), "2.0.0", None));
    let told = BoardEvent {
        board: board(),
        era: 0,
        id: event(7, 42),
        at: START_AT,
        received_at: START_AT,
        channels: Vec::new(),
        battery_mv: 3_700,
        rssi_dbm: -67,
        up_s: 12,
        gap: 0,
    };
    boards.note_event(&told, after_ms(9));
    let report = Some(VitalsReport { battery_mv: 3_700, rssi_dbm: -67, up_s: 12 });
    assert_eq!((vitals().heard, vitals().report), (MonoMs(9), report));
    // What it said of itself last is still known after it has come back.
    let _newer = boards.open(&Hello { key_version: 2, ..hello(8) }, after_ms(10)).expect("a session");
    assert_eq!((vitals().heard, vitals().report), (MonoMs(10), report));
}

#[test]
fn the_newest_event_never_goes_back_within_an_era() {
    let boards = boards(&of_era(0, Some(event(7, 41))));
    let last = || boards.list(MonoMs(0))[0].last;
    boards.note_kept(&board(), 0, event(7, 43));
    boards.note_kept(&board(), 0, event(7, 42));
    boards.update(&of_era(0, Some(event(7, 41))));
    assert_eq!(last(), Some(event(7, 43)));
    boards.update(&of_era(0, Some(event(8, 1))));
    assert_eq!(last(), Some(event(8, 1)));
}

#[test]
fn a_new_era_begins_with_nothing() {
    let boards = boards(&of_era(0, Some(event(7, 41))));
    let old = boards.open(&hello(7), after_ms(0)).expect("a session");
    assert_eq!(boards.open(&hello(6), after_ms(0)).err(), Some(HandshakeRefusal::BootWentBack));
    boards.update(&of_era(1, None));
    // A session of before goes on, but what it says is of before.
    boards.note_kept(&board(), old.era, event(7, 42));
    let opened = boards.open(&hello(1), after_ms(0)).expect("a session");
    assert_eq!((opened.era, opened.last), (1, None));
    boards.note_kept(&board(), opened.era, event(1, 1));
    assert_eq!(boards.open(&hello(1), after_ms(0)).expect("a session").last, Some(event(1, 1)));
    // Only events that are stored tell of a start after the server's own.
    assert_eq!(boards.open(&hello(0), after_ms(0)).err(), Some(HandshakeRefusal::BootWentBack));
}

#[tokio::test(start_paused = true)]
async fn orders_are_heard_in_order_and_none_is_lost() {
    let boards = boards(&registry(&[1]));
    let mut session = boards.open(&hello(1), after_ms(0)).expect("a session");
    for _ in 0..ORDERS_MAX {
        assert!(boards.send(&board(), Command::Identify));
    }
    assert!(!boards.send(&board(), Command::Identify), "it does not listen");
    // Though there is no room to say so, the session learns that it is over.
    boards.open(&hello(1), after_ms(0)).expect("a session");
    for _ in 0..ORDERS_MAX {
        assert_eq!(session.notices.recv().await, Some(Notice::Order(Order::Command(Command::Identify))));
    }
    assert_eq!(session.notices.recv().await, None);
}

#[tokio::test(start_paused = true)]
async fn who_is_not_known_waits_for_one_look_at_the_registry() {
    let boards = std::sync::Arc::new(boards(&registry(&[1])));
    let asked_at = tokio::time::Instant::now();
    assert!(boards.knows(&hello(1)).await);
    assert_eq!(asked_at.elapsed(), Duration::ZERO);
    // Nobody looks.
    assert!(!boards.knows(&Hello { key_version: 2, ..hello(1) }).await);
    assert_eq!(asked_at.elapsed(), LOOK_AGAIN_MAX);
    // Somebody looks, and finds nothing new.
    let looker = std::sync::Arc::clone(&boards);
    let looking = tokio::spawn(async move {
        looker.wanted().await;
        looker.confirm();
    });
    assert!(!boards.knows(&Hello { key_version: 2, ..hello(1) }).await);
    assert_eq!(asked_at.elapsed(), LOOK_AGAIN_MAX);
    looking.await.expect("no panic");
}

#[test]
fn booths_with_a_guard() {
    let key = |revoked| vec![BoardKey { version: 1, revoked }];
    for (keys, expect) in [(Vec::new(), false), (key(false), true), (key(true), true)] {
        let registered = vec![RegisteredBoard { id: board(), era: 0, keys, last: None, heartbeat_s: None }];
        let boards = boards(&Registry { boards: registered, v0_wires: Vec::new() });
        assert_eq!((boards.guards(BoothNumber(41)), boards.guards(BoothNumber(99))), (expect, false));
    }
}

#[test]
fn numbers_of_the_first_sketch() {
    let wire = |address: &str, number, booth| V0Wire {
        address: address.parse().expect("an address"),
        number,
        booth: BoothNumber(booth),
    };
    let boards = boards(&Registry { boards: Vec::new(), v0_wires: vec![wire("::ffff:10.0.0.1", 1, 41)] });
    let find = |address: &str, number| boards.find_v0_booth(address.parse().expect("an address"), number);
    assert_eq!(find("10.0.0.1", 1), Some(BoothNumber(41)));
    assert_eq!(find("::ffff:10.0.0.1", 1), Some(BoothNumber(41)));
    assert_eq!((find("10.0.0.1", 2), find("10.0.0.2", 1)), (None, None));
    boards.update(&Registry { boards: Vec::new(), v0_wires: vec![wire("10.0.0.2", 1, 42)] });
    assert_eq!((find("10.0.0.1", 1), find("10.0.0.2", 1)), (None, Some(BoothNumber(42))));
}

#[test]
fn a_board_that_comes_back_before_its_end_was_noticed_takes_nothing_over() {
    let boards = boards(&registry(&[1]));
    let mut older = boards.open(&hello(1), after_ms(0)).expect("the first");
    for _ in 0..40 {
        let opened = boards.open(&hello(1), after_ms(0)).expect("not refused");
        boards.close(&board(), older.number, true);
        older = opened;
    }
    assert_eq!(state(&boards, 0), BoardState::Online);
}

#[test]
fn boards_that_look_elsewhere_come_back() {
    let boards = boards(&registry(&[1]));
    let mut session = boards.open(&hello(1), after_ms(0)).expect("opens");
    let before = session.sensors.clone();
    let mut other = building();
    boards.rewire(&other);
    assert!(session.notices.try_recv().is_err(), "nothing has changed");
    // Another board, sorted before it, changes nothing for it; sensors keep their numbers.
    let [first, ..] = other.wires.as_slice() else { panic!("wires") };
    let elsewhere = domain::Wire { board: domain::BoardId::new("a").expect("a name"), ..first.clone() };
    other.wires.insert(0, elsewhere);
    boards.rewire(&other);
    assert!(session.notices.try_recv().is_err(), "not for this board");
    other.wires.retain(|wire| wire.board != board() || wire.channel.0 != 0);
    boards.rewire(&other);
    assert_eq!(session.notices.try_recv().ok(), Some(Notice::Order(Order::Replaced)));
    drop(session);
    let session = boards.open(&hello(1), after_ms(1)).expect("opens again");
    assert!(session.sensors[0].is_empty() && session.sensors[1..] == before[1..]);
}
