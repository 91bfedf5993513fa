use super::use_board_words;
use super::view::NewKeyView;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// A key, shown once: as text, as the line for the board, as a code.
#[component]
pub(super) fn KeyPage(view: NewKeyView) -> impl IntoView {
    let words = use_board_words();
    let NewKeyView { id, version, key, line, code } = view;
    view! {
        <h1>{(words.key_for)(id.as_str())}</h1>
        <section class="admin-part new-key">
            <p role="status">{words.key_once}</p>
            <dl>
                <dt>{words.key_text}" · "{(words.key_version)(version)}</dt>
                <dd><code class="new-key-text" data-new-key=version>{key}</code></dd>
                <dt>{words.line}</dt>
                <dd>
                    <code class="new-key-text" data-new-line="">{line}</code>
                    <p class="field-hint">{words.line_what}</p>
                    <p class="field-hint">{words.line_wifi}" "<code>"set ssid=\"…\" pass=\"…\""</code></p>
                </dd>
                <dt>{words.code}</dt>
                <dd>
                    <div class="totp-code" role="img" aria-label=words.code inner_html=code></div>
                    <p class="field-hint">{words.code_what}</p>
                </dd>
            </dl>
            <p><a class="main-button" href=format!("/admin/boards/{id}")>{words.to_board}</a></p>
        </section>
    }
    .into_any()
}
