//! The boards of 2016, as they are on the wire, against today's server.

use crate::building::Place;
use crate::firmware_board::HostBoard;
use crate::metrics::Metrics;
use crate::process::{Server, TempDir, bare_serve_command};
use crate::stream::EventStream;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::time::Duration;

const BOOTHS: &str = "41,42,43,44";

fn signal(server: &Server, name: &str) {
    let sent = Command::new("kill").args(["-s", name, &server.process_id().to_string()]).status();
    assert!(sent.expect("kill runs").success());
}

#[test]
fn they_work_as_they_always_did() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut board = HostBoard::of_2016(server.boards, BOOTHS, "1");
    stream.wait_for_status(44, "free");
    board.say("pin 3 high");
    stream.wait_for_status(44, "occupied");
    // They never had to babble: they are asked often enough.
    assert!(!board.log().contains("strange"), "{}", board.log());
}

/// A server that hangs for some seconds is told strange things, and makes nothing of them.
#[test]
fn their_babble_is_no_reading() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut board = HostBoard::of_2016(server.boards, BOOTHS, "1");
    stream.wait_for_status(41, "free");
    signal(&server, "STOP");
    board.wait_for_times("strange: \"\"", 3);
    signal(&server, "CONT");
    board.say("pin 0 high");
    stream.wait_for_status(41, "occupied");
    let page = crate::http::get(server.web, "/api/v1/booths").body;
    let occupied = page.matches("\"occupied\"").count();
    assert_eq!(occupied, 1, "{page}");
    assert!(Metrics::read(server.web).sum("dispobox_readings_total") > 0.0);
}

/// Their sketch counts microseconds in 32 bits: 2,147 s is the longest sleep that has an end.
#[test]
fn a_night_in_sleeps_that_end() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    // Makes the database.
    place.issue_key("board-4");
    place.sql(&["delete from service_day", "delete from holiday"]);
    let mut command = bare_serve_command(&dir, SocketAddr::from(([127, 0, 0, 1], 0)));
    command.args(["--v1-allow", "127.0.0.0/8"]);
    let server = Server::start_command(command);
    let board = HostBoard::of_2016(server.boards, BOOTHS, "1000");
    board.wait_for_times("asleep for 2100 s: 2100000000 us", 3);
    assert!(!board.log().contains("for ever"));
}

/// The stand-in has the fault that the server must not touch.
#[test]
fn longer_sleeps_would_not_end() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let board = HostBoard::of_2016(listener.local_addr().expect("its address"), BOOTHS, "1000000");
    let ask = |question: &str, answer: &str| {
        let (mut stream, _) = listener.accept().expect("the board");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a deadline");
        stream.write_all(question.as_bytes()).expect("asked");
        let mut said = vec![0; answer.len()];
        stream.read_exact(&mut said).expect("an answer");
        assert_eq!(String::from_utf8_lossy(&said), answer);
    };
    ask("datas#", "410420430440");
    ask("hello#", "Etrange, j'ai recu : hello");
    ask("dat", "Etrange, j'ai recu : dat");
    ask("", "Etrange, j'ai recu : ");
    ask("2147#", "Je vais dormir pendant : 2147 secondes");
    ask("4295#", "Je vais dormir pendant : 4295 secondes");
    board.wait_for("asleep for 4295 s: 32704 us");
    ask("2148#", "Je vais dormir pendant : 2148 secondes");
    board.wait_for("asleep for ever: 2148 s are -2146967296 us");
}
