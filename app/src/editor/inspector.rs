//! What is selected, in numbers and words.

use super::arrange::Arrange;
use super::channels::Channels;
use super::corners::Corners;
use super::exact_fields::ExactFields;
use super::studio::use_studio;
use crate::erased::IntoAny;
use domain::BoothNumber;
use drafting::{BoothId, Command, Refusal};
use leptos::prelude::*;

#[component]
pub(super) fn Inspector() -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let count = Memo::new(move |_| studio.editor.with(|editor| editor.selection().len()));
    let single = studio.single();
    let are_locked = Memo::new(move |_| {
        studio.editor.with(|editor| {
            let mut booths = editor.selection().iter().filter_map(|id| editor.layout().find(*id));
            !editor.selection().is_empty() && booths.all(|booth| booth.is_locked)
        })
    });
    let has_selection = Memo::new(move |_| count.get() > 0);
    let title = move || match (single.get(), count.get()) {
        (_, 0) => texts.nothing_selected.to_owned(),
        (Some(id), _) => {
            let number = studio.editor.with(|editor| editor.layout().find(id).map(|booth| booth.number.0));
            (texts.booth)(number.unwrap_or_default())
        }
        (None, count) => (texts.selected_count)(count),
    };
    let body = move || {
        if !has_selection.get() {
            return view! { <p class="soft">{texts.nothing_selected_what}</p> }.into_any();
        }
        view! {
            {move || single.get().map(|id| view! { <Names id=id /> })}
            <ExactFields />
            <label class="check">
                <input
                    type="checkbox"
                    data-field="lock"
                    prop:checked=are_locked
                    on:change=move |event| studio.run(Command::Lock(event_target_checked(&event)))
                />
                {texts.lock}
            </label>
            <Arrange />
            {move || single.get().map(|id| view! { <Channels id=id /> <Corners id=id /> })}
        }
        .into_any()
    };
    view! {
        <section class="panel inspector" aria-label=texts.properties>
            <h2>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// Number and name of one booth.
#[component]
fn Names(id: BoothId) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let booth = studio.booth(id);
    let number = move || booth.with(|booth| booth.as_ref().map(|booth| booth.number.0.to_string()));
    let name = move || booth.with(|booth| booth.as_ref().map(|booth| booth.name.clone()));
    // What was refused goes out of the field again.
    let attempt = RwSignal::new(0_u32);
    let renumber = move |text: String| {
        match text.trim().parse() {
            Ok(number) => studio.run(Command::Renumber(id, BoothNumber(number))),
            Err(_) => studio.say((texts.refused)(Refusal::NotAllowed)),
        }
        attempt.update(|attempt| *attempt += 1);
    };
    let rename = move |text: String| {
        studio.run(Command::Rename(id, text));
        attempt.update(|attempt| *attempt += 1);
    };
    view! {
        <div class="names">
            <label>
                <span>{texts.number}</span>
                <input
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    data-field="number"
                    prop:value=move || {
                        attempt.track();
                        number()
                    }
                    on:change=move |event| renumber(event_target_value(&event))
                />
            </label>
            <label>
                <span>{texts.name}</span>
                <input
                    type="text"
                    autocomplete="off"
                    maxlength="80"
                    data-field="name"
                    prop:value=move || {
                        attempt.track();
                        name()
                    }
                    on:change=move |event| rename(event_target_value(&event))
                />
            </label>
        </div>
    }
    .into_any()
}
