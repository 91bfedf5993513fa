//! The file of the board protocol's master secret.

use anyhow::Context;
use ingest::v2::MasterSecret;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

const FILE: &str = "master.key";
const MODE: u32 = 0o600;

/// Reads the secret from the data folder; makes it when there is none yet.
///
/// # Errors
/// When the file cannot be read or made, or holds something else. It is never overwritten.
pub(crate) fn read_or_make(data_dir: &Path) -> anyhow::Result<MasterSecret> {
    let path = data_dir.join(FILE);
    match read(&path) {
        Err(error) if error.downcast_ref().is_some_and(is_missing) => make(data_dir, &path),
        read => read,
    }
    .with_context(|| format!("while reading the master secret {}", path.display()))
}

fn is_missing(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::NotFound
}

fn read(path: &Path) -> anyhow::Result<MasterSecret> {
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        tracing::warn!(file = %path.display(), "others could read the master secret; its mode is {MODE:o} from now on");
        fs::set_permissions(path, Permissions::from_mode(MODE))?;
    }
    let text = zeroize::Zeroizing::new(fs::read_to_string(path)?);
    Ok(MasterSecret::from_hex(text.trim_end())?)
}

/// Under another name first, so that nobody ever sees half of it; whoever comes second takes what is there.
fn make(data_dir: &Path, path: &Path) -> anyhow::Result<MasterSecret> {
    let secret = MasterSecret::generate()?;
    let new = data_dir.join(format!("{FILE}.{}", std::process::id()));
    // What a start that was killed has left behind.
    let _ = fs::remove_file(&new);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(MODE).open(&new)?;
    file.write_all(secret.to_hex().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    let linked = fs::hard_link(&new, path);
    fs::remove_file(&new)?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return read(path),
        linked => linked?,
    }
    File::open(data_dir)?.sync_all()?;
    tracing::info!(file = %path.display(), "made the master secret; keep a copy in a safe place: boards' keys come from it");
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_once_and_kept() {
        let dir = std::env::temp_dir().join(format!("dispobox-key-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("a folder");
        let first = read_or_make(&dir).expect("made").to_hex();
        let path = dir.join(FILE);
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, MODE);
        assert_eq!(fs::read_to_string(&path).expect("text"), format!("{}\n", *first));
        assert_eq!(read_or_make(&dir).expect("read").to_hex(), first);
        fs::set_permissions(&path, Permissions::from_mode(0o644)).expect("allowed");
        assert_eq!(read_or_make(&dir).expect("read").to_hex(), first);
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, MODE);
        fs::write(&path, "nonsense").expect("written");
        let error = read_or_make(&dir).expect_err("nonsense");
        assert!(format!("{error:#}").contains("64 hexadecimal digits"), "{error:#}");
        assert_eq!(fs::read_to_string(&path).expect("text"), "nonsense");
        fs::remove_dir_all(&dir).expect("removed");
    }
}
