//! A booth is not red or green for longer than its board's word is good, also where nobody says that the line is dead.

use crate::board::Board;
use crate::building::Place;
use crate::chaos::{Chaos, Weather};
use crate::process::{Server, TempDir, serve_command};
use crate::soak::figure;
use crate::stream::EventStream;
use crate::v2_session::{Over, Report, Session};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

const BLACK_HOLE: Weather = Weather {
    latency: Duration::ZERO,
    slice_max: None,
    bytes_per_second: None,
    black_hole: true,
    refuse: false,
    break_after_bytes: None,
};

#[test]
fn a_board_of_2016_in_a_black_hole() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let chaos = Chaos::before(server.boards);
    chaos.set(Weather { latency: Duration::from_millis(3), slice_max: Some(5), ..Weather::default() });
    let mut stream = EventStream::open(server.web, "/events", None);
    let _board = Board::connect(chaos.address, "410421430440");
    stream.wait_for_status(42, "occupied");
    chaos.set(BLACK_HOLE);
    stream.wait_for_status(42, "late");
    let took = chaos.handed_on_at().elapsed();
    assert!((Duration::from_secs(5)..Duration::from_secs(10)).contains(&took), "{took:?}");
    figure("3", &format!("a board of 2016: grey {took:?} after its last answer"));
}

#[test]
fn a_board_of_version_2_in_a_black_hole() {
    for heartbeat_s in [1, 2] {
        let dir = TempDir::new().with_site();
        let who = Place::embedded(&dir).identify("board-1");
        let mut command = serve_command(&dir);
        command.args(["--board-heartbeat-s", &heartbeat_s.to_string()]);
        let server = Server::start_command(command);
        let chaos = Chaos::before(server.boards);
        let mut stream = EventStream::open(server.web, "/events", None);
        let mut session = Session::open(Ipv4Addr::LOCALHOST, chaos.address, &who).expect("a session");
        assert_eq!(session.heartbeat_s, heartbeat_s);
        session.report_until_stored(&Report { event: who.event(1), age_ms: 0, counts: vec![0, 60, 0, 0], gap: 0 });
        stream.wait_for_status(42, "occupied");
        chaos.set(BLACK_HOLE);
        let longest = Duration::from_secs(heartbeat_s) * 5 / 2;
        stream.wait_for_status(42, "late");
        let took = chaos.handed_on_at().elapsed();
        assert!((longest / 2..=longest).contains(&took), "{took:?} of {longest:?}");
        figure("3", &format!("a board of version 2, heartbeat {heartbeat_s} s: grey {took:?} after its last line"));
    }
}

/// Heartbeats keep it fresh; old news colour nothing; and the server ends a session that has fallen silent.
#[test]
fn what_is_old_when_it_comes_colours_nothing() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-1");
    let mut command = serve_command(&dir);
    command.args(["--board-heartbeat-s", "1"]);
    let server = Server::start_command(command);
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut session = Session::open(Ipv4Addr::LOCALHOST, server.boards, &who).expect("a session");
    let report = |n: u32, age_ms, count| Report { event: who.event(n), age_ms, counts: vec![0, count, 0, 0], gap: 0 };
    session.report_until_stored(&report(1, 60_000, 60));
    session.report_until_stored(&report(2, 2_600, 60));
    session.report_until_stored(&report(3, 500, 0));
    // Had one of the first two been believed, the booth would have been occupied before.
    let first = stream.wait_for("change", |data| data["number"] == 42);
    assert_eq!(first.data["status"], "free");
    session.report_until_stored(&report(4, 1_500, 60));
    let last_line = Instant::now();
    let next = stream.wait_for("change", |data| data["number"] == 42);
    assert_eq!(next.data["status"], "late", "what happened before what is known is no news");
    let over = session.end(Duration::from_secs(5));
    assert_eq!(over, Over::Closed);
    let took = last_line.elapsed();
    assert!((Duration::from_millis(2_000)..Duration::from_millis(3_500)).contains(&took), "{took:?}");
}
