//! A database server of the test's own, which can be killed, frozen, and started again.

use crate::process::{DEADLINE, TempDir, signal};
use crate::sockets::reserve_port;
use std::fs::File;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const NAME: &str = "dispobox";

/// A running MariaDB; its data is in the folder of the test and goes with it.
pub(crate) struct MariaDb {
    folder: PathBuf,
    address: SocketAddr,
    child: Child,
}

impl MariaDb {
    /// Makes an empty data folder, starts the server and makes one database.
    pub(crate) fn start(dir: &TempDir) -> Self {
        let folder = dir.path().join("mariadb");
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut install = command("mariadb-install-db", &folder);
        install.args(["--auth-root-authentication-method=normal", "--skip-test-db"]);
        let installed = install.status().unwrap_or_else(|error| panic!("{MISSING}: {error}"));
        assert!(installed.success(), "{}", log(&folder));
        let address = reserve_port();
        let mut database = Self { child: serve(&folder, address), folder, address };
        database.wait_until_listening();
        let mut create = Command::new("mariadb");
        create.args(["--no-defaults", "--user=root", "--protocol=tcp"]).arg(format!("--port={}", address.port()));
        create.args(["--host=127.0.0.1", "--execute", &format!("create database {NAME} character set utf8mb4")]);
        assert!(create.status().expect("the client runs").success(), "{}", log(&database.folder));
        database
    }

    pub(crate) fn url(&self) -> String {
        format!("mysql://root@{}/{NAME}", self.address)
    }

    /// SIGKILL, as by a failure of power.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it has ended");
    }

    pub(crate) fn start_again(&mut self) {
        self.child = serve(&self.folder, self.address);
        self.wait_until_listening();
    }

    /// SIGSTOP: connections stay open, and nothing answers.
    pub(crate) fn freeze(&self) {
        signal(&self.child, "STOP");
    }

    pub(crate) fn thaw(&self) {
        signal(&self.child, "CONT");
    }

    fn wait_until_listening(&mut self) {
        let started = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let ended = self.child.try_wait().expect("a child");
            assert!(ended.is_none() && started.elapsed() < 3 * DEADLINE, "{ended:?}\n{}", log(&self.folder));
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for MariaDb {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

const MISSING: &str = "MariaDB is missing; on Debian: apt-get install --no-install-recommends mariadb-server";

fn serve(folder: &Path, address: SocketAddr) -> Child {
    let mut server = command("mariadbd", folder);
    server.args(["--character-set-server=utf8mb4", "--skip-log-bin", "--bind-address=127.0.0.1"]);
    // Relative to the data folder: a socket's path has room for about 100 characters.
    server.args(["--socket=socket", "--pid-file=pid"]).arg(format!("--port={}", address.port()));
    server.spawn().unwrap_or_else(|error| panic!("{MISSING}: {error}"))
}

/// One of MariaDB's programs, on the data of this folder.
fn command(name: &str, folder: &Path) -> Command {
    let system = Path::new("/usr/sbin").join(name);
    // The path of a plain user often lacks the system's folders.
    let mut command = if system.exists() { Command::new(system) } else { Command::new(name) };
    command.arg("--no-defaults").arg(format!("--datadir={}", folder.join("data").display()));
    // It runs as root only when told so; nothing but the data of a test is at stake.
    let by_root = std::fs::metadata("/proc/self").is_ok_and(|us| std::os::unix::fs::MetadataExt::uid(&us) == 0);
    command.args(by_root.then_some("--user=root"));
    let log = File::options().create(true).append(true).open(folder.join("log")).expect("a log");
    command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log")).stderr(log);
    command
}

fn log(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(15)..].join("\n")
}
