//! The plant's clock: how fast it goes, pause, step, reset.

use super::act::Act;
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
            <button class="plain-button" data-act=act.to_string() disabled=!plant.may_operate on:click=move |_| plant.act(&act)>
                {text}
            </button>
        }
    };
    let choice = move |value: u16| {
        view! {
            <button
                class="choice"
                data-act=Act::Rate(value).to_string()
                aria-pressed=move || (rate() == u32::from(value)).to_string()
                disabled=!plant.may_operate
                on:click=move |_| plant.act(&Act::Rate(value))
            >
                {format!("× {value}")}
            </button>
        }
    };
    let pause = move || if is_paused() { texts.resume } else { texts.pause };
    view! {
        <section class="panel clock-panel" aria-labelledby="clock-title">
            <h2 id="clock-title">{texts.clock}</h2>
            <div class="choices" role="group" aria-label=texts.rate>{RATES.map(choice).into_iter().collect_view()}</div>
            <div class="buttons">
                <button
                    class="plain-button"
                    data-act="pause"
                    disabled=!plant.may_operate
                    on:click=move |_| plant.act(&Act::Pause(!untrack(is_paused)))
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
        </section>
    }
    .into_any()
}
