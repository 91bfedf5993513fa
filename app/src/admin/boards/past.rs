//! What was: requests, keys, sessions.

use super::actions::Sure;
use super::entry::short_time;
use super::use_board_words;
use super::view::{BoardEntry, BoardKeyEntry, CommandEntry, SessionEntry};
use crate::admin::AdminPage;
use crate::erased::IntoAny;
use domain::{CommandState, UtcMs};
use leptos::prelude::*;

/// What the board was asked, and what came of it.
#[component]
pub(super) fn Commands(id: String, commands: Vec<CommandEntry>, now: UtcMs, may: bool) -> impl IntoView {
    let words = use_board_words();
    let item = move |entry: CommandEntry| {
        let state = (words.command_state)(&entry.state);
        let back = (may && entry.state == CommandState::Waiting).then(|| {
            view! {
                <form method="post" action=format!("/admin/boards/{id}/take_back")>
                    <input type="hidden" name="command" value=entry.id />
                    <button class="plain-button" type="submit">{words.take_back}</button>
                </form>
            }
        });
        view! {
            <li data-command=entry.command.to_string() data-open=entry.state.is_open().then_some("true")>
                <strong>{(words.command)(entry.command)}</strong>
                <span>{state}</span>
                <small>{(words.asked)(&entry.asked_by, &short_time(entry.asked_at, now))}</small>
                {back}
            </li>
        }
    };
    (!commands.is_empty()).then(|| {
        view! {
            <section class="admin-part">
                <h2>{words.commands}</h2>
                <ul class="past">{commands.into_iter().map(item).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// The versions of its key. Never a key.
#[component]
pub(super) fn BoardKeys(entry: BoardEntry, keys: Vec<BoardKeyEntry>, may: bool) -> impl IntoView {
    let words = use_board_words();
    let BoardEntry { id, .. } = entry;
    let good = keys.iter().filter(|key| key.revoked_at.is_none()).count();
    let has_good = good > 0;
    let newest_is_used = keys.first().is_some_and(|key| key.is_used && key.revoked_at.is_none());
    let revoke = format!("/admin/boards/{id}/revoke");
    let item = move |key: BoardKeyEntry| view! { <KeyItem action=revoke.clone() key_entry=key may=may /> };
    view! {
        <section class="admin-part" id="keys">
            <h2>{words.keys}</h2>
            {(good > 1 && newest_is_used).then(|| view! { <p>{words.key_old}</p> })}
            <ul class="past">{keys.into_iter().map(item).collect_view()}</ul>
            {may
                .then(|| {
                    view! {
                        <form class="deed" method="post" action=format!("/admin/boards/{id}/key")>
                            <button class="plain-button" type="submit">
                                {if has_good { words.rotate } else { words.give_key }}
                            </button>
                            <p class="field-hint">{if has_good { words.rotate_what } else { words.give_key_what }}</p>
                        </form>
                    }
                })}
        </section>
    }
    .into_any()
}

#[component]
fn KeyItem(action: String, key_entry: BoardKeyEntry, may: bool) -> impl IntoView {
    let words = use_board_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let BoardKeyEntry { version, issued_at, revoked_at, is_used } = key_entry;
    let revoked = revoked_at.map(|at| (words.key_revoked)(&show_time(at)));
    let is_good = revoked.is_none();
    view! {
        <li data-key=version data-revoked=(!is_good).then_some("true")>
            <strong>{(words.key_version)(version)}</strong>
            {(is_used && is_good).then(|| view! { <span>{words.key_used}</span> })}
            <small>{(words.key_since)(&show_time(issued_at))}</small>
            {revoked.map(|revoked| view! { <small>{revoked}</small> })}
            {(may && is_good)
                .then(|| {
                    view! {
                        <Sure
                            action=action
                            ask=words.revoke
                            what=words.revoke_what
                            sure=words.revoke_sure
                            field=("version", version.to_string())
                        />
                    }
                })}
        </li>
    }
    .into_any()
}

/// When it was here.
#[component]
pub(super) fn BoardSessions(sessions: Vec<SessionEntry>, now: UtcMs) -> impl IntoView {
    let words = use_board_words();
    let is_empty = sessions.is_empty();
    let item = |entry: SessionEntry| {
        let until = entry.end.as_ref().map_or(now, |(at, _)| *at);
        let lasted = (words.lasting)(until.since(entry.started_at) / 1_000);
        let end =
            entry.end.as_ref().map_or_else(|| words.session_goes_on.to_owned(), |(_, why)| (words.session_end)(why));
        let reset = (words.reset)(&entry.reset_reason);
        view! {
            <li>
                <strong>{short_time(entry.started_at, now)}</strong>
                <span>{lasted}" · "{end}</span>
                <small>{entry.firmware}" · "{reset}" · "{entry.peer}</small>
            </li>
        }
    };
    view! {
        <section class="admin-part">
            <h2>{words.sessions}</h2>
            {is_empty.then(|| view! { <p>{words.no_sessions}</p> })}
            <ul class="past">{sessions.into_iter().map(item).collect_view()}</ul>
        </section>
    }
    .into_any()
}
