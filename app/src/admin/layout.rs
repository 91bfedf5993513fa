//! What stands around the pages.

use super::AdminPage;
use super::alerts::use_alert_words;
use super::boards::use_board_words;
use super::filter::use_filter_words;
use super::screens::use_screen_words;
use super::told::ToldNote;
use super::wiring::use_wiring_words;
use super::words::use_admin_words;
use crate::backend::use_plants;
use crate::erased::IntoAny;
use crate::head::Title;
use crate::navigation::{encode, use_location};
use crate::reader::{Locale, use_reader};
use crate::texts::use_texts;
use crate::top_bar::LanguageLink;
use domain::Right;
use leptos::prelude::*;

/// A page for somebody who is signed in: the bar, what came of the last request, the page.
#[component]
pub(super) fn AdminLayout(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <Title text=format!("{title} · DispoBox") />
        <AdminBar />
        <SessionEnded />
        <main class="admin">
            <ToldNote />
            {children()}
        </main>
        <AdminFoot />
    }
    .into_any()
}

/// A page with one short form or message in its middle.
#[component]
pub(super) fn NarrowLayout(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <Title text=format!("{title} · DispoBox") />
        <main class="admin-narrow">
            <p class="brand"><a href="/">"DispoBox"</a></p>
            <section class="admin-card">
                <h1>{title}</h1>
                {children()}
            </section>
        </main>
        <AdminFoot />
    }
}

/// A message, and the way back.
#[component]
pub(super) fn Notice(title: &'static str, text: &'static str) -> impl IntoView {
    let texts = use_texts();
    view! {
        <NarrowLayout title=title>
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            <p><a href="/">{texts.to_the_map}</a></p>
        </NarrowLayout>
    }
}

#[component]
fn AdminBar() -> impl IntoView {
    let words = use_admin_words();
    let AdminPage { who, alerts_waiting, .. } = expect_context();
    let may = |right| who.as_ref().is_some_and(|who| who.roles.grant(right));
    let (accounts, audit, reads) = (may(Right::ManageAccounts), may(Right::ReadAudit), may(Right::ReadAdmin));
    let brews = use_plants().is_ok_and(|plants| plants.runs_any());
    let plans = may(Right::EditPlans);
    let screens = may(Right::ManageScreens);
    let name = who.map(|who| who.name.to_string());
    view! {
        <header class="admin-bar">
            <p class="brand"><a href="/">"DispoBox"</a></p>
            <nav aria-label=words.administration>
                {plans.then(|| view! { <BarLink to="/admin/floors" text=words.floors.to_owned() /> })}
                {plans.then(|| view! { <BarLink to="/admin/site" text=words.site.to_owned() /> })}
                {reads.then(|| view! { <BarLink to="/admin/alerts" text=use_alert_words().title.to_owned() count=alerts_waiting /> })}
                {reads.then(|| view! { <BarLink to="/admin/wiring" text=use_wiring_words().title.to_owned() /> })}
                {reads.then(|| view! { <BarLink to="/admin/booths" text=use_filter_words().title.to_owned() /> })}
                {reads.then(|| view! { <BarLink to="/admin/boards" text=use_board_words().boards.to_owned() /> })}
                {accounts.then(|| view! { <BarLink to="/admin/accounts" text=words.accounts.to_owned() /> })}
                {screens.then(|| view! { <BarLink to="/admin/screens" text=use_screen_words().screens.to_owned() /> })}
                {audit.then(|| view! { <BarLink to="/admin/audit" text=words.audit.to_owned() /> })}
                {brews.then(|| view! { <BarLink to="/brewery" text=words.brewery.to_owned() /> })}
            </nav>
            <nav class="admin-who" aria-label=words.own>
                {name.map(|name| view! { <BarLink to="/account" text=name /> })}
            </nav>
            <form method="post" action="/logout">
                <button class="plain-button" type="submit">{words.sign_out}</button>
            </form>
        </header>
    }
    .into_any()
}

/// Shown by `public/page/session.js`.
#[component]
fn SessionEnded() -> impl IntoView {
    let words = use_admin_words();
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let here = if search.is_empty() { path } else { format!("{path}?{search}") };
    view! {
        <p class="session-ended" role="alert" hidden>
            {words.session_ended}
            " "
            <a href=format!("/login?to={}", encode(&here))>{words.sign_in}</a>
        </p>
    }
    .into_any()
}

#[component]
fn BarLink(
    to: &'static str,
    text: String,
    /// What waits there.
    #[prop(optional)]
    count: usize,
) -> impl IntoView {
    let here = use_location().pathname.get_untracked();
    let current = (here == to || here.starts_with(&format!("{to}/"))).then_some("page");
    let badge = (count > 0).then(|| {
        view! {
            " "
            <span class="bar-count" data-waiting=count>
                <span aria-hidden="true">{count}</span>
                <span class="visually-hidden">{(use_alert_words().waiting)(count)}</span>
            </span>
        }
    });
    view! { <a class="admin-link" href=to aria-current=current>{text}{badge}</a> }.into_any()
}

#[component]
fn AdminFoot() -> impl IntoView {
    let current = use_reader().locale;
    view! {
        <footer class="admin-foot">
            <nav aria-label=use_texts().language>
                {Locale::ALL
                    .map(|locale| view! { <LanguageLink locale=locale is_current=locale == current /> })
                    .into_iter()
                    .collect_view()}
            </nav>
        </footer>
    }
    .into_any()
}
