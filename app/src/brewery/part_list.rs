//! The drawing's twin in words: every part with its state, and a button to act, which works without scripts, too.

use super::act::Act;
use super::act_form::{ACT_URL, ActedPlant};
use super::drawing::{PARTS, PartPlace};
use super::live::use_plant;
use super::texts::use_brewery_texts;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// All parts, in the drawing's order.
#[component]
pub(super) fn PartList() -> impl IntoView {
    let texts = use_brewery_texts();
    view! {
        <section class="panel part-panel" aria-labelledby="parts-title">
            <h2 id="parts-title">{texts.parts}</h2>
            <form method="post" action=ACT_URL>
                <ActedPlant />
                <table>
                    <thead class="visually-hidden">
                        <tr>
                            <th scope="col">{texts.part_heading}</th>
                            <th scope="col">{texts.state_heading}</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>{PARTS.map(|place| view! { <PartRow place=place /> }).into_iter().collect_view()}</tbody>
                </table>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn PartRow(place: PartPlace) -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let PartPlace { switch, .. } = place;
    let is_on = move || plant.look(|view| view.is_on(switch));
    let odd = move || plant.look(|view| view.is_odd(switch)).then(|| format!(", {}", (texts.odd)(switch)));
    let act = move || Act::Switch(switch, !is_on());
    let name = (texts.part)(switch);
    let label = {
        let name = name.clone();
        move || format!("{} · {name}", (texts.act)(switch, !is_on()))
    };
    view! {
        <tr data-part-row=switch.to_string() data-on=move || is_on().to_string()>
            <th scope="row">{name} <span class="soft part-where">{(texts.part_where)(switch)}</span></th>
            <td>{move || (texts.state)(switch, is_on())} <span class="warning">{odd}</span></td>
            <td>
                <button
                    class="plain-button"
                    name="act"
                    value=move || act().to_string()
                    aria-label=label
                    disabled=!plant.may_operate
                    on:click=move |event| plant.press(&event, &untrack(act))
                >
                    {move || (texts.act)(switch, !is_on())}
                </button>
            </td>
        </tr>
    }
    .into_any()
}
