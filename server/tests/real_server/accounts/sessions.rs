//! How long somebody stays signed in, and what ends with it.

use super::visitor::{PASSWORD, Visitor, start_with_accounts, succeed};
use crate::building::Place;
use crate::http::connect;
use crate::process::{DEADLINE, TempDir, within};
use std::io::{BufRead, BufReader, Write};
use std::time::{Duration, Instant};

#[test]
fn a_cookie_is_new_at_every_sign_in_and_stored_by_its_hash() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut visitor = Visitor::new(server.web);
    let planted = format!("dispobox_session={}", "A".repeat(43));
    visitor.cookie = Some(planted.clone());
    let answer = visitor.sign_in("ann", PASSWORD);
    let set = answer.header("set-cookie").expect("a cookie");
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=604800"] {
        assert!(set.contains(attribute), "{attribute}: {set}");
    }
    assert_eq!(answer.header("location"), Some("/admin"));
    let first = visitor.cookie.clone().expect("a cookie");
    assert_ne!(first, planted);
    assert_eq!(visitor.sign_in("ann", PASSWORD).status, 303);
    assert_ne!(visitor.cookie.as_ref(), Some(&first));
    assert!(visitor.is_signed_in());
    let mut old = Visitor { cookie: Some(first.clone()), ..visitor.clone() };
    assert!(!old.is_signed_in(), "signing in again ends the session before");
    let rows = Place::embedded(&dir)
        .sql(&["SELECT * FROM account_session", "SELECT group_concat(password_hash) FROM account"]);
    let token = visitor.cookie.as_deref().and_then(|cookie| cookie.split_once('=')).expect("a token").1;
    let stored = Place::embedded(&dir).sql(&["SELECT token_hash FROM account_session"]);
    assert!(!stored.contains(token) && stored.contains("'"), "{stored}");
    assert!(rows.contains("$argon2id$") && !rows.contains(PASSWORD), "{rows}");
    assert!(!server.log().contains(token) && !server.log().contains(PASSWORD), "no secret in the log");
}

#[test]
fn where_one_wanted_to_go() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut visitor = Visitor::new(server.web);
    let asked = visitor.get("/admin/audit?actor=ann");
    assert_eq!((asked.status, asked.header("location")), (303, Some("/login?to=/admin/audit%3Factor%3Dann")));
    let fields = |to: &'static str| [("name", "root"), ("password", PASSWORD), ("to", to)];
    for (to, expect) in [
        ("/admin/audit?actor=ann", "/admin/audit?actor=ann"),
        ("https://evil.example", "/admin"),
        ("//evil.example", "/admin"),
        ("", "/admin"),
    ] {
        assert_eq!(visitor.post("/login", &fields(to)).header("location"), Some(expect), "{to}");
    }
    assert_eq!(visitor.get("/login?to=/account").header("location"), Some("/account"), "signed in already");
}

#[test]
fn sessions_end_when_idle_and_when_old() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &["--session-idle-s", "2"]);
    let mut visitor = Visitor::signed_in(server.web, "ann");
    let started = Instant::now();
    while started.elapsed() < Duration::from_millis(3_000) {
        assert!(visitor.is_signed_in(), "used again and again");
        std::thread::sleep(Duration::from_millis(200));
    }
    std::thread::sleep(Duration::from_millis(2_100));
    assert!(!visitor.is_signed_in(), "idle");
    server.stop();
    let server = start_again(&dir, &["--session-max-s", "2"]);
    let mut visitor = Visitor::signed_in(server.web, "ann");
    let ended = within(DEADLINE, "it ends, however often it is used", || (!visitor.is_signed_in()).then(Instant::now));
    assert!(ended.elapsed() < DEADLINE);
}

fn start_again(dir: &TempDir, flags: &[&str]) -> crate::process::Server {
    let mut command = crate::process::serve_command(dir);
    command.args(flags);
    crate::process::Server::start_command(command)
}

/// Opens the stream of a session, and returns a way to wait for its end.
fn follow(visitor: &Visitor) -> impl FnOnce() -> Instant {
    let mut stream = connect(visitor.web);
    let cookie = visitor.cookie.clone().expect("a cookie");
    let head = format!("GET /admin/session HTTP/1.0\r\nHost: {}\r\nCookie: {cookie}\r\n\r\n", visitor.web);
    stream.write_all(head.as_bytes()).expect("sent");
    let mut lines = BufReader::new(stream).lines();
    let mut until = move |text: &str| {
        let started = Instant::now();
        // Signs of life would keep it reading for ever.
        let in_time = |_: &String| started.elapsed() < DEADLINE;
        lines.by_ref().map_while(Result::ok).take_while(in_time).any(|line| line == text)
    };
    assert!(until("event: session"), "it is open");
    move || {
        assert!(until("event: ended"), "it says that the session has ended");
        Instant::now()
    }
}

#[test]
fn streams_end_with_their_session_within_a_second() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut ann = Visitor::signed_in(server.web, "ann");
    let ended = follow(&ann);
    let asked = Instant::now();
    assert_eq!(ann.clone().post("/logout", &[]).status, 303);
    let took = ended().duration_since(asked);
    assert!(took < Duration::from_secs(1), "signing out: {took:?}");
    assert!(!ann.is_signed_in());

    let ann = Visitor::signed_in(server.web, "ann");
    let ended = follow(&ann);
    succeed(&dir, &["user", "disable", "ann"]);
    let asked = Instant::now();
    let took = ended().saturating_duration_since(asked);
    assert!(took < Duration::from_secs(1), "closed by a command: {took:?}");
    assert_eq!(Visitor::new(server.web).sign_in("ann", PASSWORD).status, 401, "closed");
}

#[test]
fn owners_see_and_end_their_sessions() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut one = Visitor::new(server.web);
    one.headers.push(("User-Agent".to_owned(), "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0".to_owned()));
    assert_eq!(one.sign_in("ann", PASSWORD).status, 303);
    let mut two = Visitor::signed_in(server.web, "ann");
    let mut root = Visitor::signed_in(server.web, "root");
    let page = one.get("/account").body;
    assert!(page.contains("Firefox · Linux") && page.contains("this one"), "{page}");
    assert_eq!(page.matches("/account/sessions/end\"").count(), 1, "the other one of ann, not that of root");
    let stranger =
        page.split("name=\"session\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
    root.post("/account/sessions/end", &[("session", stranger)]);
    assert!(two.is_signed_in(), "nobody ends another's session so");
    let told = one.post("/account/sessions/end_others", &[]);
    assert_eq!(told.status, 303);
    assert!(one.get("/account").body.contains("1 session has ended"));
    assert!(!one.get("/account").body.contains("1 session has ended"), "said once");
    assert!(one.is_signed_in() && !two.is_signed_in() && root.is_signed_in());
    let new = "une autre phrase longue";
    let mut third = Visitor::signed_in(server.web, "ann");
    let wrong = [("current", "not this one"), ("password", new)];
    one.post("/account/password", &wrong);
    assert!(one.get("/account").body.contains("current password is not right"));
    std::thread::sleep(Duration::from_millis(1_100));
    one.post("/account/password", &[("current", PASSWORD), ("password", new)]);
    assert!(one.get("/account").body.contains("Your password is changed"), "in a new session");
    assert!(!third.is_signed_in());
    assert_eq!(Visitor::new(server.web).sign_in("ann", new).status, 303);
}
