//! Each gets one clear message, closes only what is at fault, and loses nothing.

use crate::board::Board;
use crate::http::{connect, get};
use crate::process::{Server, TempDir, dispobox, run, serve_command};
use crate::stream::EventStream;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Output;

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_port_in_use() {
    let dir = TempDir::new().with_site();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    for flag in ["--http", "--boards"] {
        let mut command = dispobox();
        command.args([flag, &address]).arg("--site-dir").arg(dir.path().join("site"));
        command.arg("--data-dir").arg(dir.path().join("data"));
        // The other port must be free for this test to say which one is not.
        command.args(if flag == "--http" { ["--boards", "127.0.0.1:0"] } else { ["--http", "127.0.0.1:0"] });
        let output = run(command);
        assert_eq!(output.status.code(), Some(1));
        let text = text(&output);
        assert!(text.contains(&address) && text.contains("in use"), "{text}");
        assert_eq!(text.lines().count(), 1, "one clear line: {text}");
    }
}

#[test]
fn a_database_file_that_is_none() {
    let dir = TempDir::new().with_site();
    let data = dir.path().join("data");
    std::fs::create_dir_all(&data).expect("a folder");
    let file = data.join("dispobox.sqlite");
    let content = "this is a shopping list, not a database ".repeat(200);
    std::fs::write(&file, &content).expect("a file");
    let output = run(serve_command(&dir));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("dispobox.sqlite"), "{}", text(&output));
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), content, "nothing is overwritten");
}

#[test]
fn a_value_that_cannot_be_used() {
    let cases = [
        ("DISPOBOX_HTTP", "here", "--http"),
        ("DISPOBOX_V1_ALLOW", "127.0.0.0/33", "--v1-allow"),
        ("DISPOBOX_LOG_FORMAT", "xml", "--log-format"),
        ("DISPOBOX_LOG", "verbose", "--log"),
        ("DISPOBOX_DEMO", "maybe", "--demo"),
        ("DISPOBOX_BOARD_CONNECTIONS_MAX", "0", "--board-connections-max"),
    ];
    for (name, value, flag) in cases {
        let mut command = dispobox();
        command.env(name, value);
        let output = run(command);
        assert_eq!(output.status.code(), Some(2), "{name}");
        let text = text(&output);
        assert!(text.contains(value) && text.contains(flag), "{text}");
    }
}

#[test]
fn the_variables_of_serve_are_of_no_account_elsewhere() {
    let mut command = dispobox();
    command.args(["healthcheck", "--http", "127.0.0.1:1"]).env("DISPOBOX_V1_ALLOW", "nonsense");
    assert_eq!(run(command).status.code(), Some(1));
}

#[test]
fn no_filter_hides_why_it_ends() {
    let dir = TempDir::new();
    for filter in ["off", "ingest=debug", "error"] {
        let mut command = serve_command(&dir);
        command.args(["--log", filter]);
        let output = run(command);
        assert_eq!(output.status.code(), Some(1));
        let text = text(&output);
        assert!(text.starts_with("dispobox: while reading the site in ") && text.lines().count() == 1, "{text}");
    }
}

#[test]
fn a_filter_for_one_target_leaves_the_rest_as_it_was() {
    let dir = TempDir::new().with_site();
    let mut command = serve_command(&dir);
    command.args(["--log", "ingest=debug"]).env("DISPOBOX_ALWAYS_OPEN", "yes");
    // Waits for the line that says that it is ready.
    drop(Server::start_command(command));
}

#[test]
fn lines_for_a_file_have_no_colours() {
    let dir = TempDir::new();
    let mut command = dispobox();
    command.arg("serve").arg("--site-dir").arg(dir.path().join("site")).env("DISPOBOX_HTPP", "x");
    let text = text(&run(command));
    assert!(text.contains("DISPOBOX_HTPP") && !text.contains('\x1b'), "{text:?}");
}

#[test]
fn a_variable_that_nothing_reads_and_a_secret() {
    let dir = TempDir::new().with_site();
    let mut command = serve_command(&dir);
    command.env("DISPOBOX_HTPP", "127.0.0.1:1");
    let server = Server::start_command(command);
    assert!(server.log().contains("DISPOBOX_HTPP"), "{}", server.log());

    let mut command = serve_command(&dir);
    command.env("DISPOBOX_DATABASE_URL", "mysql://me:hunter2@127.0.0.1:1/x");
    let output = run(command);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("127.0.0.1:1") && !text(&output).contains("hunter2"), "{}", text(&output));
}

#[test]
fn a_missing_site() {
    let dir = TempDir::new();
    let output = run(serve_command(&dir));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("site"), "{}", text(&output));
}

#[test]
fn strangers_at_the_door_of_the_boards() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let board = Board::connect(server.boards, "410420430440");
    stream.wait_for_status(42, "free");

    let mut silent = connect(server.boards);
    let mut browser = connect(server.boards);
    browser.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
    let mut flood = connect(server.boards);
    let garbage = vec![b'x'; 1 << 20];
    // Until the server has had enough of it.
    let sent = (0..200).take_while(|_| flood.write_all(&garbage).is_ok()).count();
    assert!(sent < 200, "200 MiB of garbage were taken");

    for stranger in [&mut silent, &mut browser] {
        let mut rest = Vec::new();
        // Ends when the server closes, whether in peace or not.
        drop(stranger.read_to_end(&mut rest));
    }
    board.says("410421430440");
    stream.wait_for_status(42, "occupied");
    assert_eq!(get(server.web, "/health").status, 200);
}
