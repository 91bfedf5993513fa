//! The HTML document around the application, written by the server.

mod broken_page;
mod notices;
mod words;

use crate::app::App;
use crate::navigation::Address;
use crate::pages::Page;
use crate::reader::use_reader;
use broken_page::BrokenPage;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use notices::PageExtras;
pub use words::push_words;

/// The addresses of the site's files, whose names change with their content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The wasm-bindgen module.
    pub js: String,
    /// The application.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The script that starts the application.
    pub start: String,
    /// The modules that it imports.
    pub modules: Vec<String>,
}

/// What pages know of their own build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBuild {
    /// As the heartbeat of the stream names it.
    pub build: String,
    /// Whether there is a service worker.
    pub worker: bool,
}

/// Seconds after which a page without scripts is loaded anew.
const REFRESH_S: &str = "30";

/// A page whose first script cannot be loaded is one without scripts: it says so in the markup, for the style sheet, and is
/// loaded anew as often.
const WITHOUT_START: &str = "addEventListener('error',({target})=>{if(target.dataset?.wasm===undefined)return;\
    document.documentElement.dataset.scripts='none';setTimeout(()=>location.reload(),30000)},true)";

/// The document. Its language and its assets come from the contexts [`crate::Reader`], [`Assets`] and
/// [`PageBuild`].
pub fn shell() -> impl IntoView {
    provide_meta_context();
    let Assets { js, wasm, css, start, modules } = expect_context();
    let preload = |module| view! { <link rel="modulepreload" href=module /> };
    let PageBuild { build, worker } = expect_context();
    let is_brewery = use_context::<Address>().is_some_and(|address| Page::at(address.path()) == Page::Brewery);
    let language = use_reader().locale.tag();
    let is_editor = use_context::<Address>().is_some_and(|address| matches!(Page::at(address.path()), Page::Editor(_)));
    view! {
        <!DOCTYPE html>
        <html lang=language data-build=build data-worker=if worker { "on" } else { "off" }>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=use_reader().locale.description() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/icon-180.png" />
                <link rel="manifest" href=format!("/manifest.webmanifest?lang={language}") />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fffefb" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1d2228" />
                <script src="/settings.js"></script>
                <link rel="stylesheet" href=css />
                {is_brewery.then(|| view! { <link rel="stylesheet" href="/brewery.css" /> })}
                {is_editor.then(|| view! { <link rel="stylesheet" href="/editor.css" /> })}
                // The editor is nothing without scripts, and shows nothing that would be out of date.
                {(!is_editor)
                    .then(|| {
                        view! {
                            <noscript>
                                <meta http-equiv="refresh" content=REFRESH_S />
                            </noscript>
                        }
                    })}
                <script nonce=use_nonce()>{WITHOUT_START}</script>
                {modules.into_iter().map(preload).collect_view()}
                <link rel="modulepreload" href=js.clone() />
                <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="" />
                <script type="module" src=start data-js=js data-wasm=wasm></script>
                <script type="module" src="/page/start.js"></script>
                <MetaTags />
                <BrokenPage />
            </head>
            <body>
                <App />
                <PageExtras />
            </body>
        </html>
    }
}
