//! A database that is locked, frozen, or silent.

use crate::api::{wait_for_reason, wait_until_well};
use crate::board::Board;
use crate::process::{Server, TempDir, dispobox, serve_command, terminate, wait_for_end};
use crate::stream::EventStream;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const LOW: &str = "410420430440";
const HIGH_42: &str = "410421430440";

/// Another program that holds the only write lock, until it is dropped.
pub(crate) struct Lock(Child);

impl Lock {
    pub(crate) fn take(dir: &TempDir) -> Self {
        let script = "import sqlite3, sys\n\
                      connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n\
                      connection.execute('BEGIN EXCLUSIVE')\n\
                      print('locked', flush=True)\n\
                      sys.stdin.read()\n";
        let mut command = Command::new("python3");
        command.args(["-c", script]).arg(dir.path().join("data/dispobox.sqlite"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python3 runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        assert_eq!(line.trim(), "locked");
        Self(child)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn a_locked_database() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let board = Board::connect(server.boards, LOW);
    stream.wait_for_status(42, "free");

    let lock = Lock::take(&dir);
    board.says(HIGH_42);
    stream.wait_for_status(42, "occupied");
    wait_for_reason(server.web, Duration::from_secs(10), &["database", "wait"]);
    drop(lock);
    wait_until_well(server.web, Duration::from_secs(10));

    let _lock = Lock::take(&dir);
    let took = server.stop();
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn a_second_signal_ends_it_on_the_spot() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let _board = Board::connect(server.boards, LOW);
    stream.wait_for_status(42, "free");
    let _lock = Lock::take(&dir);
    // History has something to write at the end, and cannot.
    assert_eq!(server.stop_impatiently().code(), Some(1));
}

#[test]
fn a_silent_database_does_not_hold_a_stop_back() {
    let dir = TempDir::new().with_site();
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("mysql://me:secret@{}/x", silent.local_addr().expect("its address"));
    let mut migrate = dispobox();
    migrate.arg("migrate").arg("--data-dir").arg(dir.path().join("data"));
    for (mut command, code) in [(serve_command(&dir), 0), (migrate, 1)] {
        let mut child = command.args(["--database-url", &url]).spawn().expect("the program starts");
        let (_connection, _) = silent.accept().expect("a connection");
        let asked = Instant::now();
        terminate(&child);
        assert_eq!(wait_for_end(&mut child).code(), Some(code));
        assert!(asked.elapsed() < Duration::from_secs(1), "{:?}", asked.elapsed());
    }
}
