//! What all of the editor's page works with.

use super::clipboard;
use super::keeping::Keeping;
use super::sheet_view::SheetView;
use super::words::say;
use crate::geometry::{Point, ScreenRect};
use crate::live::use_live;
use crate::texts::editor::{EditorTexts, use_editor_texts};
use domain::{BoardId, FloorNumber, PlanPoint};
use drafting::{
    BoothId, Command, DraftingTable, Editor, Event, Finding, LayoutBooth, PlanSheet, Reaction, SavingEvent, Sight,
    Surroundings, list_findings,
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A margin around the whole plan, in CSS pixels: the rulers are there, too.
const FIT_MARGIN_PX: f64 = 40.0;

/// The editor with how it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Studio {
    pub(super) floor: FloorNumber,
    pub(super) texts: &'static EditorTexts,
    pub(super) editor: RwSignal<Editor>,
    pub(super) surroundings: StoredValue<Surroundings>,
    pub(super) sheet: StoredValue<PlanSheet>,
    pub(super) boards: StoredValue<BTreeSet<BoardId>>,
    pub(super) view: RwSignal<SheetView>,
    /// Of the canvas, in CSS pixels.
    pub(super) size: RwSignal<(f64, f64)>,
    /// Where the pointer is on the plan.
    pub(super) pointer: RwSignal<Option<PlanPoint>>,
    /// What the last action has done, for the status bar, which is read out.
    pub(super) said: RwSignal<String>,
    pub(super) keeping: Keeping,
    /// What is the matter with the layout, as it is when no gesture is under way.
    pub(super) findings: Memo<Arc<Vec<Finding>>>,
}

/// The studio of this page.
pub(super) fn use_studio() -> Studio {
    expect_context()
}

impl Studio {
    /// Opens the table; called once, for all components below.
    pub(super) fn open(floor: FloorNumber, table: &DraftingTable) -> Self {
        let surroundings = table.surroundings();
        let sheet = table.draft.as_ref().and_then(|draft| draft.sheet.as_ref()).unwrap_or(&table.sheet);
        let layout = table.draft.as_ref().map_or(&table.published.layout, |kept| &kept.draft.layout);
        let editor = RwSignal::new(Editor::new(layout.clone(), random_session()));
        let view = SheetView::fitted(surroundings.view_box, (800.0, 600.0), FIT_MARGIN_PX);
        let surroundings = StoredValue::new(surroundings);
        let changes = Memo::new(move |_| editor.with(Editor::changes));
        let findings = Memo::new(move |_| {
            // Read, not only tracked: a memo that nobody has read follows nothing.
            changes.get();
            let list =
                |editor: &Editor| surroundings.with_value(|around| list_findings(editor.settled_layout(), around));
            Arc::new(editor.with_untracked(list))
        });
        Self {
            floor,
            texts: use_editor_texts(),
            editor,
            surroundings,
            sheet: StoredValue::new(sheet.clone()),
            boards: StoredValue::new(table.boards.clone()),
            view: RwSignal::new(view),
            size: RwSignal::new((0.0, 0.0)),
            pointer: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            keeping: Keeping::begin(floor, editor, table, use_live()),
            findings,
        }
    }

    /// Gives the editor an event, says what came of it, and sees to its being saved.
    pub(super) fn send(self, event: Event) -> Reaction {
        let (is_copy, is_paste) = (clipboard::copies(&event), clipboard::pastes(&event));
        let is_by_pointer = !matches!(event, Event::Key(_) | Event::Do(_));
        if is_paste
            && self.editor.with_untracked(|editor| editor.clipboard().is_empty())
            && let Some(copied) = clipboard::find()
        {
            self.run(Command::Keep(copied));
        }
        let before = self.editor.with_untracked(|editor| (editor.changes(), editor.focus()));
        let (view, middle) = (self.view.get_untracked(), self.middle());
        let (reaction, changes, focus) = self.surroundings.with_value(|surroundings| {
            let sight = Sight { px_per_unit: view.scale, middle: view.to_plan(middle), surroundings };
            let mut reaction = Reaction { is_taken: false, said: None };
            self.editor.update(|editor| reaction = editor.handle(event, &sight));
            self.editor.with_untracked(|editor| (reaction, editor.changes(), editor.focus()))
        });
        let text = self.editor.with_untracked(|editor| say(self.texts, editor, reaction, before.1 != focus));
        if let Some(text) = text {
            self.say(text);
        }
        if changes != before.0 {
            self.keeping.feel(SavingEvent::Changed);
        }
        if is_copy {
            self.editor.with_untracked(|editor| clipboard::keep(editor.clipboard()));
        }
        if focus != before.1 && !is_by_pointer {
            self.reveal(focus);
        }
        reaction
    }

    /// Moves the view until a booth is seen.
    fn reveal(self, id: Option<BoothId>) {
        let bounds = self.editor.with_untracked(|editor| Some(editor.layout().find(id?)?.shape.bounds()));
        let Some(bounds) = bounds else { return };
        let view = self.view.get_untracked();
        let first = view.to_screen(PlanPoint { x: bounds.left, y: bounds.top });
        let last = view.to_screen(PlanPoint { x: bounds.right, y: bounds.bottom });
        let (width, height) = self.size.get_untracked();
        let frame = ScreenRect { left: 0.0, top: 0.0, width, height };
        let booth = ScreenRect { left: first.x, top: first.y, width: last.x - first.x, height: last.y - first.y };
        let missing = frame.missing(booth, FIT_MARGIN_PX);
        if missing != (Point { x: 0.0, y: 0.0 }) {
            self.pan(missing);
        }
    }

    pub(super) fn run(self, command: Command) {
        self.send(Event::Do(command));
    }

    /// Says something in the status bar.
    pub(super) fn say(self, text: String) {
        self.said.set(text);
    }

    /// The middle of the canvas.
    pub(super) fn middle(self) -> Point {
        let (width, height) = self.size.get_untracked();
        Point { x: width / 2.0, y: height / 2.0 }
    }

    pub(super) fn fit(self) {
        let plan = self.surroundings.with_value(|around| around.view_box);
        self.view.set(SheetView::fitted(plan, self.size.get_untracked(), FIT_MARGIN_PX));
    }

    pub(super) fn zoom_at(self, factor: f64, at: Point) {
        self.look(|view| view.zoomed(factor, at), Point { x: 0.0, y: 0.0 });
    }

    pub(super) fn pan(self, by: Point) {
        self.look(|view| view, by);
    }

    /// What is at `from` comes to `to`, larger by `factor`.
    pub(super) fn pinch(self, from: Point, to: Point, factor: f64) {
        self.look(|view| view.zoomed(factor, from), Point { x: to.x - from.x, y: to.y - from.y });
    }

    fn look(self, change: impl FnOnce(SheetView) -> SheetView, by: Point) {
        let plan = self.surroundings.with_value(|around| around.view_box);
        let size = self.size.get_untracked();
        self.view.update(|view| *view = change(*view).panned(by, plan, size));
    }

    /// One booth as it is drawn now.
    pub(super) fn booth(self, id: BoothId) -> Memo<Option<LayoutBooth>> {
        Memo::new(move |_| self.editor.with(|editor| editor.layout().find(id).cloned()))
    }

    /// The one booth that is selected alone.
    pub(super) fn single(self) -> Memo<Option<BoothId>> {
        Memo::new(move |_| {
            self.editor.with(|editor| match editor.selection().len() {
                1 => editor.selection().first().copied(),
                _ => None,
            })
        })
    }
}

/// Two windows are never to make the same booth.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn random_session() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
