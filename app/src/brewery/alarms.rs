//! The alarms, newest first, and what is broken on purpose.

use super::act::Act;
use super::act_form::view_act_form;
use super::live::use_plant;
use super::number::write_clock;
use super::texts::use_brewery_texts;
use super::view::{AlarmView, FaultView};
use crate::erased::IntoAny;
use leptos::prelude::*;

/// An alarm stays until it is over and somebody has seen it.
#[component]
pub(super) fn AlarmPanel() -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let alarms = Memo::new(move |_| plant.look(|view| view.alarms.clone()));
    let faults = Memo::new(move |_| plant.look(|view| view.faults.clone()));
    let rows = move || alarms.get().into_iter().rev().map(|alarm| view! { <AlarmRow alarm=alarm /> }).collect_view();
    let unseen = move || alarms.with(|alarms| alarms.iter().any(|alarm| !alarm.is_acknowledged));
    let all = view! {
        <button
            class="plain-button"
            name="act"
            value=Act::Seen(None).to_string()
            data-act="seen"
            disabled=move || !plant.may_operate || !unseen()
            on:click=move |event| plant.press(&event, &Act::Seen(None))
        >
            {texts.acknowledge_all}
        </button>
    };
    let all = all.into_any();
    view! {
        <section class="panel alarm-panel" id="alarms" aria-labelledby="alarms-title">
            <h2 id="alarms-title">{texts.alarms}</h2>
            {view_act_form(all)}
            {move || alarms.with(Vec::is_empty).then(|| view! { <p class="soft">{texts.no_alarms}</p> })}
            {view_act_form(view! { <ul class="alarm-rows">{rows}</ul> }.into_any())}
            <ul class="fault-rows">{move || faults.with(|faults| faults.iter().map(view_fault).collect_view())}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn AlarmRow(alarm: AlarmView) -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let AlarmView { id, word, part, raised_s, is_active, is_acknowledged } = alarm;
    let told = (texts.alarm)(word, &part);
    let label = format!("{} · {told}", texts.acknowledge);
    let over = (!is_active).then(|| format!(" · {}", texts.is_over));
    let seen = is_acknowledged.then(|| format!(" · {}", texts.is_seen));
    let act = Act::Seen(Some(id.clone()));
    let button = move || {
        let act = act.clone();
        view! {
            <button
                class="plain-button"
                name="act"
                value=act.to_string()
                aria-label=label
                disabled=!plant.may_operate
                on:click=move |event| plant.press(&event, &act)
            >
                {texts.acknowledge}
            </button>
        }
    };
    view! {
        <li data-alarm=id data-active=is_active.to_string() data-seen=is_acknowledged.to_string()>
            <span class="alarm-glyph" aria-hidden="true">"!"</span>
            <span>
                {told}
                <span class="soft alarm-since">{write_clock(raised_s)} {over} {seen}</span>
            </span>
            {(!is_acknowledged).then(button)}
        </li>
    }
    .into_any()
}

fn view_fault(fault: &FaultView) -> impl IntoView + use<> {
    let texts = use_brewery_texts();
    view! { <li>{(texts.fault)(fault.word, &fault.part)}</li> }
}
