//! Every URL of the first stub, byte for byte.

use crate::words::{answer, call, fill, pass, plant};
use brewery::Brewhouse;
use brewery::contract::{Answer, Call, Setpoint3Name};
use brewery::plant::VesselId;

/// What each URL answers right after a reset: the page of the first stub, with its values of that moment.
const AFTER_RESET: &str = include_str!("after_reset.txt");

fn raw(brewhouse: &mut Brewhouse, name: &str) -> Answer {
    brewhouse.call(format!("{name}.py").parse().expect(name), Setpoint3Name::default())
}

#[test]
fn all_73_after_a_reset() {
    let lines: Vec<_> = AFTER_RESET.lines().map(|line| line.split_once(' ').expect("a URL and its answer")).collect();
    let named: Vec<Call> = lines.iter().map(|(name, _)| format!("{name}.py").parse().expect(name)).collect();
    assert_eq!(named, Call::documented());
    for (name, body) in lines {
        let mut plant = plant();
        call(&mut plant, "startR1 startB2 startD startPID3 setCible2_60");
        pass(&mut plant, 100);
        raw(&mut plant, "Reset");
        let answer = raw(&mut plant, name);
        if name == "Reset" {
            assert_eq!((answer.content_type, answer.body.as_str()), ("text/html", body));
        } else {
            assert_eq!((answer.content_type, answer.body), ("application/json", format!("{body}\n\n\n")), "{name}");
        }
    }
}

#[test]
fn what_was_set_is_read_until_a_reset() {
    let mut plant = plant();
    for line in AFTER_RESET.lines().filter(|line| line.starts_with("start") && !line.starts_with("startPID")) {
        let (name, body) = line.split_once(' ').expect("a URL and its answer");
        let read = name.replace("start", "get");
        assert_eq!(answer(&mut plant, name), body);
        assert_eq!(answer(&mut plant, &read), body);
        let off = body.replace("State\":1", "State\":0");
        assert_eq!(answer(&mut plant, &read.replace("get", "stop")), off);
        assert_eq!(answer(&mut plant, &read), off);
    }
    for (set, get, body) in [
        ("setCible1_78", "getCible1", r#"{"Sensor":"HotTank","Cible":78.0}"#),
        ("setCible2_52", "getCible2", r#"{"Sensor":"Ebu","Cible":52.0}"#),
        ("setCible3_66.5", "getCible3", r#"{"Sensor":"Mashtun","Cible":66.5}"#),
        ("setCible2_50", "getCible2", r#"{"Sensor":"Ebu","Cible":50.0}"#),
        ("setCible1_0", "getCible1", r#"{"Sensor":"HotTank","Cible":0.0}"#),
    ] {
        assert_eq!((answer(&mut plant, set).as_str(), answer(&mut plant, get).as_str()), (body, body));
    }
    call(&mut plant, "startPID3 Reset");
    for (get, body) in [
        ("getCible1", r#"{"Sensor":"HotTank","Cible":78.0}"#),
        ("getCible2", r#"{"Sensor":"Ebu","Cible":50}"#),
        ("getCible3", r#"{"Sensor":"Mashtun","Cible":50}"#),
        ("getPID3", r#"{"Sensor":"Mashtun","PID":0}"#),
        ("getP2", r#"{"Sensor":"Pompe2","State":0}"#),
        ("getTemp2", r#"{"Sensor":"Ebu","Temp":15.0}"#),
    ] {
        assert_eq!(answer(&mut plant, get), body);
    }
}

#[test]
fn the_answer_comes_after_the_controller() {
    let mut plant = plant();
    assert_eq!(answer(&mut plant, "startPID1"), r#"{"Sensor":"HotTank","PID":1}"#);
    assert_eq!(answer(&mut plant, "getR1"), r#"{"Sensor":"Resistance1","State":1}"#);
    assert_eq!(answer(&mut plant, "stopR1"), r#"{"Sensor":"Resistance1","State":1}"#, "cold: it stays on");
    fill(&mut plant, VesselId::HotTank, 50.0, 90.0);
    call(&mut plant, "setCible1_78");
    assert_eq!(answer(&mut plant, "startR1"), r#"{"Sensor":"Resistance1","State":0}"#, "hot: it stays off");
    for (pid, output) in [("PID2", "P1"), ("PID3", "P2")] {
        let number = &output[1..];
        call(&mut plant, &format!("start{pid}"));
        let on = format!(r#"{{"Sensor":"Pompe{number}","State":1}}"#);
        assert_eq!(answer(&mut plant, &format!("get{output}")), on);
        assert_eq!(answer(&mut plant, &format!("stop{output}")), on);
        call(&mut plant, &format!("stop{pid}"));
        assert_eq!(answer(&mut plant, &format!("get{output}")), on.replace(":1}", ":0}"));
    }
    call(&mut plant, "startP3 startB1 startB2 startPID1 stopPID1");
    for still_on in ["getP3", "getB1", "getB2"] {
        assert!(answer(&mut plant, still_on).ends_with(":1}"), "nothing drives {still_on}");
    }
}

#[test]
fn the_page_of_the_first_stub_has_another_name_for_set_cible_3() {
    let mut plant = plant();
    let set = "setCible3_60.py".parse().expect("a URL");
    let as_program = plant.call(set, Setpoint3Name::Mashtun).body;
    assert_eq!(as_program, "{\"Sensor\":\"Mashtun\",\"Cible\":60.0}\n\n\n");
    let as_page = plant.call(set, Setpoint3Name::Ebu).body;
    assert_eq!(as_page, "{\"Sensor\":\"Ebu\",\"Cible\":60.0}\n\n\n");
    assert_eq!(answer(&mut plant, "getCible3"), r#"{"Sensor":"Mashtun","Cible":60.0}"#);
    assert_eq!(answer(&mut plant, "getCible2"), r#"{"Sensor":"Ebu","Cible":50}"#);
}
