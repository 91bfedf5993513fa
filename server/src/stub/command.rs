//! `dispobox brewery`.

use super::recipes::{replay, run_recipe};
use super::running::Stub;
use crate::cli::{BreweryAction, BreweryInstance, BreweryOptions};
use crate::storage_target;
use anyhow::Context;
use brewery::Command;
use brewery::hosting::{Brewery, InstanceError, InstanceName, InstanceSettings};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// The longest file that is read.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// `dispobox brewery ...`.
pub(crate) async fn brewery(options: BreweryOptions, shutdown: CancellationToken) -> anyhow::Result<ExitCode> {
    match &options.action {
        Some(BreweryAction::Run { file, rate, seed, junit }) => {
            run_recipe(file, *rate, *seed, junit.as_deref(), shutdown).await
        }
        Some(BreweryAction::Replay { file }) => replay(file.clone(), shutdown).await,
        None => serve(options, shutdown).await.map(|()| ExitCode::SUCCESS),
    }
}

async fn serve(options: BreweryOptions, shutdown: CancellationToken) -> anyhow::Result<()> {
    let import = options.import.as_deref().map(read_file).transpose()?;
    let opened = shutdown.run_until_cancelled(storage_target::open(&options.storage)).await;
    let storage = opened.context("stopped before the database was there")??;
    let settings = InstanceSettings {
        seed: options.seed,
        valves: options.valves.map(Into::into),
        rate: options.rate,
        seed_text: options.seed_text,
    };
    let plants = Stub::open(storage.clone(), settings).await.context("while opening the brewery")?;
    if let Some(text) = import {
        let main = plants.main().context("the main plant is missing")?;
        main.command(&Command::Import(text)).context("while importing the state of another stub")?;
    }
    if let Some(file) = &options.export {
        export(&plants, file)?;
    }
    if options.export.is_some() {
        // What was imported is kept, though nothing is served.
        let ended = CancellationToken::new();
        ended.cancel();
        plants.run(ended).await;
    } else {
        let others = open_others(&plants, &options.instance, settings).await?;
        let stub = Stub::bind(options.brewery, &options.storage.data_dir).await?;
        stub.serve(plants, others, shutdown).await;
    }
    storage_target::close([storage]).await;
    Ok(())
}

fn export(plants: &Brewery, file: &Path) -> anyhow::Result<()> {
    let main = plants.main().context("the main plant is missing")?;
    fs::write(file, main.data_file().to_string()).with_context(|| format!("while writing {}", file.display()))
}

/// Plants that the command line names; those that are kept are there already.
async fn open_others(
    plants: &Brewery,
    named: &[BreweryInstance],
    settings: InstanceSettings,
) -> anyhow::Result<Vec<(InstanceName, TcpListener)>> {
    let mut others = Vec::new();
    for BreweryInstance { name, address } in named {
        match plants.create(name.clone(), settings) {
            Ok(_) | Err(InstanceError::Taken { .. }) => {}
            Err(error) => return Err(error).with_context(|| format!("while making the plant {name}")),
        }
        if let Some(address) = address {
            let listener = TcpListener::bind(address).await;
            let listener = listener.with_context(|| format!("while listening for plant {name} on {address}"))?;
            tracing::info!(plant = %name, address = %listener.local_addr()?, "a plant on a port of its own");
            others.push((name.clone(), listener));
        }
    }
    Ok(others)
}

/// A text file of a bearable length.
pub(super) fn read_file(path: &Path) -> anyhow::Result<String> {
    let reading = || format!("while reading {}", path.display());
    let length = fs::metadata(path).with_context(reading)?.len();
    anyhow::ensure!(length <= FILE_BYTES_MAX, "{} is longer than {FILE_BYTES_MAX} bytes", path.display());
    fs::read_to_string(path).with_context(reading)
}
