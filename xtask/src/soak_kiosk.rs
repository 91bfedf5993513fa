//! `cargo xtask soak kiosk`: a screen on a wall for a month, in minutes: the optimised program in a real browser. The soaking is in
//! `end2end/soak`.

use crate::arguments::{KioskSoak, Profile};
use crate::browser_tests::{self, CHROMIUM};
use crate::build::prepare_and_build;
use crate::process::run as run_program;
use crate::steps::Steps;
use crate::workspace::Workspace;
use anyhow::Result;
use std::process::Command;

/// The task. It fails when something in the page grows, or is wrong at any time.
pub(crate) fn run(workspace: &Workspace, options: KioskSoak) -> Result<()> {
    let mut steps = Steps::start();
    let soaked = soak(workspace, options, &mut steps);
    steps.print_table();
    soaked
}

fn soak(workspace: &Workspace, options: KioskSoak, steps: &mut Steps) -> Result<()> {
    steps.step("browser", "looking for it", || browser_tests::prepare(workspace))?;
    prepare_and_build(workspace, Profile::Release, steps)?;
    let mut node = Command::new("node");
    node.arg("soak/kiosk.mjs");
    for (flag, value) in [("--changes", options.changes), ("--minutes", options.minutes)] {
        node.args(value.into_iter().flat_map(|value| [flag.to_owned(), value.to_string()]));
    }
    node.env("DISPOBOX_BIN", workspace.server(Profile::Release)).env("CHROMIUM", CHROMIUM);
    steps.step("kiosk", "soaking", || run_program("node", node.current_dir(workspace.path("end2end"))))
}
