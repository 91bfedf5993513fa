//! What a gesture is drawing: the rectangle that selects, a new booth.

use super::numbers::{write_size, write_units};
use super::selection_frame::{Badge, points};
use super::sheet_view::SheetView;
use super::studio::use_studio;
use crate::erased::{AnyView, IntoAny};
use crate::reader::{Locale, use_reader};
use domain::PlanPoint;
use drafting::{Axis, Bounds, Editor, Interaction};
use leptos::prelude::*;

/// The part of an interaction that is drawn here.
#[derive(Debug, Clone, PartialEq)]
enum Mark {
    Marquee(Bounds),
    Rectangle(Bounds),
    Polygon { corners: Vec<PlanPoint>, to: PlanPoint },
    Turning { middle: PlanPoint, rotation_deg: f64 },
}

#[component]
pub(super) fn GestureMarks() -> impl IntoView {
    let studio = use_studio();
    let locale = use_reader().locale;
    let mark = Memo::new(move |_| studio.editor.with(mark_of));
    let drawn = move || mark.get().map(|mark| view_mark(mark, studio.view.get(), locale));
    view! { <g class="gesture">{drawn}</g> }.into_any()
}

fn mark_of(editor: &Editor) -> Option<Mark> {
    match editor.interaction() {
        Interaction::Marquee { from, to, .. } => Some(Mark::Marquee(Bounds::between(*from, *to))),
        Interaction::DrawingRectangle { from, to } => Some(Mark::Rectangle(Bounds::between(*from, *to))),
        Interaction::DrawingPolygon { corners, to } => Some(Mark::Polygon { corners: corners.clone(), to: *to }),
        Interaction::Turning { frame, .. } => {
            let turned = editor.frame()?;
            Some(Mark::Turning { middle: frame.middle, rotation_deg: turned.rotation_deg })
        }
        _ => None,
    }
}

fn view_mark(mark: Mark, view: SheetView, locale: Locale) -> AnyView {
    match mark {
        Mark::Marquee(bounds) => view_rectangle(bounds, view, "marquee"),
        Mark::Rectangle(bounds) => {
            let below = view.to_screen(PlanPoint { x: bounds.middle().x, y: bounds.bottom });
            let text = write_size(bounds.length(Axis::X), bounds.length(Axis::Y), locale);
            view! {
                {view_rectangle(bounds, view, "drawn")}
                <Badge x=below.x y=below.y + 16.0 text=text />
            }
            .into_any()
        }
        Mark::Polygon { corners, to } => {
            let screen: Vec<_> = corners.iter().chain([&to]).map(|corner| view.to_screen(*corner)).collect();
            let first = screen.first().copied();
            view! {
                <polygon class="drawn" points=points(&screen) />
                {first.map(|at| view! { <circle class="corner" cx=at.x cy=at.y r="6" /> })}
            }
            .into_any()
        }
        Mark::Turning { middle, rotation_deg } => {
            let at = view.to_screen(middle);
            view! { <Badge x=at.x y=at.y text=write_units(rotation_deg, locale) + "°" /> }.into_any()
        }
    }
}

fn view_rectangle(bounds: Bounds, view: SheetView, class: &'static str) -> AnyView {
    let first = view.to_screen(PlanPoint { x: bounds.left, y: bounds.top });
    let last = view.to_screen(PlanPoint { x: bounds.right, y: bounds.bottom });
    view! { <rect class=class x=first.x y=first.y width=last.x - first.x height=last.y - first.y /> }.into_any()
}
