//! Programs that run below this one. None of them outlives it: each leads a process group of its own, and the whole group
//! is ended when this program is asked to stop (Ctrl-C, SIGTERM) or fails.

use anyhow::{Context, Result, bail};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

/// How often a waiting loop looks up.
pub(crate) const POLL: Duration = Duration::from_millis(20);
/// How long a program may take to end in order. A database needs the most.
const STOP_MAX: Duration = Duration::from_secs(10);

static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// From here on a signal is noted instead of ending the program on the spot.
pub(crate) fn watch_signals() -> Result<()> {
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&STOP)).context("while preparing for signals")?;
    }
    Ok(())
}

/// Whether the program has been asked to stop.
pub(crate) fn stop_asked() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Fails once the program has been asked to stop, for use in waiting loops.
pub(crate) fn keep_on() -> Result<()> {
    if stop_asked() {
        bail!("stopped by a signal");
    }
    Ok(())
}

/// A running program; dropping it ends it with everything that it has started.
pub(crate) struct Program {
    name: String,
    child: Child,
}

impl Program {
    /// Starts a program without standard input.
    pub(crate) fn start(name: &str, command: &mut Command) -> Result<Self> {
        let program = command.get_program().display().to_string();
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("while starting {name} ({program})"))?;
        Ok(Self { name: name.to_owned(), child })
    }

    /// Fails when the program has ended by itself.
    pub(crate) fn check_running(&mut self) -> Result<()> {
        match self.status()? {
            Some(status) => bail!("{} has ended early ({status})", self.name),
            None => Ok(()),
        }
    }

    fn status(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| format!("while waiting for {}", self.name))
    }

    fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.status()? {
                return Ok(status);
            }
            keep_on()?;
            thread::sleep(POLL);
        }
    }

    /// Through the shell: std can only send SIGKILL, and only to one process.
    fn signal_group(&self, signal: &str) {
        let group = format!("-{}", self.child.id());
        let sent = Command::new("sh").args(["-c", r#"kill -s "$0" -- "$1" 2>/dev/null"#, signal, &group]).status();
        if let Err(error) = sent {
            eprintln!("xtask: cannot send {signal} to {}: {error}", self.name);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return;
        }
        self.signal_group("TERM");
        let deadline = Instant::now() + STOP_MAX;
        while matches!(self.child.try_wait(), Ok(None)) {
            if Instant::now() > deadline {
                eprintln!("xtask: {} does not end within {} s: killed", self.name, STOP_MAX.as_secs());
                self.signal_group("KILL");
                let _ = self.child.wait();
                return;
            }
            thread::sleep(POLL);
        }
    }
}

/// Runs a program to its end; anything but success is an error.
pub(crate) fn run(name: &str, command: &mut Command) -> Result<()> {
    let status = Program::start(name, command)?.wait()?;
    require_success(name, status)
}

/// Like [`run`], and returns what the program has printed.
pub(crate) fn run_and_read(name: &str, command: &mut Command) -> Result<String> {
    let mut text = String::new();
    run_and_hear(name, command, |line| {
        text.push_str(line);
        text.push('\n');
    })?;
    Ok(text)
}

/// Like [`run`], and gives each line that the program prints to `hear`, as soon as it is there.
pub(crate) fn run_and_hear(name: &str, command: &mut Command, hear: impl FnMut(&str) + Send) -> Result<()> {
    let mut program = Program::start(name, command.stdout(Stdio::piped()))?;
    let stdout = program.child.stdout.take().with_context(|| format!("while reading from {name}"))?;
    thread::scope(|scope| {
        let reader = scope.spawn(|| hear_lines(stdout, hear));
        let status = program.wait();
        // What does not end in order is ended here, or its reader would wait for ever.
        drop(program);
        match reader.join() {
            Ok(heard) => heard.with_context(|| format!("while reading from {name}"))?,
            Err(_) => bail!("the reader of {name} has panicked"),
        }
        require_success(name, status?)
    })
}

fn hear_lines(stdout: ChildStdout, mut hear: impl FnMut(&str)) -> std::io::Result<()> {
    for line in BufReader::new(stdout).lines() {
        hear(&line?);
    }
    Ok(())
}

fn require_success(name: &str, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("{name} has failed ({status})")
}

/// Whether a program can be found.
pub(crate) fn is_installed(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    // The system folders too: a plain user's PATH often lacks them, and database servers live there.
    std::env::split_paths(&folders)
        .chain(["/usr/sbin".into(), "/usr/bin".into()])
        .any(|folder| folder.join(program).is_file())
}
