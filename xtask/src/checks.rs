//! Form and lints.

use crate::process::run;
use crate::toolchain::Toolchain;
use anyhow::Result;

pub(crate) fn format(toolchain: &Toolchain) -> Result<()> {
    run("cargo fmt", toolchain.cargo().args(["fmt", "--all", "--check"]))
}

/// The host side. The front end is left out: in one build with it, `app` would get both of its sides at once.
pub(crate) fn lint_host(toolchain: &Toolchain) -> Result<()> {
    let mut cargo = toolchain.cargo();
    cargo.args(["clippy", "--workspace", "--exclude", "frontend", "--exclude", "xtask", "--all-targets"]);
    run("cargo clippy", cargo.args(["--", "--deny", "warnings"]))
}

/// The browser's side of `app`, and what stands around it.
pub(crate) fn lint_frontend(toolchain: &Toolchain) -> Result<()> {
    let mut cargo = toolchain.cargo();
    cargo.args(["clippy", "--package", "frontend", "--package", "app", "--features", "app/hydrate"]);
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    run("cargo clippy", cargo.args(["--", "--deny", "warnings"]))
}
