//! `dispobox keys` and `dispobox boards`: what operators do about boards. A running server notices within two seconds.

use crate::cli::{BoardsAction, KeysAction, StorageOptions};
use crate::clock::{show_time, utc_now};
use crate::{master_key, storage_target};
use anyhow::Context;
use domain::{BoardId, Holds, OperateBoards};
use entity::Storage;

/// Whoever is at the command line.
fn by() -> Holds<OperateBoards> {
    Holds::at_command_line()
}

/// `dispobox keys ...`. Keys go to standard output, alone on a line; everything else to standard error.
pub(crate) async fn keys(options: &StorageOptions, action: KeysAction) -> anyhow::Result<()> {
    let storage = storage_target::open(options).await?;
    let done = match action {
        KeysAction::Issue { board } => {
            let version = storage.issue_key(&by(), &board, utc_now()).await?;
            show_key(options, &board, version)
        }
        KeysAction::Rotate { board } => {
            let version = storage.rotate_key(&by(), &board, utc_now()).await?;
            show_key(options, &board, version)
        }
        KeysAction::Revoke { board, key_version } => {
            let revoked = storage.revoke_key(&by(), &board, key_version, utc_now()).await?;
            eprintln!("board {board}: key versions that were revoked: {revoked:?}");
            Ok(())
        }
        KeysAction::List => list_keys(&storage).await,
    };
    storage_target::close([storage]).await;
    done
}

fn show_key(options: &StorageOptions, board: &BoardId, version: u8) -> anyhow::Result<()> {
    let master = master_key::read_or_make(&options.data_dir)?;
    println!("{}", *master.board_key(board, version).to_hex());
    eprintln!(
        "board {board}: this is its key, version {version} (kv={version}); whoever has it can speak for the board"
    );
    Ok(())
}

async fn list_keys(storage: &Storage) -> anyhow::Result<()> {
    println!("{:<24}  {:>7}  {:<20}  revoked", "board", "version", "issued");
    for key in storage.list_keys().await? {
        let revoked = key.revoked_at.map(show_time).unwrap_or_default();
        let issued = show_time(key.issued_at);
        println!("{}", format!("{:<24}  {:>7}  {issued:<20}  {revoked}", key.board.as_str(), key.version).trim_end());
    }
    Ok(())
}

/// `dispobox boards ...`.
pub(crate) async fn boards(options: &StorageOptions, action: BoardsAction) -> anyhow::Result<()> {
    let storage = storage_target::open(options).await?;
    let done = act(&storage, action).await;
    storage_target::close([storage]).await;
    done
}

async fn act(storage: &Storage, action: BoardsAction) -> anyhow::Result<()> {
    match action {
        BoardsAction::List => return list_boards(storage).await,
        BoardsAction::Confirm { board } => {
            storage.confirm_restart(&by(), &board, utc_now()).await?;
            eprintln!("board {board} may count its starts and events anew");
        }
        BoardsAction::MapV0 { address, number, booth } => {
            storage.map_v0(address, number, booth).await?;
            eprintln!("number {number} of the board at {address} means booth {booth}");
        }
        BoardsAction::UnmapV0 { address, number } => {
            let known = storage.unmap_v0(address, number).await?;
            anyhow::ensure!(known, "number {number} of {address} was mapped to no booth");
            eprintln!("number {number} of the board at {address} means nothing any more");
        }
    }
    Ok(())
}

async fn list_boards(storage: &Storage) -> anyhow::Result<()> {
    let building = storage.read_building().await.context("while reading the building")?;
    let registry = storage.read_registry().await.context("while reading the boards")?;
    println!("{:<24}  {:<10}  {:<14}  booths", "board", "keys", "last event");
    for board in &registry.boards {
        let usable = board.keys.iter().filter(|key| !key.revoked).map(|key| key.version.to_string());
        let keys = if board.keys.is_empty() { "none".to_owned() } else { usable.collect::<Vec<_>>().join(",") };
        let last = board.last.map(|last| last.to_string()).unwrap_or_default();
        let booths: Vec<_> = building.booths_of_board(&board.id).map(|booth| booth.to_string()).collect();
        println!("{}", format!("{:<24}  {keys:<10}  {last:<14}  {}", board.id.as_str(), booths.join(",")).trim_end());
    }
    for wire in &registry.v0_wires {
        println!("{:<24}  {:<10}  {:<14}  {}", wire.address, "v0", format!("number {}", wire.number), wire.booth);
    }
    Ok(())
}
