//! The HTML document around the application, written by the server.

use crate::app::App;
use crate::reader::use_reader;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

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

/// The document. Its language and its assets come from the contexts [`crate::Reader`] and [`Assets`].
pub fn shell() -> impl IntoView {
    provide_meta_context();
    let Assets { js, wasm, css } = expect_context();
    let start =
        format!("import start, {{ hydrate }} from '{js}';\nawait start({{ module_or_path: '{wasm}' }});\nhydrate();");
    view! {
        <!DOCTYPE html>
        <html lang=use_reader().locale.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content=use_reader().locale.description() />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css />
                <link rel="modulepreload" href=js />
                <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="" />
                <script type="module" nonce=use_nonce()>
                    {start}
                </script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
