//! Takes the stub's connections.

use super::wire::{Fate, Wire};
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

/// More wait in the kernel's queue.
const CONNECTIONS_MAX: usize = 256;
/// A client that has not sent a whole head by then is cut.
const HEAD_MAX: Duration = Duration::from_secs(10);
/// How long answers under way may take when the program ends.
const DRAIN_MAX: Duration = Duration::from_millis(300);
/// After the system has refused a connection.
const REFUSED_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `shutdown`.
pub async fn serve(listener: TcpListener, routes: Router, shutdown: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    while let Some(accepted) = shutdown.run_until_cancelled(accept(&listener, &permits)).await {
        let Some((stream, permit)) = accepted else { continue };
        let fate = Fate::default();
        let service = TowerToHyperService::new(routes.clone().layer(Extension(fate.clone())));
        let mut server = http1::Builder::new();
        // Names of headers as screens of 2016 look for them.
        server.timer(TokioTimer::new()).header_read_timeout(HEAD_MAX).title_case_headers(true);
        let connection = graceful.watch(server.serve_connection(TokioIo::new(Wire::new(stream, fate)), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection of the brewery ended early");
            }
            drop(permit);
        });
    }
    if tokio::time::timeout(DRAIN_MAX, graceful.shutdown()).await.is_err() {
        tracing::debug!("some connections of the brewery were cut");
    }
}

async fn accept(listener: &TcpListener, permits: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let permit = Arc::clone(permits).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a connection of the brewery keeps its delay");
            }
            Some((stream, permit))
        }
        Err(error) => {
            tracing::warn!(%error, "a connection of the brewery could not be taken");
            tokio::time::sleep(REFUSED_PAUSE).await;
            None
        }
    }
}
