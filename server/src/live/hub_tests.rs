use super::*;
use domain::{BoothNumber, BoothStatus};

const NOW: UtcMs = UtcMs(1_234);

fn state(number: u32, floor: i32, status: BoothStatus) -> BoothState {
    BoothState {
        number: BoothNumber(number),
        floor: FloorNumber(floor),
        status,
        since_at: UtcMs(5),
        until_at: None,
        left: false,
    }
}

fn hub() -> Hub {
    let booths = vec![state(42, 4, BoothStatus::Free), state(61, 6, BoothStatus::Unknown)];
    Hub::new(booths, "b1".into(), UtcMs(1_000))
}

/// The stream as it goes over the wire.
fn text(events: &[Bytes]) -> String {
    String::from_utf8(events.concat()).expect("text")
}

/// The stream as its kinds and numbers: `snapshot 1000, change 1001`.
fn kinds(events: &[Bytes]) -> String {
    let text = text(events);
    let field =
        |event: &str, name: &str| event.lines().find_map(|line| line.strip_prefix(name)).expect("a field").to_owned();
    let events = text.split_terminator("\n\n");
    events.map(|event| format!("{} {}", field(event, "event: "), field(event, "id: "))).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_new_reader_gets_a_snapshot_then_changes() {
    let hub = hub();
    let mut cursor = Cursor::new(None, None);
    assert_eq!(kinds(&hub.catch_up(&mut cursor, NOW)), "snapshot 1000, hb 1000");
    assert!(hub.catch_up(&mut cursor, NOW).is_empty());
    hub.publish(&[state(42, 4, BoothStatus::Occupied), state(61, 6, BoothStatus::Free)]);
    assert_eq!(kinds(&hub.catch_up(&mut cursor, NOW)), "change 1001, change 1002");
    hub.beat(UtcMs(2_000));
    assert_eq!(kinds(&hub.catch_up(&mut cursor, NOW)), "hb 1002");
}

#[test]
fn the_wire_form() {
    let hub = hub();
    let mut cursor = Cursor::new(Some(FloorNumber(4)), None);
    let snapshot = hub.catch_up(&mut cursor, NOW);
    let expect = concat!(
        "id: 1000\nevent: snapshot\n",
        r#"data: {"seq":1000,"run":1000,"build":"b1","booths":[{"number":42,"floor":4,"status":"free","since_at":5}]}"#,
        "\n\nid: 1000\nevent: hb\n",
        r#"data: {"seq":1000,"build":"b1","now":1234}"#,
        "\n\n"
    );
    assert_eq!(text(&snapshot), expect);
}

#[test]
fn a_reader_of_one_floor_hears_of_no_other() {
    let hub = hub();
    let mut cursor = Cursor::new(Some(FloorNumber(6)), None);
    hub.catch_up(&mut cursor, NOW);
    hub.publish(&[state(42, 4, BoothStatus::Occupied), state(61, 6, BoothStatus::Free)]);
    assert_eq!(kinds(&hub.catch_up(&mut cursor, NOW)), "change 1002");
}

#[test]
fn resuming_goes_on_where_it_stopped_or_starts_anew() {
    let hub = hub();
    hub.publish(&[state(42, 4, BoothStatus::Occupied)]);
    hub.publish(&[state(42, 4, BoothStatus::Free)]);
    let cases = [
        (Some(1_000), "change 1001, change 1002, hb 1002"),
        (Some(1_001), "change 1002, hb 1002"),
        (Some(1_002), "hb 1002"),
        // From another run, or from the future of this one.
        (Some(999), "snapshot 1002, hb 1002"),
        (Some(1_003), "snapshot 1002, hb 1002"),
        (Some(u64::MAX), "snapshot 1002, hb 1002"),
        (Some(0), "snapshot 1002, hb 1002"),
        (None, "snapshot 1002, hb 1002"),
    ];
    for (seq, expect) in cases {
        assert_eq!(kinds(&hub.catch_up(&mut Cursor::new(None, seq), NOW)), expect, "{seq:?}");
    }
}

#[test]
fn a_reader_that_lags_too_far_is_given_a_snapshot() {
    let hub = hub();
    let mut cursor = Cursor::new(None, None);
    hub.catch_up(&mut cursor, NOW);
    for i in 0..=RING_MAX {
        let status = if i % 2 == 0 { BoothStatus::Occupied } else { BoothStatus::Free };
        hub.publish(&[state(42, 4, status)]);
    }
    let newest = 1_000 + RING_MAX + 1;
    assert_eq!(kinds(&hub.catch_up(&mut cursor, NOW)), format!("snapshot {newest}"));
}

#[test]
fn a_beat_never_counts_back() {
    let hub = hub();
    let mut cursor = Cursor::new(None, None);
    hub.catch_up(&mut cursor, NOW);
    hub.beat(UtcMs(2_000));
    hub.publish(&[state(42, 4, BoothStatus::Occupied)]);
    assert_eq!(kinds(&hub.catch_up(&mut cursor, NOW)), "change 1001, hb 1001");
}

#[test]
fn notices_go_to_those_who_are_there() {
    let hub = hub();
    let mut there = Cursor::new(Some(FloorNumber(6)), None);
    hub.catch_up(&mut there, NOW);
    hub.tell(&[TicketName(0xabc)]);
    hub.tell(&[TicketName(0xdef)]);
    let events = hub.catch_up(&mut there, NOW);
    assert_eq!(kinds(&events), "notice 1000, notice 1000");
    assert!(text(&events).contains(r#"data: {"tickets":["00000000000000000000000000000abc"]}"#));
    assert!(hub.catch_up(&mut there, NOW).is_empty());
    // Who comes later asks for its own.
    assert_eq!(kinds(&hub.catch_up(&mut Cursor::new(None, None), NOW)), "snapshot 1000, hb 1000");
    for _ in 0..=NOTICES_MAX {
        hub.tell(&[TicketName(1)]);
    }
    assert_eq!(hub.catch_up(&mut there, NOW).len(), NOTICES_MAX);
}

#[test]
fn readers_share_the_bytes() {
    let hub = hub();
    let mut cursors = [Cursor::new(None, None), Cursor::new(None, None)];
    let snapshots = cursors.each_mut().map(|cursor| hub.catch_up(cursor, NOW));
    hub.publish(&[state(42, 4, BoothStatus::Occupied)]);
    hub.beat(UtcMs(2_000));
    let events = cursors.each_mut().map(|cursor| hub.catch_up(cursor, NOW));
    assert_eq!(snapshots[0][0].as_ptr(), snapshots[1][0].as_ptr());
    assert_eq!(events[0].len(), 2);
    for (one, other) in events[0].iter().zip(&events[1]) {
        assert_eq!(one.as_ptr(), other.as_ptr());
    }
}

/// Readers who are cut off at random and come back by their number end with the server's state.
#[test]
fn a_thousand_cuts() {
    let hub = hub();
    let mut reader = LiveMap::default();
    let mut dice = 12_345u64;
    let mut roll = move |sides: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    let mut cursor = Cursor::new(None, None);
    // As a browser counts: by the last event of whatever kind, over all connections.
    let mut last_id = None;
    let mut cuts = 0;
    while cuts < 1_000 {
        for _ in 0..roll(5) {
            match roll(8) {
                6.. => hub.beat(NOW),
                status => hub.publish(&[state(42, 4, BoothStatus::ALL[usize::try_from(status).expect("small")])]),
            }
        }
        let events = hub.catch_up(&mut cursor, NOW);
        let received = usize::try_from(roll(8)).expect("small").min(events.len());
        for event in &events[..received] {
            let id = apply(&mut reader, std::str::from_utf8(event).expect("text"));
            assert!(last_id <= Some(id), "{last_id:?} before {id}");
            last_id = Some(id);
        }
        // The connection breaks where something was not received, and now and then in silence.
        if received < events.len() || roll(4) == 0 {
            cuts += 1;
            cursor = Cursor::new(None, last_id);
        }
    }
    for event in hub.catch_up(&mut cursor, NOW) {
        apply(&mut reader, std::str::from_utf8(&event).expect("text"));
    }
    let server: Vec<_> = hub.snapshot(None).booths;
    assert_eq!(reader.booths().copied().collect::<Vec<_>>(), server);
}

/// Gives the event to a reader; returns its number.
fn apply(reader: &mut LiveMap, event: &str) -> u64 {
    let data = event.split_once("data: ").expect("data").1;
    if event.contains("event: snapshot") {
        reader.apply_snapshot(&serde_json::from_str(data).expect("a snapshot"));
    } else if event.contains("event: change") {
        let before = reader.seq();
        reader.apply_change(&serde_json::from_str(data).expect("a change"));
        assert!(reader.seq() >= before, "never back in time");
    }
    event.strip_prefix("id: ").and_then(|rest| rest.lines().next()?.parse().ok()).expect("an id")
}

#[test]
fn a_rearranged_floor_is_told_with_a_snapshot_behind_it() {
    let versions = |four, six| {
        [(4, four), (6, six)].map(|(floor, version)| FloorVersion { floor: FloorNumber(floor), version }).to_vec()
    };
    let hub = hub().with_layouts(versions(1, 1));
    let [mut all, mut of_4, mut of_6] = [None, Some(4), Some(6)].map(|floor| Cursor::new(floor.map(FloorNumber), None));
    for cursor in [&mut all, &mut of_4, &mut of_6] {
        hub.catch_up(cursor, NOW);
    }
    hub.publish(&[state(42, 4, BoothStatus::Occupied)]);
    hub.rearrange(versions(2, 1), &[state(48, 4, BoothStatus::Unknown), state(61, 6, BoothStatus::Unknown)]);
    let heard = hub.catch_up(&mut all, NOW);
    assert_eq!(kinds(&heard), "layout 1002, snapshot 1002", "what was before it is in the snapshot");
    let heard = text(&heard);
    assert!(heard.contains(r#"data: {"seq":1002,"floor":4,"version":2}"#), "{heard}");
    assert!(heard.contains(r#""number":48"#) && !heard.contains(r#""number":42"#), "{heard}");
    assert!(heard.contains(r#""layouts":[{"floor":4,"version":2},{"floor":6,"version":1}]"#), "{heard}");
    assert_eq!(kinds(&hub.catch_up(&mut of_4, NOW)), "layout 1002, snapshot 1002");
    assert_eq!(kinds(&hub.catch_up(&mut of_6, NOW)), "", "floor 6 is as it was");
    hub.publish(&[state(48, 4, BoothStatus::Free)]);
    assert_eq!(kinds(&hub.catch_up(&mut all, NOW)), "change 1003");
    let mut late = Cursor::new(None, Some(1001));
    assert_eq!(kinds(&hub.catch_up(&mut late, NOW)), "layout 1002, snapshot 1003, hb 1003");
}
