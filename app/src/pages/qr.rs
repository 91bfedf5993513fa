//! `/qr/floor/4` and `/qr/booth/42`: codes to print and put on doors. A code leads to the booth's card.

use super::NotFoundPage;
use crate::answer::use_answer;
use crate::api::{directory_here, read_directory};
use crate::app::{Floors, Problem};
use crate::backend::{BoothEntry, Directory};
use crate::booth_list::ListQuery;
use crate::erased::{AnyView, IntoAny};
use crate::handed_over::hand_over;
use crate::head::Title;
use crate::texts::use_texts;
use domain::{BoothNumber, FloorNumber};
use leptos::prelude::*;

/// A sheet with the codes of a floor: first one that leads to a free box, then one for each booth.
#[component]
pub(crate) fn QrFloorPage(floor: FloorNumber) -> impl IntoView {
    let Floors(floors) = expect_context();
    if floors.contains(&floor) {
        view! { <WithDirectory view_all=move |all| view_sheet(floor, all) /> }.into_any()
    } else {
        view! { <NotFoundPage /> }.into_any()
    }
}

/// One code, as large as the paper.
#[component]
pub(crate) fn QrBoothPage(number: BoothNumber) -> impl IntoView {
    view! { <WithDirectory view_all=move |all| view_single(number, all) /> }.into_any()
}

#[component]
fn WithDirectory(view_all: impl Fn(Directory) -> AnyView + Clone + Send + Sync + 'static) -> impl IntoView {
    let directory = use_answer(Memo::new(|_| ()), |()| hand_over(|| directory_here().map(Ok)), |()| read_directory());
    move || {
        directory.get().map(|answer| match answer {
            Ok(directory) => view_all(directory),
            Err(error) => view! { <Problem error=error /> }.into_any(),
        })
    }
}

fn view_sheet(floor: FloorNumber, directory: Directory) -> AnyView {
    let texts = use_texts().qr;
    let Directory { booths, public_url } = directory;
    let site = without_scheme(&public_url);
    let of_booth = |booth: BoothEntry| {
        let BoothEntry { number, name, .. } = booth;
        let address = format!("{site}{}", ListQuery::default().href(floor, Some(number)));
        view! { <QrCard image=format!("/qr/booth/{number}.svg") title=number.to_string() name=name address=address /> }
    };
    let on_floor = booths.into_iter().filter(|booth| booth.floor == floor);
    let codes = on_floor.map(of_booth).collect_view();
    view! {
        <Title text=format!("{} · DispoBox", (texts.sheet)(floor)) />
        <section class="qr-page">
            <QrHead title=(texts.sheet)(floor) floor=floor />
            <ul class="qr-sheet">
                <QrCard
                    image=format!("/qr/go/{floor}.svg")
                    title=texts.free_box.to_owned()
                    name=texts.scan.to_owned()
                    address=format!("{site}/go?floor={floor}")
                />
                {codes}
            </ul>
        </section>
    }
    .into_any()
}

fn view_single(number: BoothNumber, directory: Directory) -> AnyView {
    let Some(booth) = directory.booths.into_iter().find(|booth| booth.number == number) else {
        return view! { <NotFoundPage /> }.into_any();
    };
    let texts = use_texts().qr;
    let BoothEntry { floor, name, .. } = booth;
    let address =
        format!("{}{}", without_scheme(&directory.public_url), ListQuery::default().href(floor, Some(number)));
    view! {
        <Title text=format!("{} · DispoBox", (texts.booth)(number)) />
        <section class="qr-page">
            <QrHead title=(texts.booth)(number) floor=floor />
            <ul class="qr-sheet qr-single">
                <QrCard image=format!("/qr/booth/{number}.svg") title=number.to_string() name=name address=address />
            </ul>
        </section>
    }
    .into_any()
}

/// What is not printed: the title and the ways on.
#[component]
fn QrHead(title: String, floor: FloorNumber) -> impl IntoView {
    let texts = use_texts().qr;
    // A browser that cannot print has nothing to say about it.
    let print = move |_| drop(window().print());
    view! {
        <header class="qr-head">
            <h1>{title}</h1>
            <a href=format!("/floor/{floor}")>{(texts.to_floor)(floor)}</a>
            <button class="plain-button" type="button" on:click=print>{texts.print}</button>
        </header>
    }
    .into_any()
}

#[component]
fn QrCard(image: String, title: String, name: String, address: String) -> impl IntoView {
    let texts = use_texts().qr;
    let alt = format!("{} {address}", texts.code);
    view! {
        <li class="qr-card">
            <h2>{title}</h2>
            <p class="qr-name">{name}</p>
            <img src=image alt=alt width="240" height="240" />
            <p class="qr-address">{address}</p>
        </li>
    }
    .into_any()
}

/// The address as people write it.
fn without_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}
