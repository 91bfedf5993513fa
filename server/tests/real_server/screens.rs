//! Screens on walls: who lets them in, what their secret is good for, and what it is not.

use crate::accounts::visitor::{Visitor, create_account};
use crate::building::Place;
use crate::http::{Answer, connect, send};
use crate::process::{Server, TempDir, serve_command};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

const FACTS: [(&str, &str); 3] = [("name", "Mur de la cafétéria"), ("dwell_s", "20"), ("variant", "color")];
/// A screen hears within so long that it was taken away: "within some seconds".
const NEWS_MAX: Duration = Duration::from_secs(3);

fn start(dir: &TempDir) -> Server {
    create_account(dir, "root", "admin");
    create_account(dir, "op", "operator");
    create_account(dir, "ann", "viewer,editor");
    Server::start_command(serve_command(dir))
}

fn ask(web: SocketAddr, path: &str, body: &Value) -> Answer {
    let headers = [("Content-Type", "application/json"), ("Sec-Fetch-Site", "same-origin")];
    send(connect(web), web, ("POST", path), &headers, &body.to_string())
}

fn beat(web: SocketAddr, token: &str, knows: &str) -> Answer {
    let booths = [json!({ "number": 41, "status": "free" })];
    let report = json!({
        "build": "b1", "width": 1920, "height": 1080, "uptime_s": 7, "floor": 4, "is_live": true, "booths": booths,
    });
    ask(web, "/api/kiosk/heartbeat", &json!({ "token": token, "knows": knows, "report": report }))
}

/// The secret in the address on a page.
fn token_on(page: &str) -> String {
    page.split("/kiosk/").nth(1).and_then(|rest| rest.get(..43)).expect("an address").to_owned()
}

/// Lets a screen in by its address.
fn add_screen(op: &mut Visitor, facts: &[(&str, &str)]) -> (String, String) {
    let made = op.post("/admin/screens/create", facts);
    let page = made.header("location").expect("its page").to_owned();
    let token = token_on(&op.get(&page).body);
    (page, token)
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

#[test]
fn an_address_is_shown_once_and_kept_as_a_hash() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut op = Visitor::signed_in(server.web, "op");
    let (page, token) = add_screen(&mut op, &FACTS);
    assert!(!op.get(&page).body.contains(&token), "shown once");
    let rows = Place::embedded(&dir).sql(&["SELECT * FROM screen"]);
    assert!(rows.contains("Mur de la caf") && !rows.contains(&token), "{rows}");
    let log = Place::embedded(&dir).sql(&["SELECT * FROM audit_entry"]);
    assert!(log.contains("screen.created") && !log.contains(&token), "{log}");

    let screen = Visitor::new(server.web).get(&format!("/kiosk/{token}"));
    assert_eq!(screen.status, 200, "{}", screen.body);
    assert!(screen.body.contains("data-floor=\"4\"") && screen.body.contains("data-booth=\"42\""), "{}", screen.body);
    assert!(!screen.body.contains(&token), "its page does not have it");
    assert_eq!(screen.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(screen.header("cache-control"), Some("no-store"));
    let policy = screen.header("content-security-policy").expect("a policy");
    assert!(policy.contains("connect-src 'self'") && !policy.contains("unsafe-inline"), "{policy}");
    assert!(!screen.body.contains("http://") || screen.body.contains("http://www.w3.org"), "no third party");
}

#[test]
fn a_secret_gives_nothing_but_its_screen() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut op = Visitor::signed_in(server.web, "op");
    let (page, token) = add_screen(&mut op, &FACTS);
    let bearer = format!("Bearer {token}");
    let cookie = format!("dispobox_session={token}; __Host-dispobox={token}");
    let headers = [("Authorization", bearer.as_str()), ("Cookie", cookie.as_str())];
    for path in ["/admin/screens", page.as_str(), "/admin/accounts", "/admin/audit", "/account"] {
        let answer = send(connect(server.web), server.web, ("GET", path), &headers, "");
        assert!(answer.status == 303 && answer.header("location").is_some_and(|to| to.starts_with("/login")), "{path}");
    }
    for path in ["/admin/screens/create", "/admin/screens/1/revoke", "/admin/screens/1", "/admin/screens/pair"] {
        let answer = send(connect(server.web), server.web, ("POST", path), &headers, "x=y");
        assert_eq!(answer.status, 401, "{path}");
    }
    let made = send(connect(server.web), server.web, ("POST", "/api/create_account"), &headers, "name=eve");
    assert_eq!(made.status, 401);
    let setup = Visitor::new(server.web).get(&format!("/setup/{token}"));
    assert_eq!(setup.status, 404);

    for wrong in ["", "x", &"A".repeat(43), &token[1..]] {
        assert_eq!(beat(server.web, wrong, "").status, 403, "{wrong}");
    }
    assert_eq!(Visitor::new(server.web).get(&format!("/kiosk/{}", "A".repeat(43))).status, 404);
    assert_eq!(ask(server.web, "/api/kiosk/heartbeat", &json!({ "token": token })).status, 400);
    let long = json!({ "token": token, "report": {
        "build": "<script>", "width": 1, "height": 1, "uptime_s": 1, "floor": null, "is_live": false } });
    assert_eq!(ask(server.web, "/api/kiosk/heartbeat", &long).status, 422);
}

#[test]
fn only_operators_manage_screens() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let (page, _) = add_screen(&mut Visitor::signed_in(server.web, "root"), &FACTS);
    let mut ann = Visitor::signed_in(server.web, "ann");
    assert_eq!((ann.get("/admin/screens").status, ann.get(&page).status), (403, 403));
    for deed in ["", "/identify", "/renew", "/revoke"] {
        assert_eq!(ann.post(&format!("{page}{deed}"), &FACTS).status, 403, "{deed}");
        let evil = Visitor::signed_in(server.web, "root").ask(
            "POST",
            &format!("{page}{deed}"),
            &[("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")],
            "name=evil&dwell_s=20&variant=color",
        );
        assert_eq!(evil.status, 403, "{deed} from another origin");
    }
    assert_eq!(ann.post("/admin/screens/create", &FACTS).status, 403);
    let rows = Place::embedded(&dir).sql(&["SELECT name, revoked_at FROM screen"]);
    assert_eq!(rows, "[('Mur de la cafétéria', None)]");
}

#[test]
fn a_screen_is_heard_and_arranged_and_taken_away() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut op = Visitor::signed_in(server.web, "op");
    let (page, token) = add_screen(&mut op, &FACTS);
    let list = op.get("/admin/screens").body;
    assert!(list.contains("never heard"), "{list}");
    let told = json_of(&beat(server.web, &token, ""));
    let stamp = told["stamp"].as_str().expect("a stamp").to_owned();
    assert_eq!((told["name"].as_str(), told["identify_ms"].as_u64()), (Some(FACTS[0].1), Some(0)));
    let list = op.get("/admin/screens").body;
    for word in ["data-state=\"alive\"", "1920 × 1080", "floor 4", "1 free, 0 occupied"] {
        assert!(list.contains(word), "{word}: {list}");
    }

    // It knows all of it, so it waits; and hears at once when there is something.
    let web = server.web;
    let waiting =
        |knows: String, token: String| std::thread::spawn(move || (beat(web, &token, &knows), Instant::now()));
    let first = waiting(stamp.clone(), token.clone());
    std::thread::sleep(Duration::from_millis(500));
    assert!(!first.is_finished(), "it waits");
    let asked = Instant::now();
    op.post(&format!("{page}/identify"), &[]);
    let (answer, at) = first.join().expect("an answer");
    assert!(json_of(&answer)["identify_ms"].as_u64() > Some(0) && at - asked < NEWS_MAX, "{}", answer.body);

    let other = [("name", "Hall"), ("dwell_s", "30"), ("variant", "mono"), ("floors[]", "6")];
    op.post(&page, &other);
    let changed = json_of(&beat(server.web, &token, &stamp));
    assert!(changed["page"] != told["page"] && changed["name"] == "Hall", "{changed}");
    let screen = Visitor::new(server.web).get(&format!("/kiosk/{token}")).body;
    assert!(screen.contains("data-variant=\"mono\"") && !screen.contains("data-floor=\"4\""), "{screen}");

    // It knows, and waits, until it is taken away.
    let knows = json_of(&beat(server.web, &token, ""))["stamp"].as_str().expect("a stamp").to_owned();
    let last = waiting(knows, token.clone());
    std::thread::sleep(Duration::from_millis(500));
    let asked = Instant::now();
    assert_eq!(op.post(&format!("{page}/revoke"), &[]).header("location"), Some("/admin/screens"));
    let (answer, at) = last.join().expect("an answer");
    assert!(answer.status == 403 && at - asked < NEWS_MAX, "{}", answer.status);
    let gone = Visitor::new(server.web).get(&format!("/kiosk/{token}"));
    assert!(gone.status == 404 && gone.body.contains("This screen was taken away"), "{}", gone.body);
    assert_eq!(op.get(&page).status, 404);
    let mut root = Visitor::signed_in(server.web, "root");
    let log = root.get("/admin/audit?action=screen.").body;
    for word in ["lets a screen in", "arranges a screen", "takes a screen away"] {
        assert!(log.contains(word), "{word}: {log}");
    }
}

#[test]
fn another_address_ends_the_old_one() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut op = Visitor::signed_in(server.web, "op");
    let (page, token) = add_screen(&mut op, &FACTS);
    op.post(&format!("{page}/renew"), &[]);
    let fresh = token_on(&op.get(&page).body);
    assert_ne!(fresh, token);
    assert_eq!((beat(server.web, &token, "").status, beat(server.web, &fresh, "").status), (403, 200));
}

#[test]
fn bad_forms_are_told_what_is_wrong() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut op = Visitor::signed_in(server.web, "op");
    let cases = [
        ([("name", " "), ("dwell_s", "20"), ("variant", "color")], "A name has 1 to 60"),
        ([("name", "x"), ("dwell_s", "4"), ("variant", "color")], "5 to 600 seconds"),
        ([("name", "x"), ("dwell_s", "20"), ("variant", "gold")], "not understood"),
    ];
    for (fields, words) in cases {
        op.post("/admin/screens/create", &fields);
        let page = op.get("/admin/screens").body;
        assert!(page.contains(words), "{words}: {page}");
    }
    op.post("/admin/screens/999/revoke", &[]);
    assert!(op.get("/admin/screens").body.contains("no such screen any more"));
    assert_eq!(op.get("/admin/screens/999").status, 404);
}

#[test]
fn a_code_lets_one_browser_in_and_guessing_does_not() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let begin = || json_of(&ask(server.web, "/api/kiosk/pair", &json!({})));
    let paired = |secret: &Value| ask(server.web, "/api/kiosk/paired", &json!({ "secret": secret }));
    let (screen, other) = (begin(), begin());
    assert_eq!(json_of(&paired(&screen["secret"]))["path"], Value::Null);

    let mut op = Visitor::signed_in(server.web, "op");
    let code = screen["code"].as_str().expect("a code").to_owned();
    let typed = format!(" {} {} ", code[..3].to_lowercase(), &code[3..]);
    op.post("/admin/screens/pair", &[&FACTS[..], &[("code", &typed)]].concat());
    let page = op.get("/admin/screens").body;
    assert!(page.contains("is let in") && page.contains("Mur de la cafétéria"), "{page}");
    assert_eq!(json_of(&paired(&other["secret"]))["path"], Value::Null, "another browser gets nothing");
    assert_eq!(paired(&json!("A".repeat(43))).status, 410);
    let path = json_of(&paired(&screen["secret"]))["path"].as_str().expect("its address").to_owned();
    assert_eq!(paired(&screen["secret"]).status, 410, "told once");
    assert_eq!(Visitor::new(server.web).get(&path).status, 200);
    op.post("/admin/screens/pair", &[&FACTS[..], &[("code", &code)]].concat());
    assert!(op.get("/admin/screens").body.contains("No screen shows this code"), "used");

    // Guessing: ten wrong ones, and then not even the right one.
    for _ in 0..10 {
        op.post("/admin/screens/pair", &[&FACTS[..], &[("code", "AAAAAA")]].concat());
    }
    let right = other["code"].as_str().expect("a code");
    op.post("/admin/screens/pair", &[&FACTS[..], &[("code", right)]].concat());
    assert!(op.get("/admin/screens").body.contains("Too many wrong codes"));
    assert_eq!(json_of(&paired(&other["secret"]))["path"], Value::Null);
    let rows = Place::embedded(&dir).sql(&["SELECT count(*) FROM screen"]);
    assert_eq!(rows, "[(1,)]");

    // Asking: an address has twenty in ten minutes.
    let refused =
        (0..20).map(|_| ask(server.web, "/api/kiosk/pair", &json!({})).status).filter(|status| *status == 429);
    assert_eq!(refused.count(), 2, "two were asked for above");
}

#[test]
fn screens_stay_over_a_restart() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let (_, token) = add_screen(&mut Visitor::signed_in(server.web, "op"), &FACTS);
    drop(server);
    let server = Server::start_command(serve_command(&dir));
    assert_eq!(Visitor::new(server.web).get(&format!("/kiosk/{token}")).status, 200, "at once");
    assert_eq!(beat(server.web, &token, "").status, 200);
}
