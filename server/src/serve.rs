//! `dispobox serve`: puts the parts together, and takes them apart in order.

use crate::accounts::{AccountKey, AccountSettings, Accounts, offer_first_link};
use crate::alerts::AlertDesk;
use crate::backend::MemoryBackend;
use crate::building_copy::BuildingCopy;
use crate::building_memory::BuildingMemory;
use crate::building_now::BuildingNow;
use crate::card_history::CardHistory;
use crate::cli::{ServeOptions, StorageOptions};
use crate::clock::{SystemClock, utc_now};
use crate::descriptors::ConnectionLimits;
use crate::fleet::FleetDesk;
use crate::floor_guide::FloorGuide;
use crate::hours_now::HoursNow;
use crate::live::{Hub, Latency, MeasuredHub};
use crate::master_key;
use crate::moderation::moderate;
use crate::notices::{DeskSettings, NoticeDesk, NoticeFile};
use crate::plans::PlanDesk;
use crate::push::{PushJob, PushSender, VapidKey};
use crate::screens::{ScreenDesk, ScreenSettings};
use crate::simulate::{self, SimulateOptions};
use crate::site_files::SiteFiles;
use crate::storage_target;
use crate::storing::{self, Drain, Follower, Opened, Past, SpoolJournal, forget_old_events};
use crate::stub::{PlantDesk, Stub};
use crate::tls;
use crate::web::accounts::TrustedProxies;
use crate::web::listener::WebListener;
use crate::web::notices::NoticeState;
use crate::web::worker::Worker;
use crate::web::{self, Desks, WebAccess, WebState};
use anyhow::Context;
use domain::{Chronicle, ServiceHours, SessionLimits, Tracker};
use entity::Storage;
use ingest::{AllowedPeers, Boards, Clock, JournalWriter, Live};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// How often the stream shows a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// Connections that may wait to be accepted: after a restart, everybody comes back at once.
const BACKLOG: u32 = 4_096;

/// Push messages that may wait to be sent.
const PUSH_JOBS_MAX: usize = 2_048;

/// How long closing the spool may take: a disk that hangs must not keep the program from ending.
const SPOOL_CLOSE_MAX: Duration = Duration::from_millis(100);

/// Everything that serves, once it is ready.
struct Parts {
    web: WebListener,
    boards: TcpListener,
    settings: ingest::Settings,
    state: WebState,
    live: Arc<Live>,
    hub: Arc<Hub>,
    telling: Telling,
    keeping: Keeping,
    writer: JournalWriter,
    journal: SpoolJournal,
    brewery: Option<(Stub, Storage, PlantDesk)>,
}

/// What tells those who wait for a booth.
struct Telling {
    desk: Arc<NoticeDesk>,
    file: NoticeFile,
    sender: PushSender,
    jobs: mpsc::Receiver<PushJob>,
}

/// What keeps things, behind the back of what serves.
struct Keeping {
    drain: Drain,
    follower: Follower,
    keep_board_events_days: u32,
    history: Storage,
    storage: Storage,
    accounts: Arc<Accounts>,
    plans: Arc<PlanDesk>,
    alerts: Arc<AlertDesk>,
    screens: Arc<ScreenDesk>,
    fleet: Arc<FleetDesk>,
    /// Where readers find this site.
    site: String,
}

/// Serves until `shutdown`. An error is one that keeps the server from starting.
pub(crate) async fn serve(options: ServeOptions, shutdown: CancellationToken) -> anyhow::Result<()> {
    let demo = options.demo.then(|| (options.storage.clone(), options.demo_without.clone()));
    // Whatever the start waits for, a silent database mostly, it is given up when the server is asked to stop.
    let started = shutdown.run_until_cancelled(Box::pin(start(options, shutdown.clone()))).await;
    let Some(parts) = started else { return Ok(()) };
    let Parts { web, boards, settings, state, live, hub, telling, keeping, writer, journal, brewery } = parts?;
    announce(&settings.v1_allow, &web.socket, &boards)?;
    if let Some((storage, without)) = demo {
        start_demo(&web, &boards, storage, without, &shutdown)?;
    }
    let (written, brewed) = (CancellationToken::new(), CancellationToken::new());
    let taking_in = TakingIn { boards: boards.into_std()?, live, settings, writer, journal };
    let taking_in = taking_in.start(shutdown.clone(), written.clone())?;
    let without_boards = async {
        // Usually long after the shutdown; a server that has lost its boards by a panic does not go on without them.
        written.cancelled().await;
        shutdown.cancel();
    };
    tokio::join!(
        task(web::listener::serve(web, web::router(state), shutdown.clone())),
        task(keeping.run(shutdown.clone(), written.clone(), brewed.clone())),
        beat(&hub, &shutdown),
        telling.run(&shutdown),
        brew(brewery, &shutdown, &brewed),
        without_boards,
    );
    taking_in.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    Ok(())
}

/// The way of a frame from the socket to the disk.
struct TakingIn {
    boards: std::net::TcpListener,
    live: Arc<Live>,
    settings: ingest::Settings,
    writer: JournalWriter,
    journal: SpoolJournal,
}

impl TakingIn {
    /// Runs it on a thread of its own until `shutdown`; `written` says when all is on the disk. One thread: frames are many
    /// and small, and to wake another thread for each costs more than the frame. And no page can hold it up.
    fn start(self, shutdown: CancellationToken, written: CancellationToken) -> anyhow::Result<JoinHandle<()>> {
        let runtime = moderate(&mut tokio::runtime::Builder::new_current_thread()).enable_all().build();
        let runtime = runtime.context("while starting the runtime of boards")?;
        let Self { boards, live, settings, writer, journal } = self;
        let boards = {
            let _inside = runtime.enter();
            TcpListener::from_std(boards).context("while listening for boards")?
        };
        let run = move || {
            // Also when something panics: the drain must not wait for ever.
            let _written = written.drop_guard();
            let serving = ingest::serve(boards, live, settings, shutdown);
            runtime.block_on(async { tokio::join!(serving, task(writer.run(journal))) });
        };
        std::thread::Builder::new().name("boards".to_owned()).spawn(run).context("while starting the thread of boards")
    }
}

/// The brewery stub. The server goes on without it, should it fail.
async fn brew(brewery: Option<(Stub, Storage, PlantDesk)>, shutdown: &CancellationToken, brewed: &CancellationToken) {
    let _brewed = brewed.clone().drop_guard();
    let Some((stub, storage, desk)) = brewery else { return };
    if let Err(error) = tokio::spawn(stub.serve_beside(storage, desk, shutdown.clone())).await {
        tracing::error!(%error, "the brewery stub has ended");
    }
}

/// Runs a part of the server; its panic is the server's.
async fn task(part: impl Future<Output = ()> + Send + 'static) {
    if let Err(error) = tokio::spawn(part).await
        && let Ok(panic) = error.try_into_panic()
    {
        std::panic::resume_unwind(panic);
    }
}

impl Telling {
    /// The desk of this server, with who waited when the last run ended.
    fn open(options: &ServeOptions, settings: DeskSettings) -> anyhow::Result<(Self, NoticeState)> {
        let ServeOptions { push_contact, push_allow_insecure: allow_insecure, storage, .. } = options;
        let key = Arc::new(VapidKey::read_or_make(&storage.data_dir)?);
        let (pushed, jobs) = mpsc::channel(PUSH_JOBS_MAX);
        let booths = settings.hub.snapshot(None).booths;
        let desk = Arc::new(NoticeDesk::new(settings, &booths, pushed));
        let file = NoticeFile::new(&storage.data_dir);
        file.load_into(&desk);
        let sender = PushSender::new(Arc::clone(&key), push_contact.clone(), *allow_insecure);
        let state = NoticeState { desk: Arc::clone(&desk), key, allow_insecure: *allow_insecure };
        Ok((Self { desk, file, sender, jobs }, state))
    }

    /// Tells until `shutdown`.
    async fn run(self, shutdown: &CancellationToken) {
        let Self { desk, file, sender, jobs } = self;
        let forgetting = Arc::clone(&desk);
        let forget = move |ticket| forgetting.forget_device(ticket);
        tokio::join!(
            desk.run(shutdown),
            file.follow(&desk, shutdown),
            task(sender.run(jobs, forget, shutdown.clone())),
        );
    }
}

impl Keeping {
    /// Keeps what comes until `shutdown`, and what came before it.
    async fn run(self, shutdown: CancellationToken, written: CancellationToken, brewed: CancellationToken) {
        let Self {
            drain,
            follower,
            keep_board_events_days,
            history,
            storage,
            accounts,
            plans,
            alerts,
            screens,
            fleet,
            site,
        } = self;
        let spool = Arc::clone(&drain.spool);
        let there = CancellationToken::new();
        let once_there = async {
            there.cancelled().await;
            tokio::join!(
                follower.run(&storage, &shutdown),
                forget_old_events(&history, keep_board_events_days, &shutdown),
                offer_first_link(&storage, &site),
                accounts.watch_streams(&shutdown),
                Box::pin(plans.run(&shutdown)),
                Box::pin(screens.run(&shutdown)),
                Box::pin(fleet.run(&shutdown)),
            );
        };
        let draining = task(drain.run(there.clone(), written));
        // The brewery keeps its last state in the same database.
        tokio::join!(
            draining,
            Box::pin(alerts.run(&shutdown)),
            shutdown.run_until_cancelled(once_there),
            brewed.cancelled()
        );
        drop(alerts);
        // It holds the spool, too.
        drop(fleet);
        if let Some(spool) = Arc::into_inner(spool)
            && tokio::time::timeout(SPOOL_CLOSE_MAX, spool.close()).await.is_err()
        {
            tracing::warn!("the spool does not close; it ends with the program");
        }
        drop((accounts, plans, screens));
        storage_target::close([history, storage]).await;
    }
}

/// Takes the ports, opens the database, reads the building.
async fn start(options: ServeOptions, shutdown: CancellationToken) -> anyhow::Result<Parts> {
    let limits = ConnectionLimits::raise(options.board_connections_max.map(NonZeroUsize::get));
    let site = Arc::new(SiteFiles::find(options.site_dir.clone())?);
    let worker = Worker::read(&site, !options.no_service_worker)?;
    let web = listen(options.http, "web pages")?;
    let tls = tls::acceptor(&options)?;
    let boards = listen(options.boards, "boards")?;
    storage_target::make_data_dir(&options.storage.data_dir)?;
    let stub = match options.brewery {
        Some(address) => Some(Stub::bind(address, &options.storage.data_dir).await?),
        None => None,
    };
    let Opened { building, past, drain, history, storage } = storing::open(&options).await?;
    let BuildingCopy { memory, registry, registry_version, .. } = building;
    let master = master_key::read_or_make(&options.storage.data_dir)?;
    let key = AccountKey::derive(&master)?;
    let clock = SystemClock::new(&memory.site.time_zone)
        .with_context(|| format!("while reading the site's time zone {:?}", memory.site.time_zone))?;
    let known = Arc::new(Boards::new(master, options.board_heartbeat_s, &memory.building, &registry));
    let always_open = options.always_open || options.demo;
    let hours =
        if always_open { ServiceHours::ALWAYS } else { memory.hours().context("while reading the holidays")? };
    let hours_now = HoursNow::new(hours.clone());
    let (tracker, chronicle) = start_tracker(&memory, &past, &clock, &hours);
    let memory = Arc::new(BuildingNow::new(memory));
    let hub = Hub::new(tracker.states().collect(), site.build.clone(), utc_now());
    let hub = Arc::new(hub.with_layouts(memory.get().layouts()));
    let latency = Arc::new(Latency::default());
    let desk = DeskSettings {
        clock: clock.clone(),
        hours: hours_now.clone(),
        hub: Arc::clone(&hub),
        memory: Arc::clone(&memory),
        hold: Duration::from_secs(options.notice_hold_s.into()),
    };
    let (telling, notices) = Telling::open(&options, desk)?;
    let audience =
        MeasuredHub { hub: Arc::clone(&hub), latency: Arc::clone(&latency), notices: Arc::clone(&telling.desk) };
    let audience = Arc::new(audience);
    let (queue, writer) = ingest::journal(ingest::RECORDS_MAX, Arc::default());
    let state = (tracker, chronicle);
    let guide = FloorGuide {
        memory: Arc::clone(&memory),
        hub: Arc::clone(&hub),
        desk: Arc::clone(&telling.desk),
        history: Arc::new(CardHistory::new(storage.clone(), clock.clone(), hours_now.clone())),
    };
    let accounts = Arc::new(Accounts::new(AccountSettings {
        storage: storage.clone(),
        clock: clock.clone(),
        limits: session_limits(&options),
        key,
    }));
    let screens = Arc::new(ScreenDesk::new(ScreenSettings {
        storage: storage.clone(),
        clock: clock.clone(),
        hours: hours_now.clone(),
        memory: Arc::clone(&memory),
        build: site.build.clone(),
    }));
    if !drain.state.awaiting.get() {
        screens.begin().await;
    }
    let live = Arc::new(Live::new(state, hours, Arc::new(clock.clone()), audience, queue, known));
    let follower = Follower {
        live: Arc::clone(&live),
        hub: Arc::clone(&hub),
        // A copy may be old: it is compared as soon as it can be.
        known: (!drain.state.awaiting.get()).then_some(registry_version),
        memory: Arc::clone(&memory),
        clock: clock.clone(),
        hours: (!always_open).then_some(hours_now),
        copied: storage_target::server_name(&options.storage).map(|name| (name, options.storage.data_dir.clone())),
    };

    let plans = Arc::new(PlanDesk::new(storage.clone(), Arc::clone(&memory), Arc::clone(&live), always_open));
    let backend = MemoryBackend {
        memory,
        hub: Arc::clone(&hub),
        live: Arc::clone(&live),
        latency,
        clock,
        build: site.build.clone(),
        spool: Arc::clone(&drain.spool),
        drained: Arc::clone(&drain.state),
    };
    let settings = ingest::Settings {
        v1_allow: allowed_peers(&options, boards.local_addr()?),
        connections_max: limits.boards_max,
        connections_per_address_max: options.board_connections_per_address_max.get(),
    };
    let journal = SpoolJournal { spool: Arc::clone(&drain.spool), news: Arc::clone(&drain.news) };
    let (backend, guide) = (Arc::new(backend), Arc::new(guide));
    let plants = PlantDesk::new(stub.is_some(), options.demo && web.local_addr()?.ip().is_loopback());
    let beside = (notices, worker, plants.clone());
    let fleet = FleetDesk::new(Arc::clone(&backend), storage.clone(), boards.local_addr()?.port());
    let fleet = Arc::new(fleet);
    let own_site = own_site(&options, web.local_addr()?, tls.is_some());
    let access = WebAccess {
        public_url: options.public_url,
        proxies: TrustedProxies(options.behind_proxy),
        is_tls: tls.is_some(),
    };
    let alerts = Arc::new(AlertDesk::new(storage.clone(), Arc::clone(&backend), options.alert_settle_s));
    let desks = Desks {
        accounts: Arc::clone(&accounts),
        plans: Arc::clone(&plans),
        alerts: Arc::clone(&alerts),
        screens: Arc::clone(&screens),
        fleet: Arc::clone(&fleet),
    };
    let state = WebState::new(backend, guide, storage.clone(), site, beside, shutdown, (desks, access));
    let keep_board_events_days = options.keep_board_events_days.get();
    let brewery = stub.map(|stub| (stub, storage.clone(), plants));
    let keeping = Keeping {
        drain,
        follower,
        keep_board_events_days,
        history,
        storage,
        accounts,
        plans,
        alerts,
        screens,
        fleet,
        site: own_site,
    };
    let web = WebListener { socket: web, tls, connections_max: limits.web_max };
    Ok(Parts { web, boards, settings, state, live, hub, telling, keeping, writer, journal, brewery })
}

fn session_limits(options: &ServeOptions) -> SessionLimits {
    let ms = |seconds: u32| i64::from(seconds) * 1_000;
    SessionLimits { idle_ms: ms(options.session_idle_s), total_ms: ms(options.session_max_s) }
}

/// Where somebody finds this site who is told of it: as the operator says, else as this machine does.
fn own_site(options: &ServeOptions, web: SocketAddr, is_tls: bool) -> String {
    let here = || format!("{}://{}", if is_tls { "https" } else { "http" }, reachable(web));
    options.public_url.as_ref().map_or_else(here, |url| url.0.clone())
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

fn listen(address: SocketAddr, whom: &str) -> anyhow::Result<TcpListener> {
    let listen = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    listen().with_context(|| format!("while listening for {whom} on {address}"))
}

/// All booths unknown, but for what was known a moment ago when the server was stopped.
fn start_tracker(
    memory: &BuildingMemory,
    past: &Past,
    clock: &SystemClock,
    hours: &ServiceHours,
) -> (Tracker, Chronicle) {
    let now = clock.now();
    let mut tracker = Tracker::new(&memory.building.booths, clock.service(hours, now.at), now);
    tracker.resume(&past.priors, now);
    (tracker, Chronicle::new(past.written_at.unwrap_or(now.at), now))
}

/// Says where it listens. Scripts wait for this line.
fn announce(v1_allow: &AllowedPeers, web: &TcpListener, boards: &TcpListener) -> anyhow::Result<()> {
    let (web, boards) = (web.local_addr()?, boards.local_addr()?);
    tracing::info!(%web, %boards, %v1_allow, "ready");
    if v1_allow.is_empty() {
        tracing::info!(
            "boards need a key (dispobox keys issue); boards of 2016 may connect from ranges named by --v1-allow"
        );
    }
    Ok(())
}

/// Simulated boards, as clients like any other. The server goes on without them.
fn start_demo(
    web: &WebListener,
    boards: &TcpListener,
    storage: StorageOptions,
    without: Vec<String>,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    let scheme = if web.tls.is_some() { "https" } else { "http" };
    let web = format!("{scheme}://{}", reachable(web.socket.local_addr()?));
    let options = SimulateOptions::beside(reachable(boards.local_addr()?), web, storage, without);
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
