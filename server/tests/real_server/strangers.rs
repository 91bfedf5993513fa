//! Peers that are not the board they speak for.

use crate::api::list_events;
use crate::board::Board;
use crate::building::Place;
use crate::chance::Chance;
use crate::metrics::Metrics;
use crate::process::{Server, TempDir, eventually};
use crate::soak::{figure, median_and_p99};
use crate::stream::EventStream;
use crate::v2_session::{ANSWER_MAX, Connection, Identity, Over, Report, Session};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

/// How often each way of being wrong is tried.
const ROUNDS: u8 = 8;

#[test]
fn a_board_of_2016_cannot_speak_for_the_booths_of_a_board_with_a_key() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-1");
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let _forger = Board::connect(server.boards, "411421431441");
    let _honest = Board::connect(server.boards, "451461471");
    stream.wait_for_status(45, "occupied");
    let ignored = || Metrics::read(server.web).value("dispobox_readings_ignored_total{reason=\"downgrade\"}");
    eventually("ignored readings are counted", || (ignored() >= 40.0).then_some(()));
    assert!(Metrics::read(server.web).value("dispobox_alerts{kind=\"downgrade\"}") > 0.0, "an alert");
    let mut session = Session::open(Ipv4Addr::LOCALHOST, server.boards, &who).expect("a session");
    session.report_until_stored(&Report { event: who.event(1), age_ms: 0, counts: vec![0; 4], gap: 0 });
    for booth in [41, 42, 43, 44] {
        let first = stream.wait_for("change", |data| data["number"] == booth);
        assert_eq!(first.data["status"], "free", "the first word on booth {booth} is its own board's");
    }
}

/// Who tries ids must not learn which of them there are.
#[test]
fn an_unknown_id_and_a_wrong_key_look_alike() {
    let dir = TempDir::new().with_site();
    let known = Place::embedded(&dir).identify("board-1");
    let server = Server::start(&dir);
    let wrong_key = Identity { key: [7; 32], ..known.clone() };
    let unknown_version = Identity { key_version: 9, ..known.clone() };
    let unknown_id = Identity { id: "board-9".to_owned(), ..wrong_key.clone() };
    let cases = [&wrong_key, &unknown_version, &unknown_id];
    let mut took = cases.map(|_| Vec::new());
    for round in 0..ROUNDS {
        let address = |case: usize| Ipv4Addr::new(127, 9, round, u8::try_from(case + 1).expect("few"));
        std::thread::scope(|scope| {
            let server = server.boards;
            let tries = [0, 1, 2].map(|case| scope.spawn(move || refusal(address(case), server, cases[case])));
            for (took, tried) in took.iter_mut().zip(tries) {
                took.push(tried.join().expect("no panic"));
            }
        });
    }
    let medians = took.map(|took| median_and_p99(&took).0);
    let (least, most) = (medians.iter().min().expect("three"), medians.iter().max().expect("three"));
    assert!(*least >= Duration::from_millis(400) && *most < Duration::from_secs(1), "{medians:?}");
    assert!(*most - *least < Duration::from_millis(30), "{medians:?}");
    figure("4", &format!("refused after {medians:?}: a wrong key, an unknown version, an unknown id"));
}

/// From the first line to the refusal.
fn refusal(from: Ipv4Addr, server: SocketAddr, who: &Identity) -> Duration {
    let started = Instant::now();
    assert_eq!(Session::open(from, server, who).err(), Some(Over::Refused(401)), "{}", who.id);
    started.elapsed()
}

/// Before it has proven anything, a peer is not listened to.
#[test]
fn nothing_counts_before_the_proof() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-1");
    let server = Server::start(&dir);
    let report = Report { event: who.event(1), age_ms: 0, counts: vec![60; 4], gap: 0 }.text(1);
    let hello = who.hello(&mut Chance::new());
    let cases = [
        format!("{hello}\n{report}\n"),
        format!("{hello}\n{hello}\n"),
        format!("{report}\n"),
        format!("DB2 AUTH mac={}\n", "0".repeat(32)),
        "DB2 X\n".to_owned(),
        format!("{hello} x={}\n", "x".repeat(256 - hello.len() - 3)),
    ];
    for (case, lines) in (1..).zip(cases) {
        let mut connection = Connection::open(Ipv4Addr::new(127, 8, 0, case), server.boards).expect("a connection");
        connection.send(lines.as_bytes()).expect("sent");
        let mut answers = std::iter::from_fn(|| connection.line(ANSWER_MAX).ok().flatten());
        let last = answers.find(|line| !line.starts_with("DB2 CHAL "));
        let code = last.as_deref().and_then(|line| line.strip_prefix("DB2 E "));
        assert!(code.is_some_and(|code| ["400", "401", "413"].contains(&code)), "{lines:?}: {last:?}");
    }
    assert!(list_events(server.web, "board-1").is_empty());
}
