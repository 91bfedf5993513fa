//! What came and went, in kWh.

use super::live::use_plant;
use super::number::write_tenths;
use super::texts::use_brewery_texts;
use super::view::{EnergyView, PlantView};
use crate::erased::IntoAny;
use leptos::prelude::*;

/// The books of energy since the last reset.
#[component]
pub(super) fn EnergyPanel() -> impl IntoView {
    let texts = use_brewery_texts();
    let entry = |energy: fn(&EnergyView) -> i32| move |view: &PlantView| energy(&view.energy);
    view! {
        <section class="panel energy-panel" aria-labelledby="energy-title">
            <h2 id="energy-title">{texts.energy}</h2>
            <dl>
                <Entry name=texts.electric unit="kWh" read=entry(|energy| energy.electric) />
                <Entry name=texts.gas unit="kWh" read=entry(|energy| energy.gas) />
                <Entry name=texts.lost unit="kWh" read=entry(|energy| energy.lost) />
                <Entry name=texts.evaporated unit="kWh" read=entry(|energy| energy.evaporated) />
                <Entry name=texts.carried unit="kWh" read=entry(|energy| energy.carried) />
                <Entry name=texts.coil unit="kW" read=|view: &PlantView| view.coil_hw />
            </dl>
        </section>
    }
    .into_any()
}

/// A name with tenths of its unit.
#[component]
fn Entry<R>(name: &'static str, unit: &'static str, read: R) -> impl IntoView
where
    R: Fn(&PlantView) -> i32 + Copy + Send + Sync + 'static,
{
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let number = move || write_tenths(plant.look(read), texts.decimal_mark);
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{number} "\u{202f}" {unit}</dd>
        </div>
    }
    .into_any()
}
