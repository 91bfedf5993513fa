//! `cargo xtask bench ingest`: what taking events in costs, beside the programs that it is compared with.

use crate::apt;
use crate::mariadb::MariaDb;
use crate::process::run as run_program;
use crate::steps::Steps;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;
use anyhow::Result;
use std::process::Command;

/// The task. It fails when something costs more than it must. `quick`: one short round, whose figures are worth little.
pub(crate) fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    let mut steps = Steps::start();
    let measured = bench(workspace, quick, &mut steps);
    steps.print_table();
    measured
}

fn bench(workspace: &Workspace, quick: bool, steps: &mut Steps) -> Result<()> {
    apt::require("mosquitto", &["mosquitto"])?;
    let toolchain = steps.step("toolchain", "looking for a wasm32 compiler", || Toolchain::prepare(workspace))?;
    // Before the database starts, so that it is not alone for the minutes that this may take.
    steps.step("server", "compiling", || run_program("cargo bench", cargo_bench(&toolchain).arg("--no-run")))?;
    let database = steps.step("mariadb", "starting", || MariaDb::start(workspace))?;
    let mut cargo = cargo_bench(&toolchain);
    cargo.args(quick.then_some(["--", "--quick"]).into_iter().flatten());
    cargo.env("DISPOBOX_BENCH_MYSQL_URL", database.url());
    steps.step("ingest", "measuring", || run_program("cargo bench", &mut cargo))
}

/// Builds the optimised program as well.
fn cargo_bench(toolchain: &Toolchain) -> Command {
    let mut cargo = toolchain.cargo();
    cargo.args(["bench", "--package", "server", "--bench", "ingest"]);
    cargo
}
