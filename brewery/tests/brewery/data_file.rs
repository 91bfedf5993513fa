//! The 26 lines in which the first stub kept its state.

use crate::words::{answer, call, pass, plant};
use brewery::{Command, DataFile};

/// Half a brew, as the first stub would have written it.
const FILE: &str =
    "66.25\n70.0\n52.5\n78.0\n60.0\n50\n1\n0\n0\n1\n0\n1\n0\n0\n0\n1\n1\n0\n0\n0\n0\n0\n0\n0\n0\n1479731612.5\n";

#[test]
fn in_and_out() {
    let mut brewhouse = plant();
    brewhouse.command(&Command::Import(FILE.to_owned())).expect("a good file");
    for (get, expect) in [
        ("getTemp1", r#"{"Sensor":"HotTank","Temp":66.25}"#),
        ("getTemp3", r#"{"Sensor":"Mashtun","Temp":52.5}"#),
        ("getCible2", r#"{"Sensor":"Ebu","Cible":60.0}"#),
        ("getPID1", r#"{"Sensor":"HotTank","PID":1}"#),
        ("getR1", r#"{"Sensor":"Resistance1","State":1}"#),
        ("getB2", r#"{"Sensor":"Bruleur2","State":1}"#),
        ("getA", r#"{"Sensor":"VanneA","State":1}"#),
        ("getC", r#"{"Sensor":"VanneC","State":0}"#),
    ] {
        assert_eq!(answer(&mut brewhouse, get), expect);
    }
    let written = DataFile::of(&brewhouse, 1_479_731_612.5).to_string();
    // A setpoint that was imported has been set.
    assert_eq!(written, FILE);
    pass(&mut brewhouse, 60);
    let later = DataFile::of(&brewhouse, 0.0).to_string();
    assert_eq!(later.parse::<DataFile>().expect("it reads what it writes").to_string(), later);
}

#[test]
fn after_a_reset() {
    let mut brewhouse = plant();
    call(&mut brewhouse, "Reset");
    let written = DataFile::of(&brewhouse, 1.5).to_string();
    assert_eq!(written, format!("15.0\n15.0\n15.0\n78.0\n50\n50\n{}1.5\n", "0\n".repeat(19)));
}

#[test]
fn nothing_is_evaluated() {
    let mut brewhouse = plant();
    let before = brewhouse.clone();
    for (line, text) in [
        (1, "__import__('os').system('true')"),
        (2, "1+1"),
        (3, "nan"),
        (1, "-300"),
        (4, "inf"),
        (5, "9000"),
        (7, "2"),
        (26, "True"),
    ] {
        let mut lines: Vec<&str> = FILE.lines().collect();
        lines[line - 1] = text;
        let refused = brewhouse.command(&Command::Import(lines.join("\n")));
        let said = refused.expect_err(text).to_string();
        assert!(said.starts_with(&format!("line {line} is ")), "{said}");
        assert_eq!(brewhouse, before);
    }
    for text in ["", "15.0\n", &FILE.replace("66.25\n", "66.25\n1\n")] {
        assert!(brewhouse.command(&Command::Import(text.to_owned())).expect_err("no file").to_string().contains("26"));
    }
}
