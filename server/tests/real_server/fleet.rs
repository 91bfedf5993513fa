//! `/admin/boards`: boards are made, told what to do, and refused, over the pages.

use crate::accounts::visitor::{Visitor, create_account, start_with_accounts};
use crate::http::Answer;
use crate::process::{Server, TempDir, eventually};
use crate::v2_session::{ANSWER_MAX, Identity, Over, Report, Session};
use crate::v2_wire::{Said, decode_key};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

fn operator(dir: &TempDir, server: &Server) -> Visitor {
    create_account(dir, "bob", "operator");
    Visitor::signed_in(server.web, "bob")
}

/// Makes a board by the form, and has its key from the page that shows it.
fn create(bob: &mut Visitor, id: &str) -> (Identity, Answer) {
    let made = bob.post("/admin/boards/new", &[("id", id), ("channels", "2")]);
    assert_eq!(made.status, 303, "{}", made.body);
    let to = made.header("location").expect("the way to the key").to_owned();
    assert_eq!(to, format!("/admin/boards/{id}/key"));
    let page = bob.get(&to);
    let key = decode_key(&key_on(&page.body));
    (Identity { id: id.to_owned(), key, key_version: 1, boot: 1, channels: 2 }, page)
}

/// The key that a page shows: 64 digits in a row.
fn key_on(page: &str) -> String {
    let (_, rest) = page.split_once("data-new-key").expect("a key");
    let (_, rest) = rest.split_once('>').expect("its text");
    rest.chars().take_while(char::is_ascii_hexdigit).collect()
}

fn open(server: &Server, who: &Identity) -> Result<Session, Over> {
    Session::open(Ipv4Addr::LOCALHOST, server.boards, who)
}

fn report(who: &Identity, n: u32) -> Report {
    Report { event: who.event(n), age_ms: 0, counts: vec![0; who.channels], gap: 0 }
}

/// The next command.
fn hear_command(session: &mut Session) -> (u32, String) {
    let started = Instant::now();
    while started.elapsed() < ANSWER_MAX {
        if let Some(Said::Command { k, order }) = session.hear(ANSWER_MAX).expect("the session goes on") {
            return (k, order);
        }
    }
    panic!("no command");
}

fn shows(who: &mut Visitor, path: &str, text: &str) {
    eventually(text, || who.get(path).body.contains(text).then_some(()));
}

#[test]
fn a_board_is_made_and_its_key_is_shown_once() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut bob = operator(&dir, &server);
    let (who, page) = create(&mut bob, "b-new");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let key = key_on(&page.body);
    assert_eq!(key.len(), 64);
    let line = format!("set id=b-new kv=1 key={key} server=127.0.0.1:{} n=2", server.boards.port());
    assert!(page.body.contains(&line) && page.body.contains("<svg"), "{}", page.body);
    assert_eq!(bob.get("/admin/boards/b-new/key").status, 303, "once");
    let mut session = open(&server, &who).expect("the key is good at once");
    session.report_until_stored(&report(&who, 1));
    shows(&mut bob, "/admin/boards", "data-health=\"online\"");
    shows(&mut bob, "/admin/boards/b-new", "3.71\u{a0}V");
    let mut root = Visitor::signed_in(server.web, "root");
    let log = root.get("/admin/audit/export.jsonl").body;
    assert!(log.contains("board.created") && !log.contains(&key) && !server.log().contains(&key), "never the key");
    for path in ["/admin/boards", "/admin/boards/b-new", "/admin/audit"] {
        assert!(!root.get(path).body.contains(&key), "{path}");
    }
    let again = bob.post("/admin/boards/new", &[("id", "b-new"), ("channels", "2")]);
    assert!(again.status == 422 && again.body.contains("There is a board of this name already"), "{}", again.body);
    for (id, channels) in [("B", "2"), ("", "2"), ("b", "0"), ("b", "9"), ("b", "x")] {
        let refused = bob.post("/admin/boards/new", &[("id", id), ("channels", channels)]);
        assert_eq!(refused.status, 422, "{id} {channels}");
    }
}

#[test]
fn what_is_asked_reaches_the_board_and_its_answer_the_page() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut bob = operator(&dir, &server);
    let (who, _) = create(&mut bob, "b-1");
    let mut session = open(&server, &who).expect("a session");
    assert_eq!(bob.post("/admin/boards/b-1/tell", &[("command", "id")]).status, 303);
    assert!(bob.get("/admin/boards/b-1").body.contains("The board is told"));
    let (k, order) = hear_command(&mut session);
    assert_eq!(order, "id");
    session.send_signed(&format!("DB2 R {k} ok")).expect("answered");
    shows(&mut bob, "/admin/boards/b-1", "<span>done</span>");

    // It is told to sleep, goes, and what is asked meanwhile waits for it.
    bob.post("/admin/boards/b-1/tell", &[("command", "sleep"), ("seconds", "600")]);
    let (k, order) = hear_command(&mut session);
    assert_eq!(order, "sleep=600");
    session.send_signed(&format!("DB2 R {k} ok sleep=600 ev=1.0 bat=3650")).expect("answered");
    session.close();
    shows(&mut bob, "/admin/boards/b-1", "Asleep until");
    bob.post("/admin/boards/b-1/tell", &[("command", "reboot")]);
    assert!(bob.get("/admin/boards/b-1").body.contains("waits for the board"));
    bob.post("/admin/boards/b-1/tell", &[("command", "id")]);
    assert!(bob.get("/admin/boards/b-1").body.contains("/admin/boards/b-1/take_back"));
    assert_eq!(bob.post("/admin/boards/b-1/take_back", &[("command", "4")]).status, 303);
    assert!(bob.get("/admin/boards/b-1").body.contains("cancelled"));
    let mut woken = open(&server, &who).expect("it wakes up");
    assert_eq!(hear_command(&mut woken).1, "reboot");
    drop(woken);
    shows(&mut bob, "/admin/boards/b-1", "no answer");
    for (command, seconds) in [("sleep", "0"), ("sleep", "10801"), ("sleep", ""), ("eat", "")] {
        bob.post("/admin/boards/b-1/tell", &[("command", command), ("seconds", seconds)]);
        let page = bob.get("/admin/boards/b-1").body;
        assert!(page.contains("A board can sleep for 1 to 10,800 seconds"), "{command} {seconds}");
    }
}

#[test]
fn keys_are_renewed_and_refused_over_the_page() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut bob = operator(&dir, &server);
    let (first, _) = create(&mut bob, "b-2");
    let doomed = open(&server, &first).expect("a session");
    assert_eq!(bob.post("/admin/boards/b-2/key", &[]).status, 303);
    let page = bob.get("/admin/boards/b-2/key").body;
    let second = Identity { key: decode_key(&key_on(&page)), key_version: 2, ..first.clone() };
    assert_ne!(first.key, second.key);
    assert_eq!(bob.post("/admin/boards/b-2/revoke", &[("version", "1")]).status, 303);
    let revoked_at = Instant::now();
    assert_eq!(doomed.end(Duration::from_secs(2)), Over::Refused(401));
    assert!(revoked_at.elapsed() < Duration::from_secs(1), "{:?}", revoked_at.elapsed());
    assert_eq!(open(&server, &first).err(), Some(Over::Refused(401)));
    let _session = open(&server, &second).expect("the new one is good");
    assert_eq!(bob.post("/admin/boards/b-2/retire", &[]).status, 303);
    assert!(bob.get("/admin/boards?show=retired").body.contains("data-board=\"b-2\""));
    assert!(!bob.get("/admin/boards").body.contains("data-board=\"b-2\""));
    bob.post("/admin/boards/board-1/retire", &[]);
    assert!(bob.get("/admin/boards/board-1").body.contains("still watches boxes"));
}

#[test]
fn settings_are_kept_and_the_board_follows() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut bob = operator(&dir, &server);
    let (who, _) = create(&mut bob, "b-3");
    let mut session = open(&server, &who).expect("a session");
    bob.post("/admin/boards/b-3/settings", &[("label", "above the door"), ("heartbeat_s", "60")]);
    let page = bob.get("/admin/boards/b-3").body;
    assert!(page.contains("above the door") && page.contains("value=\"60\""), "{page}");
    let (k, order) = hear_command(&mut session);
    assert!(order.starts_with("conf hb=60 win="), "{order}");
    session.send_signed(&format!("DB2 R {k} ok")).expect("answered");
    for (label, heartbeat_s) in [("x", "4"), ("x", "301"), ("x", "often"), (&"é".repeat(41), "")] {
        bob.post("/admin/boards/b-3/settings", &[("label", label), ("heartbeat_s", heartbeat_s)]);
        assert!(bob.get("/admin/boards/b-3").body.contains("data-told=\"refused\""), "{label} {heartbeat_s}");
    }
    drop(session);
    assert_eq!(open(&server, &who).expect("a session").heartbeat_s, 60);
}

#[test]
fn a_viewer_sees_and_does_nothing() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut bob = operator(&dir, &server);
    create(&mut bob, "b-4");
    let mut ann = Visitor::signed_in(server.web, "ann");
    let page = ann.get("/admin/boards/b-4");
    assert_eq!((ann.get("/admin/boards").status, page.status), (200, 200));
    assert!(!page.body.contains("/admin/boards/b-4/tell"), "no form that would be refused");
    let deeds: [(&str, &[(&str, &str)]); 9] = [
        ("/admin/boards/new", &[("id", "b-5"), ("channels", "1")]),
        ("/admin/boards/b-4/key", &[]),
        ("/admin/boards/b-4/revoke", &[("version", "1")]),
        ("/admin/boards/b-4/tell", &[("command", "id")]),
        ("/admin/boards/b-4/take_back", &[("command", "1")]),
        ("/admin/boards/b-4/settings", &[("label", "mine")]),
        ("/admin/boards/b-4/confirm", &[]),
        ("/admin/boards/b-4/retire", &[]),
        ("/admin/boards/b-4/key", &[("version", "7")]),
    ];
    for (path, fields) in deeds {
        assert_eq!(ann.post(path, fields).status, 403, "{path}");
        assert_eq!(Visitor::new(server.web).post(path, fields).status, 401, "{path}");
    }
    assert_eq!((ann.get("/admin/boards/new").status, ann.get("/admin/boards/b-4/key").status), (403, 403));
    assert_eq!(ann.get("/admin/boards/nobody").status, 404);
    assert_eq!(Visitor::new(server.web).get("/admin/boards").status, 303);
}
