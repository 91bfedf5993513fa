//! One compiler for the server and the front end.
//!
//! `scripts/wasm-toolchain.sh` finds or makes a compiler that knows wasm32 and answers with `export` lines. The same
//! variables go to every later cargo call, host side included: two compiler versions in one target folder refuse each
//! other's crates. This program itself keeps the machine's own compiler and its own target folder.

use crate::process::run_and_read;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

const SCRIPT: &str = "scripts/wasm-toolchain.sh";

/// The compiler of the product.
pub(crate) struct Toolchain {
    exports: Vec<(String, String)>,
    target: PathBuf,
    root: PathBuf,
}

impl Toolchain {
    /// Finds the compiler, or makes it, which takes a minute or two the first time.
    pub(crate) fn prepare(workspace: &Workspace) -> Result<Self> {
        let mut script = Command::new(workspace.path(SCRIPT));
        remove_cargo_traces(&mut script, workspace.root());
        let exports = parse_exports(&run_and_read(SCRIPT, &mut script)?)?;
        Ok(Self { exports, target: workspace.target(), root: workspace.root().to_owned() })
    }

    /// A second std, for size, where the compiler is our own; it is made at the first need.
    pub(crate) fn small_sysroot(&self) -> Result<Option<PathBuf>> {
        let mut script = Command::new(self.root.join(SCRIPT));
        remove_cargo_traces(&mut script, &self.root);
        let path = run_and_read(SCRIPT, script.arg("--small"))?;
        Ok(Some(path.trim()).filter(|path| !path.is_empty()).map(PathBuf::from))
    }

    /// `cargo`, with the product's compiler and target folder.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        remove_cargo_traces(&mut cargo, &self.root);
        if !self.exports.is_empty() {
            // They would override the compiler that has just been chosen.
            cargo.env_remove("RUSTC").env_remove("RUSTDOC");
        }
        cargo.envs(self.exports.iter().map(|(name, value)| (name, value)));
        // Said once more, so that a CARGO_TARGET_DIR of the caller cannot move what the documents promise in target/.
        cargo.env("CARGO_TARGET_DIR", &self.target).current_dir(&self.root);
        cargo
    }
}

/// `cargo` as the caller has it: the one that built this program.
pub(crate) fn machine_cargo(workspace: &Workspace) -> Command {
    let mut cargo = Command::new("cargo");
    remove_cargo_traces(&mut cargo, workspace.root());
    cargo.current_dir(workspace.root());
    cargo
}

/// The variables of a caller that are meant for every cargo below, not for the package that is being run.
const KEPT: [&str; 7] =
    ["CARGO_HOME", "CARGO_HTTP_", "CARGO_INCREMENTAL", "CARGO_NET_", "CARGO_REGISTR", "CARGO_SOURCE_", "CARGO_TERM_"];

/// This program is run by cargo, which tells it about the package `xtask`; crates being built must not take that for
/// themselves, and build scripts that watch a variable must not rebuild because of it. RUSTUP_TOOLCHAIN stays: it is
/// the caller's choice (`cargo +1.96 xtask ...`), unless the script names another.
fn remove_cargo_traces(command: &mut Command, root: &Path) {
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_cargo_trace) {
            command.env_remove(name);
        }
    }
    if let Some(folders) = env::var_os("LD_LIBRARY_PATH") {
        match without_cargo_folders(&folders, root) {
            Some(rest) => command.env("LD_LIBRARY_PATH", rest),
            None => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
}

fn is_cargo_trace(name: &str) -> bool {
    let of_cargo = name == "CARGO" || name.starts_with("CARGO_");
    let kept = KEPT.iter().any(|kept| name.starts_with(kept)) || name == "CARGO_BUILD_JOBS";
    (of_cargo && !kept) || name == "RUST_RECURSION_COUNT"
}

/// cargo and rustup prepend folders for the programs that they start; another compiler must not load libraries there.
fn without_cargo_folders(folders: &OsStr, root: &Path) -> Option<OsString> {
    let target = root.join("target");
    let is_ours = |folder: &PathBuf| {
        let text = folder.to_string_lossy();
        !folder.starts_with(&target) && !text.contains("/toolchains/") && !text.contains("/rustlib/")
    };
    let rest: Vec<PathBuf> = env::split_paths(folders).filter(is_ours).collect();
    if rest.is_empty() { None } else { env::join_paths(rest).ok() }
}

/// Reads `export NAME=VALUE` lines, values as bash's `printf %q` writes them.
fn parse_exports(text: &str) -> Result<Vec<(String, String)>> {
    text.lines().filter(|line| !line.trim().is_empty()).map(parse_export).collect()
}

fn parse_export(line: &str) -> Result<(String, String)> {
    let assignment = line.strip_prefix("export ").with_context(|| format!("no export line: `{line}`"))?;
    let (name, quoted) = assignment.split_once('=').with_context(|| format!("no value: `{line}`"))?;
    if quoted.starts_with("$'") {
        bail!("the workspace's path holds characters that cannot be passed on: `{line}`");
    }
    Ok((name.to_owned(), unquote(quoted)))
}

fn unquote(quoted: &str) -> String {
    let mut value = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => value.extend(characters.next()),
            plain => value.push(plain),
        }
    }
    if value == "''" { String::new() } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&[(&str, &str)]>) {
        let expect = expect.map(|pairs| pairs.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect());
        assert_eq!(parse_exports(text).ok(), expect, "{text}");
    }

    #[test]
    fn exports() {
        check("", Some(&[]));
        check("export RUSTUP_TOOLCHAIN=/a/1.96.0+d~1\n", Some(&[("RUSTUP_TOOLCHAIN", "/a/1.96.0+d~1")]));
        check("export A=1\n\nexport B=x=y\n", Some(&[("A", "1"), ("B", "x=y")]));
        check("export A=/my\\ folder/\\(b\\)", Some(&[("A", "/my folder/(b)")]));
        check("export A=''", Some(&[("A", "")]));
        check("export A=$'a\\nb'", None);
        check("export A", None);
        check("A=1", None);
    }

    #[test]
    fn traces() {
        for name in ["CARGO", "CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO_TARGET_DIR", "RUST_RECURSION_COUNT"] {
            assert!(is_cargo_trace(name), "{name}");
        }
        for name in ["CARGO_HOME", "CARGO_TERM_COLOR", "CARGO_NET_OFFLINE", "CARGO_BUILD_JOBS", "PATH", "CARGOES"] {
            assert!(!is_cargo_trace(name), "{name}");
        }
    }

    #[test]
    fn library_folders() {
        let check = |folders: &str, expect: Option<&str>| {
            assert_eq!(
                without_cargo_folders(folders.as_ref(), Path::new("/w")),
                expect.map(OsString::from),
                "{folders}"
            );
        };
        check("/w/target/xtask/xtask/deps:/root/.rustup/toolchains/x/lib", None);
        check("/w/target/xtask:/opt/lib:/x/rustlib/y", Some("/opt/lib"));
    }
}
