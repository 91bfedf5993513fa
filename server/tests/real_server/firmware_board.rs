//! The board's own firmware, built for this machine, and the stand-in for the boards of 2016.

use crate::building::Place;
use crate::process::{TempDir, eventually};
use crate::v2_wire::encode_hex;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, LazyLock, Mutex};

/// Where both are built, once for all tests.
static BUILD: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../firmware");
    let made = Command::new("make").arg("--silent").arg("-C").arg(&folder).args(["host", "legacy"]).status();
    assert!(made.expect("make runs").success(), "the firmware cannot be built for this machine");
    folder.join("build")
});

/// A running board: its serial log, and what moves its pins.
pub(crate) struct HostBoard {
    child: Child,
    input: ChildStdin,
    log: Arc<Mutex<Vec<String>>>,
}

impl HostBoard {
    /// One that has not been set up, with its memories in a folder of this name.
    pub(crate) fn blank(dir: &TempDir, name: &str, flags: &[&str]) -> Self {
        let mut command = Command::new(BUILD.join("host/dispobox-board"));
        command.arg("--state").arg(dir.path().join(name)).args(flags);
        Self::start(command)
    }

    /// `board-1`, set up over its serial line.
    pub(crate) fn board_1(place: &Place<'_>, server: SocketAddr, flags: &[&str]) -> Self {
        let key = encode_hex(&place.issue_key("board-1"));
        let board = Self::blank(place.dir, "board-1", &[&["--set", &set_up(&key, server)], flags].concat());
        board.wait_for("dispobox 2.0.0, board board-1");
        board
    }

    /// A board of 2016 with these booths.
    pub(crate) fn of_2016(server: SocketAddr, booths: &str, sleep_speed: &str) -> Self {
        let mut command = Command::new(BUILD.join("legacy/board-2016"));
        command.args([&server.port().to_string(), booths, sleep_speed]);
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().expect("the board starts");
        let input = child.stdin.take().expect("its input");
        let lines = BufReader::new(child.stdout.take().expect("its log")).lines();
        let log: Arc<Mutex<Vec<String>>> = Arc::default();
        let written = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                written.lock().expect("the log").push(line);
            }
        });
        Self { child, input, log }
    }

    /// Moves its pins, or types on its serial line: see `dispobox-board --help`.
    pub(crate) fn say(&mut self, line: &str) {
        writeln!(self.input, "{line}").expect("the board listens");
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("the log").join("\n")
    }

    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_for_times(text, 1);
    }

    pub(crate) fn wait_for_times(&self, text: &str, times: usize) {
        eventually(&format!("the board says {text:?} {times} times"), || {
            (self.log().matches(text).count() >= times).then_some(())
        });
    }
}

impl Drop for HostBoard {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        if std::thread::panicking() {
            eprintln!("the board's log:\n{}", self.log());
        }
    }
}

/// What is typed to make it `board-1`.
pub(crate) fn set_up(key: &str, server: SocketAddr) -> String {
    format!("id=board-1 key={key} ssid=\"Wifi Vi4\" pass=12345678 server={server} n=4")
}
