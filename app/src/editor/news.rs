//! Somebody else has published while this floor is being drawn: merged now, if one wants to, or when one publishes.

use super::page::Reload;
use super::studio::Studio;
use crate::deadline::within;
use crate::live::use_live;
use crate::plans::{list_versions, read_layout, read_version};
use domain::ViewBox;
use drafting::{Choices, Clash, DraftRevision, DraftingTable, Layout, LayoutVersion, PastVersion, SavingEvent, merge};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What was published meanwhile.
#[derive(Clone)]
pub(super) struct Published {
    /// By whom; empty where nobody knows.
    pub(super) by: String,
    pub(super) version: LayoutVersion,
    table: Arc<DraftingTable>,
}

/// The three layouts that are merged, in the same units, and what has to be asked.
#[derive(Clone)]
pub(super) struct Merging {
    pub(super) by: String,
    pub(super) base: Arc<Layout>,
    pub(super) mine: Arc<Layout>,
    pub(super) theirs: Arc<Layout>,
    pub(super) clashes: Vec<Clash>,
    table: Arc<DraftingTable>,
}

/// What the page knows of other people's publications.
#[derive(Clone, Copy)]
pub(super) struct News {
    studio: Studio,
    reload: Reload,
    pub(super) published: RwSignal<Option<Published>>,
    pub(super) merging: RwSignal<Option<Merging>>,
    /// Both sides have another plan: it is asked at the publication.
    pub(super) is_for_later: RwSignal<bool>,
    /// What somebody has decided to look at later.
    put_off: StoredValue<Option<LayoutVersion>>,
}

impl News {
    /// Follows what is published, for as long as the component lives that calls it.
    pub(super) fn follow(studio: Studio) -> Self {
        let news = Self {
            studio,
            reload: expect_context(),
            published: RwSignal::new(None),
            merging: RwSignal::new(None),
            is_for_later: RwSignal::new(false),
            put_off: StoredValue::new(None),
        };
        let live = use_live();
        Effect::new(move |_| {
            let shown = LayoutVersion(live.version_of(studio.floor));
            if shown > studio.keeping.base.get() && news.put_off.get_value() < Some(shown) {
                news.look();
            }
        });
        news
    }

    /// Goes on without what was published.
    pub(super) fn put_off(self) {
        self.put_off.set_value(self.published.with_untracked(|news| news.as_ref().map(|news| news.version)));
        self.published.set(None);
    }

    fn look(self) {
        let floor = self.studio.floor;
        spawn_local(async move {
            let table = within(async move { Ok(read_layout(floor).await) }).await;
            let entries = within(async move { Ok(list_versions(floor).await) }).await;
            let (Ok(Ok(table)), Some(base)) = (table, self.studio.keeping.base.try_get_untracked()) else { return };
            let version = table.published.version;
            if version <= base {
                return;
            }
            if !self.has_work() {
                self.reload.ask();
                return;
            }
            let entries = entries.ok().and_then(Result::ok).unwrap_or_default();
            let by = entries.into_iter().find(|entry| entry.version == version).map(|entry| entry.author);
            let by = by.unwrap_or_default();
            self.published.set(Some(Published { by, version, table: Arc::new(table) }));
        });
    }

    fn has_work(self) -> bool {
        self.studio.keeping.revision.get_untracked() != DraftRevision(0)
            || self.studio.editor.with_untracked(|editor| editor.changes() > 0)
    }

    /// Merges what was published into the draft; asks where both have changed the same.
    pub(super) fn merge_now(self) {
        let Some(news) = self.published.get_untracked() else { return };
        let (floor, version) = (self.studio.floor, self.studio.keeping.base.get_untracked());
        spawn_local(async move {
            let past = within(async move { Ok(read_version(floor, version).await) }).await;
            if self.published.try_get_untracked().is_none() {
                return;
            }
            match past {
                Ok(Ok(past)) => self.begin(news, &past),
                _ => self.studio.say(self.studio.texts.unreachable.to_owned()),
            }
        });
    }

    fn begin(self, news: Published, past: &PastVersion) {
        let has_own_plan = self.studio.keeping.has_own_plan();
        if has_own_plan && past.sheet.sha != news.table.sheet.sha {
            self.is_for_later.set(true);
            return;
        }
        let drawn_on = self.studio.surroundings.with_value(|around| around.view_box);
        let theirs_on = news.table.sheet.plan.view_box;
        let onto = if has_own_plan { drawn_on } else { theirs_on };
        let mine = self.studio.editor.with_untracked(|editor| fit(editor.settled_layout(), drawn_on, onto));
        let merging = Merging {
            by: news.by,
            base: Arc::new(fit(&past.published.layout, past.sheet.plan.view_box, onto)),
            mine: Arc::new(mine),
            theirs: Arc::new(fit(&news.table.published.layout, theirs_on, onto)),
            clashes: Vec::new(),
            table: news.table,
        };
        self.decide(merging, &Choices::default());
    }

    /// Merges with these answers; asks again where they are not enough.
    pub(super) fn decide(self, merging: Merging, choices: &Choices) {
        let merged = merge(&merging.base, &merging.mine, &merging.theirs, choices);
        if merged.clashes.is_empty() {
            self.merging.set(None);
            self.finish(merged.layout, &merging.table);
        } else {
            self.merging.set(Some(Merging { clashes: merged.clashes, ..merging }));
        }
    }

    fn finish(self, layout: Layout, table: &DraftingTable) {
        let Studio { editor, keeping, surroundings, .. } = self.studio;
        let is_other_plan =
            !keeping.has_own_plan() && self.studio.sheet.with_value(|sheet| sheet.sha != table.sheet.sha);
        surroundings.update_value(|around| {
            around.numbers_elsewhere.clone_from(&table.numbers_elsewhere);
            around.wires_elsewhere.clone_from(&table.wires_elsewhere);
        });
        editor.update(|editor| editor.take_over(layout));
        keeping.base.set(table.published.version);
        self.published.set(None);
        self.studio.say(self.studio.texts.merged.to_owned());
        keeping.feel(SavingEvent::Changed);
        if is_other_plan {
            self.reload_once_saved();
        }
    }

    /// The drawing is another one: the page begins anew with it.
    fn reload_once_saved(self) {
        let Studio { keeping, .. } = self.studio;
        keeping.hurry();
        Effect::new(move |_| {
            if keeping.saving.get() == drafting::Saving::Saved {
                self.reload.ask();
            }
        });
    }
}

/// A layout in the units of another plan.
fn fit(layout: &Layout, from: ViewBox, onto: ViewBox) -> Layout {
    if from == onto { layout.clone() } else { layout.moved_onto(from, onto) }
}
