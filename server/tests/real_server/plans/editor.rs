//! Somebody who draws plans up.

use crate::accounts::visitor::{Visitor, create_account};
use crate::process::{Server, TempDir, serve_command};
use serde_json::{Value, json};

pub(super) struct Editor {
    pub(super) visitor: Visitor,
    pub(super) floor: i32,
}

impl Editor {
    pub(super) fn new(server: &Server, name: &str, floor: i32) -> Self {
        Self { visitor: Visitor::signed_in(server.web, name), floor }
    }

    /// Asks a function that changes something.
    pub(super) fn post(&mut self, function: &str, arguments: &Value) -> (u16, Value) {
        let answer = self.visitor.ask("POST", &format!("/api/{function}"), &[], &arguments.to_string());
        (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
    }

    /// The same; it must succeed.
    pub(super) fn change(&mut self, function: &str, arguments: &Value) -> Value {
        let (status, answer) = self.post(function, arguments);
        assert_eq!(status, 200, "{function}: {answer}");
        answer
    }

    /// Asks a function that only reads.
    pub(super) fn read(&mut self, function: &str, query: &str) -> Value {
        let answer = self.visitor.get(&format!("/api/{function}?floor={}{query}", self.floor));
        assert_eq!(answer.status, 200, "{function}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    pub(super) fn table(&mut self) -> Value {
        self.read("read_layout", "")
    }

    /// Saves what `draw` makes of the published layout as a draft; returns its revision.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Vec<Value>)) -> u64 {
        let table = self.table();
        let mut layout = table["published"]["layout"].as_array().expect("booths").clone();
        draw(&mut layout);
        let base = table["published"]["version"].as_u64().expect("a version");
        let known = table["draft"]["draft"]["revision"].as_u64().unwrap_or(0);
        self.save(base, known, &layout)
    }

    pub(super) fn save(&mut self, base: u64, known: u64, layout: &[Value]) -> u64 {
        let wish = json!({ "floor": self.floor, "base": base, "revision": known, "layout": layout, "plan": null });
        let saved = self.change("save_draft", &wish);
        saved["saved"].as_u64().unwrap_or_else(|| panic!("{saved}"))
    }

    pub(super) fn publish(&mut self, revision: u64) -> Value {
        let wish = json!({ "floor": self.floor, "revision": revision, "name": "", "answers": null });
        self.change("publish_layout", &wish)
    }

    /// Draws and publishes; returns the new version.
    pub(super) fn publish_drawn(&mut self, draw: impl FnOnce(&mut Vec<Value>)) -> u64 {
        let revision = self.draw(draw);
        let publishing = self.publish(revision);
        publishing["published"]["version"].as_u64().unwrap_or_else(|| panic!("{publishing}"))
    }
}

/// The booth of this number in a layout.
pub(super) fn booth(layout: &mut [Value], number: u32) -> &mut Value {
    layout.iter_mut().find(|booth| booth["number"] == number).expect("the booth")
}

/// A booth that an editor has made.
pub(super) fn new_booth(serial: u64, number: u32, x: f64) -> Value {
    let placement = json!({ "x": x, "y": 100.0, "width": 104.0, "height": 96.0, "rotation_deg": 0.0 });
    json!({
        "id": (77_u64 << 32) + serial, "number": number, "name": "Neuf", "shape": { "rectangle": placement },
        "wires": [], "is_locked": false
    })
}

/// A server with an administrator `root`, an editor `eve` and a viewer `ann`.
pub(super) fn start(dir: &TempDir) -> Server {
    create_account(dir, "root", "admin");
    create_account(dir, "eve", "editor");
    create_account(dir, "ann", "viewer");
    Server::start_command(serve_command(dir))
}
