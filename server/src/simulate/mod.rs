//! `dispobox simulate`: boards that are not there, as clients like any other.

mod board;
mod chance;
mod contact;
mod day;
mod dialect;
mod keys;
mod presence;
mod script;
mod v2;
mod wiring;

pub use dialect::Dialect;

use crate::cli::StorageOptions;
use crate::clock::utc_now;
use crate::http_client;
use anyhow::Context;
use board::Board;
use chance::Chance;
use day::OfficeDays;
use domain::UtcMs;
use presence::{Presence, Story};
use script::Script;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use wiring::{BoardList, Wiring};

const ASK_WITHIN: Duration = Duration::from_secs(5);
const ASK_TRIES: u32 = 30;
const ASK_AGAIN_AFTER: Duration = Duration::from_millis(500);
const SPEED_MAX: i64 = 3_600;
const COUNT_MAX: u64 = 10_000;
/// 2026-01-01, in milliseconds since 1970.
const BOOTS_SINCE_AT: UtcMs = UtcMs(1_767_225_600_000);

/// Simulated boards, following a plausible day at the office or a script.
#[derive(Debug, Clone, clap::Args)]
pub struct SimulateOptions {
    /// The server's board listener.
    #[arg(long, env = "DISPOBOX_BOARDS", value_name = "ADDR", default_value = "127.0.0.1:50000")]
    pub boards: String,

    /// A server to ask which boards there are; not asked with --board or --count.
    #[arg(long, env = "DISPOBOX_FROM", value_name = "URL", default_value = "http://127.0.0.1:3000")]
    pub from: String,

    /// What the boards speak. With v2, keys are issued as they are needed, in the database of the server.
    #[arg(long, env = "DISPOBOX_DIALECT", value_enum, default_value_t = Dialect::V1)]
    pub dialect: Dialect,

    /// A board and its booths by channel, such as 41,42,43,44; may be repeated. In v2 it is the server that knows the
    /// booths, by the board's name: board-1=41,42,43,44.
    #[arg(long = "board", value_name = "[NAME=]BOOTHS")]
    pub board: Vec<Wiring>,

    /// A board that is not to be simulated, because there is a real one; may be repeated.
    #[arg(long = "except", value_name = "NAME")]
    pub except: Vec<String>,

    /// So many made-up boards of four booths each, numbered from 10 to 99 and then again.
    #[arg(long, env = "DISPOBOX_COUNT", value_name = "N", default_value_t = 0,
          value_parser = clap::value_parser!(u64).range(..=COUNT_MAX))]
    pub count: u64,

    /// How many times faster than the clock the day and the sleep of the boards pass.
    #[arg(long, env = "DISPOBOX_SPEED", value_name = "N", default_value_t = 1,
          value_parser = clap::value_parser!(u32).range(1..=SPEED_MAX))]
    pub speed: u32,

    /// Who sits where when, such as "2s 42 occupied; 9s 42 free", or @FILE; booths that are not named stay free.
    #[arg(long, env = "DISPOBOX_SCRIPT", value_name = "TEXT")]
    pub script: Option<String>,

    /// Makes the same day again.
    #[arg(long, env = "DISPOBOX_SEED", value_name = "N", default_value_t = 2016)]
    pub seed: u64,

    #[command(flatten)]
    pub storage: StorageOptions,
}

impl SimulateOptions {
    /// The boards of a server on this machine, an hour of the office in six minutes: faster, and the presence
    /// filter's half minute would fill the booths for good.
    pub(crate) fn beside(boards: SocketAddr, from: String, storage: StorageOptions, except: Vec<String>) -> Self {
        let (boards, dialect) = (boards.to_string(), Dialect::Mixed);
        Self {
            boards,
            from,
            dialect,
            board: Vec::new(),
            except,
            count: 0,
            speed: 10,
            script: None,
            seed: 2016,
            storage,
        }
    }
}

/// Simulates boards until `shutdown`.
///
/// # Errors
/// When the script is none, nobody says which boards there are, or no keys can be had.
pub async fn run(options: SimulateOptions, shutdown: CancellationToken) -> anyhow::Result<()> {
    let story = tell_story(&options)?;
    let Some(boards) = shutdown.run_until_cancelled(switch_on(&options, story)).await else { return Ok(()) };
    let mut boards = boards?;
    shutdown.cancelled().await;
    boards.shutdown().await;
    Ok(())
}

/// Finds out which boards there are, gets their keys, and starts them all at once.
async fn switch_on(options: &SimulateOptions, story: Story) -> anyhow::Result<JoinSet<()>> {
    let wirings = find_boards(options).await?;
    let with_dialect = |(at, wiring): (usize, Wiring)| (options.dialect.is_v2(at, wiring.has_keys), wiring);
    let is_simulated = |(_, wiring): &(usize, Wiring)| !options.except.iter().any(|name| name == wiring.board.as_str());
    let (proving, others): (Vec<_>, Vec<_>) =
        wirings.into_iter().enumerate().filter(is_simulated).map(with_dialect).partition(|(is_v2, _)| *is_v2);
    let credentials = keys::issue(&options.storage, proving.iter().map(|(_, wiring)| &wiring.board).collect()).await?;
    let (v1, v2, server, speed) = (others.len(), proving.len(), &options.boards, options.speed);
    tracing::info!(v1, v2, server, speed, "simulating");
    let presence = Arc::new(Presence { story, started_at: Instant::now(), speed });
    let chances = (0..).map(|stream| Chance::new(options.seed, stream));
    let mut boards = JoinSet::new();
    let mut surroundings = chances.map(|chance| (server.clone(), Arc::clone(&presence), chance));
    let boot = boots_by_now();
    for (((_, wiring), credential), (target, presence, chance)) in
        proving.into_iter().zip(credentials).zip(&mut surroundings)
    {
        boards.spawn(v2::Board::new(wiring, target, presence, chance, credential, boot).run());
    }
    for ((_, wiring), (target, presence, chance)) in others.into_iter().zip(surroundings) {
        if wiring.has_keys {
            tracing::warn!(board = %wiring.board, "the server ignores what this board says in v1: it has keys");
        }
        boards.spawn(Board { wiring, target, presence, chance }.run());
    }
    Ok(boards)
}

/// How often a simulated board claims to have been started: once in each second since 2026, so that nothing needs to be
/// kept and the counter rises with every start. Two starts within a second do no harm: a board has nothing to report in
/// its first three.
fn boots_by_now() -> u32 {
    u32::try_from(utc_now().since(BOOTS_SINCE_AT) / 1_000).unwrap_or(u32::MAX)
}

fn tell_story(options: &SimulateOptions) -> anyhow::Result<Story> {
    let Some(script) = &options.script else {
        let hour = u32::try_from(jiff::Zoned::now().hour()).unwrap_or_default();
        return Ok(Story::Days(OfficeDays::new(options.seed, hour)));
    };
    let text = match script.strip_prefix('@') {
        Some(path) => read_script(Path::new(path))?,
        None => script.clone(),
    };
    let script: Script = text.parse().context("while reading the script")?;
    Ok(Story::Script(script))
}

fn read_script(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("while opening the script {}", path.display()))
}

async fn find_boards(options: &SimulateOptions) -> anyhow::Result<Vec<Wiring>> {
    let mut wirings = options.board.clone();
    wirings.extend(Wiring::synthetic(usize::try_from(options.count)?));
    if !wirings.is_empty() {
        return Ok(wirings);
    }
    let url = format!("{}/api/v1/boards", options.from.trim_end_matches('/'));
    let wirings = ask_for_boards(&url).await.with_context(|| format!("while asking {url} for boards"))?;
    anyhow::ensure!(!wirings.is_empty(), "{url} has no board that can be simulated; name some with --board");
    Ok(wirings)
}

/// The server may only be starting, so this has patience.
async fn ask_for_boards(url: &str) -> anyhow::Result<Vec<Wiring>> {
    let mut tries = 0;
    let body = loop {
        tries += 1;
        match http_client::get(url, ASK_WITHIN).await {
            Ok((200, body)) => break body,
            Ok((status, _)) if tries == ASK_TRIES => anyhow::bail!("it answers with status {status}"),
            Err(error @ http_client::HttpClientError::Url { .. }) => return Err(error.into()),
            Err(error) if tries == ASK_TRIES => return Err(error.into()),
            Ok(_) | Err(_) => sleep(ASK_AGAIN_AFTER).await,
        }
    };
    let boards: BoardList = serde_json::from_slice(&body).context("while reading the list of boards")?;
    Ok(boards.into_wirings())
}
