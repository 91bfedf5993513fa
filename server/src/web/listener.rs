//! Takes web connections: slow ones are cut, too many wait, all end when the server stops.

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// A client that has not sent a whole head by then is cut.
const HEAD_MAX: Duration = Duration::from_secs(10);
/// How long answers under way may take when the server stops. Event streams end by themselves.
const DRAIN_MAX: Duration = Duration::from_millis(800);
/// Not more often than this, a line says that connections are refused.
const REFUSED_LOG_EVERY: Duration = Duration::from_secs(10);
/// After the system has refused a connection (it is out of descriptors, mostly).
const REFUSED_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `shutdown`, then lets answers under way end. More than `connections_max` at one time wait in the
/// kernel's queue.
pub(crate) async fn serve(listener: TcpListener, connections_max: usize, routes: Router, shutdown: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(connections_max));
    let mut refused = RefusedLog::default();
    loop {
        let accepted = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = accept(&listener, &permits, &mut refused) => accepted,
        };
        let Some((stream, peer, permit)) = accepted else { continue };
        let service = routes.clone().map_request(move |mut request: http::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        });
        let service = TowerToHyperService::new(service);
        let mut server = http1::Builder::new();
        server.timer(TokioTimer::new()).header_read_timeout(HEAD_MAX);
        let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a web connection ended early");
            }
            drop(permit);
        });
    }
    if tokio::time::timeout(DRAIN_MAX, graceful.shutdown()).await.is_err() {
        tracing::info!("some web connections were cut");
    }
}

async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
    refused: &mut RefusedLog,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = Arc::clone(permits).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a web connection keeps its delay");
            }
            Some((stream, peer, permit))
        }
        Err(error) => {
            refused.note(&error);
            tokio::time::sleep(REFUSED_PAUSE).await;
            None
        }
    }
}

/// Says that connections are refused, with the number of those that it kept to itself.
#[derive(Debug, Default)]
struct RefusedLog {
    said_at: Option<Instant>,
    suppressed: u64,
}

impl RefusedLog {
    fn note(&mut self, error: &io::Error) {
        if self.said_at.is_some_and(|said_at| said_at.elapsed() < REFUSED_LOG_EVERY) {
            self.suppressed += 1;
            return;
        }
        self.said_at = Some(Instant::now());
        let suppressed = std::mem::take(&mut self.suppressed);
        tracing::warn!(%error, suppressed, "a web connection could not be taken");
    }
}
