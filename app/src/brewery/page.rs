//! `/brewery`: the plant, drawn and alive.

use super::alarms::AlarmPanel;
use super::announcements::PlantAnnouncements;
use super::clock_panel::ClockPanel;
use super::controllers::ControllerPanel;
use super::diagram::Diagram;
use super::energy_panel::EnergyPanel;
use super::live::Plant;
use super::part_list::PartList;
use super::status_strip::StatusStrip;
use super::texts::use_brewery_texts;
use super::trend_charts::TrendCharts;
use super::view::PlantPage;
use crate::api::open_plant;
use crate::backend::{PlantError, use_plants, use_standing};
use crate::erased::IntoAny;
use crate::handed_over::hand_over;
use crate::head::Title;
use crate::navigation::use_query_map;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// While the plant is not there yet, or the server is away.
const ASK_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// The page; of the plant that the address names, or of the first one.
#[component]
pub(crate) fn BreweryPage() -> impl IntoView {
    let texts = use_brewery_texts();
    let query = use_query_map();
    let named = query.with_untracked(|query| query.get("plant"));
    let refused = query.with_untracked(|query| PlantError::of_word(&query.get("refused")?));
    let open = || use_plants().and_then(|plants| plants.open(named.as_deref(), use_standing()));
    let page = RwSignal::new(hand_over(|| Some(open())));
    let is_named = named.is_some();
    let named = StoredValue::new(named);
    let ask = move || {
        spawn_local(async move {
            let Some(named) = named.try_get_value() else { return };
            // The reader may have gone to another page meanwhile.
            page.try_set(Some(open_plant(named).await));
        });
    };
    Effect::new(move |_| match page.with(|page| page.as_ref().map(|page| page.as_ref().err().copied())) {
        None => ask(),
        Some(Some(PlantError::NotYet | PlantError::Unreachable)) => set_timeout(ask, ASK_AGAIN_AFTER),
        Some(_) => {}
    });
    let view = move || {
        page.get().map(|page| match page {
            Ok(page) => view! { <PlantLayout page=page refused=refused /> }.into_any(),
            Err(error) => view! { <NoPlant error=error is_named=is_named /> }.into_any(),
        })
    };
    view! {
        <Title text=format!("{} · DispoBox", texts.title) />
        {view}
    }
    .into_any()
}

#[component]
fn PlantLayout(page: PlantPage, refused: Option<PlantError>) -> impl IntoView {
    let plant = Plant::provide_context(&page, refused);
    let link = plant.link();
    let PlantPage { plants, plant: name, trends, .. } = page;
    view! {
        <div class="brewery" data-plant=plant.name() data-plant-link=move || link.get().as_str()>
            <StatusStrip plants=plants name=name />
            <Diagram />
            <div class="brewery-side">
                <AlarmPanel />
                <ControllerPanel />
                <ClockPanel />
                <EnergyPanel />
                <PartList />
            </div>
            <div class="brewery-below">
                <TrendCharts trends=trends />
            </div>
            <PlantAnnouncements />
        </div>
    }
    .into_any()
}

#[component]
fn NoPlant(error: PlantError, is_named: bool) -> impl IntoView {
    let texts = use_brewery_texts();
    let (what, hint) = match error {
        PlantError::NoPlant if is_named => (texts.no_such_plant, None),
        PlantError::NoPlant => (texts.no_plant, Some(texts.how_to_start)),
        _ => ((texts.error)(error), None),
    };
    view! {
        <div class="problem" data-plant-error=error.as_str()>
            <h1>{what}</h1>
            {hint.map(|hint| view! { <p>{hint}</p> })}
        </div>
    }
    .into_any()
}
