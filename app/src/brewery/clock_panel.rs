//! The plant's clock: how fast it goes, pause, step, reset.

use super::act::Act;
use super::act_form::view_act_form;
use super::live::use_plant;
use super::texts::use_brewery_texts;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// Rates that are offered, in seconds of plant time a second.
const RATES: [u16; 6] = [1, 10, 60, 300, 600, 3_600];

/// The panel.
#[component]
pub(super) fn ClockPanel() -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let is_paused = move || plant.look(|view| view.is_paused);
    let rate = move || plant.look(|view| view.rate);
    let button = move |act: Act, text: &'static str| {
        view! {
            <button
                class="plain-button"
                name="act"
                value=act.to_string()
                data-act=act.to_string()
                disabled=!plant.may_operate
                on:click=move |event| plant.press(&event, &act)
            >
                {text}
            </button>
        }
    };
    let choice = move |value: u16| {
        view! {
            <button
                class="choice"
                name="act"
                value=Act::Rate(value).to_string()
                data-act=Act::Rate(value).to_string()
                aria-pressed=move || (rate() == u32::from(value)).to_string()
                disabled=!plant.may_operate
                on:click=move |event| plant.press(&event, &Act::Rate(value))
            >
                {format!("× {value}")}
            </button>
        }
    };
    let pause = move || if is_paused() { texts.resume } else { texts.pause };
    let pausing = move || Act::Pause(!is_paused());
    let buttons = view! {
            <div class="choices" role="group" aria-label=texts.rate>{RATES.map(choice).into_iter().collect_view()}</div>
            <div class="buttons">
                <button
                    class="plain-button"
                    name="act"
                    value=move || pausing().to_string()
                    data-act="pause"
                    disabled=!plant.may_operate
                    on:click=move |event| plant.press(&event, &untrack(pausing))
                >
                    {pause}
                </button>
                {button(Act::Step(1), texts.step_second)}
                {button(Act::Step(60), texts.step_minute)}
            </div>
            <details class="reset">
                <summary>{texts.reset}</summary>
                <p>{texts.reset_warning}</p>
                {button(Act::Reset, texts.reset_now)}
            </details>
    };
    let buttons = buttons.into_any();
    view! {
        <section class="panel clock-panel" aria-labelledby="clock-title">
            <h2 id="clock-title">{texts.clock}</h2>
            {view_act_form(buttons)}
        </section>
    }
    .into_any()
}
