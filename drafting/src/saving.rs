//! Whether a draft is kept: what the page says beside it, and when it sends.

/// Where the saving of a draft stands. Revisions are those of [`crate::Editor::changes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// All of it is kept.
    Saved,
    /// There are changes; they are sent after a moment's rest.
    Waiting,
    /// This state is on its way; `is_outdated` when there are newer changes by now.
    Sending {
        /// Whether it has to be sent again.
        is_outdated: bool,
    },
    /// It did not arrive. The work is in the page, and Retry sends it.
    Failed,
    /// Another window has saved: somebody has to choose which one goes on.
    Behind,
}

/// What happens to the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavingEvent {
    /// The layout has changed.
    Changed,
    /// The moment's rest is over.
    Rested,
    /// The server has it.
    Arrived,
    /// It did not arrive.
    Lost,
    /// The server has a newer one of another window.
    Refused,
    /// Somebody pressed Retry, or the network is back.
    Retry,
}

impl Saving {
    /// Where it stands then.
    #[must_use]
    pub const fn next(self, event: SavingEvent) -> Self {
        match (self, event) {
            (Self::Saved, SavingEvent::Changed) | (Self::Sending { is_outdated: true }, SavingEvent::Arrived) => {
                Self::Waiting
            }
            (Self::Waiting, SavingEvent::Rested) | (Self::Failed, SavingEvent::Retry) => {
                Self::Sending { is_outdated: false }
            }
            (Self::Sending { .. }, SavingEvent::Changed) => Self::Sending { is_outdated: true },
            (Self::Sending { is_outdated: false }, SavingEvent::Arrived) => Self::Saved,
            (Self::Sending { .. }, SavingEvent::Lost) => Self::Failed,
            (Self::Sending { .. }, SavingEvent::Refused) => Self::Behind,
            (state, _) => state,
        }
    }

    /// Whether to send now.
    #[must_use]
    pub const fn sends(before: Self, after: Self) -> bool {
        matches!(after, Self::Sending { .. }) && !matches!(before, Self::Sending { .. })
    }

    /// Whether closing the page loses work.
    #[must_use]
    pub const fn has_unsaved_work(self) -> bool {
        !matches!(self, Self::Saved)
    }
}

#[cfg(test)]
mod tests {
    use super::Saving::{Behind, Failed, Saved, Sending, Waiting};
    use super::SavingEvent::{Arrived, Changed, Lost, Refused, Rested, Retry};
    use super::*;

    #[test]
    fn ways_of_a_draft() {
        let sending = Sending { is_outdated: false };
        let cases: [(&[SavingEvent], Saving); 8] = [
            (&[Changed, Rested, Arrived], Saved),
            (&[Changed, Rested, Changed, Arrived], Waiting),
            (&[Changed, Rested, Lost], Failed),
            (&[Changed, Rested, Lost, Changed, Rested], Failed),
            (&[Changed, Rested, Lost, Retry], sending),
            (&[Changed, Rested, Lost, Changed, Retry, Arrived], Saved),
            (&[Changed, Rested, Refused, Changed, Rested, Retry], Behind),
            (&[Rested, Arrived, Lost, Retry, Refused], Saved),
        ];
        for (events, expect) in cases {
            let end = events.iter().fold(Saved, |state, event| state.next(*event));
            assert_eq!(end, expect, "{events:?}");
            assert_eq!(end.has_unsaved_work(), end != Saved);
        }
        assert!(Saving::sends(Waiting, sending) && !Saving::sends(sending, Sending { is_outdated: true }));
    }
}
