//! The live state in the page: one stream for all tabs of the browser, one signal per booth.
//!
//! [`provide_live_context`] is called once, [`use_live`] anywhere below it. A change of one booth wakes what shows that
//! booth and nothing else.

mod announcements;
mod booth;
mod floor_count;
mod link;
mod marks;
mod stand_in;
mod stream;

pub(crate) use announcements::Announcements;
pub(crate) use booth::{BoothView, use_booth};
pub(crate) use floor_count::FloorCount;
pub(crate) use link::{Contact, Link};
pub(crate) use marks::Ripple;
pub(crate) use stand_in::stand_in_for_map;
pub(crate) use stream::browser_now;

use crate::backend::Overview;
use announcements::Pending;
use domain::{
    Applied, BoothNumber, BoothState, BoothStatus, Change, FloorNumber, FloorVersion, Heartbeat, LatencySummary,
    LatencyWindow, LiveMap, Moment, Snapshot, UtcMs,
};
use floor_count::FloorCounts;
use leptos::prelude::*;
use marks::Marks;
use std::collections::HashMap;

/// The live state of this page.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    map: StoredValue<LiveMap>,
    booths: StoredValue<HashMap<BoothNumber, ArcRwSignal<BoothState>>>,
    contact: RwSignal<Contact>,
    /// When the server was last heard, if so long ago that nothing may be said of any booth. A signal of its own, so
    /// that booths do not wake with every second of the contact.
    lost_at: RwSignal<Option<UtcMs>>,
    /// Milliseconds that the server's clock is ahead of the browser's, once a heartbeat has told.
    clock_ahead_ms: StoredValue<Option<i64>>,
    now: RwSignal<UtcMs>,
    pending: StoredValue<Pending>,
    announcement: RwSignal<Vec<announcements::Announced>>,
    arrivals: StoredValue<LatencyWindow>,
    counts: FloorCounts,
    marks: Marks,
    layouts: RwSignal<Vec<FloorVersion>>,
}

/// Starts from what the server has rendered; in the browser it then follows the stream.
pub(crate) fn provide_live_context(overview: &Overview) -> Live {
    let mut map = LiveMap::default();
    map.apply_snapshot(&overview.snapshot);
    let booths = map.booths().map(|booth| (booth.number, ArcRwSignal::new(*booth))).collect();
    let (counts, marks) = (FloorCounts::new(map.booths()), Marks::new(map.booths(), overview.now));
    let live = Live {
        map: StoredValue::new(map),
        booths: StoredValue::new(booths),
        contact: RwSignal::new(if overview.kept { Contact::LOST } else { Contact::default() }),
        lost_at: RwSignal::new(overview.kept.then_some(overview.now)),
        // A page that was kept has no clock but the browser's.
        clock_ahead_ms: StoredValue::new(overview.kept.then_some(0)),
        now: RwSignal::new(overview.now),
        pending: StoredValue::new(Pending::default()),
        announcement: RwSignal::new(Vec::new()),
        arrivals: StoredValue::new(LatencyWindow::default()),
        counts,
        marks,
        layouts: RwSignal::new(overview.snapshot.layouts.clone()),
    };
    provide_context(live);
    let written_at = overview.now;
    Effect::new(move |_| live.doubt(written_at));
    stream::follow_stream(live);
    live
}

/// A page that was written longer ago comes from where the browser has kept it.
const PAGE_AGE_MAX_MS: u64 = 20_000;

/// The live state of the page.
pub(crate) fn use_live() -> Live {
    expect_context()
}

impl Live {
    /// Shows nothing of an old page until the server is heard. A browser whose clock is wrong does so, too: only for a moment.
    fn doubt(self, written_at: UtcMs) {
        if stream::browser_now().at.0.abs_diff(written_at.0) > PAGE_AGE_MAX_MS {
            self.contact.set(Contact::LOST);
            self.lost_at.set(Some(written_at));
        }
    }

    /// The link to the server.
    pub(crate) fn link(self) -> Memo<Link> {
        Memo::new(move |_| self.contact.get().link())
    }

    /// The server's clock, to the second.
    pub(crate) fn now(self) -> ReadSignal<UtcMs> {
        self.now.read_only()
    }

    /// What to read out next.
    pub(crate) fn announcement(self) -> ReadSignal<Vec<announcements::Announced>> {
        self.announcement.read_only()
    }

    /// When the server was last heard, once it has been silent for so long that nothing can be said of any booth.
    pub(crate) fn lost_at(self) -> ReadSignal<Option<UtcMs>> {
        self.lost_at.read_only()
    }

    /// Whether the server has been silent for so long that nothing can be said of any booth.
    pub(crate) fn is_down(self) -> bool {
        self.lost_at.get().is_some()
    }

    /// The floor that a booth stands on.
    pub(crate) fn find_floor_of(self, number: BoothNumber) -> Option<FloorNumber> {
        self.map.with_value(|map| map.find_booth(number).map(|booth| booth.floor))
    }

    /// What is shown of a booth.
    pub(crate) fn status_of(self, number: BoothNumber) -> BoothStatus {
        let booth = self.booths.with_value(|booths| booths.get(&number).cloned());
        if self.is_down() {
            BoothStatus::Unknown
        } else {
            booth.map_or(BoothStatus::Unknown, |booth| booth.get().status)
        }
    }

    fn receive_snapshot(self, snapshot: &Snapshot) {
        // Not announced: what a reader has missed is on the page, and after an outage it would be all of it.
        let applied = self.map.try_update_value(|map| map.apply_snapshot(snapshot));
        let is_news = applied.as_ref().is_some_and(|applied| *applied != Applied::Ignored);
        self.show(applied);
        if is_news && self.layouts.with_untracked(|known| *known != snapshot.layouts) {
            self.layouts.set(snapshot.layouts.clone());
        }
    }

    /// Which version of a floor is shown by the server.
    pub(crate) fn version_of(self, floor: FloorNumber) -> u32 {
        self.layouts.with(|known| known.iter().find(|known| known.floor == floor).map_or(0, |known| known.version))
    }

    /// How long changes took from the server to this page, by the server's clock as the page knows it.
    pub(crate) fn arrivals(self) -> Option<LatencySummary> {
        self.arrivals.with_value(LatencyWindow::summary)
    }

    fn receive_change(self, change: &Change, browser_then: UtcMs) {
        self.note_arrival(change.booth, browser_then);
        if let Some(before) = self.map.with_value(|map| map.find_booth(change.booth.number).copied()) {
            self.pending.update_value(|pending| pending.note(before, change.booth));
            self.marks.note_change(change.seq, before, change.booth);
        }
        let applied = self.map.try_update_value(|map| map.apply_change(change));
        self.show(applied);
    }

    fn note_arrival(self, booth: BoothState, browser_then: UtcMs) {
        let Some(ahead_ms) = self.clock_ahead_ms.get_value() else { return };
        let took_ms = UtcMs(browser_then.0 + ahead_ms).since(booth.since_at);
        // What became known again was decided long ago.
        if booth.status.is_known() && took_ms < 60_000 {
            let took_us = u32::try_from(took_ms * 1_000).unwrap_or(u32::MAX);
            self.arrivals.update_value(|arrivals| arrivals.note_us(took_us));
        }
    }

    fn receive_heartbeat(self, heartbeat: &Heartbeat, browser_then: UtcMs) {
        self.clock_ahead_ms.set_value(Some(heartbeat.now.0 - browser_then.0));
    }

    fn show(self, applied: Option<Applied>) {
        let Some(Applied::Changed(numbers)) = applied else { return };
        let now = self.now.get_untracked();
        for number in numbers {
            let state = self.map.with_value(|map| map.find_booth(number).copied());
            let signal = self.booths.with_value(|booths| booths.get(&number).cloned());
            match (signal, state) {
                (Some(signal), Some(state)) => {
                    self.marks.note_state(&state, now);
                    self.counts.note(state.floor, signal.with_untracked(|before| before.status), state.status);
                    signal.set(state);
                }
                // The server speaks of it no more.
                (Some(signal), None) => {
                    let before = signal.get_untracked();
                    self.counts.note(before.floor, before.status, BoothStatus::Unknown);
                    signal.update(|state| (state.status, state.until_at) = (BoothStatus::Unknown, None));
                }
                // It is new: what draws it comes after.
                (None, Some(state)) => {
                    self.counts.note(state.floor, BoothStatus::Unknown, state.status);
                    self.booths.update_value(|booths| _ = booths.insert(number, ArcRwSignal::new(state)));
                }
                (None, None) => {}
            }
        }
    }

    fn update_contact(self, update: impl FnOnce(&mut Contact)) {
        self.contact.update(update);
        let silent_s = self.contact.with_untracked(|contact| contact.dead_for_s());
        match (silent_s, self.lost_at.get_untracked()) {
            (Some(silent_s), None) => {
                let silent_ms = i64::try_from(silent_s * 1_000).unwrap_or(i64::MAX);
                self.lost_at.set(Some(UtcMs(self.now.get_untracked().0.saturating_sub(silent_ms))));
            }
            (None, Some(_)) => self.lost_at.set(None),
            _ => {}
        }
    }

    /// A second has passed in the browser.
    fn tick(self, browser_now: Moment, connected: bool) {
        if let Some(ahead_ms) = self.clock_ahead_ms.get_value() {
            self.now.set(UtcMs(browser_now.at.0 + ahead_ms));
        }
        self.update_contact(|contact| contact.tick(connected, browser_now));
        let now = self.now.get_untracked();
        let find = |number| self.map.with_value(|map| map.find_booth(number).copied());
        self.marks.tick(|number| find(number).is_some_and(|booth| booth.is_just_left(now)));
        let announced = self.pending.try_update_value(Pending::tick).flatten();
        if let Some(announced) = announced {
            self.announcement.set(announced);
        }
    }
}
