//! `dispobox simulate`, against a real server.

use crate::process::{Server, TempDir, dispobox, terminate, wait_for_end};
use crate::stream::EventStream;
use std::process::{Child, Stdio};

/// Ended with the test, however that ends.
struct Simulated(Child);

impl Drop for Simulated {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn a_script_reaches_the_stream() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut command = dispobox();
    command.args(["--log", "debug", "simulate", "--script", "0s 42 occupied", "--from"]);
    command.arg(format!("http://{}", server.web)).arg("--boards").arg(server.boards.to_string());
    command.args(["--board", "41,42,43,44", "--board", "45,46,47"]).stdout(Stdio::null());
    let mut boards = Simulated(command.spawn().expect("the program starts"));
    stream.wait_for_status(42, "occupied");
    terminate(&boards.0);
    let status = wait_for_end(&mut boards.0);
    let log = std::io::read_to_string(boards.0.stderr.take().expect("its log")).expect("text");
    assert!(status.success(), "{status}\n{log}");
    assert_eq!(log.matches(" connected").count(), 2, "{log}");
    assert!(!log.contains("closed by the server") && !log.contains("connection lost"), "{log}");
}
