//! Boards get through while others flood their port, and a flood costs no memory.

use crate::board::Board;
use crate::building::Place;
use crate::chance::Chance;
use crate::flooding::{Junk, Slow};
use crate::http::connect;
use crate::process::{DEADLINE, Server, TempDir, bare_serve_command, eventually};
use crate::soak::{alone, figure, median_and_p99, short_or_long};
use crate::sockets::connect_from;
use crate::stream::EventStream;
use crate::v2_board::{Habits, V2Board};
use crate::v2_session::{ANSWER_MAX, Identity, Over, Report, Session};
use crate::v2_wire::Said;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

const BOARDS: usize = 20;
const EVENTS_PER_SECOND: u32 = 5;
const ACKNOWLEDGED_MAX: Duration = Duration::from_secs(1);
const RETRY: Duration = Duration::from_millis(50);
const MEMORY_BYTES_MAX: u64 = 50 << 20;

#[test]
fn real_boards_get_through_a_flood() {
    let _alone = alone();
    rlimit::increase_nofile_limit(8_192).expect("enough files");
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let (identities, newcomer) = (place.identify_many(BOARDS), place.identify("newcomer"));
    let mut command = bare_serve_command(&dir, SocketAddr::from(([127, 0, 0, 1], 0)));
    // A part of those who flood may speak the protocol of 2016, which lasts longer.
    command.args(["--always-open", "--v1-allow", "127.0.0.0/24"]);
    let server = Server::start_command(command);
    let boards: Vec<V2Board> = identities
        .into_iter()
        .map(|who| V2Board::start(server.boards, who, Habits::events_per_second(EVENTS_PER_SECOND)))
        .collect();
    eventually("all boards are served", || {
        boards.iter().all(|board| board.ledger().acknowledged() >= 10).then_some(())
    });
    let memory_before = server.resident_bytes();
    let counts_before: Vec<usize> = boards.iter().map(|board| board.ledger().waited.len()).collect();

    let started = Instant::now();
    let slow = Slow::start(server.boards, short_or_long(500, 2_000));
    let junk = Junk::start(server.boards, short_or_long(2_000, 10_000));
    let (mut memory_most, mut slowest_entry, mut n) = (memory_before, Duration::ZERO, 0);
    while !(junk.is_finished() && started.elapsed() > Duration::from_secs(8)) {
        n += 1;
        slowest_entry = slowest_entry.max(enter(server.boards, &newcomer, n));
        memory_most = memory_most.max(server.resident_bytes());
    }
    let (sent, opened) = (junk.join(), slow.stop());
    let length = started.elapsed();

    let mut waited = Vec::new();
    for (board, before) in boards.iter().zip(counts_before) {
        board.settle();
        let ledger = board.ledger();
        assert_eq!(ledger.sessions, 1, "{} was thrown out: {:?}", board.id, ledger.ends);
        waited.extend_from_slice(&ledger.waited[before..]);
    }
    let (median, p99) = median_and_p99(&waited);
    let grown = memory_most.saturating_sub(memory_before);
    let measured = format!(
        "{sent} junk and {opened} slow connections in {length:?}: acknowledged within {median:?} (median), {p99:?} \
         (p99), a new session within {slowest_entry:?}, memory +{} KiB",
        grown >> 10
    );
    assert!(p99 < ACKNOWLEDGED_MAX && slowest_entry < DEADLINE / 4 && grown < MEMORY_BYTES_MAX, "{measured}");
    assert!(waited.len() >= BOARDS * 20, "{} events: {measured}", waited.len());
    figure("10", &measured);
}

/// A board that has just been switched on, and tries until its first event is stored; returns how long that took.
fn enter(server: SocketAddr, who: &Identity, n: u32) -> Duration {
    let started = Instant::now();
    let mut overs = Vec::new();
    while started.elapsed() < DEADLINE {
        match try_to_enter(server, who, n) {
            Ok(session) => {
                let took = started.elapsed();
                session.close();
                return took;
            }
            Err(over) => overs.push(over),
        }
        std::thread::sleep(RETRY);
    }
    panic!("a new board does not get in: {overs:?}");
}

/// Those who flood name it too, so that it may have to make room until it has proven who it is.
fn try_to_enter(server: SocketAddr, who: &Identity, n: u32) -> Result<Session, Over> {
    let mut session = Session::open(Ipv4Addr::LOCALHOST, server, who)?;
    let seq = session.report(&Report { event: who.event(n), age_ms: 0, counts: vec![0; 4], gap: 0 })?;
    match session.hear(ANSWER_MAX)? {
        Some(Said::Stored { seq: of, .. }) if of == seq => Ok(session),
        other => panic!("instead of an answer to {seq}: {other:?}"),
    }
}

/// Bytes without end, and never a line end, as a board of either version: closed in time, at no cost of memory, while a
/// board is served.
#[test]
fn a_flood_costs_no_memory() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let memory_before = server.resident_bytes();
    let boards = server.boards;
    let flooding = std::thread::spawn(move || {
        let version_1 = pour(connect(boards), b'4');
        assert!(version_1 < 200 << 20, "{version_1} bytes were taken");
        pour_lines(boards, short_or_long(100 << 20, 1 << 30))
    });
    let _board = Board::connect(server.boards, "410421430440");
    stream.wait_for_status(42, "occupied");
    let mut memory_most = memory_before;
    while !flooding.is_finished() {
        memory_most = memory_most.max(server.resident_bytes());
        assert!(memory_most < memory_before + (8 << 20), "from {memory_before} to {memory_most} bytes");
        std::thread::sleep(Duration::from_millis(50));
    }
    let bytes = flooding.join().expect("no panic");
    let grown = memory_most.saturating_sub(memory_before) >> 10;
    figure("11", &format!("{} MiB without a line end: memory +{grown} KiB", bytes >> 20));
}

/// Until the server has had enough of it; returns how much it was.
fn pour(mut stream: impl Write, byte: u8) -> u64 {
    let chunk = vec![byte; 1 << 20];
    let mut bytes = 0;
    while let Ok(written) = stream.write(&chunk) {
        bytes += u64::try_from(written).expect("a length");
    }
    bytes
}

/// Lines of version 2 that never end, one connection after the other, from anywhere.
fn pour_lines(server: SocketAddr, total_bytes: u64) -> u64 {
    let mut chance = Chance::new();
    let mut bytes = 0;
    while bytes < total_bytes {
        let [a, b, c] = chance.bytes();
        let Ok(mut stream) = connect_from(Ipv4Addr::new(127, a, b, c.clamp(1, 254)), server, DEADLINE) else {
            continue;
        };
        if stream.write_all(b"DB2 HELLO id=").is_ok() {
            bytes += pour(stream, b'x');
        }
    }
    bytes
}
