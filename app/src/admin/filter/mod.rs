//! `/admin/booths/{number}`: how a booth's samples become presence, tried on what was recorded before it is used.

mod strip;
mod told;
mod view;
mod words;

pub use told::FilterTold;
pub use view::{FilterView, RecordedPast, TypedRule};
pub(super) use words::use_filter_words;

use crate::erased::IntoAny;
use crate::texts::use_texts;
use domain::BoothNumber;
use leptos::prelude::*;
use strip::RecordedPart;

/// The numbers, and what they would have shown.
#[component]
pub(super) fn FilterPage(view: FilterView) -> impl IntoView {
    let words = use_filter_words();
    let FilterView { number, name, booths, typed, tried, recorded, is_away, may_change, .. } = view;
    let title = if name.is_empty() { (words.booth)(number) } else { format!("{} · {name}", (words.booth)(number)) };
    let is_nonsense = tried.is_none() && typed.read().is_none();
    let part = match recorded {
        Some(past) => view! { <RecordedPart past=past /> }.into_any(),
        None if is_away => view! { <p>{words.away}</p> }.into_any(),
        None => view! { <p>{words.nothing_recorded}</p> }.into_any(),
    };
    view! {
        <h1>{title}</h1>
        <BoothLinks booths=booths current=number />
        <form class="admin-part filter-form" method="get" action=format!("/admin/booths/{number}")>
            <h2>{words.title}</h2>
            <p class="field-hint">{words.how}</p>
            {is_nonsense.then(|| view! { <p class="told" data-told="refused" role="alert">{words.nonsense}</p> })}
            <div class="filter-numbers">
                <NumberField label=words.hold name="hold_s" hint=words.hold_what value=typed.hold_s min=1 max=300 />
                <NumberField label=words.above name="above" hint=words.above_what value=typed.above min=0 max=599 />
                <NumberField label=words.below name="below" hint=words.below_what value=typed.below min=1 max=600 />
            </div>
            <div class="filter-buttons">
                <button class="main-button" type="submit">{words.try_it}</button>
                {may_change
                    .then(|| {
                        let action = format!("/admin/booths/{number}");
                        view! {
                            <button class="plain-button" type="submit" formmethod="post" formaction=action>{words.apply}</button>
                        }
                    })}
                <a class="plain-button" href=format!("/admin/booths/{number}?hold_s=30&above=5&below=2")>{words.defaults}</a>
            </div>
        </form>
        <section class="admin-part filter-past" aria-labelledby="filter-past">
            <h2 id="filter-past">{words.recorded}</h2>
            {part}
        </section>
    }
    .into_any()
}

#[component]
fn NumberField(
    label: &'static str,
    name: &'static str,
    hint: &'static str,
    value: String,
    min: u16,
    max: u16,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input type="number" name=name value=value min=min max=max required inputmode="numeric" aria-describedby=hint_id.clone() />
            <span class="field-hint" id=hint_id>{hint}</span>
        </label>
    }
    .into_any()
}

#[component]
fn BoothLinks(booths: Vec<BoothNumber>, current: BoothNumber) -> impl IntoView {
    let words = use_filter_words();
    let link = move |number: BoothNumber| {
        let current = (number == current).then_some("page");
        view! {
            <a class="admin-link" href=format!("/admin/booths/{number}") aria-current=current aria-label=(use_texts().booth)(number)>
                {number.0}
            </a>
        }
    };
    view! { <nav class="wiring-floors" aria-label=words.booths>{booths.into_iter().map(link).collect_view()}</nav> }
        .into_any()
}
