use crate::listener::Listener;
use crate::{AllowedPeers, Live};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

const TICK: Duration = Duration::from_millis(250);

/// What can be set about serving boards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whose boards may speak v1. Default: nobody's.
    pub v1_allow: AllowedPeers,
    /// Connections in total. Default: 2048.
    pub connections_max: usize,
    /// Connections of one address that have not proven who they are. Default: 64.
    pub connections_per_address_max: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { v1_allow: AllowedPeers::default(), connections_max: 2_048, connections_per_address_max: 64 }
    }
}

/// Serves boards on `listener` and lets the time of `live` pass, until `shutdown`. Then it ends all sessions and closes
/// `live`, which also ends the journal's writer.
pub async fn serve(listener: TcpListener, live: Arc<Live>, settings: Settings, shutdown: CancellationToken) {
    let boards = Listener::new(Arc::clone(&live), settings, shutdown.clone()).run(listener);
    tokio::join!(boards, tick(&live, &shutdown));
    live.close();
}

async fn tick(live: &Live, shutdown: &CancellationToken) {
    let mut interval = interval(TICK);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while shutdown.run_until_cancelled(interval.tick()).await.is_some() {
        live.tick();
    }
}
