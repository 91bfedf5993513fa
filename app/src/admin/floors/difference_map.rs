//! What differs between two layouts, drawn on the plan: by colour and by mark, with a legend.

use super::changes::{ChangeTable, Kind, KindMark, kinds_of, name_booth};
use super::drawing::{Numbered, points};
use super::view::Drawn;
use super::words::use_floor_words;
use crate::backend::drawable;
use crate::erased::{AnyView, IntoAny};
use crate::geometry::view_box_value;
use domain::PlanPoint;
use drafting::{Axis, BoothChange, Difference, Layout, LayoutBooth, Shape};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Ways shorter than this, in plan units, have no arrow: it would be all head.
const ARROW_MIN: f64 = 12.0;

/// The plan with what differs, the legend, and the same as a table.
#[component]
pub(super) fn DifferenceMap(drawn: Drawn) -> impl IntoView {
    let words = use_floor_words();
    let Drawn { plan, before, after, is_plan_new } = drawn;
    let difference = Difference::between(&before, &after);
    let is_same = difference.is_empty();
    let changed: BTreeSet<_> = difference.changes.iter().map(BoothChange::id).collect();
    let kinds: BTreeSet<Kind> = difference.changes.iter().flat_map(kinds_of).collect();
    let same = after
        .booths()
        .filter(|booth| !changed.contains(&booth.id))
        .map(|booth| view! { <Numbered shape=booth.shape.clone() text=booth.number.0.to_string() change="same" /> })
        .collect_view();
    let view_box = drawable(plan.view_box);
    let mark = (view_box.width.max(view_box.height) / 44.0).max(12.0);
    let marked = difference.changes.iter().map(|change| view_change(change, &before, &after, mark)).collect_view();
    let label = (words.differences)(difference.changes.len());
    view! {
        <section class="difference" data-differences=difference.changes.len()>
            {is_plan_new.then(|| view! { <p class="plan-is-new">{words.plan_is_new}</p> })}
            {(is_same && !is_plan_new).then(|| view! { <p class="nothing-differs">{words.nothing_differs}</p> })}
            <svg class="drawn" role="img" aria-label=label viewBox=view_box_value(view_box)>
                <g class="plan" inner_html=plan.drawing></g>
                <g class="drawn-booths">{same} {marked}</g>
            </svg>
            {(!is_same).then(|| view! { <Legend kinds=kinds /> <ChangeTable before=before.clone() after=after.clone() /> })}
            <p class="visually-hidden" data-named>{list_names(&difference, &before, &after)}</p>
        </section>
    }
    .into_any()
}

fn list_names(difference: &Difference, before: &Layout, after: &Layout) -> String {
    let words = use_floor_words();
    let names = difference.changes.iter().map(|change| name_booth(change.id(), [after, before], words));
    names.collect::<Vec<_>>().join(", ")
}

/// What the colours and marks mean; only those that are there.
#[component]
fn Legend(kinds: BTreeSet<Kind>) -> impl IntoView {
    let words = use_floor_words();
    let entry = |kind: Kind| {
        view! {
            <li>
                <KindMark kind=kind />
                {(words.kind)(kind)}
            </li>
        }
    };
    view! { <ul class="legend" aria-label=words.legend>{Kind::ALL.into_iter().filter(|kind| kinds.contains(kind)).map(entry).collect_view()}</ul> }.into_any()
}

/// A booth that differs: where it was, the way it has gone, where it is, and a mark for each kind of change.
fn view_change(change: &BoothChange, before: &Layout, after: &Layout, mark: f64) -> AnyView {
    let kinds = kinds_of(change);
    let (was, is) = (before.find(change.id()), after.find(change.id()));
    let Some(booth) = is.or(was) else { return ().into_any() };
    let main = kinds.first().map_or("same", |kind| kind.as_str());
    let ghost = was.filter(|was| is.is_some_and(|is| is.shape != was.shape));
    // One that only became larger has gone nowhere.
    let has_gone = kinds.contains(&Kind::Moved) || matches!(booth.shape, Shape::Polygon(_));
    let way = ghost.zip(is).filter(|_| has_gone).and_then(|(was, is)| view_way(was, is));
    let corner = upper_left(&booth.shape);
    let badges = kinds.into_iter().enumerate().map(|(i, kind)| view_badge(kind, i, corner, mark)).collect_view();
    view! {
        <g data-booth-change=booth.number.0>
            {ghost.map(|was| view! { <polygon class="drawn-ghost" data-change=main points=points(&was.shape) /> })}
            <Numbered shape=booth.shape.clone() text=booth.number.0.to_string() change=main />
            {way}
            {badges}
        </g>
    }
    .into_any()
}

/// An arrow from middle to middle.
fn view_way(was: &LayoutBooth, is: &LayoutBooth) -> Option<AnyView> {
    let (from, to) = (was.shape.middle(), is.shape.middle());
    let way = to.minus(from);
    let length = way.length();
    if length < ARROW_MIN {
        return None;
    }
    let along = way.times(1.0 / length);
    let across = PlanPoint { x: -along.y, y: along.x };
    let head = (length * 0.4).min(14.0);
    let back = to.minus(along.times(head));
    let (left, right) = (back.plus(across.times(head * 0.6)), back.minus(across.times(head * 0.6)));
    let [from, to, left, right] = [from, to, left, right].map(|point| format!("{:.2} {:.2}", point.x, point.y));
    let line = format!("M{from}L{to}M{left}L{to}L{right}");
    Some(view! { <path class="drawn-way" d=line /> }.into_any())
}

/// A mark on a disc, in a row that begins at the booth's upper left corner.
#[allow(clippy::cast_precision_loss)]
fn view_badge(kind: Kind, index: usize, at: PlanPoint, size: f64) -> AnyView {
    let scale = size / 16.0;
    let (x, y) = (at.x - size * 0.4 + index as f64 * size * 1.1, at.y - size * 0.6);
    view! {
        <g class="drawn-badge" data-change=kind.as_str() transform=format!("translate({x:.2} {y:.2}) scale({scale:.3})")>
            <circle cx="8" cy="8" r="8" />
            <path d=kind.mark() transform="translate(8 8) scale(0.72) translate(-8 -8)" />
        </g>
    }
    .into_any()
}

fn upper_left(shape: &Shape) -> PlanPoint {
    let bounds = shape.bounds();
    let middle = bounds.middle();
    PlanPoint { x: middle.x - bounds.length(Axis::X) / 2.0, y: middle.y - bounds.length(Axis::Y) / 2.0 }
}
