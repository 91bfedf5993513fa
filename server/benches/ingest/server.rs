//! The server itself.

use crate::installation::{Folder, Installation};
use crate::process::Process;
use anyhow::{Context, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};

/// Four times the boards that may be opened before one of them has answered.
const CONNECTIONS_MAX: &str = "14000";

/// A running server, killed when dropped.
pub(crate) struct Server {
    pub(crate) process: Process,
    pub(crate) web: SocketAddr,
    pub(crate) boards: SocketAddr,
}

/// One of its commands on an installation, with no variable of ours in its environment.
pub(crate) fn dispobox(installation: &Installation, word: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dispobox"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DISPOBOX_") {
            command.env_remove(name);
        }
    }
    command.arg(word).arg("--data-dir").arg(&installation.data_dir);
    command.args(installation.database_url.iter().flat_map(|url| ["--database-url", url]));
    command.stdin(Stdio::null());
    command
}

impl Server {
    /// Waits for the line that says where it listens. What it warns of later is shown.
    pub(crate) fn start(installation: &Installation, folder: &Folder) -> anyhow::Result<Self> {
        let mut command = dispobox(installation, "serve");
        command.args(["--http", "127.0.0.1:0", "--boards", "127.0.0.1:0", "--v1-allow", "127.0.0.0/8"]);
        command.args(["--always-open", "--log-format", "json", "--log", "info,ingest=error"]);
        command.args(["--board-connections-max", CONNECTIONS_MAX]);
        command.args(["--board-connections-per-address-max", CONNECTIONS_MAX]);
        command.arg("--site-dir").arg(folder.path().join("site")).stderr(Stdio::piped());
        let mut process = Process::start(&mut command)?;
        let mut lines = BufReader::new(process.child().stderr.take().context("its log")?).lines();
        let (web, boards) = loop {
            let Some(line) = lines.next().transpose()? else { bail!("the server ended before it was ready") };
            if let Some(addresses) = listening(&line) {
                break addresses;
            }
            show(&line);
        };
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| show(&line)));
        Ok(Self { process, web, boards })
    }
}

fn listening(line: &str) -> Option<(SocketAddr, SocketAddr)> {
    let json: Value = serde_json::from_str(line).ok()?;
    let address = |name: &str| json["fields"][name].as_str()?.parse().ok();
    Some((address("web")?, address("boards")?))
}

fn show(line: &str) {
    if !line.contains(r#""level":"INFO""#) {
        eprintln!("server: {line}");
    }
}
