//! The corners of a polygon in numbers, so that a keyboard can do what a pointer can.

use super::numbers::{read_units, write_units};
use super::studio::{Studio, use_studio};
use crate::erased::{AnyView, IntoAny};
use crate::reader::use_reader;
use domain::PlanPoint;
use drafting::{Axis, BoothId, Command, Refusal, Shape};
use leptos::prelude::*;

#[component]
pub(super) fn Corners(id: BoothId) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let booth = studio.booth(id);
    let count = Memo::new(move |_| {
        booth.with(|booth| match booth.as_ref().map(|booth| &booth.shape) {
            Some(Shape::Polygon(corners)) => corners.len(),
            _ => 0,
        })
    });
    let body = move || match count.get() {
        0 => view! {
            <button
                type="button"
                class="plain-button"
                data-action="into-polygon"
                on:click=move |_| studio.run(Command::IntoPolygon)
            >
                {texts.into_polygon}
            </button>
        }
        .into_any(),
        count => view! {
            <details class="corners">
                <summary>{texts.corners} " (" {count} ")"</summary>
                <ol>{(0..count).map(|corner| view_corner(studio, id, corner)).collect_view()}</ol>
            </details>
        }
        .into_any(),
    };
    view! { <div>{body}</div> }.into_any()
}

fn view_corner(studio: Studio, id: BoothId, corner: usize) -> AnyView {
    let texts = studio.texts;
    let name = (texts.corner)(corner + 1);
    let label = |what: &str| format!("{what} ({name})");
    view! {
        <li>
            {Axis::ALL.map(|axis| view_place(studio, id, corner, axis)).into_iter().collect_view()}
            <button
                type="button"
                class="icon-button"
                title=texts.insert_corner
                aria-label=label(texts.insert_corner)
                on:click=move |_| studio.run(Command::InsertCorner(id, corner))
            >
                "+"
            </button>
            <button
                type="button"
                class="icon-button"
                title=texts.remove_corner
                aria-label=label(texts.remove_corner)
                on:click=move |_| studio.run(Command::RemoveCorner(id, corner))
            >
                "×"
            </button>
        </li>
    }
    .into_any()
}

fn view_place(studio: Studio, id: BoothId, corner: usize, axis: Axis) -> AnyView {
    let (texts, locale) = (studio.texts, use_reader().locale);
    let booth = studio.booth(id);
    let place = Memo::new(move |_| {
        booth.with(|booth| booth.as_ref().and_then(|booth| booth.shape.corners().get(corner).copied()))
    });
    let letter = if axis == Axis::X { "X" } else { "Y" };
    let change = move |text: String| {
        let (Some(number), Some(at)) = (read_units(&text), place.get_untracked()) else {
            studio.say((texts.refused)(Refusal::NotAllowed));
            return;
        };
        let to = if axis == Axis::X { PlanPoint { x: number, ..at } } else { PlanPoint { y: number, ..at } };
        studio.run(Command::MoveCorner(id, corner, to));
    };
    view! {
        <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            aria-label=format!("{letter} ({})", (texts.corner)(corner + 1))
            prop:value=move || place.get().map(|at| write_units(axis.of(at), locale))
            on:change=move |event| change(event_target_value(&event))
        />
    }
    .into_any()
}
