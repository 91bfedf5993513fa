//! `cargo xtask demo`: the map with simulated boards, and the brewery stub beside it, from a clone to a page in one command.

use crate::arguments::DemoOptions;
use crate::build;
use crate::firmware;
use crate::process::{POLL, Program, keep_on, stop_asked};
use crate::steps::Steps;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{Read, Write, stderr, stdout};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// The first start makes the database and the plans.
const READY_MAX: Duration = Duration::from_secs(60);
const ANSWER_MAX: Duration = Duration::from_secs(5);
/// The task: ends when asked to, or with an error when the server ends.
pub(crate) fn run(workspace: &Workspace, options: &DemoOptions) -> Result<()> {
    require_free("--port", options.port)?;
    require_free("--boards-port", options.boards_port)?;
    require_free("--brewery-port", options.brewery_port)?;
    let mut steps = Steps::start();
    let started = start(workspace, options, &mut steps);
    steps.print_table();
    let Demo { mut server, mut board } = match started {
        Err(_) if stop_asked() => return Ok(()),
        started => started?,
    };
    println!("ready http://{}", local(options.port));
    stdout().flush().context("while writing to standard output")?;
    while !stop_asked() {
        server.check_running()?;
        // One board less is no reason to end.
        if let Some(Err(error)) = board.as_mut().map(Program::check_running) {
            eprintln!("xtask: {error:#}");
            board = None;
        }
        thread::sleep(POLL);
    }
    Ok(())
}

/// What runs.
struct Demo {
    server: Program,
    /// Our firmware, where it can be built.
    board: Option<Program>,
}

fn start(workspace: &Workspace, options: &DemoOptions, steps: &mut Steps) -> Result<Demo> {
    build::prepare_and_build(workspace, options.profile, steps)?;
    let board = if options.with_boards { build_board(workspace, steps)? } else { None };
    let data_dir = options.data_dir.clone().unwrap_or_else(|| workspace.target().join("demo"));
    fs::create_dir_all(&data_dir).with_context(|| format!("while making {}", data_dir.display()))?;
    let mut serve = serve_command(workspace, options, &data_dir, board.is_some());
    let server = steps.step("server", "starting", || {
        let mut server = Program::start("the server", &mut serve)?;
        wait_until_ready(&mut server, local(options.port))?;
        Ok(server)
    })?;
    let start = |board: &Path| {
        let keys = || storage_command(workspace, options, &data_dir);
        firmware::start_demo_board(board, keys, local(options.boards_port), &data_dir)
    };
    let board = board.as_deref().map(start).transpose()?;
    Ok(Demo { server, board })
}

/// The demonstration goes on without it: then that board is simulated like the others.
fn build_board(workspace: &Workspace, steps: &mut Steps) -> Result<Option<PathBuf>> {
    let built = steps.step("firmware", "building a board for this machine", || Ok(firmware::build_board(workspace)))?;
    Ok(built.inspect_err(|why| eprintln!("no board of our own firmware: {why}; all boards are simulated")).ok())
}

/// One of the server's own commands, on the demonstration's data.
fn storage_command(workspace: &Workspace, options: &DemoOptions, data_dir: &Path) -> Command {
    let mut command = Command::new(workspace.server(options.profile));
    command.arg("--log").arg("warn").env("DISPOBOX_DATA_DIR", data_dir);
    if let Some(url) = &options.database_url {
        command.env("DISPOBOX_DATABASE_URL", url);
    }
    command
}

fn serve_command(workspace: &Workspace, options: &DemoOptions, data_dir: &Path, with_board: bool) -> Command {
    let mut command = Command::new(workspace.server(options.profile));
    command.arg("serve");
    if options.with_boards {
        command.arg("--demo");
        if with_board {
            command.args(["--demo-without", firmware::DEMO_BOARD]);
        }
    } else {
        command.args(["--always-open", "--v1-allow", "127.0.0.0/8"]);
    }
    command.arg("--http").arg(local(options.port).to_string());
    command.arg("--boards").arg(local(options.boards_port).to_string());
    command.arg("--brewery").arg(local(options.brewery_port).to_string());
    command.arg("--data-dir").arg(data_dir);
    if let Some(url) = &options.database_url {
        command.arg("--database-url").arg(url);
    }
    // Standard output is for the one line that says that the page is ready.
    command.stdout(stderr());
    command
}

const fn local(port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// Said before the build rather than minutes later.
fn require_free(flag: &str, port: u16) -> Result<()> {
    match TcpListener::bind(local(port)) {
        Ok(_) => Ok(()),
        Err(error) => bail!("port {port} cannot be used ({error}); choose another with `{flag}`"),
    }
}

fn wait_until_ready(server: &mut Program, address: SocketAddr) -> Result<()> {
    let deadline = Instant::now() + READY_MAX;
    let mut last = String::from("no answer");
    while Instant::now() < deadline {
        keep_on()?;
        server.check_running()?;
        match status_line(address) {
            Ok(line) if line.starts_with("HTTP/1.1 200 ") => return Ok(()),
            Ok(line) => last = line,
            Err(error) => last = error.to_string(),
        }
        thread::sleep(POLL);
    }
    bail!("http://{address}/ is not ready after {} s: {last}", READY_MAX.as_secs())
}

/// Asks for the page and reads to its end, so that the first real reader does not meet a cold server.
fn status_line(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_MAX)?;
    stream.set_read_timeout(Some(ANSWER_MAX))?;
    stream.write_all(format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_used_port_is_named() -> Result<()> {
        let listener = TcpListener::bind(local(0))?;
        let port = listener.local_addr()?.port();
        let error = require_free("--port", port).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.contains(&format!("port {port}")) && text.contains("--port")));
        drop(listener);
        require_free("--port", port)
    }

    #[test]
    fn the_status_line_is_read() -> Result<()> {
        let listener = TcpListener::bind(local(0))?;
        let address = listener.local_addr()?;
        let server = thread::spawn(move || -> std::io::Result<()> {
            let (mut stream, _) = listener.accept()?;
            let mut request = [0; 256];
            stream.read(&mut request).map(|_| ())?;
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        });
        assert_eq!(status_line(address)?, "HTTP/1.1 200 OK");
        assert!(matches!(server.join(), Ok(Ok(()))));
        Ok(())
    }
}
