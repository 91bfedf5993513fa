//! What must be seen at once: that it is simulated, how the plant stands, what is wrong.

use super::live::use_plant;
use super::number::write_clock;
use super::texts::use_brewery_texts;
use super::view::{PlantView, Standing};
use crate::backend::PlantError;
use crate::erased::IntoAny;
use crate::live::Link;
use crate::navigation::encode;
use crate::texts::use_texts;
use leptos::prelude::*;

/// Above the drawing; it keeps its room, whatever it says.
#[component]
pub(super) fn StatusStrip(plants: Vec<String>, name: String) -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let (faults, alarms) = (move || plant.look(|view| view.faults.len()), move || plant.look(PlantView::alarms_unseen));
    let pace =
        move || plant.look(|view| if view.is_paused { texts.paused.to_owned() } else { format!("× {}", view.rate) });
    let unseen = move || {
        let count = alarms();
        (count > 0)
            .then(|| view! { <a class="alarm-badge" href="#alarms" rel="external">{(texts.alarm_count)(count)}</a> })
    };
    view! {
        <header class="brewery-strip">
            <h1>{texts.title}</h1>
            <span class="simulated-badge" title=texts.simulated_why>{texts.simulated}</span>
            {(plants.len() > 1).then(|| view! { <PlantLinks plants=plants current=name /> })}
            <p class="plant-clock">
                <span class="visually-hidden">{texts.plant_time} " "</span>
                <span data-plant-clock>{move || plant.look(|view| write_clock(view.at_s))}</span>
                <span class="plant-pace" data-plant-pace>{pace}</span>
            </p>
            <RouteName />
            {move || (faults() > 0).then(|| view! { <span class="fault-badge">{(texts.faults)(faults())}</span> })}
            {unseen}
        </header>
        <PlantLink />
    }
    .into_any()
}

/// The way that the valves make, and whether streams cross.
#[component]
fn RouteName() -> impl IntoView {
    let (plant, texts) = (use_plant(), use_brewery_texts());
    let route = move || plant.look(|view| view.route).map_or(texts.no_route, texts.route);
    let warning = move || {
        plant.look(|view| match (view.is_crossed, view.is_advisory_flow) {
            (true, _) => Some(texts.crossed),
            (false, true) => Some(texts.advisory),
            (false, false) => None,
        })
    };
    view! {
        <p class="route-name">
            <span>
                <span class="soft">{texts.route_title} " · "</span>
                <span data-route>{route}</span>
            </span>
            {move || warning().map(|warning| view! { <span class="warning">{warning}</span> })}
        </p>
    }
    .into_any()
}

#[component]
fn PlantLinks(plants: Vec<String>, current: String) -> impl IntoView {
    let texts = use_brewery_texts();
    let link = |name: String| {
        let is_current = name == current;
        let href = format!("/brewery?plant={name}");
        view! { <a class="choice" href=href rel="external" aria-current=is_current.then_some("page")>{name}</a> }
    };
    view! { <nav class="plant-links" aria-label=texts.plants>{plants.into_iter().map(link).collect_view()}</nav> }
        .into_any()
}

/// Says over a grey drawing why it is grey, in the words of the map; or that one can only look; or why nothing was done.
#[component]
fn PlantLink() -> impl IntoView {
    let (plant, texts, words) = (use_plant(), use_brewery_texts(), use_texts());
    let link = plant.link();
    let stale = move || match link.get() {
        Link::Connecting | Link::Live => None,
        link @ (Link::Stale { .. } | Link::Down { .. }) => Some(format!("{} {}", texts.stale, (words.link)(link))),
    };
    let refused = move || plant.refused.get().map(texts.error);
    let hint = match plant.standing {
        Standing::Operates => texts.diagram_help,
        Standing::Looks => texts.only_looking,
        Standing::SignedOut => texts.signed_out,
    };
    let is_wrong = Memo::new(move |_| stale().is_some() || refused().is_some());
    let text = move || stale().or_else(|| refused().map(str::to_owned)).unwrap_or_else(|| hint.to_owned());
    let can_sign_in =
        move || plant.standing == Standing::SignedOut || plant.refused.get() == Some(PlantError::NotSignedIn);
    let to_login = format!("/login?to={}", encode(&format!("/brewery?plant={}", plant.name())));
    let sign_in = move || {
        let href = to_login.clone();
        can_sign_in().then(|| view! { <a href=href rel="external">{texts.sign_in}</a> })
    };
    view! {
        <p class="plant-link" data-wrong=move || is_wrong.get().then_some("")>
            <span role="status">{text}</span>
            " "
            {sign_in}
        </p>
    }
    .into_any()
}
