//! Starting and stopping the program.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What nothing here should take longer than, even on a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

/// A folder of the test's own, removed at its end.
pub(crate) struct TempDir(PathBuf);

impl TempDir {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("dispobox-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let dir = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&dir).expect("a folder in the temporary folder");
        Self(dir)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// A site with just enough in it.
    pub(crate) fn with_site(self) -> Self {
        let pkg = self.0.join("site/pkg");
        std::fs::create_dir_all(&pkg).expect("a folder");
        let manifest = r#"{"build":"testbuild","js":"/pkg/a.123.js","wasm":"/pkg/a.123.wasm","css":"/pkg/a.123.css","start":"/pkg/a.123.js","modules":[]}"#;
        let files: [(&str, &[u8]); 4] = [
            ("site/manifest.json", manifest.as_bytes()),
            ("site/pkg/a.123.js", b"export const plain = 1;"),
            ("site/pkg/a.123.js.br", b"not really brotli"),
            ("site/favicon.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ];
        for (name, content) in files {
            std::fs::write(self.0.join(name), content).expect("a file");
        }
        self
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The program with no variable of ours in its environment.
pub(crate) fn dispobox() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dispobox"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DISPOBOX_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// `serve` on the data and site of this folder, always open, for boards of this machine, with ports that the system
/// chooses.
pub(crate) fn serve_command(dir: &TempDir) -> Command {
    serve_command_at(dir, SocketAddr::from(([127, 0, 0, 1], 0)))
}

/// The same, with boards on this port.
pub(crate) fn serve_command_at(dir: &TempDir, boards: SocketAddr) -> Command {
    let mut command = bare_serve_command(dir, boards);
    command.args(["--always-open", "--v1-allow", "127.0.0.0/8"]);
    command
}

/// `serve` within the service hours of its building, without boards of 2016.
pub(crate) fn bare_serve_command(dir: &TempDir, boards: SocketAddr) -> Command {
    let mut command = dispobox();
    command.args(["serve", "--http", "127.0.0.1:0", "--log-format", "json", "--boards", &boards.to_string()]);
    command.arg("--data-dir").arg(dir.path().join("data")).arg("--site-dir").arg(dir.path().join("site"));
    command
}

/// Runs a command that is expected to end by itself.
pub(crate) fn run(mut command: Command) -> Output {
    let mut child = command.spawn().expect("the program starts");
    let started = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if started.elapsed() > DEADLINE {
            drop(child.kill());
            panic!("the program did not end by itself");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().expect("its output")
}

/// SIGTERM.
pub(crate) fn terminate(child: &Child) {
    signal(child, "TERM");
}

/// Through the program: std can only send SIGKILL.
pub(crate) fn signal(child: &Child, name: &str) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &pid]).status().expect("kill runs").success());
}

pub(crate) fn wait_for_end(child: &mut Child) -> ExitStatus {
    eventually("it ends", || child.try_wait().expect("a child"))
}

/// The first answer of `look`, which is asked again and again.
pub(crate) fn eventually<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    within(DEADLINE, what, look)
}

/// The same, with a deadline of one's own.
pub(crate) fn within<T>(deadline: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    while started.elapsed() < deadline {
        if let Some(answer) = look() {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("not within {deadline:?}: {what}");
}

/// A running server.
pub(crate) struct Server {
    child: Child,
    pub(crate) web: SocketAddr,
    pub(crate) boards: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start(dir: &TempDir) -> Self {
        Self::start_command(serve_command(dir))
    }

    /// Waits for the line that says where it listens.
    pub(crate) fn start_command(mut command: Command) -> Self {
        let nowhere = SocketAddr::from(([0, 0, 0, 0], 0));
        let child = command.spawn().expect("the program starts");
        let mut server = Self { child, web: nowhere, boards: nowhere, log: Arc::default() };
        let mut lines = BufReader::new(server.child.stderr.take().expect("its log")).lines();
        while server.web == nowhere {
            let Some(Ok(line)) = lines.next() else {
                panic!("the server ended before it was ready:\n{}", server.log());
            };
            if let Some((web, boards)) = listening(&line) {
                (server.web, server.boards) = (web, boards);
            }
            server.log.lock().expect("the log").push(line);
        }
        let log = Arc::clone(&server.log);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                log.lock().expect("the log").push(line);
            }
        });
        server
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("the log").join("\n")
    }

    /// The first lines that it has printed for people; to be asked once.
    pub(crate) fn printed(&mut self, lines: usize) -> Vec<String> {
        let output = BufReader::new(self.child.stdout.take().expect("its output"));
        output.lines().take(lines).map(|line| line.expect("a line")).collect()
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: it can do nothing about it.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it has ended");
    }

    /// Its memory that is in RAM.
    pub(crate) fn resident_bytes(&self) -> u64 {
        let pages = std::fs::read_to_string(format!("/proc/{}/statm", self.child.id())).expect("Linux");
        let resident: u64 = pages.split(' ').nth(1).expect("a second field").parse().expect("a number");
        resident * 4_096
    }

    /// SIGTERM; returns how long it took to end, which must be well.
    pub(crate) fn stop(mut self) -> Duration {
        let asked = Instant::now();
        terminate(&self.child);
        let status = wait_for_end(&mut self.child);
        assert!(status.success(), "{status}\n{}", self.log());
        asked.elapsed()
    }

    /// SIGTERM twice; returns how it ended.
    pub(crate) fn stop_impatiently(mut self) -> ExitStatus {
        terminate(&self.child);
        eventually("it says that it stops", || self.log().contains("stopping").then_some(()));
        terminate(&self.child);
        wait_for_end(&mut self.child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        if let Some(mut output) = self.child.stdout.take() {
            let mut text = String::new();
            drop(output.read_to_string(&mut text));
        }
    }
}

/// The addresses in the line that says where the server listens.
fn listening(line: &str) -> Option<(SocketAddr, SocketAddr)> {
    let json: Value = serde_json::from_str(line).ok()?;
    let address = |name: &str| json["fields"][name].as_str()?.parse().ok();
    Some((address("web")?, address("boards")?))
}
