//! A stub with its ports.

use super::desk::PlantDesk;
use super::store::{MachineClock, Rows};
use super::token;
use anyhow::Context;
use brewery::hosting::{Brewery, InstanceName, InstanceSettings, LoadError, OpenError};
use brewery::http::AdminToken;
use entity::Storage;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Between two attempts, while the database is away.
const RETRY: Duration = Duration::from_secs(2);

/// The stub's port, taken, and its token.
pub(crate) struct Stub {
    listener: TcpListener,
    token: AdminToken,
}

impl Stub {
    /// Takes the port and reads the token.
    pub(crate) async fn bind(address: SocketAddr, data_dir: &Path) -> anyhow::Result<Self> {
        let listening = || format!("while listening for brewing screens on {address}");
        let listener = TcpListener::bind(address).await.with_context(listening)?;
        let (token, path) = token::read_or_make(data_dir)?;
        tracing::info!(brewery = %listener.local_addr()?, token = %path.display(), "the brewery stub");
        if !address.ip().is_loopback() {
            tracing::warn!("the brewery stub can be reached from other machines, and whoever reaches it can act");
        }
        Ok(Self { listener, token })
    }

    /// What was kept, from the database, with these settings.
    pub(crate) async fn open(storage: Storage, settings: InstanceSettings) -> Result<Brewery, OpenError> {
        Brewery::open(Arc::new(Rows(storage)), Arc::new(MachineClock::new()), settings).await
    }

    /// Serves these plants until `shutdown`, and each of `others` on a port of its own.
    pub(crate) async fn serve(
        self,
        brewery: Brewery,
        others: Vec<(InstanceName, TcpListener)>,
        shutdown: CancellationToken,
    ) {
        for (name, listener) in others {
            let routes = brewery::http::router_of(brewery.clone(), name);
            tokio::spawn(brewery::http::serve(listener, routes, shutdown.clone()));
        }
        let routes = brewery::http::router(brewery.clone(), self.token, shutdown.clone());
        tokio::join!(brewery::http::serve(self.listener, routes, shutdown.clone()), brewery.run(shutdown));
    }

    /// Serves beside the map, which must not wait for it: as soon as the database is there. `desk` shows the plants then.
    pub(crate) async fn serve_beside(self, storage: Storage, desk: PlantDesk, shutdown: CancellationToken) {
        loop {
            match Self::open(storage.clone(), InstanceSettings::default()).await {
                Ok(brewery) => {
                    desk.show(Some(brewery.clone()));
                    return self.serve(brewery, Vec::new(), shutdown).await;
                }
                Err(OpenError::Load(LoadError::Store(error))) => {
                    tracing::warn!(%error, "the brewery stub waits for the database");
                }
                Err(error) => {
                    tracing::error!(%error, "the brewery stub does not start");
                    desk.show(None);
                    return;
                }
            }
            if shutdown.run_until_cancelled(tokio::time::sleep(RETRY)).await.is_none() {
                return;
            }
        }
    }
}
