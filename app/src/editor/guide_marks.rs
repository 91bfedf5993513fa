//! Why something has snapped, and how far it is from its neighbours.

use super::measures::{Measure, list_measures};
use super::numbers::write_units;
use super::selection_frame::Badge;
use super::sheet_view::SheetView;
use super::studio::use_studio;
use crate::erased::{AnyView, IntoAny};
use crate::reader::{Locale, use_reader};
use domain::PlanPoint;
use drafting::{Axis, Bounds, Editor, Guide, GuideKind, Interaction};
use leptos::prelude::*;

#[component]
pub(super) fn GuideMarks() -> impl IntoView {
    let studio = use_studio();
    let locale = use_reader().locale;
    let guides = Memo::new(move |_| studio.editor.with(|editor| editor.guides().to_vec()));
    let measures = Memo::new(move |_| studio.editor.with(measure_dragged));
    let drawn = move || {
        let view = studio.view.get();
        let mut marks: Vec<AnyView> =
            guides.with(|guides| guides.iter().map(|guide| view_guide(*guide, view, locale)).collect());
        measures.with(|measures| marks.extend(measures.iter().map(|measure| view_measure(*measure, view, locale))));
        marks
    };
    view! { <g class="guides">{drawn}</g> }.into_any()
}

/// Only of what is dragged: what is resized says its size.
fn measure_dragged(editor: &Editor) -> Vec<Measure> {
    if !matches!(editor.interaction(), Interaction::Dragging { .. }) {
        return Vec::new();
    }
    let (mut moved, mut others) = (None, Vec::new());
    for booth in editor.layout().booths() {
        let bounds = booth.shape.bounds();
        if editor.selection().contains(&booth.id) {
            moved = Some(moved.map_or(bounds, |moved: Bounds| moved.joined(bounds)));
        } else {
            others.push(bounds);
        }
    }
    moved.map_or_else(Vec::new, |moved| list_measures(moved, &others))
}

fn along(axis: Axis, along: f64, across: f64) -> PlanPoint {
    match axis {
        Axis::X => PlanPoint { x: along, y: across },
        Axis::Y => PlanPoint { x: across, y: along },
    }
}

fn view_guide(guide: Guide, view: SheetView, locale: Locale) -> AnyView {
    match guide {
        Guide::Line { axis, at, from, to, kind } => {
            let ends = [from, to].map(|end| view.to_screen(along(axis.crossing(), end, at)));
            let kind = match kind {
                GuideKind::Edge | GuideKind::Middle => "booth",
                GuideKind::Line | GuideKind::Plan => "plan",
            };
            let [a, b] = ends;
            view! { <line class="guide" data-kind=kind x1=a.x y1=a.y x2=b.x y2=b.y /> }.into_any()
        }
        Guide::Gap { axis, from, to, at } => {
            let measure = Measure { from: along(axis, from, at), to: along(axis, to, at), length: (to - from).abs() };
            view_length(measure, view, locale, "gap")
        }
    }
}

fn view_measure(measure: Measure, view: SheetView, locale: Locale) -> AnyView {
    view_length(measure, view, locale, "measure")
}

fn view_length(measure: Measure, view: SheetView, locale: Locale, kind: &'static str) -> AnyView {
    let (a, b) = (view.to_screen(measure.from), view.to_screen(measure.to));
    // Ends across the line, whichever way it lies.
    let (x, y) = if (a.x - b.x).abs() > (a.y - b.y).abs() { (0.0, 4.0) } else { (4.0, 0.0) };
    let ends = [a, b].map(|at| format!("M{:.1} {:.1}L{:.1} {:.1}", at.x - x, at.y - y, at.x + x, at.y + y)).concat();
    let text = write_units(measure.length, locale);
    view! {
        <line class="guide" data-kind=kind x1=a.x y1=a.y x2=b.x y2=b.y />
        <path class="guide" data-kind=kind d=ends />
        <Badge x=f64::midpoint(a.x, b.x) y=f64::midpoint(a.y, b.y) text=text kind=kind />
    }
    .into_any()
}
