//! What is scarce is shared out.

use crate::board::Board;
use crate::http::connect;
use crate::process::{Server, TempDir, serve_command};
use crate::stream::EventStream;
use std::process::{Command, Stdio};

/// So many files may the program open, a share of which is for web connections.
const FILES: usize = 200;
/// More than that share; few enough for the others to find a place in the queue of the system.
const READERS: usize = 150;

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
    let readers: Vec<_> = (0..READERS).map(|_| connect(server.web)).collect();
    let _board = Board::connect(server.boards, "410420430440");
    stream.wait_for_status(42, "free");
    assert!(!server.log().contains("could not be"), "{}", server.log());
    drop(readers);
}
