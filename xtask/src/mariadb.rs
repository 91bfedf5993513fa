//! A database server for the tests: fresh, on a free port of this machine, gone afterwards.

use crate::apt;
use crate::process::{POLL, Program, keep_on, run};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

const START_MAX: Duration = Duration::from_secs(60);

/// A running MariaDB; dropping it stops it and removes its data.
pub(crate) struct MariaDb {
    // Before the folder, so that the server has ended when its files go.
    _server: Program,
    _folder: Folder,
    address: SocketAddr,
}

impl MariaDb {
    /// Installs MariaDB when it is missing, makes an empty data folder, starts the server and waits until it listens.
    pub(crate) fn start(workspace: &Workspace) -> Result<Self> {
        apt::require("mariadbd", &["mariadb-server"])?;
        let folder = Folder::create(&workspace.target().join("test-mariadb"))?;
        let data = folder.path().join("data");
        let log = folder.path().join("log");
        let installed = run("mariadb-install-db", &mut install_command(&data, &log)?);
        installed.with_context(|| last_lines(&log))?;
        let address = free_address()?;
        let mut server = Program::start("mariadbd", &mut server_command(&data, &log, address)?)?;
        wait_until_listening(&mut server, address).with_context(|| last_lines(&log))?;
        Ok(Self { _server: server, _folder: folder, address })
    }

    /// How the tests reach it. They make databases of their own.
    pub(crate) fn url(&self) -> String {
        format!("mysql://root@{}", self.address)
    }
}

fn install_command(data: &Path, log: &Path) -> Result<Command> {
    let mut command = Command::new("mariadb-install-db");
    command.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
    command.arg(format!("--datadir={}", data.display()));
    with_user_and_log(command, log)
}

fn server_command(data: &Path, log: &Path, address: SocketAddr) -> Result<Command> {
    let mut command = Command::new("mariadbd");
    command.args(["--no-defaults", "--character-set-server=utf8mb4", "--skip-log-bin"]);
    command.arg(format!("--datadir={}", data.display()));
    // Relative to the data folder: a socket's path has room for about 100 characters.
    command.args(["--socket=socket", "--pid-file=pid"]);
    command.arg(format!("--bind-address={}", address.ip())).arg(format!("--port={}", address.port()));
    with_user_and_log(command, log)
}

/// MariaDB runs as root only when told so. The user `mysql` was refused: it cannot enter a clone below a home or
/// temporary folder that only its owner may read, and nothing but test data is at stake here.
fn with_user_and_log(mut command: Command, log: &Path) -> Result<Command> {
    if apt::is_root()? {
        command.arg("--user=root");
    }
    let file = || File::options().create(true).append(true).open(log);
    let opened = file().and_then(|out| file().map(|err| (out, err)));
    let (out, err) = opened.with_context(|| format!("while opening {}", log.display()))?;
    command.stdout(out).stderr(err);
    Ok(command)
}

fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("while looking for a free port")?;
    listener.local_addr().context("while looking for a free port")
}

fn wait_until_listening(server: &mut Program, address: SocketAddr) -> Result<()> {
    let deadline = Instant::now() + START_MAX;
    while TcpStream::connect(address).is_err() {
        keep_on()?;
        server.check_running()?;
        if Instant::now() > deadline {
            bail!("mariadbd does not listen on {address} after {} s", START_MAX.as_secs());
        }
        thread::sleep(POLL);
    }
    Ok(())
}

/// The end of the log, for the error message.
fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    format!("while starting MariaDB, whose log ends with:\n{}\n", lines[lines.len().saturating_sub(15)..].join("\n"))
}

/// A folder that is removed when dropped.
struct Folder(PathBuf);

impl Folder {
    /// One per process, so that two runs do not meet.
    fn create(parent: &Path) -> Result<Self> {
        let path = parent.join(std::process::id().to_string());
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).with_context(|| format!("while making {}", path.display()))?;
        Ok(Self(path))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("xtask: cannot remove {}: {error}", self.0.display());
        }
    }
}
