//! `/health` and `/metrics` say how it is, and change when it changes.

use crate::api::{find_board, read_health, wait_for_reason, wait_until_well};
use crate::board::Board;
use crate::building::Place;
use crate::http::connect;
use crate::metrics::Metrics;
use crate::process::{DEADLINE, Server, TempDir, eventually};
use crate::soak::figure;
use crate::storage::Lock;
use crate::stream::EventStream;
use crate::v2_session::{Identity, Over, Report, Session};
use std::io::Write;
use std::net::Ipv4Addr;
use std::time::Duration;

/// All that there is to be read.
const NAMES: [&str; 30] = [
    "dispobox_build_info",
    "dispobox_board_connections",
    "dispobox_board_connections_opened_total",
    "dispobox_board_connections_refused_total",
    "dispobox_board_connections_evicted_total",
    "dispobox_frames_total",
    "dispobox_frames_refused_total",
    "dispobox_readings_total",
    "dispobox_readings_ignored_total",
    "dispobox_acknowledgements_total",
    "dispobox_acknowledgements_refused_total",
    "dispobox_events_repeated_total",
    "dispobox_handshakes_total",
    "dispobox_handshakes_refused_total",
    "dispobox_sessions_replaced_total",
    "dispobox_boards",
    "dispobox_booths",
    "dispobox_spool_groups",
    "dispobox_spool_records",
    "dispobox_spool_bytes",
    "dispobox_spool_oldest_seconds",
    "dispobox_spool_errors_total",
    "dispobox_records_stored_total",
    "dispobox_records_dropped_total",
    "dispobox_storage_errors_total",
    "dispobox_alerts",
    "dispobox_publication_seconds",
    "dispobox_durable_seconds",
    "dispobox_storage_seconds",
    "dispobox_streams",
];

/// A server with one board of each version, in the middle of its work.
struct Scene {
    server: Server,
    who: Identity,
    session: Session,
}

impl Scene {
    fn metrics(&self) -> Metrics {
        Metrics::read(self.server.web)
    }

    fn wait_for_value(&self, series: &str, fits: impl Fn(f64) -> bool) -> f64 {
        eventually(series, || Some(self.metrics().value(series)).filter(|value| fits(*value)))
    }

    fn report(&self, n: u32, count: u16) -> Report {
        Report { event: self.who.event(n), age_ms: 0, counts: vec![count; 3], gap: 0 }
    }
}

#[test]
fn figures_follow_what_happens() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-2");
    let server = Server::start(&dir);
    let nothing_yet = Metrics::read(server.web);
    let missing: Vec<_> = NAMES.iter().filter(|name| !nothing_yet.has(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(nothing_yet.value("dispobox_booths{status=\"unknown\"}"), 15.0);
    assert_eq!(nothing_yet.value("dispobox_boards{state=\"never\"}"), 4.0);

    let mut stream = EventStream::open(server.web, "/events", None);
    let _board = Board::connect(server.boards, "410420430440");
    stream.wait_for_status(42, "free");
    let session = Session::open(Ipv4Addr::LOCALHOST, server.boards, &who).expect("a session");
    let mut scene = Scene { server, who, session };
    boards_and_frames(&mut scene);
    refusals(&mut scene);
    a_database_that_is_away(&dir, &mut scene);
    figure("25", "/health and /metrics follow connections, frames, refusals, and a database that is away");
}

fn boards_and_frames(scene: &mut Scene) {
    scene.session.report_until_stored(&scene.report(1, 60));
    scene.session.report_until_stored(&scene.report(1, 60));
    scene.wait_for_value("dispobox_frames_total{dialect=\"v1\"}", |frames| frames > 2.0);
    let metrics = scene.metrics();
    metrics.check_histograms();
    let expect = [
        ("dispobox_board_connections", 2.0),
        ("dispobox_board_connections_opened_total", 2.0),
        ("dispobox_frames_total{dialect=\"v2\"}", 2.0),
        ("dispobox_acknowledgements_total", 2.0),
        ("dispobox_acknowledgements_refused_total", 0.0),
        ("dispobox_events_repeated_total", 1.0),
        ("dispobox_handshakes_total", 1.0),
        ("dispobox_boards{state=\"online\"}", 2.0),
        ("dispobox_boards{state=\"never\"}", 2.0),
        ("dispobox_booths{status=\"free\"}", 4.0),
        ("dispobox_booths{status=\"occupied\"}", 3.0),
        ("dispobox_booths{status=\"unknown\"}", 8.0),
        ("dispobox_streams", 1.0),
    ];
    for (series, value) in expect {
        assert_eq!(metrics.value(series), value, "{series}");
    }
    assert!(metrics.value("dispobox_publication_seconds_count") >= 2.0);
    assert!(metrics.value("dispobox_durable_seconds_count") >= 1.0);
    assert!(metrics.value("dispobox_readings_total") >= 15.0);
    scene.wait_for_value("dispobox_storage_seconds_count", |count| count >= 1.0);
    assert_eq!(read_health(scene.server.web), ("ok".to_owned(), String::new()));
    let board = find_board(scene.server.web, "board-2");
    assert_eq!((&board["state"], &board["last_event"]), (&"online".into(), &"1.1".into()));
    assert_eq!((&board["battery_mv"], &board["rssi_dbm"]), (&3712.into(), &(-67).into()));
    assert_eq!((&board["firmware"], &board["reset_reason"]), (&"2.0.0".into(), &"poweron".into()));
    assert_eq!(board["key_versions"], serde_json::json!([1]));
}

fn refusals(scene: &mut Scene) {
    let boards = scene.server.boards;
    let forger = Identity { key: [9; 32], ..scene.who.clone() };
    assert_eq!(Session::open(Ipv4Addr::LOCALHOST, boards, &forger).err(), Some(Over::Refused(401)));
    assert!(scene.metrics().sum("dispobox_handshakes_refused_total") >= 1.0);
    let before = scene.metrics().sum("dispobox_frames_refused_total");
    let mut stranger = connect(boards);
    stranger.write_all(b"DB2 NONSENSE\n").expect("sent");
    eventually("a refused frame is counted", || {
        let metrics = scene.metrics();
        let all = metrics.sum("dispobox_frames_refused_total") + metrics.sum("dispobox_handshakes_refused_total");
        (all > before + 1.0).then_some(())
    });
    let successor = Session::open(Ipv4Addr::LOCALHOST, boards, &scene.who).expect("a session");
    let replaced = std::mem::replace(&mut scene.session, successor);
    assert_eq!(replaced.end(Duration::from_secs(2)), Over::Refused(409));
    scene.wait_for_value("dispobox_sessions_replaced_total", |count| count == 1.0);
}

fn a_database_that_is_away(dir: &TempDir, scene: &mut Scene) {
    let stored_before = scene.wait_for_value("dispobox_records_stored_total", |count| count >= 1.0);
    scene.wait_for_value("dispobox_spool_records", |records| records == 0.0);
    let lock = Lock::take(dir);
    for n in 2..12 {
        scene.session.report_until_stored(&scene.report(n, 60));
    }
    wait_for_reason(scene.server.web, Duration::from_secs(10), &["database"]);
    scene.wait_for_value("dispobox_spool_oldest_seconds", |age| age >= 1.0);
    let metrics = scene.metrics();
    assert!(metrics.value("dispobox_spool_records") >= 10.0, "{}", metrics.value("dispobox_spool_records"));
    assert!(metrics.value("dispobox_spool_groups") >= 1.0 && metrics.value("dispobox_spool_bytes") > 100.0);
    assert_eq!(metrics.value("dispobox_acknowledgements_total"), 12.0);
    drop(lock);
    wait_until_well(scene.server.web, DEADLINE);
    scene.wait_for_value("dispobox_spool_records", |records| records == 0.0);
    scene.wait_for_value("dispobox_records_stored_total", |count| count >= stored_before + 10.0);
    assert_eq!(scene.metrics().value("dispobox_records_dropped_total"), 0.0);
}
