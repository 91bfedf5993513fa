//! Takes web connections, encrypted or not: slow ones are cut, too many wait, all end when the server stops.

use super::accounts::Connection;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
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

/// Where web connections come in.
pub(crate) struct WebListener {
    pub(crate) socket: TcpListener,
    /// Encrypts them, if this server does so by itself.
    pub(crate) tls: Option<TlsAcceptor>,
    /// More at one time wait in the kernel's queue.
    pub(crate) connections_max: usize,
}

/// Serves until `shutdown`, then lets answers under way end.
pub(crate) async fn serve(listener: WebListener, routes: Router, shutdown: CancellationToken) {
    let WebListener { socket, tls, connections_max } = listener;
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(connections_max));
    let mut refused = RefusedLog::default();
    loop {
        let accepted = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = accept(&socket, &permits, &mut refused) => accepted,
        };
        let Some((stream, peer, permit)) = accepted else { continue };
        let (routes, tls, watcher, shutdown) = (routes.clone(), tls.clone(), graceful.watcher(), shutdown.clone());
        tokio::spawn(async move {
            match tls {
                None => answer(stream, Connection { peer, is_tls: false }, routes, watcher).await,
                Some(tls) => {
                    let handshake = shutdown.run_until_cancelled(timeout(HEAD_MAX, tls.accept(stream)));
                    match handshake.await {
                        Some(Ok(Ok(stream))) => {
                            answer(stream, Connection { peer, is_tls: true }, routes, watcher).await;
                        }
                        Some(Ok(Err(error))) => tracing::debug!(%error, "a connection could not be encrypted"),
                        Some(Err(_)) | None => {}
                    }
                }
            }
            drop(permit);
        });
    }
    if timeout(DRAIN_MAX, graceful.shutdown()).await.is_err() {
        tracing::info!("some web connections were cut");
    }
}

/// Answers the requests of one connection, each of which says where it comes from.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    connection: Connection,
    routes: Router,
    watcher: Watcher,
) {
    let service = routes.map_request(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(connection.peer));
        request.extensions_mut().insert(connection);
        request
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_MAX);
    let serving = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    if let Err(error) = watcher.watch(serving).await {
        tracing::debug!(%error, "a web connection ended early");
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
