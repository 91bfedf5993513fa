//! Publications that wait for their time.

use super::editor::{Editor, booth, start};
use crate::accounts::visitor::succeed;
use crate::http::get;
use crate::process::{Server, TempDir, eventually};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

fn in_ms(ms: u64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    u64::try_from(now.as_millis()).expect("this era") + ms
}

#[test]
fn one_outlives_a_restart() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut eve = Editor::new(&server, "eve", 4);
    let revision = eve.draw(|layout| booth(layout, 41)["name"] = "At its time".into());
    let wish = |due_at: u64| json!({ "floor": 4, "revision": revision, "name": "Plan", "due_at": due_at });
    assert_eq!(eve.post("schedule_layout", &wish(1_000)), (422, "BadTime".into()));
    let waits = eve.change("schedule_layout", &wish(in_ms(3_600_000)));
    let id = waits["waits"]["id"].as_i64().expect("it waits");
    assert_eq!(eve.read("list_schedules", "")[0]["id"], id);
    assert_eq!(eve.change("take_schedule_back", &json!({ "id": id })), 4);
    assert_eq!(eve.post("take_schedule_back", &json!({ "id": id })), (404, "UnknownSchedule".into()));
    let revision = eve.table()["draft"]["draft"]["revision"].as_u64().expect("a draft again");
    let due_at = in_ms(3_000);
    eve.change("schedule_layout", &json!({ "floor": 4, "revision": revision, "name": "Plan", "due_at": due_at }));
    drop(server);
    let server = Server::start(&dir);
    eventually("it is published", || get(server.web, "/api/v1/booths/41").body.contains("At its time").then_some(()));
    assert!(in_ms(0) >= due_at, "not before");
    let mut eve = Editor::new(&server, "eve", 4);
    assert_eq!(eve.read("list_schedules", ""), json!([]));
    assert_eq!(eve.read("list_versions", "")[0]["author"], "eve");
}

#[test]
fn who_has_lost_the_right_publishes_nothing() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut eve = Editor::new(&server, "eve", 4);
    let revision = eve.draw(|layout| booth(layout, 41)["name"] = "Never".into());
    let wish = json!({ "floor": 4, "revision": revision, "name": "", "due_at": in_ms(1_500) });
    eve.change("schedule_layout", &wish);
    succeed(&dir, &["user", "disable", "eve"]);
    let mut root = Editor::new(&server, "root", 4);
    eventually("it is said why", || (root.read("list_schedules", "")[0]["problem"] == "right").then_some(()));
    assert!(!get(server.web, "/api/v1/booths/41").body.contains("Never"));
    // Somebody else may go on with it.
    let id = root.read("list_schedules", "")[0]["id"].clone();
    root.change("take_schedule_back", &json!({ "id": id }));
    assert_eq!(root.table()["draft"]["draft"]["layout"][0]["name"], "Never");
}
