//! The editor with a plan on its table.

use super::booth_list::LayoutList;
use super::canvas::Canvas;
use super::clash_dialog::ClashDialog;
use super::dialogs::DiscardDialog;
use super::findings_panel::FindingsPanel;
use super::header::Header;
use super::history_panel::HistoryPanel;
use super::inspector::Inspector;
use super::keeping::Keeping;
use super::key_help::KeyHelp;
use super::news::News;
use super::notices::Notices;
use super::status_bar::StatusBar;
use super::studio::Studio;
use super::tool_bar::ToolBar;
use crate::erased::IntoAny;
use crate::texts::editor::EditorTexts;
use domain::FloorNumber;
use drafting::{DraftingTable, SavingEvent};
use leptos::prelude::*;

/// What a narrow screen shows below the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sheet {
    Nothing,
    Properties,
    Booths,
    History,
    Findings,
}

impl Sheet {
    const ALL: [Self; 4] = [Self::Properties, Self::Booths, Self::History, Self::Findings];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Properties => "properties",
            Self::Booths => "booths",
            Self::History => "history",
            Self::Findings => "findings",
        }
    }

    const fn name(self, texts: &EditorTexts) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Properties => texts.properties,
            Self::Booths => texts.booths,
            Self::History => texts.history,
            Self::Findings => texts.findings,
        }
    }
}

#[component]
pub(super) fn Workshop(floor: FloorNumber, table: DraftingTable) -> impl IntoView {
    let studio = Studio::open(floor, &table);
    provide_context(studio);
    let news = News::follow(studio);
    guard_work(studio.keeping);
    let sheet = RwSignal::new(Sheet::Nothing);
    let (help, discard) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <div class="editor" data-editor="here" data-sheet=move || sheet.get().as_str()>
            <Header colleagues=table.colleagues discard=discard />
            <Notices news=news />
            <ToolBar help=help />
            <div class="editor-side" data-side="start">
                <LayoutList />
                <FindingsPanel />
            </div>
            <Canvas help=help />
            <div class="editor-side" data-side="end">
                <Inspector />
                <HistoryPanel />
            </div>
            <SheetTabs sheet=sheet />
            <StatusBar />
            <KeyHelp is_open=help />
            <DiscardDialog is_open=discard />
            <ClashDialog news=news />
        </div>
    }
    .into_any()
}

#[component]
fn SheetTabs(sheet: RwSignal<Sheet>) -> impl IntoView {
    let texts = super::studio::use_studio().texts;
    let tab = move |kind: Sheet| {
        let is_shown = move || sheet.get() == kind;
        let toggle = move |_| sheet.update(|shown| *shown = if *shown == kind { Sheet::Nothing } else { kind });
        view! {
            <button
                type="button"
                class="sheet-tab"
                data-action=kind.as_str()
                aria-expanded=move || if is_shown() { "true" } else { "false" }
                on:click=toggle
            >
                {kind.name(texts)}
            </button>
        }
    };
    view! { <div class="sheet-tabs">{Sheet::ALL.map(tab).into_iter().collect_view()}</div> }.into_any()
}

/// The browser asks before work is lost; a page that is put away saves at once; a network that comes back is used.
fn guard_work(keeping: Keeping) {
    Effect::new(move |_| {
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if keeping.saving.get_untracked().has_unsaved_work() {
                event.prevent_default();
            }
        });
        let hidden = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if document().hidden() {
                keeping.feel(SavingEvent::Rested);
            }
        });
        let online = window_event_listener(leptos::ev::online, move |_| keeping.feel(SavingEvent::Retry));
        on_cleanup(move || {
            leaving.remove();
            hidden.remove();
            online.remove();
        });
    });
}
