//! Processes under load, and what the system says of them.

use anyhow::{Context, ensure};
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Of `/proc/PID/stat`: the same on every Linux that we build for.
const TICKS_PER_S: f64 = 100.0;
const PAGE_BYTES: u64 = 4_096;

/// A process that ends with this value.
pub(crate) struct Process(Child);

/// What a process has used so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    /// In user and system mode, of all its threads; in steps of 10 ms.
    pub(crate) cpu: Duration,
    pub(crate) resident_bytes: u64,
}

impl Process {
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let program = command.get_program().display().to_string();
        command.stdin(Stdio::null()).spawn().map(Self).with_context(|| format!("while starting {program}"))
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    pub(crate) fn usage(&self) -> anyhow::Result<Usage> {
        usage(&self.0.id().to_string())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Of this process itself.
pub(crate) fn own_usage() -> anyhow::Result<Usage> {
    usage("self")
}

fn usage(process: &str) -> anyhow::Result<Usage> {
    let read = |name: &str| {
        let path = format!("/proc/{process}/{name}");
        fs::read_to_string(&path).with_context(|| format!("while reading {path}"))
    };
    let stat = read("stat")?;
    // The second field is a name in parentheses, which may hold anything.
    let after_name: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    ensure!(after_name.len() > 13, "a short /proc/{process}/stat");
    let ticks: f64 = after_name[11].parse::<f64>()? + after_name[12].parse::<f64>()?;
    let statm = read("statm")?;
    let pages: u64 = statm.split_whitespace().nth(1).context("a short statm")?.parse()?;
    Ok(Usage { cpu: Duration::from_secs_f64(ticks / TICKS_PER_S), resident_bytes: pages * PAGE_BYTES })
}
