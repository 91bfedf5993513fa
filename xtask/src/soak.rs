//! `cargo xtask soak`: the promises at their full size, against the optimised program.

use crate::apt;
use crate::process::{keep_on, run as run_program, run_and_hear};
use crate::steps::Steps;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::process::Command;

/// Modules of the server's tests whose counts depend on `DISPOBOX_SOAK`.
pub(crate) const TESTS: [&str; 8] =
    ["cloned", "cuts", "database_away", "flood", "forged", "full_disk", "lost_nothing", "stale"];

/// How a test says what it has measured.
const FIGURE: &str = "figure: ";

/// The task. `only`: one of [`TESTS`]; all of them without it.
pub(crate) fn run(workspace: &Workspace, only: Option<&str>) -> Result<()> {
    let mut steps = Steps::start();
    let mut figures = Vec::new();
    let tested = soak(workspace, only, &mut steps, &mut figures);
    steps.print_table();
    for figure in figures {
        println!("{figure}");
    }
    tested
}

/// All of them, also when one has failed.
fn soak(workspace: &Workspace, only: Option<&str>, steps: &mut Steps, figures: &mut Vec<String>) -> Result<()> {
    apt::require("mariadbd", &["mariadb-server"])?;
    let toolchain = steps.step("toolchain", "looking for a wasm32 compiler", || Toolchain::prepare(workspace))?;
    steps.step("server", "compiling", || run_program("cargo test", cargo_test(&toolchain).arg("--no-run")))?;
    let mut failed = Vec::new();
    for name in TESTS.into_iter().filter(|name| only.is_none_or(|only| only == *name)) {
        if steps.step(name, "soaking", || soak_one(&toolchain, name, figures)).is_err() {
            keep_on()?;
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn cargo_test(toolchain: &Toolchain) -> Command {
    let mut cargo = toolchain.cargo();
    cargo.args(["test", "--package", "server", "--release", "--test", "real_server"]);
    cargo
}

/// One test at a time: they measure times, and share few cores.
fn soak_one(toolchain: &Toolchain, name: &str, figures: &mut Vec<String>) -> Result<()> {
    let mut cargo = cargo_test(toolchain);
    cargo.arg(format!("{name}::")).args(["--", "--nocapture", "--test-threads=1"]).env("DISPOBOX_SOAK", "1");
    run_and_hear("cargo test", &mut cargo, |line| {
        println!("{line}");
        // The test runner may have begun the line with the name of the test.
        figures.extend(line.find(FIGURE).map(|at| format!("  {name} {}", &line[at..])));
    })
}
