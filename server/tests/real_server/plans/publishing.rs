//! What was published is what everybody sees, without a restart.

use super::editor::{Editor, booth, new_booth, start};
use crate::board::Board;
use crate::http::get;
use crate::process::TempDir;
use crate::stream::EventStream;
use serde_json::{Value, json};

fn numbers(snapshot: &Value) -> Vec<u64> {
    snapshot["booths"].as_array().expect("booths").iter().map(|booth| booth["number"].as_u64().expect("one")).collect()
}

#[test]
fn an_open_stream_hears_of_it() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut eve = Editor::new(&server, "eve", 4);
    let mut stream = EventStream::open(server.web, "/events", None);
    let first = stream.wait_for("snapshot", |_| true);
    assert_eq!(first.data["layouts"][0], json!({ "floor": 4, "version": 1 }));
    let mut of_six = EventStream::open(server.web, "/events?floor=6", None);
    of_six.wait_for("snapshot", |_| true);

    let version = eve.publish_drawn(|layout| {
        booth(layout, 41)["number"] = 48.into();
        booth(layout, 42)["name"] = "Ada Lovelace".into();
        booth(layout, 43)["shape"]["rectangle"]["x"] = 700.25.into();
        layout.retain(|booth| booth["number"] != 44);
        layout.push(new_booth(1, 49, 900.0));
    });
    assert_eq!(version, 2);
    let told = stream.wait_for("layout", |_| true);
    let expect = json!({ "seq": told.id, "floor": 4, "version": 2 });
    assert_eq!(told.data, expect);
    assert!(told.id > first.id);
    let next = stream.next_event().expect("a snapshot behind it");
    assert!(next.kind == "snapshot" && next.id >= told.id, "a page that knows no layouts misses no number");
    assert_eq!(next.data["layouts"][0]["version"], 2);
    let expect = [42, 43, 45, 46, 47, 48, 49, 61, 62, 63, 64, 65, 66, 67, 68];
    assert_eq!(numbers(&next.data), expect);

    // By then, everything follows.
    let booths = get(server.web, "/api/v1/booths").body;
    assert!(booths.contains("Ada Lovelace") && booths.contains("\"number\":49") && !booths.contains("\"number\":41"));
    let old = get(server.web, "/dispobox/?action=getAllBoxes").body;
    assert!(old.contains("49") && !old.contains("44"), "{old}");
    assert!(get(server.web, "/api/v1/floors").body.contains("\"version\":2"));
    let page = get(server.web, "/floor/4").body;
    assert!(page.contains("data-booth=\"49\"") && !page.contains("data-booth=\"44\""));
    assert!(get(server.web, "/api/find_floor?number=4").body.contains("700.25"));
    assert_eq!(get(server.web, "/api/v1/booths/44").status, 404);
    // A tab that comes back knows nothing of what happened meanwhile.
    let mut late = EventStream::open(server.web, "/events", Some(first.id));
    assert_eq!(late.next_event().expect("an event").kind, "layout");
    assert_eq!(late.next_event().expect("an event").kind, "snapshot");
    let beat = of_six.next_event().expect("an event");
    assert_eq!(beat.kind, "hb", "floor 6 is as it was");
    // It is so after a restart, too.
    drop(server);
    let server = crate::process::Server::start(&dir);
    assert!(get(server.web, "/api/v1/booths").body.contains("Ada Lovelace"));
}

#[test]
fn a_new_floor_and_other_wires_are_live() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut eve = Editor::new(&server, "eve", 9);
    eve.change("create_floor", &json!({ "number": 9 }));
    assert_eq!(eve.post("create_floor", &json!({ "number": 9 })), (409, "FloorTaken".into()));
    assert_eq!(eve.post("create_floor", &json!({ "number": 100_000 })), (422, "BadFloor".into()));
    assert!(get(server.web, "/floor/9").body.contains("data-floor=\"9\""));
    eve.publish_drawn(|layout| layout.push(new_booth(1, 91, 100.0)));
    let mut stream = EventStream::open(server.web, "/events?floor=9", None);
    assert_eq!(numbers(&stream.wait_for("snapshot", |_| true).data), [91]);
    let board = Board::connect(server.boards, "910");
    stream.wait_for_status(91, "free");
    drop(board);
    let restored = eve.change("restore_version", &json!({ "floor": 9, "version": 1, "name": "" }));
    assert_eq!(restored["published"]["version"], 3);
    let empty = stream.wait_for("snapshot", |snapshot| snapshot["booths"].as_array().expect("booths").is_empty());
    assert_eq!(empty.data["layouts"][0]["version"], 3);
    assert_eq!(
        eve.change("restore_version", &json!({ "floor": 9, "version": 2, "name": "" }))["published"]["version"],
        4
    );
    let versions = eve.read("list_versions", "");
    assert_eq!(versions[0]["restores"], 2);
    assert_eq!(eve.read("read_version", "&version=2")["published"]["layout"][0]["number"], 91);
    let back = stream.wait_for("snapshot", |snapshot| numbers(snapshot) == [91]);
    assert_eq!(back.data["booths"][0]["status"], "unknown", "nothing is known of it before its board speaks");
}
