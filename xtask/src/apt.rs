//! Debian packages that the tests need.

use crate::process::{is_installed, run, run_and_read};
use anyhow::{Result, bail};
use std::process::Command;

/// Installs packages unless `program` is there already.
pub(crate) fn require(program: &str, packages: &[&str]) -> Result<()> {
    if is_installed(program) {
        return Ok(());
    }
    let list = packages.join(" ");
    if !is_installed("apt-get") || !is_root()? {
        bail!("`{program}` is missing; on Debian: apt-get install --no-install-recommends {list}");
    }
    // A fresh machine has no package lists, an old one names versions that are gone: both are cured by an update.
    if install(packages).is_err() {
        run("apt-get update", apt_get().arg("update"))?;
        install(packages)?;
    }
    if !is_installed(program) {
        bail!("`{program}` is still missing after installing {list}");
    }
    Ok(())
}

fn install(packages: &[&str]) -> Result<()> {
    run("apt-get install", apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("--quiet=2").env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Whether this program may install packages.
pub(crate) fn is_root() -> Result<bool> {
    Ok(run_and_read("id", Command::new("id").arg("--user"))?.trim() == "0")
}
