//! Accepts boards. Nothing that a peer does ends it.

use crate::admission::{Admission, Limits, Permit};
use crate::rate_limit::RateLimit;
use crate::session::{self, Connection};
use crate::session_log::SessionLog;
use crate::{Live, Refusal, Settings};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

const LOG_EVERY: Duration = Duration::from_secs(10);
/// A failing accept (no file descriptors left, say) is tried again after this; trying at once would only spin.
const ACCEPT_BACKOFF: Duration = Duration::from_millis(100);
/// How long sessions may take to end by themselves.
const SESSIONS_END_WITHIN: Duration = Duration::from_millis(300);

pub(crate) struct Listener {
    live: Arc<Live>,
    settings: Settings,
    shutdown: CancellationToken,
    admission: Arc<Admission>,
    sessions: JoinSet<()>,
    session_log: Arc<SessionLog>,
    accept_log: RateLimit,
    refusal_log: RateLimit,
}

impl Listener {
    pub(crate) fn new(live: Arc<Live>, settings: Settings, shutdown: CancellationToken) -> Self {
        Self {
            live,
            admission: Admission::new(Limits {
                total_max: settings.connections_max,
                per_address_max: settings.connections_per_address_max,
            }),
            settings,
            shutdown,
            sessions: JoinSet::new(),
            session_log: Arc::default(),
            accept_log: RateLimit::new(LOG_EVERY),
            refusal_log: RateLimit::new(LOG_EVERY),
        }
    }

    /// Accepts until shutdown; returns when no session is left.
    pub(crate) async fn run(mut self, listener: TcpListener) {
        let shutdown = self.shutdown.clone();
        loop {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                Some(ended) = self.sessions.join_next() => self.reap(&ended),
                accepted = listener.accept() => self.take(accepted).await,
            }
        }
        drop(listener);
        self.admission.close();
        self.end_sessions().await;
    }

    async fn take(&mut self, accepted: io::Result<(TcpStream, SocketAddr)>) {
        match accepted {
            Ok((stream, peer)) => match self.admission.admit(peer.ip()) {
                Ok((permit, evicted)) => {
                    if evicted {
                        self.live.counters().connections_evicted.increment();
                    }
                    self.start(stream, peer, permit);
                }
                Err(refusal) => self.refuse(peer, refusal),
            },
            Err(error) => {
                if let Some(suppressed) = self.accept_log.pass() {
                    tracing::error!(%error, suppressed, "a board connection could not be accepted; trying again");
                }
                sleep(ACCEPT_BACKOFF).await;
            }
        }
    }

    fn start(&mut self, stream: TcpStream, peer: SocketAddr, permit: Permit) {
        // Polls are a few bytes each: waiting to fill a segment would only delay them. A failure costs just that.
        let _ = stream.set_nodelay(true);
        self.live.counters().connections_opened.increment();
        let open = OpenConnection { live: Arc::clone(&self.live), permit };
        let v1_allowed = self.settings.v1_allow.contains(peer.ip());
        let log = Arc::clone(&self.session_log);
        self.sessions.spawn(async move {
            let OpenConnection { live, permit } = &open;
            session::run(stream, Connection { peer, v1_allowed, live, permit, log: &log }).await;
        });
    }

    fn refuse(&mut self, peer: SocketAddr, refusal: Refusal) {
        self.live.counters().count_refused(refusal);
        if let Some(suppressed) = self.refusal_log.pass() {
            tracing::warn!(%peer, reason = refusal.as_str(), suppressed, "board connection refused");
        }
    }

    fn reap(&self, ended: &Result<(), JoinError>) {
        if let Err(error) = ended
            && error.is_panic()
        {
            self.live.counters().sessions_panicked.increment();
            tracing::error!(%error, "a board session panicked; the others go on");
        }
    }

    async fn end_sessions(&mut self) {
        let end_all = async {
            while let Some(ended) = self.sessions.join_next().await {
                if ended.is_err_and(|error| error.is_panic()) {
                    self.live.counters().sessions_panicked.increment();
                }
            }
        };
        if timeout(SESSIONS_END_WITHIN, end_all).await.is_err() {
            self.sessions.shutdown().await;
        }
    }
}

/// Counts a connection as closed when its session ends, in whatever way.
struct OpenConnection {
    live: Arc<Live>,
    permit: Permit,
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.live.counters().connections_closed.increment();
    }
}
