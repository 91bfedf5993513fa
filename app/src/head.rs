//! The head of the document, in the browser. The server collects it with leptos_meta, whose names these are; here all that
//! is left to do is the title.

use leptos::prelude::*;

/// Names the page, as long as no other page does.
#[component]
pub(crate) fn Title(text: String) -> impl IntoView {
    Effect::new(move |_| document().set_title(&text));
    // The server writes nothing in this place either, not even a marker.
    [(); 0]
}
