//! `cargo xtask build`: the server's program, and its site beside it.

use crate::arguments::Profile;
use crate::process::run as run_program;
use crate::site;
use crate::steps::Steps;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;
use anyhow::Result;
use std::env;
use std::ffi::OsString;
use std::process::Command;

/// The task.
pub(crate) fn run(workspace: &Workspace, profile: Profile) -> Result<()> {
    let mut steps = Steps::start();
    let built = prepare_and_build(workspace, profile, &mut steps);
    steps.print_table();
    built
}

/// Everything that `demo` needs as well.
pub(crate) fn prepare_and_build(workspace: &Workspace, profile: Profile, steps: &mut Steps) -> Result<()> {
    let toolchain = steps.step("toolchain", "looking for a wasm32 compiler", || Toolchain::prepare(workspace))?;
    build(workspace, &toolchain, profile, steps)
}

/// The build itself.
pub(crate) fn build(workspace: &Workspace, toolchain: &Toolchain, profile: Profile, steps: &mut Steps) -> Result<()> {
    // The two are built one after the other: they share procedural macros, and cargo locks the target folder anyway.
    steps.step("server", "compiling", || run_program("cargo build", &mut server_build(toolchain, profile)))?;
    build_site(workspace, toolchain, profile, steps)
}

/// The browser's half alone.
pub(crate) fn build_site(
    workspace: &Workspace,
    toolchain: &Toolchain,
    profile: Profile,
    steps: &mut Steps,
) -> Result<()> {
    steps.step("front end", "compiling", || {
        run_program("cargo rustc", &mut frontend_build(workspace, toolchain, profile)?)
    })?;
    let made = steps.step("site", "bindings, styles, files", || site::make(workspace, profile))?;
    if !made {
        steps.say("site: unchanged");
    }
    Ok(())
}

fn server_build(toolchain: &Toolchain, profile: Profile) -> Command {
    let mut cargo = toolchain.cargo();
    cargo.args(["build", "--package", "server"]);
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    cargo
}

fn frontend_build(workspace: &Workspace, toolchain: &Toolchain, profile: Profile) -> Result<Command> {
    let mut cargo = toolchain.cargo();
    cargo.args(["rustc", "--package", "frontend", "--lib", "--target", "wasm32-unknown-unknown"]);
    match profile {
        // Debug information makes the wasm ten times as large and the bindings slow. Host artefacts have none either
        // way, so the server's procedural macros are used as they are.
        Profile::Dev => {
            cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        }
        Profile::Release => {
            let mut flags = remap_flags(workspace);
            if let Some(sysroot) = toolchain.small_sysroot()? {
                flags.push("\u{1f}--sysroot=");
                flags.push(sysroot);
                flags.push("\u{1f}-Zunstable-options\u{1f}-Cpanic=immediate-abort");
                // This kind of panic has no stable name yet.
                cargo.env("RUSTC_BOOTSTRAP", "1");
            }
            cargo.args(["--profile", "wasm-release"]).env("CARGO_ENCODED_RUSTFLAGS", flags);
        }
    }
    // What is needed to take the lazy parts out. Only the last step sees it: nothing else is compiled anew.
    cargo.args(["--", "-Clink-arg=--emit-relocs"]);
    Ok(cargo)
}

/// Panic messages name source files: keeps this machine's folders out of the wasm, which also makes it smaller.
fn remap_flags(workspace: &Workspace) -> OsString {
    let cargo_home = env::var_os("CARGO_HOME").or_else(|| {
        let home = env::home_dir()?;
        Some(home.join(".cargo").into_os_string())
    });
    let mut flags = OsString::new();
    if let Some(cargo_home) = cargo_home {
        flags.push("--remap-path-prefix=");
        flags.push(cargo_home);
        flags.push("/registry/src=crates\u{1f}");
    }
    flags.push("--remap-path-prefix=");
    flags.push(workspace.root());
    flags.push("=dispobox");
    flags
}
