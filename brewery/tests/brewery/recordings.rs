//! What was recorded comes out the same, to the last bit.

use crate::words::plant;
use brewery::contract::{Call, Setpoint3Name};
use brewery::plant::Chance;
use brewery::recorder::{Recording, ReplayError};
use brewery::{Brewhouse, Command};

/// A brew by somebody who presses anything.
fn record(seed: u64) -> (Recording, Brewhouse) {
    let mut brewhouse = plant();
    brewhouse.advance(123);
    let mut recording = Recording::start(&brewhouse, Setpoint3Name::Ebu);
    let faults = serde_json::from_str(r#"[{"part":"HotTank","fault":"noise","k":0.3}]"#).expect("faults");
    let command = Command::Faults(faults);
    brewhouse.command(&command).expect("it can be");
    recording.command(brewhouse.steps(), &command);
    let (mut chance, calls) = (Chance::new(seed), Call::documented());
    for _ in 0..400 {
        let call = calls[usize::try_from(chance.bits() % 73).expect("small")];
        let answer = brewhouse.call(call, Setpoint3Name::Ebu);
        recording.request(brewhouse.steps(), call, &answer.body);
        for _ in 0..chance.bits() % 300 {
            brewhouse.step();
            recording.look(&brewhouse);
        }
    }
    recording.stop(&brewhouse);
    (recording, brewhouse)
}

#[test]
fn the_same_to_the_last_bit() {
    for seed in 0..4 {
        let (recording, brewhouse) = record(seed);
        let text = recording.to_text().expect("a text");
        let read = Recording::from_text(&text).expect("it reads what it writes");
        let replay = read.replay().expect("it can be played");
        assert_eq!(replay.differences, Vec::<String>::new());
        assert_eq!((replay.steps, replay.requests), (brewhouse.steps() - 123, 400));
        assert!(replay.states > 50, "{replay:?}");
    }
}

#[test]
fn what_is_not_the_same_is_told() {
    let (recording, _) = record(9);
    let text = recording.to_text().expect("a text");
    let changed = text.replacen(r#""call":"start"#, r#""call":"stop"#, 1);
    assert_ne!(changed, text);
    let replay = Recording::from_text(&changed).expect("a recording").replay().expect("it can be played");
    assert!(!replay.differences.is_empty());
    let warmer = text.replacen(r#""temperatures_c":["#, r#""temperatures_c":[1"#, 1);
    let replay = Recording::from_text(&warmer).expect("a recording").replay().expect("it can be played");
    assert_eq!(replay.differences.len(), 1, "{replay:?}");
    assert!(matches!(Recording::from_text(""), Err(ReplayError::Line { line: 1, .. })));
    assert!(matches!(Recording::from_text("{}"), Err(ReplayError::Line { line: 1, .. })));
    let newer = text.replacen(r#""version":1"#, r#""version":2"#, 1);
    assert_eq!(Recording::from_text(&newer), Err(ReplayError::Version { version: 2 }));
}
