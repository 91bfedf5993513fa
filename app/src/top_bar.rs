//! The bar above the map.

use crate::app::AsOf;
use crate::clock::use_local_time;
use crate::erased::IntoAny;
use crate::floor_tabs::FloorTabs;
use crate::link_badge::{LinkBadge, LinkBanner};
use crate::navigation::use_location;
use crate::reader::{Locale, use_reader};
use crate::texts::use_texts;
use leptos::prelude::*;

/// Name, floors, language, link.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let AsOf(rendered_at) = expect_context();
    // Shown where there are no scripts, so that a page that cannot be live says of when it is.
    let as_of = (use_texts().as_of)(&use_local_time()(rendered_at));
    view! {
        <header class="top-bar">
            <p class="brand">"DispoBox"</p>
            <FloorTabs />
            <LanguageSwitch />
            <LinkBadge />
        </header>
        <LinkBanner />
        <p class="as-of">{as_of}</p>
    }
    .into_any()
}

/// Links that set the language and come back here.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let texts = use_texts();
    let current = use_reader().locale;
    let others = Locale::ALL.into_iter().filter(|locale| *locale != current);
    view! {
        <nav class="language-switch" aria-label=texts.language>
            {others.map(|locale| view! { <LanguageLink locale=locale /> }).collect_view()}
        </nav>
    }
}

#[component]
fn LanguageLink(locale: Locale) -> impl IntoView {
    let location = use_location();
    let tag = locale.tag();
    let href = move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        let here = if search.is_empty() { path } else { format!("{path}?{search}") };
        let back = here.replace('%', "%25").replace('&', "%26").replace('?', "%3F").replace('=', "%3D");
        format!("/lang/{tag}?to={back}")
    };
    view! {
        <a href=href rel="external" lang=tag hreflang=tag>
            <span aria-hidden="true">{tag.to_uppercase()}</span>
            <span class="visually-hidden">{language_name(locale)}</span>
        </a>
    }
}

/// A language in its own words.
const fn language_name(locale: Locale) -> &'static str {
    match locale {
        Locale::Fr => "Français",
        Locale::En => "English",
    }
}
