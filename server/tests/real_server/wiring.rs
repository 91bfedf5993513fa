//! Who operates boards sees what detectors say, and says what they watch.

use crate::accounts::visitor::{Visitor, create_account};
use crate::board::Board;
use crate::building::Place;
use crate::process::{Server, TempDir, eventually};
use crate::stream::EventStream;
use crate::v2_session::{Report, Session};
use serde_json::Value;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

fn start(dir: &TempDir) -> Server {
    for (name, roles) in [("ann", "viewer"), ("olga", "operator"), ("eve", "editor"), ("root", "admin")] {
        create_account(dir, name, roles);
    }
    Server::start(dir)
}

fn signal(visitor: &mut Visitor, channel: &str) -> Value {
    let answer = visitor.get("/admin/wiring/signals");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let all: Value = serde_json::from_str(&answer.body).expect("JSON");
    let found = all["channels"].as_array().expect("channels").iter().find(|signal| signal["channel"] == channel);
    found.unwrap_or_else(|| panic!("no {channel} in {all}")).clone()
}

/// How long it took until the light was this.
fn wait_for_light(visitor: &mut Visitor, channel: &str, light: &str) -> Duration {
    let asked = Instant::now();
    eventually(light, || (signal(visitor, channel)["light"] == light).then_some(()));
    asked.elapsed()
}

#[test]
fn the_signal_of_each_detector_is_seen_within_a_second() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-2");
    let server = start(&dir);
    let mut olga = Visitor::signed_in(server.web, "olga");
    assert_eq!(signal(&mut olga, "board-2/1")["light"], "silent");
    let mut session = Session::open(Ipv4Addr::LOCALHOST, server.boards, &who).expect("a session");
    let report = |n: u32, counts: Vec<u16>| Report { event: who.event(n), age_ms: 0, counts, gap: 0 };
    session.report(&report(1, vec![0, 0, 0])).expect("sent");
    wait_for_light(&mut olga, "board-2/1", "low");
    session.report(&report(2, vec![0, 1, 0])).expect("sent");
    let took = wait_for_light(&mut olga, "board-2/1", "high");
    assert!(took < Duration::from_secs(1), "{took:?}");
    let high = signal(&mut olga, "board-2/1");
    assert!(high["strip"].as_str().is_some_and(|strip| strip.starts_with('M')), "{high}");
    assert_eq!(signal(&mut olga, "board-2/0")["light"], "low");
    // Boards of 2016 speak of booths; what is shown is the channel that is wired to them.
    let board = Board::connect(server.boards, "410420430440");
    wait_for_light(&mut olga, "board-1/2", "low");
    board.says("410420431440");
    let took = wait_for_light(&mut olga, "board-1/2", "high");
    assert!(took < Duration::from_millis(1_500), "{took:?}");
    crate::soak::figure("signal of a board of 2016", &format!("{took:?}"));
}

#[test]
fn an_operator_wires_and_the_map_follows() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let who = place.identify("board-2");
    let server = start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    stream.wait_for("snapshot", |_| true);
    let mut olga = Visitor::signed_in(server.web, "olga");
    let channel = "board-2/1";
    let before = signal(&mut olga, channel)["booth"].as_u64().expect("a booth");
    let wish = |booth: &'static str| [("floor", "6"), ("channel", channel), ("booth", booth)];
    let mut ann = Visitor::signed_in(server.web, "ann");
    assert_eq!(ann.post("/admin/wiring", &wish("68")).status, 403);
    assert_eq!(Visitor::signed_in(server.web, "eve").post("/admin/wiring", &wish("68")).status, 403);
    assert_eq!(Visitor::new(server.web).post("/admin/wiring", &wish("68")).status, 401);
    assert_eq!(Visitor::new(server.web).get("/admin/wiring/signals").status, 303);
    assert!(
        ann.get("/admin/wiring?floor=6").body.contains("data-wiring-booth=\"68\" disabled")
            || ann.get("/admin/wiring?floor=6").body.contains("disabled")
    );
    assert_eq!(ann.get("/admin/wiring?floor=77").status, 404);
    for (fields, says) in [
        ([("floor", "6"), ("channel", ""), ("booth", "68")], "Choose a channel first"),
        ([("floor", "6"), ("channel", "nobody/1"), ("booth", "68")], "no such board or box"),
        ([("floor", "6"), ("channel", channel), ("booth", "999")], "no such board or box"),
        ([("floor", "6"), ("channel", "board-2/9"), ("booth", "68")], "no such board or box"),
    ] {
        assert_eq!(olga.post("/admin/wiring", &fields).status, 303);
        assert!(olga.get("/admin/wiring").body.contains(says), "{fields:?}");
    }
    assert_eq!(signal(&mut olga, channel)["booth"], before, "nothing was done");

    // From floor 4 to floor 6: both are published.
    let answer = olga.post("/admin/wiring", &wish("68"));
    assert_eq!(answer.header("location"), Some("/admin/wiring?floor=6&channel=board-2/1"));
    assert!(olga.get("/admin/wiring?floor=6").body.contains("It is wired"));
    assert_eq!(signal(&mut olga, channel)["booth"], 68);
    for floor in [4, 6] {
        stream.wait_for("layout", |layout| layout["floor"] == floor && layout["version"] == 2);
    }
    let mut session = Session::open(Ipv4Addr::LOCALHOST, server.boards, &who).expect("a session");
    let full = Report { event: who.event(1), age_ms: 0, counts: vec![0, 60, 0], gap: 0 };
    session.report_until_stored(&full);
    stream.wait_for_status(68, "occupied");
    let versions = Visitor::signed_in(server.web, "root").get("/api/list_versions?floor=6").body;
    assert!(versions.contains("board-2/1 → 68") && versions.contains("olga"), "{versions}");

    olga.post("/admin/wiring", &wish("68"));
    assert!(olga.get("/admin/wiring").body.contains("It was so already"));
    olga.post("/admin/wiring", &wish(""));
    assert!(olga.get("/admin/wiring").body.contains("watches nothing any more"));
    eventually("nothing is known of it", || {
        (crate::api::read(server.web, "/api/v1/booths/68")["status"] == "unknown").then_some(())
    });
    assert_eq!(signal(&mut olga, channel)["booth"], Value::Null);
    let log = Visitor::signed_in(server.web, "root").get("/admin/audit?action=layout.").body;
    assert!(log.matches("data-action=\"layout.published\"").count() == 3, "{log}");
}
