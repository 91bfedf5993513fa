//! The map's twin in words.

use crate::attention::Attention;
use crate::backend::BoothDetail;
use crate::booth_status::StatusBadge;
use crate::clock::{Elapsed, UntilTime};
use crate::erased::IntoAny;
use crate::live::{BoothView, use_booth};
use crate::texts::use_texts;
use domain::FloorNumber;
use leptos::prelude::*;

/// The booths of a floor, by number.
#[component]
pub(crate) fn BoothList(floor: FloorNumber, booths: Vec<BoothDetail>) -> impl IntoView {
    let texts = use_texts();
    view! {
        <section class="booth-list" aria-label=texts.booths>
            <ul>{booths.into_iter().map(|booth| view! { <BoothRow floor=floor booth=booth /> }).collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn BoothRow(floor: FloorNumber, booth: BoothDetail) -> impl IntoView {
    let texts = use_texts();
    let attention: Attention = expect_context();
    let BoothDetail { number, name, .. } = booth;
    let BoothView { status, since_at, until_at } = use_booth(number);
    let name = if name.is_empty() { (texts.booth)(number) } else { name };
    view! {
        <li
            class="booth-row"
            data-booth-row=number.0
            data-status=move || status.get().as_str()
            class:chosen=move || attention.chosen.get() == Some(number)
        >
            <a
                href=format!("/floor/{floor}?booth={number}")
                on:pointerenter=move |_| attention.point_at(number)
                on:pointerleave=move |_| attention.leave(number)
                on:focus=move |_| attention.point_at(number)
                on:blur=move |_| attention.leave(number)
            >
                <span class="booth-row-number">{number.0}</span>
                <span class="booth-row-name">{name}</span>
                <StatusBadge status=status />
                <Show when=move || until_at.get().is_none() fallback=move || view! { <UntilTime until_at=until_at /> }>
                    <Elapsed since_at=since_at />
                </Show>
            </a>
        </li>
    }
    .into_any()
}
