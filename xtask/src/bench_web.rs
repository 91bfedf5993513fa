//! `cargo xtask bench web`: what the employee's page weighs, how soon it is there, and how quickly it follows its server, in a
//! real browser, on the optimised build. The measuring is in `end2end/bench`.

use crate::apt;
use crate::arguments::Profile;
use crate::browser_tests::{self, CHROMIUM};
use crate::build::prepare_and_build;
use crate::process::run as run_program;
use crate::steps::Steps;
use crate::workspace::Workspace;
use anyhow::Result;
use std::process::Command;

/// The task. It fails when a figure misses what it must be. `quick`: one round, whose figures are worth little.
pub(crate) fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    let mut steps = Steps::start();
    let measured = bench(workspace, quick, &mut steps);
    steps.print_table();
    measured
}

fn bench(workspace: &Workspace, quick: bool, steps: &mut Steps) -> Result<()> {
    apt::require("sqlite3", &["sqlite3"])?;
    steps.step("browser", "looking for it", || browser_tests::prepare(workspace))?;
    prepare_and_build(workspace, Profile::Release, steps)?;
    let mut node = Command::new("node");
    node.arg("bench/web.mjs").args(quick.then_some("--quick"));
    node.env("DISPOBOX_BIN", workspace.server(Profile::Release)).env("CHROMIUM", CHROMIUM);
    steps.step("web", "measuring", || run_program("node", node.current_dir(workspace.path("end2end"))))
}
