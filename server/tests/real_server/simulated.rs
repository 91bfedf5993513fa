//! `dispobox simulate`, against a real server.

use crate::process::{Server, TempDir, dispobox, serve_command, terminate, wait_for_end};
use crate::stream::EventStream;
use std::process::Stdio;

#[test]
fn a_script_reaches_the_stream() {
    let dir = TempDir::new().with_site();
    let mut command = serve_command(&dir);
    command.args(["--board-connections-per-address-max", "1", "--board-connections-max", "1"]);
    let server = Server::start_command(command);
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut command = dispobox();
    command.args(["--log", "debug", "simulate", "--script", "0s 42 occupied", "--from"]);
    command.arg(format!("http://{}", server.web)).arg("--boards").arg(server.boards.to_string());
    // More boards than may connect: one of them is served, the others are closed at once and say so once.
    command.args(["--board", "41,42,43,44", "--board", "41,42,43,44"]).stdout(Stdio::null());
    let mut boards = command.spawn().expect("the program starts");
    stream.wait_for_status(42, "occupied");
    terminate(&boards);
    let status = wait_for_end(&mut boards);
    let log = std::io::read_to_string(boards.stderr.take().expect("its log")).expect("text");
    assert!(status.success(), "{status}\n{log}");
    assert_eq!(log.matches(" connected").count(), 1, "{log}");
    assert_eq!(log.matches("closed by the server").count() + log.matches("connection lost").count(), 1, "{log}");
}
