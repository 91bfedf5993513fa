//! What is scarce is shared out.

use crate::board::Board;
use crate::http::connect;
use crate::process::{Server, TempDir, serve_command};
use crate::stream::EventStream;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

/// So many files may the program open, a share of which is for web connections.
const FILES: usize = 200;

#[test]
fn readers_do_not_lock_the_boards_out() {
    let dir = TempDir::new().with_site();
    let serve = serve_command(&dir);
    let mut command = Command::new("sh");
    command.args(["-c", &format!(r#"ulimit -n {FILES}; exec "$0" "$@""#)]).arg(serve.get_program());
    command.args(serve.get_args()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let server = Server::start_command(command);
    assert!(server.log().contains("few files"), "{}", server.log());

    let mut stream = EventStream::open(server.web, "/events", None);
    let readers: Vec<_> = (0..2 * FILES).map(|_| connect(server.web)).collect();
    let _board = Board::connect(server.boards, "410420430440");
    stream.wait_for_status(42, "free");
    assert!(!server.log().contains("could not be"), "{}", server.log());
    drop(readers);
}

/// Bytes without end, and never a line end: closed after 5 s, at no cost of memory, while a board is served.
#[test]
fn a_flood_costs_no_memory() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut flood = connect(server.boards);
    let memory_before = server.resident_bytes();
    let flooding = std::thread::spawn(move || {
        let chunk = vec![b'4'; 1 << 20];
        while flood.write_all(&chunk).is_ok() {}
    });
    let _board = Board::connect(server.boards, "410421430440");
    stream.wait_for_status(42, "occupied");
    while !flooding.is_finished() {
        let memory = server.resident_bytes();
        assert!(memory < memory_before + (8 << 20), "from {memory_before} to {memory} bytes");
        std::thread::sleep(Duration::from_millis(50));
    }
    flooding.join().expect("no panic");
}
