//! The keys of simulated boards: issued and derived as `dispobox keys issue` does.

use super::v2::Credential;
use crate::cli::StorageOptions;
use crate::clock::utc_now;
use crate::{master_key, storage_target};
use anyhow::Context;
use domain::{BoardId, Holds};
use entity::Storage;

/// The credential of each board. A board that does not exist is made; a running server notices.
///
/// # Errors
/// When the database or the master secret cannot be had.
pub async fn issue(options: &StorageOptions, boards: Vec<&BoardId>) -> anyhow::Result<Vec<Credential>> {
    if boards.is_empty() {
        return Ok(Vec::new());
    }
    let storage = storage_target::open(options).await?;
    let issued = issue_each(&storage, options, boards).await;
    storage_target::close([storage]).await;
    issued.context("while issuing keys")
}

async fn issue_each(
    storage: &Storage,
    options: &StorageOptions,
    boards: Vec<&BoardId>,
) -> anyhow::Result<Vec<Credential>> {
    let master = master_key::read_or_make(&options.data_dir)?;
    let mut credentials = Vec::with_capacity(boards.len());
    for board in boards {
        let key_version = storage.issue_key(&Holds::at_command_line(), board, utc_now()).await?;
        credentials.push(Credential { key_version, secret: master.board_key(board, key_version) });
    }
    Ok(credentials)
}
