//! `/admin/wiring`: which detector watches which box. Choose a channel, then the box on the plan: one form, which needs no script.

mod board;
mod plan;
mod told;
mod view;
mod words;

pub use told::WiringTold;
pub use view::{
    RawSignal, STRIP_HEIGHT, STRIP_MS, STRIP_WIDTH, SignalLight, WiringBoard, WiringChannel, WiringView, draw_strip,
};
pub(super) use words::use_wiring_words;

use crate::erased::IntoAny;
use crate::texts::use_texts;
use board::BoardField;
use domain::FloorNumber;
use leptos::prelude::*;
use plan::WiringPlan;

/// The boards with their signals beside the plan.
#[component]
pub(super) fn WiringPage(view: WiringView) -> impl IntoView {
    let words = use_wiring_words();
    let WiringView { floors, floor, boards, chosen, may_wire } = view;
    let number = floor.number;
    let (elsewhere, here): (Vec<_>, Vec<_>) = boards.into_iter().partition(|board| board.is_elsewhere);
    let is_empty = here.is_empty();
    let field = move |board: WiringBoard| {
        let own = chosen.as_ref().filter(|(id, _)| *id == board.id).map(|(_, channel)| *channel);
        view! { <BoardField board=board chosen=own may_wire=may_wire /> }
    };
    let others = (!elsewhere.is_empty()).then(|| {
        let fields = elsewhere.into_iter().map(field.clone()).collect_view();
        view! {
            <details class="wiring-elsewhere">
                <summary>{words.elsewhere}</summary>
                {fields}
            </details>
        }
    });
    view! {
        <h1>{words.title}</h1>
        <p class="field-hint">{words.how}</p>
        <FloorLinks floors=floors current=number />
        <form class="wiring" method="post" action="/admin/wiring" data-wiring=number.0>
            <input type="hidden" name="floor" value=number.0 />
            <div class="wiring-boards">
                <p class="wiring-stale" role="status" hidden>{words.stale}</p>
                {is_empty.then(|| view! { <p>{words.no_boards}</p> })}
                {here.into_iter().map(field).collect_view()}
                {others}
            </div>
            <WiringPlan floor=floor may_wire=may_wire />
        </form>
        <script type="module" src="/page/wiring.js"></script>
    }
    .into_any()
}

#[component]
fn FloorLinks(floors: Vec<FloorNumber>, current: FloorNumber) -> impl IntoView {
    let texts = use_texts();
    let link = move |floor: FloorNumber| {
        let current = (floor == current).then_some("page");
        view! {
            <a class="admin-link" href=format!("/admin/wiring?floor={floor}") aria-current=current>
                {(texts.floor)(floor)}
            </a>
        }
    };
    view! { <nav class="wiring-floors" aria-label=texts.floors>{floors.into_iter().map(link).collect_view()}</nav> }
}
