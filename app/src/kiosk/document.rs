//! The HTML documents of these pages. None asks another host for anything, and none has its own address in it, which is a secret.

use super::code_page::CodePage;
use super::notes::{BrokenNote, WallNote};
use super::screen::Screen;
use super::view::{KioskPage, KioskScreen, KioskView};
use super::words::use_kiosk_words;
use crate::app::App;
use crate::backend::use_backend;
use crate::erased::{AnyView, IntoAny};
use crate::live::provide_live_context;
use crate::reader::use_reader;
use crate::shell::{Assets, PageBuild};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

/// Seconds after which a page without scripts is loaded anew.
const REFRESH_S: &str = "30";
/// Seconds after which a page is that could not be found out about.
const AWAY_REFRESH_S: &str = "5";

/// A page of which the style or a script does not come: it is loaded anew when the server is well, three times in ten minutes at most.
const WITHOUT_FILE: &str = "addEventListener('error',({target:t})=>{if(t.tagName!=='SCRIPT'&&t.rel!=='stylesheet')return;\
    const key='dispobox.screen.file',again=async()=>{try{if(Date.now()-(sessionStorage.getItem(key)??0)>200000\
    &&(await fetch('/health')).ok){sessionStorage.setItem(key,Date.now());location.reload();return}}catch{}\
    setTimeout(again,10000)};setTimeout(again,5000)},true)";

/// The document. What is on it comes from the contexts [`KioskPage`], [`Assets`], [`PageBuild`] and [`crate::Reader`].
pub fn kiosk_document() -> impl IntoView {
    provide_meta_context();
    match expect_context::<KioskPage>().view {
        KioskView::Screen(screen) => view_screen(*screen),
        KioskView::Pairing => view_plain(None, view! { <CodePage /> }.into_any(), Some("/screen/pairing.js")),
        KioskView::Gone => view_plain(None, view_gone(), None),
        KioskView::Away => view_plain(Some(AWAY_REFRESH_S), view_away(), None),
    }
}

fn view_screen(screen: KioskScreen) -> AnyView {
    let Ok(backend) = use_backend() else { return view_plain(Some(AWAY_REFRESH_S), view_away(), None) };
    let overview = backend.overview();
    let now = backend.local_time(overview.now);
    let Assets { js, wasm, start, modules, .. } = expect_context();
    let PageBuild { build, .. } = expect_context();
    let words = use_kiosk_words();
    let (light, variant, dwell, page) = (screen.light, screen.variant, screen.dwell, screen.page.clone());
    let preload = |module| view! { <link rel="modulepreload" href=module /> };
    let document = view! {
        <!DOCTYPE html>
        <html
            class="wall"
            lang=use_reader().locale.tag()
            data-build=build
            data-page=page
            data-variant=variant.as_str()
            data-light=light.as_str()
            data-dwell=dwell.seconds()
            data-zone=overview.time_zone.clone()
        >
            <head>
                <KioskHead />
                <noscript>
                    <meta http-equiv="refresh" content=REFRESH_S />
                </noscript>
                <script nonce=use_nonce()>{WITHOUT_FILE}</script>
                {modules.into_iter().map(preload).collect_view()}
                <link rel="modulepreload" href=js.clone() />
                <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="" />
                <script type="module" src=start data-js=js data-wasm=wasm></script>
                <script type="module" src="/screen/start.js"></script>
                <script type="application/json" id="screen-words" inner_html=words.scripts.to_json()></script>
                <MetaTags />
                <BrokenNote />
            </head>
            <body>
                <App />
                {
                    provide_live_context(&overview);
                    view! { <Screen screen=screen now=now /> }
                }
            </body>
        </html>
    };
    document.into_any()
}

/// A page with a message in its middle, and without the application.
fn view_plain(refresh_s: Option<&'static str>, body: AnyView, script: Option<&'static str>) -> AnyView {
    let document = view! {
        <!DOCTYPE html>
        <html class="wall" lang=use_reader().locale.tag()>
            <head>
                <KioskHead />
                {refresh_s.map(|seconds| view! { <meta http-equiv="refresh" content=seconds /> })}
                {script.map(|script| view! { <script type="module" src=script></script> })}
                <MetaTags />
            </head>
            <body>{body}</body>
        </html>
    };
    document.into_any()
}

#[component]
fn KioskHead() -> impl IntoView {
    let words = use_kiosk_words();
    view! {
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{format!("{} · DispoBox", words.title)}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/kiosk.css" />
    }
    .into_any()
}

fn view_gone() -> AnyView {
    let words = use_kiosk_words();
    view! { <WallNote title=words.gone text=words.gone_what link=("/kiosk", words.pair_again) /> }.into_any()
}

fn view_away() -> AnyView {
    let words = use_kiosk_words();
    view! { <WallNote title=words.away text=words.away_what /> }.into_any()
}
