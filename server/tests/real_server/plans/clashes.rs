//! Two people at one floor: no accepted edit is lost, and what cannot both be had is asked.

use super::editor::{Editor, booth, start};
use crate::process::TempDir;
use crate::soak::figure;
use serde_json::{Value, json};
use std::time::Instant;

/// Each person publishes so many edits.
const EDITS: usize = 100;

#[test]
fn two_hundred_racing_edits() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let begun = Instant::now();
    let merged: usize = std::thread::scope(|scope| {
        let racers = [("root", [41, 42, 43]), ("eve", [45, 46, 47])].map(|(name, own)| {
            let mut editor = Editor::new(&server, name, 4);
            scope.spawn(move || {
                let mut merged = 0;
                for i in 0..EDITS {
                    // Sometimes one's own booth, sometimes another field of a booth that both change.
                    let revision = editor.draw(|layout| match (i % 4, name) {
                        (3, "root") => booth(layout, 44)["name"] = format!("{name} {i}").into(),
                        (3, _) => booth(layout, 44)["shape"]["rectangle"]["y"] = (300 + i).into(),
                        (part, _) => booth(layout, own[part])["name"] = format!("{name} {i}").into(),
                    });
                    let publishing = editor.publish(revision);
                    let published = &publishing["published"];
                    assert!(published["version"].is_u64(), "{name} {i}: {publishing}");
                    merged += usize::from(published["is_merged"] == true);
                }
                merged
            })
        });
        racers.map(|racer| racer.join().expect("no panic")).into_iter().sum()
    });
    let took = begun.elapsed();
    let mut root = Editor::new(&server, "root", 4);
    let published = root.table()["published"].clone();
    assert_eq!(published["version"], 1 + 2 * EDITS);
    // The last edit of each field is what is there, and each edit is in a version.
    let mut layout = published["layout"].as_array().expect("booths").clone();
    for (number, name) in [(41, "root 96"), (42, "root 97"), (43, "root 98"), (44, "root 99"), (45, "eve 96")] {
        assert_eq!(booth(&mut layout, number)["name"], name);
    }
    assert_eq!(booth(&mut layout, 44)["shape"]["rectangle"]["y"], 399.0);
    let mut lost: Vec<String> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for version in 2..=1 + 2 * EDITS {
        let past = root.read("read_version", &format!("&version={version}"));
        let booths = past["published"]["layout"].as_array().expect("booths").clone();
        for booth in &booths {
            seen.insert(booth["name"].as_str().expect("a name").to_owned());
            seen.insert(format!("y {}", booth["shape"]["rectangle"]["y"]));
        }
    }
    for i in 0..EDITS {
        let eve = if i % 4 == 3 { format!("y {}.0", 300 + i) } else { format!("eve {i}") };
        lost.extend([format!("root {i}"), eve].into_iter().filter(|edit| !seen.contains(edit)));
    }
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(merged > 0, "they have met");
    figure("A12", &format!("200 racing edits: 0 lost, {merged} merged with others', in {took:?}"));
}

#[test]
fn the_same_field_is_asked() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let (mut root, mut eve) = (Editor::new(&server, "root", 4), Editor::new(&server, "eve", 4));
    let revision = root.draw(|layout| booth(layout, 41)["name"] = "Root’s".into());
    eve.change("note_editing", &json!({ "floor": 4 }));
    let colleagues = root.table()["colleagues"].clone();
    assert_eq!((&colleagues[0]["name"], &colleagues[0]["is_here"]), (&"eve".into(), &true.into()));
    assert_eq!(eve.table()["colleagues"][0]["name"], "root", "has a draft");
    eve.publish_drawn(|layout| booth(layout, 41)["name"] = "Eve’s".into());
    let asked = root.publish(revision)["asks"].clone();
    assert_eq!((&asked["against"], &asked["by"]), (&2.into(), &"eve".into()));
    assert!(asked["at"].is_i64(), "{asked}");
    let clash = &asked["clashes"][0]["edited"];
    assert_eq!(clash["mine"][0]["name"]["after"], "Root’s");
    assert_eq!(clash["theirs"][0]["name"]["after"], "Eve’s");
    assert_eq!(root.table()["draft"]["draft"]["revision"], revision, "nothing is lost");
    let choose = |against: u64| {
        json!({ "floor": 4, "revision": revision, "name": "Réponse", "answers": {
            "against": against, "choices": [[{ "field": [clash["id"], "name"] }, "mine"]], "plan": null } })
    };
    // Somebody is quicker with something else: what was answered is asked again.
    eve.publish_drawn(|layout| booth(layout, 41)["name"] = "Eve’s again".into());
    let again = root.change("publish_layout", &choose(2));
    assert_eq!(again["asks"]["against"], 3, "{again}");
    let done = root.change("publish_layout", &choose(3));
    assert_eq!(done, json!({ "published": { "version": 4, "is_merged": true } }));
    let mut layout = root.table()["published"]["layout"].as_array().expect("booths").clone();
    assert_eq!(booth(&mut layout, 41)["name"], "Root’s");
    assert_eq!(root.read("list_versions", "")[0]["name"], "Réponse");
}

#[test]
fn two_windows_of_one_person() {
    let dir = TempDir::new().with_site();
    let server = start(&dir);
    let mut eve = Editor::new(&server, "eve", 4);
    let first = eve.draw(|layout| booth(layout, 41)["name"] = "One".into());
    let layout: Vec<Value> = eve.table()["published"]["layout"].as_array().expect("booths").clone();
    let other = json!({ "floor": 4, "base": 1, "revision": 0, "layout": layout, "plan": null });
    assert_eq!(eve.change("save_draft", &other), json!({ "behind": first }));
    assert_eq!(eve.table()["draft"]["draft"]["layout"][0]["name"], "One", "nothing was written over");
    assert_eq!(eve.publish(first + 1), json!({ "behind": first }));
    let discard = json!({ "floor": 4, "revision": first });
    eve.change("discard_draft", &discard);
    assert_eq!(eve.publish(first), "no_draft");
    let mut twice = layout.clone();
    twice.push(twice[0].clone());
    let broken = json!({ "floor": 4, "base": 1, "revision": 0, "layout": twice, "plan": null });
    assert_eq!(eve.post("save_draft", &broken), (422, "BadRequest".into()));
    let refused = eve.draw(|layout| booth(layout, 41)["number"] = 61.into());
    assert!(eve.publish(refused)["refused"].is_array(), "a number of floor 6");
}
