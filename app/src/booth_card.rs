//! What there is to know of one booth.

use crate::attention::Attention;
use crate::backend::{BoothDetail, WalkDetail};
use crate::booth_history::BoothHistory;
use crate::booth_list::use_list_query;
use crate::booth_status::StatusBadge;
use crate::clock::{ElapsedOrLeft, SinceTime, UntilTime};
use crate::erased::{AnyView, IntoAny};
use crate::going::Going;
use crate::live::{BoothView, use_booth, use_live};
use crate::notices::AskForBooth;
use crate::texts::use_texts;
use domain::FloorNumber;
use leptos::prelude::*;

/// The card of the booth under the pointer, under the focus or in the address. It lies in a corner that has no booths.
#[component]
pub(crate) fn BoothCard(floor: FloorNumber, booths: StoredValue<Vec<BoothDetail>>) -> impl IntoView {
    let attention: Attention = expect_context();
    let shown = Memo::new(move |_| {
        let number = attention.booth()?;
        booths.with_value(|booths| booths.iter().find(|booth| booth.number == number).cloned())
    });
    move || shown.get().map(|booth| view! { <CardOfBooth floor=floor booth=booth /> })
}

#[component]
fn CardOfBooth(floor: FloorNumber, booth: BoothDetail) -> impl IntoView {
    let texts = use_texts();
    let attention: Attention = expect_context();
    let number = booth.number;
    let list = use_list_query();
    let state = use_booth(number);
    let BoothView { status, since_at, until_at, .. } = state;
    let going: Going = expect_context();
    let is_chosen = move || attention.chosen() == Some(number);
    view! {
        <aside class="booth-card" data-card=number.0 data-status=move || status.get().as_str()>
            <h2>
                <span class="booth-card-number">{(texts.booth)(number)}</span>
                <span class="booth-card-name">{booth.name}</span>
            </h2>
            <p class="booth-card-state">
                <StatusBadge status=status />
                <span class="booth-card-since">
                    <Show when=move || until_at.get().is_none() fallback=move || view! { <UntilTime until_at=until_at /> }>
                        <SinceTime since_at=since_at />
                        " · "
                        <ElapsedOrLeft booth=state />
                    </Show>
                </span>
            </p>
            {going.view_walk(Some(number), view_distance)}
            <Reason number=number />
            <AskForBooth number=number status=status />
            <BoothHistory booth=number />
            <Show when=is_chosen>
                <a href=move || list.with(|list| list.href(floor, None)) data-noscroll class="booth-card-close">
                    <span class="visually-hidden">{texts.close}</span>
                    <span aria-hidden="true">"×"</span>
                </a>
            </Show>
        </aside>
    }
    .into_any()
}

fn view_distance(walk: &WalkDetail) -> AnyView {
    let distance = (use_texts().go.distance)(walk.metres, walk.minutes);
    view! { <p class="booth-card-walk">{distance}</p> }.into_any()
}

/// Why a booth is grey.
#[component]
fn Reason(number: domain::BoothNumber) -> impl IntoView {
    let texts = use_texts();
    let live = use_live();
    let BoothView { status, .. } = use_booth(number);
    let reason = move || {
        if live.is_down() { Some(texts.link_down_reason) } else { (texts.status_reason)(status.get()) }
    };
    move || reason().map(|reason| view! { <p class="booth-card-reason">{reason}</p> })
}
