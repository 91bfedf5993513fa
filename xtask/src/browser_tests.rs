//! The tests in `end2end/`: the real server, real sockets, a real browser.

use crate::apt;
use crate::arguments::Profile;
use crate::process::run;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

pub(crate) const CHROMIUM: &str = "/usr/bin/chromium";
const SUFFIX: &str = ".test.mjs";

/// Installs the browser and the packages when they are missing.
pub(crate) fn prepare(workspace: &Workspace) -> Result<()> {
    apt::require("chromium", &["chromium", "fonts-dejavu-core"])?;
    apt::require("node", &["nodejs"])?;
    apt::require("npm", &["npm"])?;
    apt::require("sqlite3", &["sqlite3"])?;
    let folder = workspace.path("end2end");
    if is_installed(&folder) {
        return Ok(());
    }
    run("npm ci", Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder))
}

/// npm notes in a hidden file when it has installed.
fn is_installed(folder: &Path) -> bool {
    let changed_at = |name: &str| -> Option<SystemTime> { fs::metadata(folder.join(name)).ok()?.modified().ok() };
    match (changed_at("node_modules/.package-lock.json"), changed_at("package-lock.json")) {
        (Some(installed_at), Some(locked_at)) => installed_at >= locked_at,
        _ => false,
    }
}

/// Those that mostly wait for a detector's half minute, or only draw. They measure nothing, and two of them share the machine.
const PATIENT: [&str; 6] = ["axe", "go", "list", "notices", "push", "screenshots"];

/// Runs all test files: first the patient ones, then the others one after the other, since they measure times.
pub(crate) fn run_all(workspace: &Workspace) -> Result<()> {
    let folder = workspace.path("end2end");
    let (patient, quick): (Vec<_>, Vec<_>) =
        test_files(&folder.join("tests"))?.into_iter().partition(|file| is_patient(file));
    if patient.len() != PATIENT.len() {
        bail!("of the tests that wait, {PATIENT:?}, some are not there");
    }
    run_files(workspace, &folder, &patient, 2)?;
    run_files(workspace, &folder, &quick, 1)
}

fn is_patient(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(SUFFIX).is_some_and(|name| PATIENT.contains(&name))
}

fn run_files(workspace: &Workspace, folder: &Path, files: &[PathBuf], at_once: usize) -> Result<()> {
    let mut node = Command::new("node");
    // Without a terminal the reader is a program: it looks for lines such as `# pass 12`.
    let reporter = if stdout().is_terminal() { "spec" } else { "tap" };
    node.args(["--test", &format!("--test-concurrency={at_once}"), &format!("--test-reporter={reporter}")]).args(files);
    node.env("DISPOBOX_BIN", workspace.server(Profile::Dev)).env("CHROMIUM", CHROMIUM).current_dir(folder);
    run("node --test", &mut node)
}

fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("while listing {}", folder.display()))? {
        let path = entry.with_context(|| format!("while listing {}", folder.display()))?.path();
        if path.to_string_lossy().ends_with(SUFFIX) {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("no tests in {}", folder.display());
    }
    files.sort();
    Ok(files)
}
