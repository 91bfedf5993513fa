//! The tools: what the pointer draws, steps back and forth, how the plan is looked at.

use super::canvas_keys::{ZOOM_STEP, toggle_snapping};
use super::icons::{self, IconButton};
use super::studio::{Studio, use_studio};
use crate::erased::{AnyView, IntoAny};
use drafting::{Command, Event, Interaction, Key, KeyPress, Modifiers, SnapRules, Tool};
use leptos::prelude::*;

#[component]
pub(super) fn ToolBar(help: RwSignal<bool>) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let is_empty = Signal::derive(move || studio.editor.with(|editor| editor.selection().is_empty()));
    let snaps = Signal::derive(move || studio.editor.with(|editor| *editor.rules() != SnapRules::NONE));
    view! {
        <div class="tool-bar" role="toolbar" aria-label=texts.tools>
            <div class="tool-group">
                {[Tool::Select, Tool::Rectangle, Tool::Polygon].map(|tool| view_tool(studio, tool)).into_iter().collect_view()}
                <IconButton path=icons::ADD name=texts.add action="add" on_press=move || studio.run(Command::AddRectangle) />
                <EndPolygon />
            </div>
            <div class="tool-group">
                <IconButton
                    path=icons::UNDO
                    name=texts.undo
                    action="undo"
                    is_disabled=Signal::derive(move || studio.editor.with(|editor| editor.history().done().is_empty()))
                    on_press=move || studio.run(Command::Undo)
                />
                <IconButton
                    path=icons::REDO
                    name=texts.redo
                    action="redo"
                    is_disabled=Signal::derive(move || studio.editor.with(|editor| editor.history().undone().is_empty()))
                    on_press=move || studio.run(Command::Redo)
                />
            </div>
            <div class="tool-group">
                <IconButton
                    path=icons::DUPLICATE
                    name=texts.duplicate
                    action="duplicate"
                    is_disabled=is_empty
                    on_press=move || studio.run(Command::Duplicate)
                />
                <IconButton
                    path=icons::DELETE
                    name=texts.delete
                    action="delete"
                    is_disabled=is_empty
                    on_press=move || studio.run(Command::Delete)
                />
            </div>
            <div class="tool-group">
                <IconButton
                    path=icons::SNAP
                    name=texts.snap
                    action="snap"
                    is_pressed=snaps
                    on_press=move || toggle_snapping(studio)
                />
            </div>
            <div class="tool-group">
                <IconButton
                    path=icons::ZOOM_OUT
                    name=texts.zoom_out
                    action="zoom-out"
                    on_press=move || studio.zoom_at(1.0 / ZOOM_STEP, studio.middle())
                />
                <IconButton path=icons::FIT name=texts.fit action="fit" on_press=move || studio.fit() />
                <IconButton
                    path=icons::ZOOM_IN
                    name=texts.zoom_in
                    action="zoom-in"
                    on_press=move || studio.zoom_at(ZOOM_STEP, studio.middle())
                />
            </div>
            <div class="tool-group">
                <IconButton path=icons::KEYS name=texts.keys action="keys" on_press=move || help.set(true) />
            </div>
        </div>
    }
    .into_any()
}

fn view_tool(studio: Studio, tool: Tool) -> AnyView {
    let is_at_hand = Signal::derive(move || studio.editor.with(|editor| editor.tool() == tool));
    let action = match tool {
        Tool::Select => "select",
        Tool::Rectangle => "rectangle",
        Tool::Polygon => "polygon",
    };
    view! {
        <IconButton
            path=icons::of_tool(tool)
            name=(studio.texts.tool)(tool)
            action=action
            is_pressed=is_at_hand
            on_press=move || studio.run(Command::Take(tool))
        />
    }
    .into_any()
}

/// A finger has no Enter to close a polygon by.
#[component]
fn EndPolygon() -> impl IntoView {
    let studio = use_studio();
    let can_end = Memo::new(move |_| {
        studio.editor.with(
            |editor| matches!(editor.interaction(), Interaction::DrawingPolygon { corners, .. } if corners.len() >= 3),
        )
    });
    let end = move |_| {
        let press = KeyPress { key: Key::Enter, modifiers: Modifiers::default(), is_repeated: false };
        studio.send(Event::Key(press));
    };
    let button = move || {
        can_end.get().then(|| {
            view! {
                <button type="button" class="plain-button" data-action="end-polygon" on:click=end>
                    {studio.texts.end_polygon}
                </button>
            }
        })
    };
    view! { {button} }.into_any()
}
