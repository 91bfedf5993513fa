//! The file of the brewery's admin token.

use anyhow::Context;
use brewery::http::AdminToken;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

const FILE: &str = "brewery.token";
const MODE: u32 = 0o600;

/// Reads the token from the data folder; makes it when there is none yet. Whoever has it can do anything to the stub.
///
/// # Errors
/// When the file cannot be read or made, or holds something else. It is never overwritten.
pub(super) fn read_or_make(data_dir: &Path) -> anyhow::Result<(AdminToken, PathBuf)> {
    let path = data_dir.join(FILE);
    let token = match fs::read_to_string(&path) {
        Ok(text) => AdminToken::from_hex(text.trim_end()).map_err(anyhow::Error::from),
        Err(error) if error.kind() == ErrorKind::NotFound => make(&path),
        Err(error) => Err(error.into()),
    };
    Ok((token.with_context(|| format!("while reading the brewery's token {}", path.display()))?, path))
}

fn make(path: &Path) -> anyhow::Result<AdminToken> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).context("while asking the system for chance")?;
    let token = AdminToken::from_bytes(bytes);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(path)?;
    writeln!(file, "{}", token.to_hex())?;
    file.sync_all()?;
    Ok(token)
}
