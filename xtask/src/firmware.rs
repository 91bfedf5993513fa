//! The boards' firmware: its tests, and a board of it for the demonstration.

use crate::apt;
use crate::process::{Program, is_installed, run, run_and_read};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The board that is our firmware in the demonstration; the others are simulated.
pub(crate) const DEMO_BOARD: &str = "board-1";
const DEMO_CHANNELS: u64 = 4;
/// As long as a script of pins may be.
const DEMO_S: u64 = 86_400;

/// What builds it for this machine.
pub(crate) fn require_compiler() -> Result<()> {
    apt::require("make", &["make"])?;
    apt::require("g++", &["g++"])
}

/// The core's own tests, and what it weighs on the chip. Against the real server it is tested by the tests of that.
pub(crate) fn test(workspace: &Workspace) -> Result<()> {
    require_compiler()?;
    apt::require("xtensa-lx106-elf-g++", &["gcc-xtensa-lx106"])?;
    run("make", make(workspace).args(["test", "size"]))
}

fn make(workspace: &Workspace) -> Command {
    let mut command = Command::new("make");
    command.arg("--silent").arg("--directory").arg(workspace.path("firmware"));
    command
}

/// The program that is a board; none, and why, where it cannot be built.
pub(crate) fn build_board(workspace: &Workspace) -> Result<PathBuf, String> {
    for program in ["make", "g++"] {
        if !is_installed(program) {
            return Err(format!("there is no {program}"));
        }
    }
    run("make", make(workspace).arg("host")).map_err(|error| format!("{error:#}"))?;
    Ok(workspace.path("firmware/build/host/dispobox-board"))
}

/// A board beside the demonstration's server: `keys` is the server's program with what says where it keeps its data.
pub(crate) fn start_demo_board(
    board: &Path,
    keys: impl Fn() -> Command,
    to: SocketAddr,
    dir: &Path,
) -> Result<Program> {
    let state = dir.join(DEMO_BOARD);
    if !state.exists() {
        // It begins to count its starts; a simulated board of this name may have counted before.
        run_and_read("dispobox boards", keys().args(["boards", "confirm", DEMO_BOARD]))?;
    }
    fs::create_dir_all(&state).with_context(|| format!("while making {}", state.display()))?;
    let key = run_and_read("dispobox keys", keys().args(["keys", "issue", DEMO_BOARD]))?;
    let pins = state.join("pins.txt");
    fs::write(&pins, visits()).with_context(|| format!("while writing {}", pins.display()))?;
    let log_path = state.join("serial.log");
    let log = File::create(&log_path).with_context(|| format!("while writing {}", log_path.display()))?;
    // A file, since everybody may read the arguments of programs.
    let set_up = state.join("set-up.txt");
    let text = format!("id={DEMO_BOARD} key={} ssid=demo server={to} n={DEMO_CHANNELS}", key.trim());
    write_secret(&set_up, &text).with_context(|| format!("while writing {}", set_up.display()))?;
    let mut command = Command::new(board);
    command
        .arg("--state")
        .arg(&state)
        .arg("--set")
        .arg(format!("@{}", set_up.display()))
        .arg("--pins")
        .arg(format!("@{}", pins.display()));
    let program = Program::start("the board", command.stdout(log))?;
    eprintln!("{DEMO_BOARD} is our firmware, built for this machine; its serial log: {}", log_path.display());
    Ok(program)
}

fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

/// Who sits before which detector in a day: somebody for some minutes, then nobody for some.
fn visits() -> String {
    let mut text = String::new();
    let mut chance = 2_016_u64;
    let mut within = |from: u64, to: u64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + (chance >> 33) % (to - from)
    };
    for channel in 0..DEMO_CHANNELS {
        let mut at_s = within(5, 60);
        while at_s + 300 < DEMO_S {
            let until_s = at_s + within(60, 300);
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{at_s}s {channel} high; {until_s}s {channel} low");
            at_s = until_s + within(60, 300);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_follow_each_other() {
        let text = visits();
        assert!(text.lines().count() > 800, "{text}");
        let mut last = (0, 0);
        for line in text.lines() {
            let numbers: Vec<u64> = line.split([' ', 's', ';']).filter_map(|word| word.parse().ok()).collect();
            let [from, channel, until, again] = numbers[..] else { panic!("{line}") };
            assert!(
                channel == again && from < until && until < DEMO_S && (channel > last.0 || from > last.1),
                "{line}"
            );
            last = (channel, until);
        }
    }
}
