//! `dispobox serve`: puts the parts together, and takes them apart in order.

use crate::backend::MemoryBackend;
use crate::building_memory::BuildingMemory;
use crate::cli::ServeOptions;
use crate::clock::{SystemClock, utc_now};
use crate::descriptors::ConnectionLimits;
use crate::history_store::StoredHistory;
use crate::live::{Hub, Latency, MeasuredHub};
use crate::simulate::{self, SimulateOptions};
use crate::site_files::SiteFiles;
use crate::storage_target;
use crate::web::{self, WebState};
use anyhow::Context;
use domain::{ServiceHours, Tracker};
use entity::Storage;
use ingest::{AllowedPeers, Clock, HistoryWriter, Live};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How often the stream shows a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// Everything that serves, once it is ready.
struct Parts {
    web: TcpListener,
    boards: TcpListener,
    limits: ConnectionLimits,
    settings: ingest::Settings,
    state: WebState,
    live: Arc<Live>,
    hub: Arc<Hub>,
    writer: HistoryWriter,
    /// Ingest and web do not share connections: a slow page must not keep readings from the database.
    history: Storage,
    storage: Storage,
}

/// Serves until `shutdown`. An error is one that keeps the server from starting.
pub(crate) async fn serve(options: ServeOptions, shutdown: CancellationToken) -> anyhow::Result<()> {
    let demo = options.demo;
    // Whatever the start waits for, a silent database mostly, it is given up when the server is asked to stop.
    let started = shutdown.run_until_cancelled(Box::pin(start(options, shutdown.clone()))).await;
    let Some(parts) = started else { return Ok(()) };
    let Parts { web, boards, limits, settings, state, live, hub, writer, history, storage } = parts?;
    announce(&settings.v1_allow, &web, &boards)?;
    if demo {
        start_demo(&web, &boards, &shutdown)?;
    }
    tokio::join!(
        web::listener::serve(web, limits.web_max, web::router(state), shutdown.clone()),
        ingest::serve(boards, live, settings, shutdown.clone()),
        writer.run(StoredHistory(history.clone())),
        beat(&hub, &shutdown),
    );
    storage_target::close([history, storage]).await;
    Ok(())
}

/// Takes the ports, opens the database, reads the building.
async fn start(options: ServeOptions, shutdown: CancellationToken) -> anyhow::Result<Parts> {
    let limits = ConnectionLimits::raise(options.board_connections_max.map(NonZeroUsize::get));
    let site = Arc::new(SiteFiles::find(options.site_dir.clone())?);
    let web = listen(options.http, "web pages").await?;
    let boards = listen(options.boards, "boards").await?;
    let history = storage_target::open(&options.storage).await?;
    let storage = storage_target::connect(&options.storage).await?;
    let memory = Arc::new(BuildingMemory::read(&storage).await.context("while reading the building")?);
    let clock = SystemClock::new(&memory.site.time_zone)
        .with_context(|| format!("while reading the site's time zone {:?}", memory.site.time_zone))?;

    let hours = if options.always_open || options.demo { ServiceHours::ALWAYS } else { memory.site.hours };
    let tracker = start_tracker(&memory, &history, &clock, hours).await?;
    let hub = Arc::new(Hub::new(tracker.states().collect(), site.build.clone(), utc_now()));
    let latency = Arc::new(Latency::default());
    let audience = Arc::new(MeasuredHub { hub: Arc::clone(&hub), latency: Arc::clone(&latency) });
    let (queue, writer) = ingest::history(ingest::HISTORY_MAX, Arc::default());
    let live = Arc::new(Live::new(tracker, hours, Arc::new(clock.clone()), audience, queue));

    let backend = MemoryBackend {
        memory,
        hub: Arc::clone(&hub),
        live: Arc::clone(&live),
        latency,
        clock,
        build: site.build.clone(),
    };
    let settings = ingest::Settings {
        v1_allow: allowed_peers(&options, boards.local_addr()?),
        connections_max: limits.boards_max,
        connections_per_address_max: options.board_connections_per_address_max.get(),
    };
    let state = WebState::new(Arc::new(backend), storage.clone(), site, shutdown);
    Ok(Parts { web, boards, limits, settings, state, live, hub, writer, history, storage })
}

/// Who may speak v1. The boards of a demonstration come from the very address that they connect to.
fn allowed_peers(options: &ServeOptions, boards: SocketAddr) -> AllowedPeers {
    let named = options.v1_allow.clone();
    match (options.demo, reachable(boards).ip()) {
        (false, _) => named,
        (true, ip) if ip.is_loopback() => named.with_loopback(),
        (true, ip) => named.with_loopback().with_address(ip),
    }
}

async fn listen(address: SocketAddr, whom: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("while listening for {whom} on {address}"))
}

/// All booths unknown, but for what was known a moment ago when the server was stopped.
async fn start_tracker(
    memory: &BuildingMemory,
    history: &Storage,
    clock: &SystemClock,
    hours: ServiceHours,
) -> anyhow::Result<Tracker> {
    let now = clock.now();
    let mut tracker = Tracker::new(&memory.building.booths, hours.is_open(clock.local(now.at)), now);
    let max_age_ms = Tracker::RESUME_MAX_MS;
    let priors = history.list_priors(now.at, max_age_ms).await.context("while reading what was known before")?;
    tracker.resume(&priors, now);
    let closed = history.close_open_history(now.at).await.context("while closing the history of the last run")?;
    if closed > 0 {
        tracing::warn!(booths = closed, "the last run was not stopped but ended; its history is closed now");
    }
    Ok(tracker)
}

/// Says where it listens. Scripts wait for this line.
fn announce(v1_allow: &AllowedPeers, web: &TcpListener, boards: &TcpListener) -> anyhow::Result<()> {
    let (web, boards) = (web.local_addr()?, boards.local_addr()?);
    tracing::info!(%web, %boards, %v1_allow, "ready");
    if v1_allow.is_empty() {
        tracing::warn!("no board may connect: name the ranges of the boards of 2016 by --v1-allow");
    }
    Ok(())
}

/// Simulated boards, as clients like any other. The server goes on without them.
fn start_demo(web: &TcpListener, boards: &TcpListener, shutdown: &CancellationToken) -> anyhow::Result<()> {
    let web = format!("http://{}", reachable(web.local_addr()?));
    let options = SimulateOptions::beside(reachable(boards.local_addr()?), web);
    let boards = simulate::run(options, shutdown.clone());
    tokio::spawn(async move {
        if let Err(error) = boards.await {
            tracing::error!("the simulated boards have stopped: {error:#}");
        }
    });
    Ok(())
}

/// Where this machine reaches a listener: one on all addresses is reached on the loopback.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    address
}

async fn beat(hub: &Hub, shutdown: &CancellationToken) {
    let mut interval = tokio::time::interval(HEARTBEAT);
    while shutdown.run_until_cancelled(interval.tick()).await.is_some() {
        hub.beat(utc_now());
    }
}
