//! Our firmware, built for this machine, against the real server.

use crate::api::{find_board, list_events, read};
use crate::building::Place;
use crate::chance::Chance;
use crate::chaos::{Chaos, Weather};
use crate::firmware_board::{HostBoard, set_up};
use crate::metrics::Metrics;
use crate::process::{Server, TempDir, bare_serve_command, eventually, serve_command_at};
use crate::soak::{figure, short_or_long};
use crate::sockets::reserve_port;
use crate::stream::EventStream;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

fn started() -> (TempDir, Server) {
    let dir = TempDir::new().with_site();
    Place::embedded(&dir).issue_key("board-1");
    let server = Server::start(&dir);
    (dir, server)
}

/// However long ago it has become so.
fn wait_for_booth(server: &Server, booth: u32, status: &str) {
    let path = format!("/api/v1/booths/{booth}");
    eventually(&format!("booth {booth} is {status}"), || (read(server.web, &path)["status"] == status).then_some(()));
}

/// Every event from the first on is in the database, once; how many those are.
fn check_events(server: &Server, at_least: usize) -> usize {
    let whole = || {
        let numbers: Vec<u32> = list_events(server.web, "board-1").iter().map(|listed| listed.event.n).collect();
        (numbers.len() >= at_least && numbers.iter().zip(1..).all(|(n, expect)| *n == expect)).then_some(numbers.len())
    };
    eventually("all events are in the database", whole)
}

#[test]
fn presence_reaches_the_map() {
    let (dir, server) = started();
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut board = HostBoard::board_1(&Place::embedded(&dir), server.boards, &[]);
    stream.wait_for_status(42, "free");
    let sat_down_at = Instant::now();
    board.say("pin 1 high");
    stream.wait_for_status(42, "occupied");
    let took = sat_down_at.elapsed();
    // Six samples of half a second each, and nothing to speak of after them.
    assert!(took < Duration::from_millis(4_500), "{took:?}");
    let row = find_board(server.web, "board-1");
    assert_eq!((&row["state"], &row["firmware"]), (&"online".into(), &"2.0.0".into()), "{row}");
    figure("firmware", &format!("from the detector to the stream: {} ms, of which 3,000 sense", took.as_millis()));
}

#[test]
fn it_survives_the_server() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    place.issue_key("board-1");
    let address = reserve_port();
    let server = Server::start_command(serve_command_at(&dir, address));
    let mut board = HostBoard::board_1(&place, address, &[]);
    board.wait_for("session: open");
    wait_for_booth(&server, 43, "free");
    server.kill();
    board.wait_for("session: over");
    // While nobody hears it, somebody sits down.
    board.say("pin 2 high");
    let server = Server::start_command(serve_command_at(&dir, address));
    wait_for_booth(&server, 43, "occupied");
    board.wait_for_times("session: open", 2);
    check_events(&server, 3);
}

#[test]
fn a_wrong_key_opens_nothing() {
    let (dir, server) = started();
    let mut board = HostBoard::blank(&dir, "stranger", &["--set", &set_up(&"0f".repeat(32), server.boards)]);
    board.wait_for("session: over: refused 401");
    board.say("pin 0 high");
    board.wait_for_times("session: over: refused 401", 2);
    assert!(!board.log().contains("session: open"));
    assert!(list_events(server.web, "board-1").is_empty());
    // With the right one it is let in.
    let key = Place::embedded(&dir).succeed(&["keys", "issue", "board-1"]);
    board.say(&format!("set key={}", key.trim()));
    board.wait_for("session: open");
}

/// The server stores what the board says, but what it answers gets lost; again and again.
#[test]
fn lost_acknowledgements_lose_and_double_nothing() {
    let (dir, server) = started();
    let chaos = Chaos::before(server.boards);
    // The challenge and the OK get through, and no whole line more.
    chaos.set(Weather { break_after_bytes: Some(150), ..Weather::default() });
    let mut board = HostBoard::board_1(&Place::embedded(&dir), chaos.address, &[]);
    board.say("pin 0 high");
    eventually("events come again", || {
        (Metrics::read(server.web).value("dispobox_events_repeated_total") >= 2.0).then_some(())
    });
    chaos.set(Weather::default());
    chaos.break_all();
    wait_for_booth(&server, 41, "occupied");
    check_events(&server, 2);
}

/// Small pieces, late, and every connection broken again and again.
#[test]
fn a_bad_network_loses_nothing() {
    let (dir, server) = started();
    let chaos = Chaos::before(server.boards);
    let mut board = HostBoard::board_1(&Place::embedded(&dir), chaos.address, &[]);
    let mut chance = Chance::new();
    let breaks = short_or_long(6, 100);
    for turn in 0..breaks {
        chaos.set(Weather {
            latency: Duration::from_millis(chance.within(0..20)),
            slice_max: (turn % 2 == 0).then_some(40),
            bytes_per_second: (turn % 3 == 0).then_some(5_000),
            // Behind the handshake of 132 bytes, or no session would ever open.
            break_after_bytes: (turn % 3 == 2).then_some(chance.within(150..500)),
            ..Weather::default()
        });
        let sessions = board.log().matches("session: open").count();
        board.say(if turn % 2 == 0 { "pin 3 high" } else { "pin 3 low" });
        board.wait_for_times("session: open", sessions + 1);
        chaos.break_all();
    }
    chaos.set(Weather::default());
    board.say("pin 0 high");
    wait_for_booth(&server, 41, "occupied");
    let events = check_events(&server, 4);
    figure("firmware", &format!("{breaks} breaks of the network: {events} events, none lost, none twice"));
}

/// Three hours of the night in three seconds, each hour a link of its own.
#[test]
fn a_night_asleep() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    place.issue_key("board-1");
    place.sql(&["delete from service_day", "delete from holiday"]);
    let server = Server::start_command(bare_serve_command(&dir, SocketAddr::from(([127, 0, 0, 1], 0))));
    let board = HostBoard::board_1(&place, server.boards, &["--sleep-speed", "3600"]);
    board.wait_for("asleep for 3600 s, then for 7200 s more");
    eventually("the server knows that it sleeps", || {
        (find_board(server.web, "board-1")["state"] == "asleep").then_some(())
    });
    board.wait_for("asleep for 3600 s, then for 3600 s more");
    board.wait_for("asleep for 3600 s, then for 0 s more");
    // It wakes into the same night, says so, and is sent to sleep again.
    board.wait_for_times("asleep for 3600 s, then for 7200 s more", 2);
    assert_eq!(board.log().matches("wifi: up").count(), 2, "the radio stays off between the links");
    let sessions = place.sql(&["select reset_reason, boot from board_session order by started_at"]);
    assert!(sessions.starts_with("[('setup', 1), ('deepsleep', 1)"), "one cold start: {sessions}");
}

#[test]
fn the_battery_is_told() {
    let (dir, server) = started();
    let mut board = HostBoard::board_1(&Place::embedded(&dir), server.boards, &[]);
    board.say("adc 650");
    let row = eventually("a first report", || {
        Some(find_board(server.web, "board-1")).filter(|row| row["battery_mv"].is_number())
    });
    // 650 of 1024 steps, of 5,545 mV.
    assert_eq!(row["battery_mv"], 3_520);
    // Calibrated to what a meter says.
    board.say("calibrate 3600");
    eventually("a calibrated report", || (find_board(server.web, "board-1")["battery_mv"] == 3_600).then_some(()));
}

/// Its clock rolls over in the middle of a session, a moment before somebody sits down.
#[test]
fn its_clock_rolls_over() {
    const ROLLS_OVER_AFTER_MS: u32 = 6_000;
    let (dir, server) = started();
    let first_millis = u32::MAX - ROLLS_OVER_AFTER_MS;
    let flags = ["--millis", &first_millis.to_string(), "--pins", "12s 0 high"];
    let board = HostBoard::board_1(&Place::embedded(&dir), server.boards, &flags);
    board.wait_for("session: open");
    assert!(board.log().contains("[4294962."), "before");
    wait_for_booth(&server, 41, "occupied");
    assert_eq!(board.log().matches("session: open").count(), 1, "one session");
    let events = list_events(server.web, "board-1");
    let last = events.last().expect("an event");
    assert!(last.received_at - last.at < 60_000, "no age comes from the roll-over: {last:?}");
}
