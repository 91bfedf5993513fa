use super::view::ScreenTold;
use super::words::use_screen_words;
use crate::backend::PublicUrl;
use crate::erased::{AnyView, IntoAny};
use leptos::prelude::*;

/// What came of a request about a screen.
pub(in crate::admin) fn view_told(told: ScreenTold) -> AnyView {
    let words = use_screen_words();
    match told {
        ScreenTold::Paired(name) => view_done((words.paired)(&name)),
        ScreenTold::Changed => view_done(words.changed.to_owned()),
        ScreenTold::Identifying(name) => view_done((words.identifying)(&name)),
        ScreenTold::Revoked(name) => view_done((words.revoked)(&name)),
        ScreenTold::Refused(refusal) => {
            view! { <p class="told" data-told="refused" role="alert">{(words.refused)(refusal)}</p> }.into_any()
        }
        ScreenTold::Link { name, path, code } => view! { <Link name=name path=path code=code /> }.into_any(),
    }
}

fn view_done(text: String) -> AnyView {
    view! { <p class="told" data-told="done" role="status">{text}</p> }.into_any()
}

/// A screen's address, to be opened there.
#[component]
fn Link(name: String, path: String, code: String) -> impl IntoView {
    let words = use_screen_words();
    let site = use_context::<PublicUrl>().map(|url| url.0).unwrap_or_default();
    view! {
        <div class="told screen-link" data-told="done" role="status">
            <p>{(words.link_of)(&name)}</p>
            <input class="told-link" type="text" readonly aria-label=words.link value=format!("{site}{path}") />
            {(!code.is_empty()).then(|| view! { <div class="totp-code" role="img" aria-label=words.link inner_html=code></div> })}
            <p class="field-hint">{words.link_what}</p>
        </div>
    }
    .into_any()
}
