//! Outside the service hours boards are sent to sleep, for as long as they may sleep.

use crate::api::find_board;
use crate::building::Place;
use crate::process::{Server, TempDir, bare_serve_command, eventually};
use crate::v2_board::{Habits, V2Board};
use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

const DAY_MIN: u64 = 24 * 60;
const SLEEP_S_MAX: u64 = 10_800;

/// What a board is told when its building opens in so many minutes, or never.
fn sleep_s(opens_in_min: Option<u64>) -> u64 {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let who = place.identify("board-1");
    let now_min = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs() / 60 % DAY_MIN;
    let opens_min = (now_min + opens_in_min.unwrap_or(60)) % DAY_MIN;
    place.sql(&["update site set time_zone = 'UTC'", "delete from service_day", "delete from holiday"]);
    if opens_in_min.is_some() {
        place.sql(&[&every_day(opens_min, opens_min + 1)]);
    }
    let server = Server::start_command(bare_serve_command(&dir, SocketAddr::from(([127, 0, 0, 1], 0))));
    let board = V2Board::start(server.boards, who, Habits::events_per_second(2));
    let told_s = eventually("the board goes to sleep", || board.ledger().slept_s);
    assert!(board.ledger().acknowledged() >= 1, "what it had to say was stored before");
    assert_eq!(board.ledger().sessions, 1);
    let row = eventually("the server knows that it sleeps", || {
        Some(find_board(server.web, "board-1")).filter(|row| row["state"] == "asleep")
    });
    assert_eq!(row["battery_mv"], 3712);
    told_s
}

/// The same hours on each day of the week.
fn every_day(opens_min: u64, closes_min: u64) -> String {
    let days: Vec<_> = (0..7).map(|day| format!("(1, {day}, {opens_min}, {closes_min})")).collect();
    format!("insert into service_day (site_id, weekday, opens_min, closes_min) values {}", days.join(", "))
}

/// Somebody changes the hours while the server runs: boards hear of it, and pages too.
#[test]
fn hours_are_followed() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let who = place.identify("board-1");
    place.sql(&["delete from service_day", "delete from holiday", &every_day(0, DAY_MIN)]);
    let server = Server::start_command(bare_serve_command(&dir, SocketAddr::from(([127, 0, 0, 1], 0))));
    let board = V2Board::start(server.boards, who, Habits::events_per_second(2));
    eventually("it is served", || (board.ledger().acknowledged() >= 3).then_some(()));
    assert_eq!(board.ledger().slept_s, None);
    place.sql(&["delete from service_day", "update registry_version set version = version + 1"]);
    assert_eq!(eventually("the board goes to sleep", || board.ledger().slept_s), SLEEP_S_MAX);
}

#[test]
fn until_the_building_opens() {
    let told_s = sleep_s(Some(45));
    assert!((43 * 60..=45 * 60).contains(&told_s), "{told_s} s");
}

#[test]
fn three_hours_at_most() {
    assert_eq!(sleep_s(Some(10 * 60)), SLEEP_S_MAX);
    assert_eq!(sleep_s(None), SLEEP_S_MAX);
}
