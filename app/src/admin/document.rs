//! The HTML document of these pages. No wasm: they are forms.

use super::{AdminPage, AdminPages};
use crate::navigation::provide_location_context;
use crate::reader::use_reader;
use crate::shell::Assets;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};

/// The document. What is on it comes from the contexts [`AdminPage`], [`Assets`] and [`crate::Reader`].
pub fn admin_document() -> impl IntoView {
    provide_meta_context();
    provide_location_context();
    let Assets { css, .. } = expect_context();
    let is_signed_in = expect_context::<AdminPage>().who.is_some();
    view! {
        <!DOCTYPE html>
        <html lang=use_reader().locale.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fffefb" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1d2228" />
                <script src="/settings.js"></script>
                <link rel="stylesheet" href=css />
                <link rel="stylesheet" href="/admin.css" />
                {is_signed_in.then(|| view! { <script type="module" src="/page/session.js"></script> })}
                <MetaTags />
            </head>
            <body>
                <AdminPages />
            </body>
        </html>
    }
}
