//! From a board's bytes to the stream, the page and the history.

use crate::board::Board;
use crate::http::get;
use crate::process::{Server, TempDir};
use crate::stream::EventStream;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const LOW: &str = "410420430440";
const HIGH_42: &str = "410421430440";

#[test]
fn a_person_sits_down_and_the_board_dies() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let snapshot = stream.next_event().expect("a snapshot");
    assert_eq!(snapshot.kind, "snapshot");
    assert_eq!(snapshot.data["build"], "testbuild");
    let booths = snapshot.data["booths"].as_array().expect("booths");
    assert_eq!(booths.len(), 15);
    assert!(booths.iter().all(|booth| booth["status"] == "unknown"), "{booths:?}");

    let board = Board::connect(server.boards, LOW);
    stream.wait_for_status(42, "free");
    board.says(HIGH_42);
    let sat_down = Instant::now();
    let change = stream.wait_for_status(42, "occupied");
    let took = sat_down.elapsed();
    // The sixth high sample decides: 2.5 s after the first, which is asked for within half a second.
    assert!((Duration::from_millis(2_300)..Duration::from_millis(4_500)).contains(&took), "{took:?}");
    assert_eq!(change.data["floor"], 4);

    let page = get(server.web, "/floor/4").body;
    assert_eq!(status_in(&page, "data-booth=\"42\""), "occupied");
    assert_eq!(status_in(&page, "data-booth-row=\"42\""), "occupied");
    assert_eq!(status_in(&page, "data-booth=\"41\""), "free");
    let old_service = get(server.web, "/dispobox/?action=getAllBoxes");
    assert_eq!(old_service.header("access-control-allow-origin"), Some("*"));
    let boxes: Value = serde_json::from_str(&old_service.body).expect("JSON");
    assert_eq!(boxes["data"][0], json!({"id": "0", "state": 1, "name": "0"}));
    assert_eq!(boxes["data"][2], json!({"id": "42", "state": 1, "name": "42"}));
    assert_eq!(boxes["data"][5], json!({"id": "45", "state": -1, "name": "45"}));
    let latency: Value = serde_json::from_str(&get(server.web, "/api/v1/latency").body).expect("JSON");
    assert!(latency["receipt_to_publication"]["p95_ms"].as_f64().expect("a number") < 1_000.0, "{latency}");

    drop(board);
    let died = Instant::now();
    stream.wait_for_status(42, "late");
    assert!(died.elapsed() < Duration::from_secs(10), "{:?}", died.elapsed());
}

/// The status in the tag that holds `mark`.
fn status_in<'a>(page: &'a str, mark: &str) -> &'a str {
    let tag = page.split('<').find(|tag| tag.contains(mark)).unwrap_or_else(|| panic!("{mark} in {page}"));
    tag.split_once("data-status=\"").and_then(|(_, rest)| rest.split('"').next()).expect("a status")
}

#[test]
fn a_restart_keeps_what_was_known_and_since_when() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let board = Board::connect(server.boards, HIGH_42);
    let before = stream.wait_for_status(42, "occupied");
    assert!(server.stop() < Duration::from_secs(2));
    assert!(stream_ends(&mut stream));
    drop(board);

    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", Some(before.id));
    let snapshot = stream.next_event().expect("a snapshot");
    assert_eq!(snapshot.kind, "snapshot", "an id of an earlier run is not gone on from");
    assert!(snapshot.id > before.id);
    // One low sample does not empty a booth in which somebody sat a moment ago.
    let connected = Instant::now();
    let _board = Board::connect(server.boards, LOW);
    let after = stream.wait_for_status(42, "occupied");
    assert!(connected.elapsed() < Duration::from_secs(5));
    assert_eq!(after.data["since_at"], before.data["since_at"]);
}

fn stream_ends(stream: &mut EventStream) -> bool {
    while stream.next_event().is_some() {}
    true
}

#[test]
fn a_reader_resumes_behind_its_last_event() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events?floor=4", None);
    let snapshot = stream.next_event().expect("a snapshot");
    assert_eq!(snapshot.data["booths"].as_array().map(Vec::len), Some(7));
    let _board = Board::connect(server.boards, LOW);
    let last = stream.wait_for_status(44, "free");
    let mut resumed = EventStream::open(server.web, "/events?floor=4", Some(last.id - 2));
    let events: Vec<_> = (0..2).filter_map(|_| resumed.next_event()).map(|event| (event.kind, event.id)).collect();
    assert_eq!(events, [("change".to_owned(), last.id - 1), ("change".to_owned(), last.id)]);
}
