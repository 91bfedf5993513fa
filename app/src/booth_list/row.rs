//! One booth in the list.

use super::use_list_query;
use crate::attention::Attention;
use crate::backend::BoothEntry;
use crate::booth_status::StatusBadge;
use crate::clock::{ElapsedOrLeft, UntilTime};
use crate::erased::IntoAny;
use crate::live::{BoothView, use_booth};
use crate::texts::use_texts;
use domain::FloorNumber;
use leptos::prelude::*;

/// A link to the booth's card; it says the floor when that is another one than is shown.
#[component]
pub(super) fn BoothRow(shown_floor: FloorNumber, booth: BoothEntry) -> impl IntoView {
    let texts = use_texts();
    let attention: Attention = expect_context();
    let query = use_list_query();
    let BoothEntry { number, floor, name } = booth;
    let state = use_booth(number);
    let BoothView { status, until_at, .. } = state;
    let name = if name.is_empty() { (texts.booth)(number) } else { name };
    view! {
        <li
            class="booth-row"
            data-booth-row=number.0
            data-status=move || status.get().as_str()
            class:chosen=move || attention.chosen() == Some(number)
        >
            <a
                href=move || query.with(|query| query.href(floor, Some(number)))
                data-noscroll
                on:pointerenter=move |_| attention.point_at(number)
                on:pointerleave=move |_| attention.leave(number)
                on:focus=move |_| attention.point_at(number)
                on:blur=move |_| attention.leave(number)
            >
                <span class="booth-row-number">{number.0}</span>
                <span class="booth-row-name">{name}</span>
                <StatusBadge status=status />
                <span class="booth-row-more">
                    {(floor != shown_floor).then(|| view! { <span>{(texts.floor)(floor)} " · "</span> })}
                    <Show when=move || until_at.get().is_none() fallback=move || view! { <UntilTime until_at=until_at /> }>
                        <ElapsedOrLeft booth=state />
                    </Show>
                </span>
            </a>
        </li>
    }
    .into_any()
}
