//! The load: many connections that send frames and wait for their acknowledgements, on one thread.

use crate::figures::Latencies;
use crate::process::Usage;
use anyhow::{Context, ensure};
use bytes::BytesMut;
use std::collections::VecDeque;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{interval_at, sleep, timeout};

/// Connections that are opened at one time, where nothing else is to be heeded.
pub(crate) const OPENING_MAX: usize = 64;
/// More at once would overflow the queue of a listener, and who is dropped there and waits to be asked waits for ever.
const BURST: usize = 64;
const BURST_PAUSE: Duration = Duration::from_millis(15);
const OPEN_MAX: Duration = Duration::from_secs(60);
/// Frames of a paced connection that wait for their acknowledgement at most: as many as a board keeps.
const UNANSWERED_MAX: usize = 256;
/// What is under way at the end may still be acknowledged, so that the slowest are not left out.
const LAST_WITHIN: Duration = Duration::from_secs(3);
/// Source addresses: 127.0.0.2 and so on.
const ADDRESSES: u8 = 64;

/// When a connection sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// One frame each, whatever becomes of it.
    Every(Duration),
    /// So many that are not acknowledged, always.
    Unanswered(usize),
}

/// How long: first to get going, then to measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    pub(crate) warm_up: Duration,
    pub(crate) measured: Duration,
}

/// What one connection says, and how it hears that it was heard. Answers come in the order of the frames.
pub(crate) trait Talk: Send + 'static {
    /// Adds the next frame.
    fn frame(&mut self, out: &mut Vec<u8>);
    /// Takes the whole answers off the front of `bytes`.
    fn answers(&mut self, bytes: &mut BytesMut) -> anyhow::Result<Answers>;
}

/// What has been answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    pub(crate) acknowledged: usize,
    pub(crate) refused: usize,
}

/// A connection that has said who it is.
pub(crate) struct Open {
    pub(crate) stream: TcpStream,
    pub(crate) talk: Box<dyn Talk>,
}

/// What the load has seen, and what the process under it has used.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) seconds: f64,
    pub(crate) acknowledged: u64,
    pub(crate) refused: u64,
    pub(crate) latencies: Latencies,
    pub(crate) cpu: Duration,
}

/// What is looked at when measuring begins and when it ends.
pub(crate) type Edge<E> = Pin<Box<dyn Future<Output = anyhow::Result<E>>>>;

#[derive(Default)]
struct Shared {
    phase: AtomicU8,
    acknowledged: AtomicU64,
    refused: AtomicU64,
    latencies: Mutex<Latencies>,
}

/// Phases after the first, in which nothing counts yet.
const MEASURED: u8 = 1;
const LAST: u8 = 2;

/// A connection of the client with this number.
pub(crate) async fn connect(to: SocketAddr, client: usize) -> anyhow::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    let last = u8::try_from(client % usize::from(ADDRESSES))? + 2;
    socket.bind((Ipv4Addr::new(127, 0, 0, last), 0).into())?;
    let stream = socket.connect(to).await.context("while connecting")?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Opens connections, so many at a time.
pub(crate) async fn open_all<T, F>(
    count: usize,
    opening_max: usize,
    open: impl Fn(usize) -> F,
) -> anyhow::Result<Vec<T>>
where
    T: Send + 'static,
    F: Future<Output = anyhow::Result<T>> + Send + 'static,
{
    let opening = async {
        let mut tasks = JoinSet::new();
        let mut opened = Vec::with_capacity(count);
        for client in 0..count {
            if tasks.len() == opening_max {
                opened.extend(tasks.join_next().await.transpose()?.transpose()?);
            }
            tasks.spawn(open(client));
            if client % BURST == BURST - 1 {
                sleep(BURST_PAUSE).await;
            }
        }
        while let Some(done) = tasks.join_next().await {
            opened.push(done??);
        }
        Ok(opened)
    };
    timeout(OPEN_MAX, opening).await.context("while opening connections")?
}

/// Loads, and calls `at_edge` when measuring begins and when it ends.
pub(crate) async fn run<E>(
    open: Vec<Open>,
    pace: Pace,
    times: Times,
    usage: impl Fn() -> anyhow::Result<Usage>,
    mut at_edge: impl FnMut() -> Edge<E>,
) -> anyhow::Result<(Seen, [E; 2])> {
    let shared = Arc::new(Shared::default());
    let mut tasks = JoinSet::new();
    let count = u32::try_from(open.len())?;
    for (number, open) in (0..count).zip(open) {
        // Spread over the interval, as boards that were not started together are.
        let delay = if let Pace::Every(every) = pace { every * number / count } else { Duration::ZERO };
        tasks.spawn(converse(open, pace, delay, Arc::clone(&shared)));
    }
    sleep(times.warm_up).await;
    let first = at_edge().await?;
    let (before, started, answered) = (usage()?, Instant::now(), shared.counts());
    shared.phase.store(MEASURED, Ordering::Relaxed);
    sleep(times.measured).await;
    let (after, seconds, answers) = (usage()?, started.elapsed().as_secs_f64(), shared.counts());
    shared.phase.store(LAST, Ordering::Relaxed);
    let last = at_edge().await?;
    let ended = timeout(LAST_WITHIN, all_end(&mut tasks)).await;
    tasks.abort_all();
    ended.unwrap_or(Ok(()))?;
    let latencies = std::mem::take(&mut *shared.latencies.lock().unwrap_or_else(PoisonError::into_inner));
    let (acknowledged, refused) = (answers.0 - answered.0, answers.1 - answered.1);
    let cpu = after.cpu.saturating_sub(before.cpu);
    Ok((Seen { seconds, acknowledged, refused, latencies, cpu }, [first, last]))
}

async fn all_end(tasks: &mut JoinSet<anyhow::Result<()>>) -> anyhow::Result<()> {
    while let Some(ended) = tasks.join_next().await {
        ended??;
    }
    Ok(())
}

impl Shared {
    fn counts(&self) -> (u64, u64) {
        (self.acknowledged.load(Ordering::Relaxed), self.refused.load(Ordering::Relaxed))
    }
}

/// One connection under way.
struct Conversation {
    open: Open,
    shared: Arc<Shared>,
    /// When each frame without an answer was sent, and whether it counts.
    sent: VecDeque<(Instant, bool)>,
    out: Vec<u8>,
    heard: BytesMut,
}

async fn converse(open: Open, pace: Pace, delay: Duration, shared: Arc<Shared>) -> anyhow::Result<()> {
    let (sent, out, heard) = (VecDeque::new(), Vec::new(), BytesMut::new());
    let mut conversation = Conversation { open, shared, sent, out, heard };
    match pace {
        Pace::Every(every) => conversation.keep_time(every, delay).await,
        Pace::Unanswered(most) => conversation.keep_busy(most).await,
    }
}

impl Conversation {
    async fn keep_time(&mut self, every: Duration, delay: Duration) -> anyhow::Result<()> {
        let mut ticks = interval_at(tokio::time::Instant::now() + delay, every);
        loop {
            tokio::select! {
                read = self.open.stream.read_buf(&mut self.heard) => self.hear(read?)?,
                _ = ticks.tick() => self.say(usize::from(self.sent.len() < UNANSWERED_MAX)).await?,
            }
            if self.is_last() && self.sent.is_empty() {
                return Ok(());
            }
        }
    }

    async fn keep_busy(&mut self, most: usize) -> anyhow::Result<()> {
        loop {
            self.say(most - self.sent.len()).await?;
            let read = self.open.stream.read_buf(&mut self.heard).await?;
            self.hear(read)?;
            if self.is_last() && self.sent.is_empty() {
                return Ok(());
            }
        }
    }

    fn is_last(&self) -> bool {
        self.shared.phase.load(Ordering::Relaxed) == LAST
    }

    async fn say(&mut self, frames: usize) -> anyhow::Result<()> {
        let phase = self.shared.phase.load(Ordering::Relaxed);
        if phase == LAST || frames == 0 {
            return Ok(());
        }
        self.out.clear();
        for _ in 0..frames {
            self.open.talk.frame(&mut self.out);
        }
        let now = Instant::now();
        self.sent.extend(std::iter::repeat_n((now, phase == MEASURED), frames));
        Ok(self.open.stream.write_all(&self.out).await?)
    }

    fn hear(&mut self, read: usize) -> anyhow::Result<()> {
        ensure!(read > 0, "a connection was closed");
        let Answers { acknowledged, refused } = self.open.talk.answers(&mut self.heard)?;
        self.shared.acknowledged.fetch_add(acknowledged as u64, Ordering::Relaxed);
        self.shared.refused.fetch_add(refused as u64, Ordering::Relaxed);
        let now = Instant::now();
        let mut latencies = self.shared.latencies.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..acknowledged + refused {
            let (sent, counts) = self.sent.pop_front().context("an answer to nothing")?;
            if counts {
                latencies.note(now - sent);
            }
        }
        Ok(())
    }
}
