//! What can be done about a board. Each is a form, and what cannot be undone has to be said twice.

use super::use_board_words;
use super::view::{BoardEntry, BoardView};
use crate::admin::fields::{TextField, typed_or};
use crate::erased::IntoAny;
use domain::{BoardCommand, BoardHealth, BoardLabel};
use leptos::prelude::*;

/// Has it do something, now or when it is back.
#[component]
pub(super) fn BoardActions(entry: BoardEntry) -> impl IntoView {
    let words = use_board_words();
    let BoardEntry { id, health, .. } = entry;
    let action = format!("/admin/boards/{id}/tell");
    let waits = (health != BoardHealth::Online).then_some(words.waits_what);
    let ask = |command: &'static str, text: &'static str, what: &'static str| {
        view! {
            <form class="deed" method="post" action=action.clone()>
                <input type="hidden" name="command" value=command />
                <button class="plain-button" type="submit">{text}</button>
                <p class="field-hint">{what}</p>
            </form>
        }
    };
    view! {
        <section class="admin-part deeds">
            <h2>{words.tell_it}</h2>
            {waits.map(|waits| view! { <p class="field-hint">{waits}</p> })}
            {ask("id", words.identify, words.identify_what)}
            {ask("reboot", words.reboot, words.reboot_what)}
            <form class="deed" method="post" action=action.clone()>
                <input type="hidden" name="command" value="sleep" />
                <div class="deed-with-number">
                    <button class="plain-button" type="submit">{words.sleep}</button>
                    <input
                        type="number"
                        name="seconds"
                        min="1"
                        max=BoardCommand::SLEEP_S_MAX
                        required
                        value=typed_or("seconds", "600")
                        aria-label=words.sleep_s
                    />
                    <span aria-hidden="true">"s"</span>
                </div>
                <p class="field-hint">{words.sleep_what}</p>
            </form>
        </section>
    }
    .into_any()
}

/// What it is called and how often it reports.
#[component]
pub(super) fn BoardSettings(view: BoardView) -> impl IntoView {
    let words = use_board_words();
    let BoardView { entry, heartbeat_s, heartbeat_default_s, .. } = view;
    let BoardEntry { id, label, .. } = entry;
    let action = format!("/admin/boards/{id}/settings");
    let heartbeat = heartbeat_s.map(|seconds| seconds.to_string()).unwrap_or_default();
    let hint = (words.heartbeat_hint)(heartbeat_default_s);
    view! {
        <form class="admin-part admin-form board-settings" method="post" action=action>
            <h2>{words.settings}</h2>
            <TextField
                label=words.label
                name="label"
                hint=words.label_hint
                value=label.to_string()
                length_max=BoardLabel::LENGTH_MAX
            />
            <label class="field">
                <span class="field-label">{words.heartbeat}</span>
                <input type="number" name="heartbeat_s" min="5" max="300" value=heartbeat aria-describedby="heartbeat-hint" />
                <span class="field-hint" id="heartbeat-hint">{hint}</span>
            </label>
            <button class="main-button" type="submit">{words.save}</button>
        </form>
    }
    .into_any()
}

/// It was replaced, or its memory was wiped.
#[component]
pub(super) fn ConfirmBoard(action: String) -> impl IntoView {
    let words = use_board_words();
    view! {
        <form method="post" action=action>
            <button class="main-button" type="submit">{words.confirm}</button>
        </form>
    }
    .into_any()
}

/// It is used no more.
#[component]
pub(super) fn RetireBoard(action: String) -> impl IntoView {
    let words = use_board_words();
    view! { <Sure action=action ask=words.retire what=words.retire_what sure=words.retire_sure /> }.into_any()
}

/// A button behind another one, for what cannot be undone.
#[component]
pub(super) fn Sure(
    action: String,
    ask: &'static str,
    what: &'static str,
    sure: &'static str,
    #[prop(optional)] field: Option<(&'static str, String)>,
) -> impl IntoView {
    view! {
        <details class="sure">
            <summary class="plain-button">{ask}</summary>
            <form method="post" action=action>
                {field.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
                <p class="field-hint">{what}</p>
                <button class="plain-button" data-grave="true" type="submit">{sure}</button>
            </form>
        </details>
    }
    .into_any()
}
