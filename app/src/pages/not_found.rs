use crate::backend::reply_not_found;
use crate::head::Title;
use crate::texts::use_texts;
use leptos::prelude::*;

/// Any address that is no page.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    reply_not_found();
    let texts = use_texts();
    view! {
        <Title text=format!("{} · DispoBox", texts.page_not_found) />
        <div class="problem">
            <h1>{texts.page_not_found}</h1>
            <a href="/" rel="external">{texts.to_the_map}</a>
        </div>
    }
}
