//! Plans that are sent as files.

use super::editor::{Editor, start};
use crate::accounts::visitor::Visitor;
use crate::http::{connect, get, request};
use crate::process::{Server, TempDir};
use serde_json::{Value, json};
use std::io::{Read, Write};

const PLAN: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1000 500' onload='alert(1)'>\
    <script>alert(2)</script><rect id='box-51' x='100' y='100' width='90' height='80' fill='#eee'/>\
    <path d='M0 10H1000' stroke='#333'/></svg>";

/// Sends a file; what comes back, which is JSON but for refusals by size.
fn upload(server: &Server, cookie: Option<&str>, headers: &str, file: &[u8]) -> (u16, Value) {
    let mut stream = connect(server.web);
    let cookie = cookie.map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
    let (web, length) = (server.web, file.len());
    let head =
        format!("POST /admin/plans HTTP/1.0\r\nHost: {web}\r\nContent-Length: {length}\r\n{cookie}{headers}\r\n");
    stream.write_all(head.as_bytes()).expect("sent");
    // Who is refused may be so before all is sent.
    let _ = stream.write_all(file);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

#[test]
fn a_plan_is_sent_and_put_under_the_booths() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut eve = Editor::new(&server, "eve", 4);
    let cookie = eve.visitor.cookie.clone();
    let (status, sent) = upload(&server, cookie.as_deref(), "", PLAN.as_bytes());
    assert_eq!(status, 200, "{sent}");
    assert_eq!(sent["view_box"], json!({ "x": 0.0, "y": 0.0, "width": 1000.0, "height": 500.0 }));
    assert_eq!((&sent["proposals"][0]["number"], &sent["proposals"][0]["evidence"]), (&51.into(), &"named".into()));
    assert_eq!(sent["left_out"], json!(["script"]));
    assert!(!sent["lines"].as_array().expect("lines").is_empty());
    let address = sent["address"].as_str().expect("an address");
    let file = get(server.web, address);
    assert!(!file.body.contains("alert") && file.body.starts_with("<svg"), "{}", file.body);
    let header = |name: &str| file.header(name).unwrap_or_default().to_owned();
    assert_eq!(header("content-type"), "image/svg+xml");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("cache-control").contains("immutable"));
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';") && policy.contains("; sandbox"), "{policy}");
    for bad in ["/plans/", "/plans/x.svg", &address.replace(".svg", ".png"), &address.replace(".svg", ".drawing")] {
        assert_eq!(get(server.web, bad).status, 404, "{bad}");
    }
    let table = eve.table();
    assert!(!table["sheet"]["lines"].as_array().expect("lines").is_empty(), "of our own drawing, too");
    let layout = &table["published"]["layout"];
    let wish = json!({ "floor": 4, "base": 1, "revision": 0, "layout": layout, "plan": sent["sha"] });
    let revision = eve.change("save_draft", &wish)["saved"].as_u64().expect("saved");
    assert_eq!(eve.publish(revision)["published"]["version"], 2);
    let page = get(server.web, "/floor/4").body;
    assert!(page.contains(&format!("href='{address}'")) && page.contains("viewBox=\"0 0 1000 500\""), "shown");
    eve.change("restore_version", &json!({ "floor": 4, "version": 1, "name": "" }));
    assert!(!get(server.web, "/floor/4").body.contains(address), "and taken away");
}

#[test]
fn what_is_hostile_is_refused_or_harmless() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let cookie = Visitor::signed_in(server.web, "eve").cookie;
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../plan_file/tests/hostile");
    let (mut kept, mut refused) = (0, 0);
    for entry in std::fs::read_dir(corpus).expect("the corpus") {
        let path = entry.expect("an entry").path();
        let (status, answer) = upload(&server, cookie.as_deref(), "", &std::fs::read(&path).expect("a file"));
        match status {
            422 => {
                assert!(answer["refused"].is_string(), "{}: {answer}", path.display());
                refused += 1;
            }
            200 => {
                let file = get(server.web, answer["address"].as_str().expect("an address")).body.to_lowercase();
                for word in [
                    "<script",
                    "javascript:",
                    "onload",
                    "onclick",
                    "<foreignobject",
                    "<iframe",
                    "<style",
                    "http://evil",
                ] {
                    assert!(!file.contains(word), "{}: {word} in {file}", path.display());
                }
                kept += 1;
            }
            other => panic!("{}: {other} {answer}", path.display()),
        }
    }
    assert!(kept > 20 && refused > 20, "{kept} kept, {refused} refused");
    crate::soak::figure(
        "A7",
        &format!("{} hostile files by HTTP: {refused} refused, {kept} kept harmless", kept + refused),
    );
    assert_eq!(request(server.web, "GET", "/health", &[]).status, 200);
}

#[test]
fn files_are_taken_from_editors_only() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let [eve, ann] = ["eve", "ann"].map(|name| Visitor::signed_in(server.web, name).cookie.expect("a cookie"));
    let status = |cookie: Option<&str>, headers: &str, file: &[u8]| upload(&server, cookie, headers, file).0;
    assert_eq!(status(None, "", PLAN.as_bytes()), 401);
    assert_eq!(status(Some(&ann), "", PLAN.as_bytes()), 403);
    assert_eq!(
        status(Some(&eve), "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n", PLAN.as_bytes()),
        403
    );
    assert_eq!(status(Some(&eve), "", b"no plan at all"), 422);
    assert_eq!(status(Some(&eve), "", b""), 422);
    assert_eq!(status(Some(&eve), "", &vec![b'x'; 9 * 1024 * 1024]), 413);
    let mut eve = Visitor::signed_in(server.web, "eve");
    assert_eq!(eve.get("/admin/plans").status, 405);
    assert_eq!(eve.ask("POST", "/api/publish_layout", &[], &"x".repeat(70_000)).status, 413, "others stay short");
}
