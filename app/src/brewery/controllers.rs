//! The control loops: what they measure and aim at, their terms, what they ask for.

use super::act::{Act, read_tenths};
use super::act_form::{ACT_URL, ActedPlant, view_act_form};
use super::live::use_plant;
use super::number::write_tenths;
use super::texts::use_brewery_texts;
use super::view::VesselView;
use crate::erased::IntoAny;
use brewery::contract::Switch;
use brewery::plant::VesselId;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

/// The highest setpoint that the page offers, in tenths.
const SETPOINT_MAX: u16 = 1_100;

/// All three.
#[component]
pub(super) fn ControllerPanel() -> impl IntoView {
    let texts = use_brewery_texts();
    view! {
        <section class="panel controller-panel" aria-labelledby="controllers-title">
            <h2 id="controllers-title">{texts.controllers}</h2>
            {VesselId::ALL.map(|vessel| view! { <Controller vessel=vessel /> }).into_iter().collect_view()}
        </section>
    }
    .into_any()
}

#[component]
fn Controller(vessel: VesselId) -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let switch = Switch::Pid(vessel);
    let look = move || plant.look(|view| view.vessels[vessel.index()]);
    let celsius = move |tenths| format!("{}\u{202f}°C", write_tenths(tenths, texts.decimal_mark));
    let toggling = move || Act::Switch(switch, !look().pid_on);
    let toggle = view! {
        <button
            class="switch"
            role="switch"
            name="act"
            value=move || toggling().to_string()
            aria-checked=move || look().pid_on.to_string()
            aria-label=(texts.part)(switch)
            disabled=!plant.may_operate
            on:click=move |event| plant.press(&event, &untrack(toggling))
        >
            <span class="switch-knob" aria-hidden="true"></span>
            <span>{move || (texts.state)(switch, look().pid_on)}</span>
        </button>
    };
    let toggle = toggle.into_any();
    view! {
        <article class="controller" data-controller=vessel.code() data-on=move || look().pid_on.to_string()>
            <h3>{(texts.vessel)(vessel)}</h3>
            {view_act_form(toggle)}
            <p class="controller-celsius">
                <span class="soft">{texts.measured} " "</span>
                <span data-reading>{move || celsius(look().reading_dc)}</span>
                <span class="soft">" → "</span>
                <span data-setpoint-shown>{move || celsius(look().setpoint_dc)}</span>
            </p>
            <SetpointField vessel=vessel />
            <dl class="terms">
                <Term name="P" look=move || look().p_percent />
                <Term name="I" look=move || look().i_percent />
                <Term name="D" look=move || look().d_percent />
                <Term name=texts.output look=move || look().output_percent />
            </dl>
        </article>
    }
    .into_any()
}

/// A term as a number and as a bar.
#[component]
fn Term<L>(name: &'static str, look: L) -> impl IntoView
where
    L: Fn() -> i32 + Copy + Send + Sync + 'static,
{
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                <meter min="0" max="100" value=move || look().clamp(0, 100) aria-hidden="true"></meter>
                <span>{move || look()} "\u{202f}%"</span>
            </dd>
        </div>
    }
    .into_any()
}

/// A field for a setpoint: what is typed is sent by Enter or by its button.
#[component]
fn SetpointField(vessel: VesselId) -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let field: NodeRef<Input> = NodeRef::new();
    let (is_bad, set_bad) = signal(false);
    let id = format!("setpoint-{}", vessel.code());
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else { return };
        let tenths = read_tenths(&field.value()).filter(|tenths| *tenths <= SETPOINT_MAX);
        set_bad.set(tenths.is_none());
        if let Some(tenths) = tenths {
            plant.act(&Act::Setpoint(vessel, tenths));
            field.set_value("");
        }
    };
    let VesselView { setpoint_dc, .. } = untrack(|| plant.look(|view| view.vessels[vessel.index()]));
    view! {
        <form class="setpoint-field" method="post" action=ACT_URL on:submit=send>
            <ActedPlant />
            <input type="hidden" name="act" value=format!("setCible{}", vessel.code()) />
            <label for=id.clone()>{texts.setpoint}</label>
            <input
                node_ref=field
                id=id.clone()
                name="celsius"
                inputmode="decimal"
                autocomplete="off"
                size="5"
                placeholder=write_tenths(setpoint_dc, texts.decimal_mark)
                disabled=!plant.may_operate
                aria-invalid=move || is_bad.get().to_string()
                aria-describedby=format!("{id}-error")
            />
            <button class="plain-button" disabled=!plant.may_operate>{texts.set}</button>
            <p class="field-error" id=format!("{id}-error")>{move || is_bad.get().then_some(texts.bad_setpoint)}</p>
        </form>
    }
    .into_any()
}
