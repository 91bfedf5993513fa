//! The HTML document around the application, written by the server.

mod notices;
mod words;

use crate::app::App;
use crate::reader::use_reader;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;
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
}

/// What pages know of their own build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageBuild {
    /// As the heartbeat of the stream names it.
    pub build: String,
    /// Whether there is a service worker.
    pub worker: bool,
}

/// The document. Its language and its assets come from the contexts [`crate::Reader`], [`Assets`] and
/// [`PageBuild`].
pub fn shell() -> impl IntoView {
    let Assets { js, wasm, css } = expect_context();
    let PageBuild { build, worker } = expect_context();
    let language = use_reader().locale.tag();
    let start =
        format!("import start, {{ hydrate }} from '{js}';\nawait start({{ module_or_path: '{wasm}' }});\nhydrate();");
    view! {
        <!DOCTYPE html>
        <html lang=language data-build=build data-worker=if worker { "on" } else { "off" }>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icons/icon-180.png" />
                <link rel="manifest" href=format!("/manifest.webmanifest?lang={language}") />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fffefb" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1d2228" />
                <link rel="stylesheet" href=css />
                <link rel="modulepreload" href=js />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
                <script type="module" nonce=use_nonce()>
                    {start}
                </script>
                <script type="module" src="/page/start.js"></script>
                <MetaTags />
            </head>
            <body>
                <App />
                <PageExtras />
            </body>
        </html>
    }
}
