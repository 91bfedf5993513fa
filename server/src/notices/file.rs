//! `<data-dir>/notices.json`: the line as it is kept over a restart, for the server's account only. Written aside and renamed,
//! some time after each change; losing it means that those who waited have to ask again.

use super::NoticeDesk;
use anyhow::Context;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

const FILE: &str = "notices.json";
const NEW_FILE: &str = "notices.json.new";
const MODE: u32 = 0o600;
/// Changes within this time are written together.
const GATHER: Duration = Duration::from_millis(250);

/// The file.
pub(crate) struct NoticeFile {
    dir: PathBuf,
}

impl NoticeFile {
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self { dir: data_dir.to_owned() }
    }

    /// Goes on from what the last run has kept. What cannot be read is left out, and said.
    pub(crate) fn load_into(&self, desk: &NoticeDesk) {
        let path = self.dir.join(FILE);
        let read = || match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map(Some).context("it is not what it should be"),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        };
        match read() {
            Ok(Some(kept)) => desk.restore(kept),
            Ok(None) => {}
            Err(error) => tracing::warn!("those who waited for a box have to ask again: {FILE}: {error:#}"),
        }
    }

    /// Writes what changes until `shutdown`, and what has changed by then.
    pub(crate) async fn follow(&self, desk: &NoticeDesk, shutdown: &CancellationToken) {
        let mut failed = false;
        loop {
            let ends = shutdown.run_until_cancelled(desk.changed.notified()).await.is_none();
            if !ends {
                let _ = shutdown.run_until_cancelled(sleep(GATHER)).await;
            }
            let written = self.write(desk).await;
            if let Err(error) = &written
                && !failed
            {
                tracing::error!(%error, file = FILE, "who waits for a box cannot be kept over a restart");
            }
            failed = written.is_err();
            if ends {
                return;
            }
        }
    }

    async fn write(&self, desk: &NoticeDesk) -> io::Result<()> {
        let (dir, text) = (self.dir.clone(), serde_json::to_vec(&desk.keep())?);
        // A slow disk must hold up nothing else.
        tokio::task::spawn_blocking(move || {
            let new = dir.join(NEW_FILE);
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(MODE).open(&new)?;
            file.write_all(&text)?;
            fs::rename(new, dir.join(FILE))
        })
        .await?
    }
}
