//! `dispobox audit`: checking and copying the log of changes.

use crate::accounts::check_chain;
use crate::cli::{AuditAction, AuditOptions};
use crate::storage_target;
use anyhow::Context;
use domain::{Holds, ReadAudit};
use entity::Storage;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Entries that are read at one time.
const BATCH: u64 = 500;

/// `dispobox audit ...`.
pub(crate) async fn run(options: AuditOptions) -> anyhow::Result<()> {
    let storage = storage_target::open(&options.storage).await?;
    let AuditAction::Verify { export } = options.action;
    let done = verify(&storage, export.as_deref()).await;
    storage_target::close([storage]).await;
    done
}

async fn verify(storage: &Storage, export: Option<&Path>) -> anyhow::Result<()> {
    let by = Holds::at_command_line();
    if let Some(path) = export {
        copy(storage, &by, path).await.with_context(|| format!("while writing {}", path.display()))?;
    }
    let head = check_chain(storage, &by).await?.context("the log of changes is broken")?;
    println!("{} {}", head.seq, head.hash);
    eprintln!("the log of changes is whole; keep this line elsewhere to find out later whether it was made anew");
    Ok(())
}

/// One JSON object a line, oldest first.
async fn copy(storage: &Storage, by: &Holds<ReadAudit>, path: &Path) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create_new(path)?);
    let mut last = 0;
    loop {
        let entries = storage.list_audit_after(by, last, BATCH).await?;
        let Some(newest) = entries.last() else { break };
        last = newest.seq;
        for entry in &entries {
            serde_json::to_writer(&mut file, entry)?;
            file.write_all(b"\n")?;
        }
    }
    file.into_inner()?.sync_all()?;
    Ok(())
}
