//! Incidents: found, shown once each, acknowledged, remembered.

use crate::accounts::visitor::{Visitor, create_account};
use crate::building::Place;
use crate::http::connect;
use crate::metrics::Metrics;
use crate::process::{Server, TempDir, eventually, serve_command};
use crate::v2_session::{Identity, Report, Session};
use serde_json::Value;
use std::net::Ipv4Addr;
use std::time::Duration;

/// An alert is over a second after its cause.
fn start(dir: &TempDir) -> Server {
    let mut command = serve_command(dir);
    command.args(["--alert-settle-s", "1"]);
    Server::start_command(command)
}

fn accounts(dir: &TempDir) {
    for (name, roles) in [("root", "admin"), ("ann", "viewer"), ("olga", "operator")] {
        create_account(dir, name, roles);
    }
}

fn open_session(server: &Server, who: &Identity) -> Session {
    Session::open(Ipv4Addr::LOCALHOST, server.boards, who).expect("a session")
}

/// What the page says of a kind and subject: the items of the open ones, and of those that are over.
fn read(visitor: &mut Visitor, kind: &str, subject: &str) -> (Vec<String>, Vec<String>) {
    let page = visitor.get("/admin/alerts").body;
    let (open, past) = page.split_once("alerts-past").expect("two parts");
    let mark = format!("data-alert=\"{kind}\" data-subject=\"{subject}\"");
    let items = |part: &str| part.split("<li").filter(|item| item.contains(&mark)).map(str::to_owned).collect();
    (items(open), items(past))
}

fn wait_for_open(visitor: &mut Visitor, kind: &str, subject: &str) -> String {
    eventually(kind, || read(visitor, kind, subject).0.pop())
}

fn wait_for_over(visitor: &mut Visitor, kind: &str, subject: &str) -> String {
    eventually("it is over", || {
        let (open, mut past) = read(visitor, kind, subject);
        past.pop().filter(|_| open.is_empty())
    })
}

/// The value of a hidden field.
fn field(item: &str, name: &str) -> String {
    let rest = item.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{name} in {item}"));
    rest.split('"').next().expect("an end").to_owned()
}

fn alerts_of_health(server: &Server) -> Value {
    crate::api::read(server.web, "/health")["alerts"].clone()
}

#[test]
fn a_board_that_goes_and_comes_is_one_alert() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-2");
    accounts(&dir);
    let server = start(&dir);
    let mut olga = Visitor::signed_in(server.web, "olga");
    let (kind, subject) = ("board_late", "board:board-2");
    open_session(&server, &who).close();
    let item = wait_for_open(&mut olga, kind, subject);
    assert!(item.contains("Board board-2 is missing") && item.contains("data-waits"), "{item}");

    // It comes back for moments, again and again: that is still the same incident.
    for _ in 0..3 {
        let session = open_session(&server, &who);
        std::thread::sleep(Duration::from_millis(400));
        session.close();
        std::thread::sleep(Duration::from_millis(400));
    }
    let (open, past) = read(&mut olga, kind, subject);
    assert_eq!((open.len(), past.len()), (1, 0), "{open:?} {past:?}");
    assert!(open[0].contains(" times"), "{}", open[0]);
    assert_eq!(field(&open[0], "opened_at"), field(&item, "opened_at"));

    let _here = open_session(&server, &who);
    let over = wait_for_over(&mut olga, kind, subject);
    assert!(over.contains("times"), "{over}");
    assert_eq!(read(&mut olga, kind, subject).1.len(), 1);
}

#[test]
fn a_restart_goes_on_with_it_and_somebody_sees_to_it() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-2");
    accounts(&dir);
    let server = start(&dir);
    let mut olga = Visitor::signed_in(server.web, "olga");
    let (kind, subject) = ("board_late", "board:board-2");
    open_session(&server, &who).close();
    let opened_at = field(&wait_for_open(&mut olga, kind, subject), "opened_at");
    server.stop();

    let server = start(&dir);
    let mut olga = Visitor::signed_in(server.web, "olga");
    assert_eq!(field(&wait_for_open(&mut olga, kind, subject), "opened_at"), opened_at, "the same");
    let bell = |visitor: &mut Visitor| visitor.get("/admin/alerts").body.contains("data-waiting=");
    assert!(bell(&mut olga));
    let waiting = alerts_of_health(&server)["waiting"].as_u64().expect("a number");
    let fields =
        [("kind", kind), ("subject", subject), ("opened_at", opened_at.as_str()), ("note", "Pile changée <b>")];
    let mut ann = Visitor::signed_in(server.web, "ann");
    assert_eq!(ann.post("/admin/alerts/acknowledge", &fields).status, 403);
    assert!(!wait_for_open(&mut ann, kind, subject).contains("acknowledge"), "no form for who may not");
    assert_eq!(Visitor::new(server.web).post("/admin/alerts/acknowledge", &fields).status, 401);
    let evil = [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")];
    assert_eq!(olga.ask("POST", "/admin/alerts/acknowledge", &evil, "").status, 403);
    let nonsense = [("kind", "x"), ("subject", subject), ("opened_at", "1"), ("note", "")];
    olga.post("/admin/alerts/acknowledge", &nonsense);
    assert!(olga.get("/admin/alerts").body.contains("This alert is not there"));
    let long = "x".repeat(501);
    let too_long = [("kind", kind), ("subject", subject), ("opened_at", opened_at.as_str()), ("note", &long)];
    olga.post("/admin/alerts/acknowledge", &too_long);
    assert!(olga.get("/admin/alerts").body.contains("500 characters"));

    assert_eq!(olga.post("/admin/alerts/acknowledge", &fields).status, 303);
    assert!(olga.get("/admin/alerts").body.contains("Noted."));
    let item = wait_for_open(&mut olga, kind, subject);
    assert!(item.contains("olga has seen to it") && item.contains("Pile changée") && !item.contains("<b>"), "{item}");
    assert!(!item.contains("data-waits"), "{item}");
    olga.post("/admin/alerts/acknowledge", &fields);
    assert!(olga.get("/admin/alerts").body.contains("seen to it already"));
    eventually("one less waits", || {
        (alerts_of_health(&server)["waiting"].as_u64().expect("a number") < waiting + 3).then_some(())
    });
    let log = Visitor::signed_in(server.web, "root").get("/admin/audit?action=alert.").body;
    assert!(log.contains("has seen to an alert") && log.contains(subject), "{log}");
    let _here = open_session(&server, &who);
    assert!(wait_for_over(&mut olga, kind, subject).contains("olga has seen to it"));
}

#[test]
fn a_low_battery_a_stranger_and_the_figures() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-2");
    accounts(&dir);
    let server = start(&dir);
    let mut olga = Visitor::signed_in(server.web, "olga");
    let mut session = open_session(&server, &who);
    let report = |n: u32| Report { event: who.event(n), age_ms: 0, counts: vec![0; 3], gap: 0 };
    session.report_until_stored(&report(1));
    let series = "dispobox_alerts{kind=\"battery_low\"}";
    assert_eq!(Metrics::read(server.web).value(series), 0.0);
    let low = report(2).text(2).replace("bat=3712", "bat=3400");
    session.send_signed(&low).expect("the session is open");
    let item = wait_for_open(&mut olga, "battery_low", "board:board-2");
    assert!(item.contains("3400 mV"), "{item}");
    assert_eq!(Metrics::read(server.web).value(series), 1.0);
    let open = alerts_of_health(&server)["open"].as_u64().expect("a number");
    assert!(open >= 1);
    let stranger = Identity { id: "board-x".to_owned(), ..who };
    assert!(Session::open(Ipv4Addr::LOCALHOST, server.boards, &stranger).is_err());
    let item = wait_for_open(&mut olga, "unknown_board", "system");
    assert!(item.contains("127.0.0.1"), "{item}");
    // Filters are in the address.
    let page = olga.get("/admin/alerts?kind=battery_low&subject=board-2").body;
    assert!(page.contains("data-alert=\"battery_low\"") && !page.contains("data-alert=\"unknown_board\""));
    assert!(!olga.get("/admin/alerts?subject=nobody").body.contains("data-alert="));
    drop(connect(server.boards));
}

#[test]
fn the_page_works_while_the_database_is_away() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-2");
    accounts(&dir);
    let server = start(&dir);
    let mut olga = Visitor::signed_in(server.web, "olga");
    let lock = crate::storage::Lock::take(&dir);
    open_session(&server, &who).close();
    let item = wait_for_open(&mut olga, "board_late", "board:board-2");
    let opened_at = field(&item, "opened_at");
    drop(lock);
    eventually("it is kept", || {
        let rows = Place::embedded(&dir).sql(&["select opened_at from alert where kind = 'board_late'"]);
        rows.contains(&opened_at).then_some(())
    });
}
