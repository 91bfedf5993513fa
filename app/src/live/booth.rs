//! One booth, as the components that show it need it.

use super::{Live, use_live};
use crate::texts::Texts;
use domain::{BoothNumber, BoothState, BoothStatus, UtcMs};
use leptos::prelude::*;

/// What is shown of a booth.
#[derive(Clone, Copy)]
pub(crate) struct BoothView {
    pub(crate) status: Signal<BoothStatus>,
    /// Since when; nothing of a booth that the server does not speak of.
    pub(crate) since_at: Signal<Option<UtcMs>>,
    /// Until when, as far as that is known: when its board wakes up, or service begins.
    pub(crate) until_at: Signal<Option<UtcMs>>,
    /// Whether somebody has left it within the last minute.
    pub(crate) just_left: Signal<bool>,
}

impl BoothView {
    /// What its status is called, as the map says it.
    pub(crate) fn words(self, texts: &Texts) -> &'static str {
        if self.just_left.get() { texts.map.free_just_left } else { (texts.status)(self.status.get()) }
    }
}

/// Follows a booth: grey, since the server was last heard, when it has been silent for too long.
pub(crate) fn use_booth(number: BoothNumber) -> BoothView {
    use_live().booth(number)
}

impl Live {
    /// What is shown of a booth at this moment; whoever asks within an effect or a memo is woken when it changes. Unlike
    /// [`Self::booth`] it makes nothing that lasts, so it can be asked of many booths.
    pub(crate) fn look_at(self, number: BoothNumber) -> (BoothStatus, Option<UtcMs>) {
        let booth = self.booths.with_value(|booths| booths.get(&number).cloned());
        let lost_at = self.lost_at.get();
        match (booth, lost_at) {
            (None, _) => (BoothStatus::Unknown, None),
            (Some(_), Some(lost_at)) => (BoothStatus::Unknown, Some(lost_at)),
            (Some(booth), None) => booth.with(|state| (state.status, Some(state.since_at))),
        }
    }

    pub(super) fn booth(self, number: BoothNumber) -> BoothView {
        let booth = self.booths.with_value(|booths| booths.get(&number).cloned());
        let shown = Memo::new(move |_| {
            let state = booth.as_ref()?.get();
            let lost_at = self.lost_at.get();
            if let Some(at) = lost_at {
                return Some((BoothStatus::Unknown, at, None, false));
            }
            Some((state.status, state.since_at, state.until_at, self.is_just_left(state)))
        });
        BoothView {
            status: Signal::derive(move || shown.get().map_or(BoothStatus::Unknown, |(status, ..)| status)),
            since_at: Signal::derive(move || shown.get().map(|(_, since_at, ..)| since_at)),
            until_at: Signal::derive(move || shown.get().and_then(|(_, _, until_at, _)| until_at)),
            just_left: Signal::derive(move || shown.get().is_some_and(|(.., just_left)| just_left)),
        }
    }

    /// Follows the clock, but only while that can change the answer: booths sleep for all but a minute after a release.
    fn is_just_left(self, state: BoothState) -> bool {
        state.is_just_left(self.now.get_untracked()) && state.is_just_left(self.now.get())
    }
}
