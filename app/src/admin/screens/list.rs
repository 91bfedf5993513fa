use super::form::{CodeField, ScreenFields};
use super::picture::Picture;
use super::view::{ScreenEntry, ScreensView};
use super::words::{ScreenWords, use_screen_words};
use crate::admin::AdminPage;
use crate::erased::IntoAny;
use domain::{FloorNumber, ScreenFacts, ScreenReport, UtcMs};
use leptos::prelude::*;

/// A screen that has not spoken for longer does not run.
const ALIVE_MS: u64 = 30_000;

/// `/admin/screens`: all screens, and how one is let in.
#[component]
pub(in crate::admin) fn ScreensPage(view: ScreensView) -> impl IntoView {
    let words = use_screen_words();
    let ScreensView { screens, floors, build, now } = view;
    let is_empty = screens.is_empty();
    let item = move |entry| view! { <ScreenItem entry=entry newest=build.clone() now=now is_link=true /> };
    view! {
        <h1>{words.screens}</h1>
        <p class="field-hint">{words.lead}</p>
        <ul class="screens" data-refresh="/admin/screens">{screens.into_iter().map(item).collect_view()}</ul>
        {is_empty.then(|| view! { <p>{words.none}</p> })}
        <details class="admin-part" open=is_empty>
            <summary>{words.pair}</summary>
            <form class="admin-form" method="post" action="/admin/screens/pair">
                <p class="field-hint">{words.pair_what}</p>
                <CodeField />
                <ScreenFields floors=floors.clone() />
                <button class="main-button" type="submit">{words.pair}</button>
            </form>
        </details>
        <details class="admin-part">
            <summary>{words.by_link}</summary>
            <form class="admin-form" method="post" action="/admin/screens/create">
                <p class="field-hint">{words.by_link_what}</p>
                <ScreenFields floors=floors />
                <button class="main-button" type="submit">{words.make_link}</button>
            </form>
        </details>
        <script type="module" src="/page/screens.js"></script>
    }
    .into_any()
}

/// How a screen is: in little what it shows, and what it says of itself.
#[component]
pub(super) fn ScreenItem(entry: ScreenEntry, newest: String, now: UtcMs, is_link: bool) -> impl IntoView {
    let words = use_screen_words();
    let ScreenEntry { id, facts, heard, picture, .. } = entry;
    let (state, state_word) = match &heard {
        None => ("never", words.never),
        Some((at, _)) if now.since(*at) > ALIVE_MS => ("late", words.late),
        Some(_) => ("alive", words.alive),
    };
    let name = facts.name.as_str().to_owned();
    let name = if is_link {
        view! { <a href=format!("/admin/screens/{}", id.0)>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    view! {
        <li class="screen-item" data-screen=id.0 data-state=state>
            <Picture picture=picture />
            <div class="screen-facts">
                <p class="screen-name">
                    <strong>{name}</strong>
                    <span class="screen-state">{state_word}</span>
                </p>
                <p class="field-hint">{describe(words, &facts)}</p>
                {heard.map(|(at, report)| view! { <Said at=at report=report newest=newest /> })}
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Said(at: UtcMs, report: ScreenReport, newest: String) -> impl IntoView {
    let words = use_screen_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let is_old = report.build != newest;
    let ScreenReport { build, width, height, uptime_s, floor, .. } = report;
    let shows = floor.map_or_else(|| words.shows_nothing.to_owned(), |FloorNumber(floor)| (words.shows_floor)(floor));
    view! {
        <dl class="screen-said">
            <div><dt>{words.last_heard}</dt><dd><time>{show_time(at)}</time></dd></div>
            <div><dt>{words.shows}</dt><dd>{shows}</dd></div>
            <div><dt>{words.resolution}</dt><dd>{format!("{width} × {height}")}</dd></div>
            <div><dt>{words.uptime}</dt><dd>{(words.uptime_text)(uptime_s)}</dd></div>
            <div>
                <dt>{words.build}</dt>
                <dd>{build} {is_old.then(|| view! { " " <span class="role-chip">{words.build_is_old}</span> })}</dd>
            </div>
        </dl>
    }
    .into_any()
}

fn describe(words: &ScreenWords, facts: &ScreenFacts) -> String {
    let numbers: Vec<_> = facts.floors.iter().map(FloorNumber::to_string).collect();
    let floors = if numbers.is_empty() { words.all_floors.to_owned() } else { (words.floors)(&numbers.join(", ")) };
    format!("{floors} · {} s · {}", facts.dwell.seconds(), (words.variant)(facts.variant))
}
