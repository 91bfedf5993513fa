//! `cargo xtask test`: what a change must pass.

use crate::arguments::{Group, Profile};
use crate::build;
use crate::mariadb::MariaDb;
use crate::process::run as run_program;
use crate::steps::Steps;
use crate::toolchain::{Toolchain, machine_cargo};
use crate::workspace::Workspace;
use crate::{browser_tests, checks, firmware};
use anyhow::Result;

/// The task. No groups: all of them.
pub(crate) fn run(workspace: &Workspace, groups: &[Group]) -> Result<()> {
    let mut steps = Steps::start();
    let tested = run_groups(workspace, groups, &mut steps);
    steps.print_table();
    tested
}

fn run_groups(workspace: &Workspace, groups: &[Group], steps: &mut Steps) -> Result<()> {
    let wanted = |group: Group| groups.is_empty() || groups.contains(&group);
    let toolchain = steps.step("toolchain", "looking for a wasm32 compiler", || Toolchain::prepare(workspace))?;
    if wanted(Group::Fmt) {
        steps.step("fmt", "checking", || checks::format(&toolchain))?;
    }
    if wanted(Group::Clippy) {
        steps.step("clippy", "host side", || checks::lint_host(&toolchain))?;
        steps.step("clippy", "front end", || checks::lint_frontend(&toolchain))?;
    }
    if wanted(Group::Firmware) {
        steps.step("firmware", "testing", || firmware::test(workspace))?;
    }
    // The tests of the server build its program on the way; built before them, it would be built twice, because theirs
    // has the features that only tests need.
    if wanted(Group::Rust) {
        firmware::require_compiler()?;
        let database = steps.step("mariadb", "starting", || MariaDb::start(workspace))?;
        steps.step("rust", "testing", || test_product(&toolchain, &database))?;
    }
    if wanted(Group::Xtask) {
        steps.step("xtask", "testing", || test_xtask(workspace))?;
    }
    if wanted(Group::Browser) {
        if wanted(Group::Rust) {
            build::build_site(workspace, &toolchain, Profile::Dev, steps)?;
        } else {
            build::build(workspace, &toolchain, Profile::Dev, steps)?;
        }
        steps.step("browser", "preparing", || browser_tests::prepare(workspace))?;
        steps.step("browser", "testing", || browser_tests::run_all(workspace))?;
    }
    Ok(())
}

fn test_product(toolchain: &Toolchain, database: &MariaDb) -> Result<()> {
    let mut cargo = toolchain.cargo();
    cargo.args(["test", "--workspace", "--exclude", "frontend", "--exclude", "xtask"]);
    // The tests of the real server wait more than they compute: more of them at a time than there are cores.
    cargo.env("RUST_TEST_THREADS", "6").env("DISPOBOX_TEST_MYSQL_URL", database.url());
    run_program("cargo test", &mut cargo)
}

/// With the compiler and the folder that this program was built with, so its dependencies are there already.
fn test_xtask(workspace: &Workspace) -> Result<()> {
    let mut cargo = machine_cargo(workspace);
    cargo.args(["test", "--profile", "xtask", "--package", "xtask", "--target-dir"]);
    run_program("cargo test", cargo.arg(workspace.path("target/xtask")))
}
