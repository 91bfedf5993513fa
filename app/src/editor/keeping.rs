//! Keeping the draft: it is sent by itself a moment after the last step, and stays in the page when it does not arrive.

use super::failure::Failure;
use crate::deadline::within;
use crate::live::Live;
use crate::plans::{read_layout, save_draft};
use domain::{FloorNumber, UtcMs};
use drafting::{DraftRevision, DraftingTable, Editor, Layout, LayoutVersion, PlanSha, SavedDraft, Saving, SavingEvent};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// From the last step until it is sent.
const REST: Duration = Duration::from_secs(1);
/// What may pass by itself is tried again so often.
const TRY_AGAIN: Duration = Duration::from_secs(15);

/// The draft on its way to the server.
#[derive(Clone, Copy)]
pub(super) struct Keeping {
    pub(super) floor: FloorNumber,
    pub(super) saving: RwSignal<Saving>,
    /// Why the last one did not arrive.
    pub(super) failure: RwSignal<Option<Failure>>,
    /// When it was saved last.
    pub(super) saved_at: RwSignal<Option<UtcMs>>,
    /// The published version that the draft stands on.
    pub(super) base: RwSignal<LayoutVersion>,
    /// How often the draft was saved, as far as this page knows; 0 without one.
    pub(super) revision: RwSignal<DraftRevision>,
    /// What the server has, where that is newer than what this page knows.
    newer: StoredValue<Option<DraftRevision>>,
    /// What was sent last without an answer: it may have arrived.
    unanswered: StoredValue<Option<Layout>>,
    plan: StoredValue<Option<PlanSha>>,
    editor: RwSignal<Editor>,
    timer: StoredValue<Option<TimeoutHandle>>,
    live: Live,
}

impl Keeping {
    pub(super) fn begin(floor: FloorNumber, editor: RwSignal<Editor>, table: &DraftingTable, live: Live) -> Self {
        let kept = table.draft.as_ref();
        let plan = kept.and_then(|kept| kept.sheet.as_ref()).and_then(|sheet| sheet.sha.clone());
        Self {
            floor,
            saving: RwSignal::new(Saving::Saved),
            failure: RwSignal::new(None),
            saved_at: RwSignal::new(kept.map(|kept| kept.saved_at)),
            base: RwSignal::new(kept.map_or(table.published.version, |kept| kept.draft.base)),
            revision: RwSignal::new(kept.map_or(DraftRevision(0), |kept| kept.draft.revision)),
            newer: StoredValue::new(None),
            unanswered: StoredValue::new(None),
            plan: StoredValue::new(plan),
            editor,
            timer: StoredValue::new(None),
            live,
        }
    }

    /// Whether the draft has a plan of its own.
    pub(super) fn has_own_plan(self) -> bool {
        self.plan.with_value(Option::is_some)
    }

    /// Something has happened to the draft.
    pub(super) fn feel(self, event: SavingEvent) {
        let before = self.saving.get_untracked();
        let after = before.next(event);
        if after != before {
            self.saving.set(after);
        }
        if after == Saving::Waiting && event != SavingEvent::Rested {
            self.after(REST, SavingEvent::Rested);
        }
        if Saving::sends(before, after) {
            self.send();
        }
    }

    /// Sends at once what waits.
    pub(super) fn hurry(self) {
        self.feel(SavingEvent::Rested);
        self.feel(SavingEvent::Retry);
    }

    /// This window's draft goes on, and the other one is written over.
    pub(super) fn go_on_with_this(self) {
        if let Some(newer) = self.newer.get_value() {
            self.revision.set(newer);
            self.saving.set(Saving::Saved);
            self.feel(SavingEvent::Changed);
            self.hurry();
        }
    }

    fn after(self, rest: Duration, event: SavingEvent) {
        let timer = set_timeout_with_handle(move || self.feel_if_there(event), rest).ok();
        if let Some(before) = self.timer.try_update_value(|known| std::mem::replace(known, timer)).flatten() {
            before.clear();
        }
    }

    /// The page may have been left meanwhile.
    fn feel_if_there(self, event: SavingEvent) {
        if self.saving.try_get_untracked().is_some() {
            self.feel(event);
        }
    }

    fn send(self) {
        let layout = self.editor.with_untracked(|editor| editor.settled_layout().clone());
        let (floor, base, revision) = (self.floor, self.base.get_untracked(), self.revision.get_untracked());
        let plan = self.plan.get_value();
        spawn_local(async move {
            let sent = layout.clone();
            let answer = within(async move { Ok(save_draft(floor, base, revision, sent, plan).await) }).await;
            if self.saving.try_get_untracked().is_none() {
                return;
            }
            match answer {
                Ok(Ok(SavedDraft::Saved(revision))) => self.arrived(revision),
                Ok(Ok(SavedDraft::Behind(newer))) => self.find_out_whose(newer).await,
                Ok(Err(error)) => self.lost(error.into(), layout),
                Err(_) => self.lost(Failure::Unreachable, layout),
            }
        });
    }

    fn arrived(self, revision: DraftRevision) {
        self.unanswered.set_value(None);
        self.revision.set(revision);
        self.saved_at.set(Some(self.live.now().get_untracked()));
        self.failure.set(None);
        self.feel(SavingEvent::Arrived);
    }

    fn lost(self, failure: Failure, layout: Layout) {
        self.failure.set(Some(failure));
        self.unanswered.set_value(Some(layout));
        self.feel(SavingEvent::Lost);
        if failure.may_pass() {
            self.after(TRY_AGAIN, SavingEvent::Retry);
        }
    }

    /// What is newer on the server may be what this page has sent, and has heard no answer to.
    async fn find_out_whose(self, newer: DraftRevision) {
        let floor = self.floor;
        let table = within(async move { Ok(read_layout(floor).await) }).await;
        if self.saving.try_get_untracked().is_none() {
            return;
        }
        let kept = table.ok().and_then(Result::ok).and_then(|table| table.draft);
        let is_ours = self.unanswered.with_value(|sent| {
            let kept = kept.as_ref().map(|kept| (&kept.draft.layout, kept.draft.revision));
            sent.as_ref().zip(kept).is_some_and(|(sent, (layout, revision))| sent == layout && revision == newer)
        });
        if is_ours {
            self.arrived(newer);
            // What was added since.
            self.feel(SavingEvent::Changed);
        } else {
            self.newer.set_value(Some(newer));
            self.feel(SavingEvent::Refused);
        }
    }
}
