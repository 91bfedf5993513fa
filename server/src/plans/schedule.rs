//! Publishes what waits, when its time has come. The database keeps it, so it survives a restart: what became due meanwhile is
//! published then.

use super::PlanDesk;
use crate::clock::utc_now;
use domain::{EditPlans, Holds, Principal, SessionId};
use drafting::ScheduleProblem;
use entity::{DueSchedule, StorageError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const LOOK_EVERY: Duration = Duration::from_secs(1);

impl PlanDesk {
    /// Looks every second until `shutdown`. While the database is away, everything waits.
    pub(crate) async fn run(&self, shutdown: &CancellationToken) {
        let look = async {
            loop {
                if let Err(error) = self.publish_due().await {
                    tracing::debug!(%error, "it is not known what is due");
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        let _: Option<()> = shutdown.run_until_cancelled(look).await;
    }

    /// One that cannot be published holds up no other.
    async fn publish_due(&self) -> Result<(), StorageError> {
        for due in self.storage.list_due_schedules(utc_now()).await? {
            if let Err(error) = self.publish(&due).await {
                tracing::error!(id = due.id, %error, "a publication whose time had come was not made");
            }
            self.live_look().await;
        }
        Ok(())
    }

    async fn publish(&self, due: &DueSchedule) -> Result<(), StorageError> {
        let id = due.id;
        if let Some(by) = self.right_of(due).await? {
            let publishing = self.storage.publish_scheduled(&by, id, utc_now()).await?;
            tracing::info!(id, ?publishing, "the time of a publication had come");
        } else {
            self.storage.note_schedule_problem(id, ScheduleProblem::Right).await?;
            tracing::warn!(id, "who has planned a publication may not publish any more");
        }
        Ok(())
    }

    /// The right to publish of whoever has planned it, as it is by now.
    async fn right_of(&self, due: &DueSchedule) -> Result<Option<Holds<EditPlans>>, StorageError> {
        let Some(account) = due.account else { return Ok(Some(Holds::at_command_line())) };
        let facts = match self.storage.read_credentials(account).await {
            Ok(credentials) => credentials.account.facts,
            Err(StorageError::UnknownAccount { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let principal = Principal { account, name: facts.name, roles: facts.roles, session: SessionId(0) };
        Ok(Holds::claim(&principal).ok().filter(|_| !facts.disabled))
    }
}
