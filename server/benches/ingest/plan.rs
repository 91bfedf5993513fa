//! What is measured, in which order, for how long.

use crate::echo::{self, Echo};
use crate::figures::{Figures, as_f64, median, per_second};
use crate::installation::{Folder, Installation, make_database};
use crate::load::{self, Open, Pace, Seen, Times};
use crate::metrics::Metrics;
use crate::mosquitto::Mosquitto;
use crate::process::Process;
use crate::server::Server;
use crate::{limits, mqtt, v1, v2, viewers};
use anyhow::Context;
use std::collections::HashMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// How long everything takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    rounds: u32,
    /// Of a case that a verdict depends on, and of the others.
    judged: Duration,
    other: Duration,
    warm_up: Duration,
    /// Frames signed before a saturated run, of all boards together: about what the fastest machine gets rid of.
    signed: u32,
}

impl Plan {
    pub(crate) const FULL: Self = Self {
        rounds: 3,
        judged: Duration::from_secs(3),
        other: Duration::from_secs(2),
        warm_up: Duration::from_millis(800),
        signed: 500_000,
    };
    pub(crate) const QUICK: Self = Self {
        rounds: 1,
        judged: Duration::from_millis(1_500),
        other: Duration::from_millis(800),
        warm_up: Duration::from_millis(500),
        signed: 200_000,
    };
}

/// The load of P5: ten frames a second of each board.
const EVERY: Duration = Duration::from_millis(100);
/// Frames of a saturated connection that are under way.
const UNANSWERED: usize = 16;
/// Boards of 2016 that have not answered yet; the server lets a quarter of its connections be like that.
const UNPROVEN_MAX: usize = 2_500;
/// The environment variable with the server of databases: `mysql://user@host:port`.
const MYSQL_URL: &str = "DISPOBOX_BENCH_MYSQL_URL";
const CASE_MAX: Duration = Duration::from_secs(90);
const VIEWERS: usize = 1_000;
const SETTLE: Duration = Duration::from_secs(1);

/// What is under load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    /// A group of 100 events, or one alone, on the disk.
    Commits(u32),
    Echo,
    Mosquitto,
    /// Boards of version 2, with the main database in a file or on a server.
    Sqlite,
    Mysql,
    /// Boards of 2016.
    V1,
    /// The whole server with boards and viewers, all at rest.
    AtRest,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Case {
    pub(crate) subject: Subject,
    pub(crate) boards: usize,
    pub(crate) saturated: bool,
}

const fn paced(subject: Subject, boards: usize) -> Case {
    Case { subject, boards, saturated: false }
}

const fn saturated(subject: Subject) -> Case {
    Case { subject, boards: 1_000, saturated: true }
}

/// What verdicts look at.
pub(crate) const P5_PEER: Case = paced(Subject::Mosquitto, 1_000);
pub(crate) const P5_SQLITE: Case = paced(Subject::Sqlite, 1_000);
pub(crate) const P5_MYSQL: Case = paced(Subject::Mysql, 1_000);
pub(crate) const P6_PEER: Case = saturated(Subject::Mosquitto);
pub(crate) const P6_SQLITE: Case = saturated(Subject::Sqlite);
pub(crate) const P6_MYSQL: Case = saturated(Subject::Mysql);
pub(crate) const P12: Case = paced(Subject::AtRest, 1_000);
const JUDGED: [Case; 6] = [P5_PEER, P5_SQLITE, P5_MYSQL, P6_PEER, P6_SQLITE, P6_MYSQL];

/// In the order in which they run: what is compared is close together.
const CASES: [Case; 18] = [
    paced(Subject::Commits(100), 1),
    paced(Subject::Commits(1), 1),
    paced(Subject::Echo, 1_000),
    P5_PEER,
    P5_SQLITE,
    P5_MYSQL,
    saturated(Subject::Echo),
    P6_PEER,
    P6_SQLITE,
    P6_MYSQL,
    paced(Subject::Sqlite, 10),
    paced(Subject::Sqlite, 100),
    paced(Subject::Sqlite, 5_000),
    paced(Subject::V1, 10),
    paced(Subject::V1, 100),
    paced(Subject::V1, 1_000),
    paced(Subject::V1, 5_000),
    P12,
];

/// All figures of all rounds.
pub(crate) struct Results(Vec<(Case, Vec<Figures>)>);

impl Results {
    /// The medians of each case.
    pub(crate) fn medians(&self) -> impl Iterator<Item = (Case, [Option<f64>; 8])> + '_ {
        self.0.iter().map(|(case, rounds)| {
            let column = |at: usize| median(rounds.iter().filter_map(|round| round.columns()[at]).collect());
            (*case, std::array::from_fn(column))
        })
    }

    /// The figures of a case by round; none when it did not run.
    pub(crate) fn rounds(&self, case: Case) -> &[Figures] {
        self.0.iter().find(|(other, _)| *other == case).map_or(&[], |(_, rounds)| rounds)
    }
}

pub(crate) async fn run(plan: Plan) -> anyhow::Result<Results> {
    let mut bench = Bench::prepare(plan).await?;
    let mut results = Results(Vec::new());
    for round in 1..=plan.rounds {
        for case in CASES {
            if case.subject == Subject::Mysql && bench.mysql_url.is_none() {
                continue;
            }
            eprintln!("round {round} of {}: {case:?}", plan.rounds);
            let measured = timeout(CASE_MAX, bench.measure(case)).await.context("it takes too long");
            let figures = measured.and_then(|done| done).with_context(|| format!("while measuring {case:?}"))?;
            match results.0.iter_mut().find(|(other, _)| *other == case) {
                Some((_, rounds)) => rounds.push(figures),
                None => results.0.push((case, vec![figures])),
            }
        }
    }
    Ok(results)
}

struct Bench {
    plan: Plan,
    folder: Folder,
    frame: Arc<[u8]>,
    mysql_url: Option<String>,
    /// By database and boards: each run has a copy.
    installations: HashMap<(bool, usize), Installation>,
    /// Every run is a later start of the boards, so that no event is known already.
    boot: u32,
}

impl Bench {
    async fn prepare(plan: Plan) -> anyhow::Result<Self> {
        let folder = Folder::new()?.with_site()?;
        let mysql_url = match std::env::var(MYSQL_URL) {
            Ok(url) => Some(make_database(&url).await?),
            Err(_) => None,
        };
        let frame = v2::sample_frame()?.into();
        Ok(Self { plan, folder, frame, mysql_url, installations: HashMap::new(), boot: 0 })
    }

    async fn measure(&mut self, case: Case) -> anyhow::Result<Figures> {
        match case.subject {
            Subject::Commits(events) => limits::commit_groups(&self.folder, events, self.plan.other).await,
            Subject::Echo => {
                let Echo { process, address } = Echo::start()?;
                let frame = Arc::clone(&self.frame);
                self.peer(case, &process, move |number| echo::open(address, number, Arc::clone(&frame))).await
            }
            Subject::Mosquitto => {
                let Mosquitto { process, address } = Mosquitto::start(&self.folder).await?;
                let frame = Arc::clone(&self.frame);
                self.peer(case, &process, move |number| mqtt::open(address, number, Arc::clone(&frame))).await
            }
            Subject::Sqlite | Subject::Mysql => self.v2(case).await,
            Subject::V1 => self.v1(case).await,
            Subject::AtRest => self.at_rest(case.boards).await,
        }
    }

    /// Loads what keeps nothing.
    async fn peer<F>(&self, case: Case, process: &Process, open: impl Fn(usize) -> F) -> anyhow::Result<Figures>
    where
        F: Future<Output = anyhow::Result<Open>> + Send + 'static,
    {
        let empty = process.usage()?.resident_bytes;
        let open = load::open_all(case.boards, load::OPENING_MAX, open).await?;
        let full = process.usage()?.resident_bytes;
        let nothing = || -> load::Edge<()> { Box::pin(async { Ok(()) }) };
        let (seen, _) = load::run(open, pace(case), self.times(case), || process.usage(), nothing).await?;
        let memory = memory(case.boards, empty, full, process)?;
        Ok(Figures {
            accepted: Some(per_second(seen.acknowledged, seen.seconds)),
            durable: None,
            ..figures(&seen, memory)
        })
    }

    async fn v2(&mut self, case: Case) -> anyhow::Result<Figures> {
        let (server, open, empty) = self.start_with_boards(case).await?;
        let full = server.process.usage()?.resident_bytes;
        let open = open.into_iter().map(|board| board.signed(self.signed(case))).collect();
        let web = server.web;
        let look = || -> load::Edge<Metrics> { Box::pin(Metrics::read(web)) };
        let usage = || server.process.usage();
        let (seen, [before, after]) = load::run(open, pace(case), self.times(case), usage, look).await?;
        if seen.refused > 0 {
            eprintln!("{} frames were refused", seen.refused);
        }
        let memory = memory(case.boards, empty, full, &server.process)?;
        Ok(Figures {
            accepted: Some(after.rate(&before, "dispobox_frames_total{dialect=\"v2\"}")),
            stored: Some(after.rate(&before, "dispobox_storage_seconds_count")),
            ..figures(&seen, memory)
        })
    }

    async fn v1(&mut self, case: Case) -> anyhow::Result<Figures> {
        // It knows no board by a key: no booth is closed to those who have none.
        let server = self.start(false, 0).await?;
        let (boards_at, empty) = (server.boards, server.process.usage()?.resident_bytes);
        let _boards = load::open_all(case.boards, UNPROVEN_MAX, |number| v1::open(boards_at, number)).await?;
        let full = server.process.usage()?.resident_bytes;
        sleep(self.plan.warm_up).await;
        let (before, used) = (Metrics::read(server.web).await?, server.process.usage()?);
        sleep(self.plan.other).await;
        let (after, using) = (Metrics::read(server.web).await?, server.process.usage()?);
        let rate = |series| after.rate(&before, series);
        let accepted = rate("dispobox_frames_total{dialect=\"v1\"}");
        let cpu_us = using.cpu.saturating_sub(used.cpu).as_secs_f64() * 1e6;
        Ok(Figures {
            accepted: Some(accepted),
            stored: Some(rate("dispobox_records_stored_total")),
            cpu_us_per_frame: (accepted > 0.0).then(|| cpu_us / (accepted * self.plan.other.as_secs_f64())),
            ..memory(case.boards, empty, full, &server.process)?
        })
    }

    async fn at_rest(&mut self, boards: usize) -> anyhow::Result<Figures> {
        let (server, mut open, empty) = self.start_with_boards(paced(Subject::Sqlite, boards)).await?;
        for board in &mut open {
            let mut first = Vec::new();
            load::Talk::frame(&mut board.talk, &mut first);
            board.stream.write_all(&first).await?;
        }
        for board in &mut open {
            board.stream.read_u8().await?;
        }
        let full = server.process.usage()?.resident_bytes;
        let web = server.web;
        let viewers = load::open_all(VIEWERS, load::OPENING_MAX, |number| viewers::open(web, number)).await?;
        let mut tasks = JoinSet::new();
        viewers.into_iter().for_each(|viewer| _ = tasks.spawn(viewers::watch(viewer)));
        sleep(SETTLE).await;
        memory(boards, empty, full, &server.process)
    }

    /// With all boards of the case connected; also returns the memory of the server without them.
    async fn start_with_boards(&mut self, case: Case) -> anyhow::Result<(Server, Vec<v2::Board>, u64)> {
        let mysql = case.subject == Subject::Mysql;
        let server = self.start(mysql, case.boards).await?;
        let empty = server.process.usage()?.resident_bytes;
        self.boot += 1;
        let (boot, address): (u32, SocketAddr) = (self.boot, server.boards);
        let master = Arc::clone(&self.installations[&(mysql, case.boards)].master);
        let open = |number| v2::open(address, number, Arc::clone(&master), boot);
        let open = load::open_all(case.boards, load::OPENING_MAX, open).await?;
        Ok((server, open, empty))
    }

    async fn start(&mut self, mysql: bool, boards: usize) -> anyhow::Result<Server> {
        let url = self.mysql_url.as_deref().filter(|_| mysql);
        if !self.installations.contains_key(&(mysql, boards)) {
            let name = format!("{}-{boards}", if mysql { "mysql" } else { "sqlite" });
            let made = Installation::make(&self.folder, &name, boards, url).await?;
            self.installations.insert((mysql, boards), made);
        }
        Server::start(&self.installations[&(mysql, boards)].copy(&self.folder)?, &self.folder)
    }

    fn times(&self, case: Case) -> Times {
        let measured = if JUDGED.contains(&case) { self.plan.judged } else { self.plan.other };
        Times { warm_up: self.plan.warm_up, measured }
    }

    fn signed(&self, case: Case) -> u32 {
        let boards = u32::try_from(case.boards).unwrap_or(u32::MAX);
        if case.saturated { self.plan.signed / boards } else { 0 }
    }
}

fn pace(case: Case) -> Pace {
    if case.saturated { Pace::Unanswered(UNANSWERED) } else { Pace::Every(EVERY) }
}

fn figures(seen: &Seen, memory: Figures) -> Figures {
    let Figures { kb_per_connection, resident_mb, .. } = memory;
    let durable = Some(per_second(seen.acknowledged, seen.seconds));
    let cost = Figures::of(seen.acknowledged, seen.cpu, &seen.latencies);
    Figures { durable, kb_per_connection, resident_mb, ..cost }
}

/// What connections take, and the whole of it now.
fn memory(connections: usize, empty: u64, full: u64, process: &Process) -> anyhow::Result<Figures> {
    let grown_kb = as_f64(full.saturating_sub(empty)) / 1024.0;
    Ok(Figures {
        kb_per_connection: Some(grown_kb / as_f64(connections as u64)),
        resident_mb: Some(as_f64(process.usage()?.resident_bytes) / f64::from(1 << 20)),
        ..Figures::default()
    })
}
