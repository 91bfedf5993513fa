//! What comes of the commands that somebody has asked for.

use crate::v2::Command;
use domain::{CommandState, UtcMs};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// News that nobody has taken yet; beyond, the oldest are dropped: it is known at the next start that nothing came of them.
const NEWS_MAX: usize = 4_096;

/// A command, and by what number whoever asked for it knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketedCommand {
    pub(crate) ticket: i32,
    pub(crate) command: Command,
}

/// What has come of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandStep {
    /// The command, by the number that it was asked for with.
    pub ticket: i32,
    /// How far it is.
    pub state: CommandState,
    /// Since when.
    pub at: UtcMs,
}

/// News of commands, in their order, for one who keeps them.
#[derive(Debug, Default)]
pub struct CommandNews {
    steps: Mutex<VecDeque<CommandStep>>,
    there: Notify,
}

impl CommandNews {
    pub(crate) fn push(&self, step: CommandStep) {
        let mut steps = self.lock();
        if steps.len() >= NEWS_MAX {
            steps.pop_front();
            tracing::warn!("news of commands to boards are dropped: nobody keeps them");
        }
        steps.push_back(step);
        drop(steps);
        self.there.notify_one();
    }

    /// Waits until there are news. They stay until [`Self::done`].
    pub async fn next(&self) -> CommandStep {
        loop {
            if let Some(step) = self.lock().front().cloned() {
                return step;
            }
            self.there.notified().await;
        }
    }

    /// The news that [`Self::next`] has given are kept.
    pub fn done(&self, step: &CommandStep) {
        self.lock().pop_front_if(|first| first == step);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<CommandStep>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
