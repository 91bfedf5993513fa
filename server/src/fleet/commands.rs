//! Commands over a restart, and what comes of them.

use super::desk::{FleetDesk, to_wire};
use crate::clock::utc_now;
use entity::StorageError;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

const RETRY: Duration = Duration::from_secs(1);

impl FleetDesk {
    /// Keeps what comes of commands until `shutdown`; first it takes up what an earlier run has left.
    pub(crate) async fn run(&self, shutdown: &CancellationToken) {
        let run = async {
            while let Err(error) = self.resume().await {
                tracing::warn!(%error, "commands to boards cannot be taken up yet");
                sleep(RETRY).await;
            }
            self.has_resumed.store(true, Ordering::Release);
            self.keep_news().await;
        };
        let _: Option<()> = shutdown.run_until_cancelled(run).await;
    }

    async fn resume(&self) -> Result<(), StorageError> {
        let left = self.storage.resume_commands(utc_now()).await?;
        for kept in left {
            if !self.backend.live.boards().ask(&kept.board, kept.id, to_wire(kept.command)) {
                tracing::error!(board = %kept.board, id = kept.id, "a command waits for nobody");
            }
        }
        Ok(())
    }

    async fn keep_news(&self) {
        let news = self.backend.live.boards().command_news();
        loop {
            let step = news.next().await;
            match self.storage.note_command(step.ticket, &step.state, step.at).await {
                Err(error) if error.is_retryable() => {
                    tracing::warn!(%error, "what came of a command is not kept yet");
                    sleep(RETRY).await;
                    continue;
                }
                Err(error) => tracing::error!(%error, id = step.ticket, "what came of a command is not kept"),
                Ok(()) => {}
            }
            news.done(&step);
        }
    }
}
