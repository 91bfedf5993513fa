//! Rulers along the top and the left, in plan units, with what is selected and where the pointer is.

use super::ruler_ticks::list_ticks;
use super::studio::{Studio, use_studio};
use crate::erased::{AnyView, IntoAny};
use drafting::{Axis, Bounds, Editor};
use leptos::prelude::*;

/// How wide a ruler is, in CSS pixels.
const WIDTH_PX: f64 = 22.0;

#[component]
pub(super) fn Rulers() -> impl IntoView {
    let studio = use_studio();
    let selected = Memo::new(move |_| studio.editor.with(bounds_of_selection));
    view! {
        <g class="rulers">
            {Axis::ALL.map(|axis| view_ruler(studio, axis, selected)).into_iter().collect_view()}
            <rect class="ruler" width=WIDTH_PX height=WIDTH_PX />
        </g>
    }
    .into_any()
}

fn bounds_of_selection(editor: &Editor) -> Option<Bounds> {
    let booths = editor.selection().iter().filter_map(|id| editor.layout().find(*id));
    booths.map(|booth| booth.shape.bounds()).reduce(Bounds::joined)
}

fn view_ruler(studio: Studio, axis: Axis, selected: Memo<Option<Bounds>>) -> AnyView {
    let is_level = axis == Axis::X;
    let length = move || if is_level { studio.size.get().0 } else { studio.size.get().1 };
    let zero = move || if is_level { studio.view.get().x } else { studio.view.get().y };
    // A rectangle across the ruler, from one place along it to another.
    let bar = move |class: &'static str, from: f64, to: f64| {
        let (x, y) = if is_level { (from, 0.0) } else { (0.0, from) };
        let (width, height) = if is_level { (to - from, WIDTH_PX) } else { (WIDTH_PX, to - from) };
        view! { <rect class=class x=x y=y width=width.max(1.0) height=height.max(1.0) /> }
    };
    let range = move || {
        let (view, zero) = (studio.view.get(), zero());
        selected.get().map(|bounds| {
            let (start, end) = bounds.span(axis);
            bar("ruler-range", start * view.scale + zero, end * view.scale + zero)
        })
    };
    let pointer = move || {
        let scale = studio.view.get().scale;
        studio.pointer.get().map(|at| {
            let place = axis.of(at) * scale + zero();
            bar("ruler-pointer", place, place + 1.0)
        })
    };
    let ticks = move || {
        let ticks = list_ticks(studio.view.get().scale, zero(), length());
        let line = |(at, is_long): (f64, bool)| {
            let (near, far) = (if is_long { 0.0 } else { WIDTH_PX - 5.0 }, WIDTH_PX);
            if is_level { format!("M{at:.1} {near}V{far}") } else { format!("M{near} {at:.1}H{far}") }
        };
        let path: String = ticks.iter().map(|tick| line((tick.at_px, tick.label.is_some()))).collect();
        let label = |(at, label): (f64, i64)| {
            let place = if is_level {
                format!("translate({:.1} 11)", at + 3.0)
            } else {
                format!("translate(11 {:.1}) rotate(-90)", at - 3.0)
            };
            view! { <text transform=place>{label}</text> }
        };
        view! {
            <path class="ruler-tick" d=path />
            {ticks.iter().filter_map(|tick| Some((tick.at_px, tick.label?))).map(label).collect_view()}
        }
    };
    view! {
        {move || bar("ruler", 0.0, length())}
        {range}
        {ticks}
        {pointer}
    }
    .into_any()
}
