//! The signs of the editor's buttons, 24 by 24 units, stroked by the style sheet.

use crate::erased::IntoAny;
use drafting::{Alignment, Axis, SameSize, Tool};
use leptos::prelude::*;

pub(super) const UNDO: &str = "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4";
pub(super) const REDO: &str = "M16 5l4 4l-4 4M20 9H10a5.5 5.5 0 0 0 0 11h4";
pub(super) const ZOOM_IN: &str = "M12 5v14M5 12h14";
pub(super) const ZOOM_OUT: &str = "M5 12h14";
pub(super) const FIT: &str = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5";
pub(super) const SNAP: &str = "M6 4v8a6 6 0 0 0 12 0V4h-4v8a2 2 0 0 1-4 0V4zM6 8h4M14 8h4";
pub(super) const ADD: &str = "M4 4h16v16H4zM12 8v8M8 12h8";
pub(super) const DUPLICATE: &str = "M8 8h12v12H8zM16 8V4H4v12h4";
pub(super) const DELETE: &str = "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5";
pub(super) const KEYS: &str = "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8";
pub(super) const BACK: &str = "M14 6l-6 6l6 6";

pub(super) const fn of_tool(tool: Tool) -> &'static str {
    match tool {
        Tool::Select => "M6 3l13 8l-6 1.5L9.5 19z",
        Tool::Rectangle => "M4 6h16v12H4z",
        Tool::Polygon => "M4 9l8-5l8 6l-4 10H7z",
    }
}

pub(super) const fn of_alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Left => "M4 3v18M7 6h12v4H7zM7 14h7v4H7z",
        Alignment::Centre => "M12 3v3M12 10v4M12 18v3M6 6h12v4H6zM8.5 14h7v4h-7z",
        Alignment::Right => "M20 3v18M5 6h12v4H5zM10 14h7v4h-7z",
        Alignment::Top => "M3 4h18M6 7v12h4V7zM14 7v7h4V7z",
        Alignment::Middle => "M3 12h3M10 12h4M18 12h3M6 6v12h4V6zM14 8.5v7h4v-7z",
        Alignment::Bottom => "M3 20h18M6 5v12h4V5zM14 10v7h4v-7z",
    }
}

pub(super) const fn of_distribution(axis: Axis) -> &'static str {
    match axis {
        Axis::X => "M4 3v18M20 3v18M9.5 7h5v10h-5z",
        Axis::Y => "M3 4h18M3 20h18M7 9.5v5h10v-5z",
    }
}

pub(super) const fn of_same_size(same: SameSize) -> &'static str {
    match same {
        SameSize::Width => "M4 5v4M20 5v4M4 7h16M6 13h12v6H6z",
        SameSize::Height => "M5 4h4M5 20h4M7 4v16M13 6v12h6V6z",
        SameSize::Both => "M3 3h10v10H3zM11 17v4h10V11h-4",
    }
}

/// A sign.
#[component]
pub(super) fn Icon(path: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path class="glyph" d=path />
        </svg>
    }
    .into_any()
}

/// A button with a sign, whose name is told to whoever points at it, or cannot see it.
#[component]
pub(super) fn IconButton(
    path: &'static str,
    name: &'static str,
    action: &'static str,
    #[prop(into, default = Signal::stored(false))] is_disabled: Signal<bool>,
    #[prop(optional, into)] is_pressed: Option<Signal<bool>>,
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    let pressed = move || is_pressed.map(|pressed| if pressed.get() { "true" } else { "false" });
    view! {
        <button
            type="button"
            class="icon-button"
            title=name
            aria-label=name
            data-action=action
            aria-pressed=pressed
            aria-disabled=move || is_disabled.get().then_some("true")
            on:click=move |_| {
                if !is_disabled.get_untracked() {
                    on_press();
                }
            }
        >
            <Icon path=path />
        </button>
    }
    .into_any()
}
