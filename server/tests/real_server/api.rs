//! What the server says in JSON.

use crate::http::get;
use crate::process::within;
use crate::v2_wire::EventName;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;

/// An event as the server lists it.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) event: EventName,
    pub(crate) states: String,
    pub(crate) counts: Vec<u16>,
    pub(crate) at: i64,
    pub(crate) received_at: i64,
}

pub(crate) fn read(web: SocketAddr, path: &str) -> Value {
    let answer = get(web, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

/// All events of a board that are in the main database, page by page.
pub(crate) fn list_events(web: SocketAddr, board: &str) -> Vec<Listed> {
    let mut events: Vec<Listed> = Vec::new();
    loop {
        let after = events.last().map(|last| format!("&after={}", last.event)).unwrap_or_default();
        let page = read(web, &format!("/api/v1/boards/{board}/events?limit=10000{after}"));
        let page = page["events"].as_array().expect("events");
        if page.is_empty() {
            return events;
        }
        events.extend(page.iter().map(read_event));
    }
}

fn read_event(event: &Value) -> Listed {
    let text = |name: &str| event[name].as_str().expect(name).to_owned();
    let number = |name: &str| event[name].as_i64().expect(name);
    let counts = event["counts"].as_array().expect("counts").iter();
    Listed {
        event: text("id").parse().expect("an event's name"),
        states: text("states"),
        counts: counts.map(|count| count.as_u64().and_then(|n| n.try_into().ok()).expect("a count")).collect(),
        at: number("at"),
        received_at: number("received_at"),
    }
}

/// The board among all boards.
pub(crate) fn find_board(web: SocketAddr, board: &str) -> Value {
    let all = read(web, "/api/v1/boards");
    let found = all["boards"].as_array().expect("boards").iter().find(|row| row["id"] == board);
    found.unwrap_or_else(|| panic!("no {board} in {all}")).clone()
}

/// What `/health` says: a word, and the reasons in one text.
pub(crate) fn read_health(web: SocketAddr) -> (String, String) {
    let health = read(web, "/health");
    let reasons = health["reasons"].as_array().expect("reasons").iter().filter_map(Value::as_str);
    (health["status"].as_str().expect("a status").to_owned(), reasons.collect::<Vec<_>>().join("; "))
}

/// Waits until the server says that it is not well, for a reason that names all of this; returns the reasons.
pub(crate) fn wait_for_reason(web: SocketAddr, deadline: Duration, parts: &[&str]) -> String {
    within(deadline, &format!("degraded for {parts:?}"), || {
        let (status, reasons) = read_health(web);
        (status == "degraded" && parts.iter().all(|part| reasons.contains(part))).then_some(reasons)
    })
}

/// Waits until the server says that it is well.
pub(crate) fn wait_until_well(web: SocketAddr, deadline: Duration) {
    within(deadline, "well again", || (read_health(web).0 == "ok").then_some(()));
}
