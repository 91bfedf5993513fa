//! The bar above the map.

use crate::app::AsOf;
use crate::clock::use_local_time;
use crate::erased::IntoAny;
use crate::floor_tabs::FloorTabs;
use crate::lazy::{Lazy, TakeOver};
use crate::link_badge::{LinkBadge, LinkBanner};
use crate::navigation::use_location;
use crate::parts::Part;
use crate::parts::map::{self, Piece};
use crate::reader::Locale;
use crate::texts::use_texts;
use leptos::prelude::*;

/// Name, floors, search, settings, link.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let AsOf(rendered_at) = expect_context();
    // Shown where there are no scripts, so that a page that cannot be live says of when it is.
    let as_of = (use_texts().as_of)(&use_local_time()(rendered_at));
    view! {
        <header class="top-bar">
            <p class="brand">"DispoBox"</p>
            <FloorTabs />
            <Lazy part=Part::Map view=|| map::view(Piece::Tools) take_over=TakeOver::AsItIs />
            <LinkBadge />
        </header>
        <LinkBanner />
        <p class="as-of">{as_of}</p>
    }
    .into_any()
}

/// A link that sets the language and comes back here.
#[component]
pub(crate) fn LanguageLink(locale: Locale, is_current: bool) -> impl IntoView {
    let location = use_location();
    let tag = locale.tag();
    let href = move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        let here = if search.is_empty() { path } else { format!("{path}?{search}") };
        let back = here.replace('%', "%25").replace('&', "%26").replace('?', "%3F").replace('=', "%3D");
        format!("/lang/{tag}?to={back}")
    };
    view! {
        <a class="choice" href=href rel="external" lang=tag hreflang=tag aria-current=is_current.then_some("true")>
            {language_name(locale)}
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
