use super::boards::use_board_words;
use super::floors::say_told;
use super::screens;
use super::view::{AdminPage, OwnTold, Told};
use super::words::use_admin_words;
use crate::backend::{AdminDone, PublicUrl};
use crate::erased::{AnyView, IntoAny};
use leptos::prelude::*;

/// What came of the last request.
#[component]
pub(super) fn ToldNote() -> impl IntoView {
    let told = expect_context::<AdminPage>().told?;
    let words = use_admin_words();
    Some(match told {
        Told::Done(AdminDone::Saved) => view_note(true, words.saved.to_owned()),
        Told::Done(AdminDone::SignedOut(count)) => view_note(true, (words.signed_out)(count)),
        Told::Done(AdminDone::Link { name, path, created, .. }) => {
            view! { <LinkNote name=name path=path created=created /> }.into_any()
        }
        Told::Refused { error, .. } => view_note(false, (words.refused)(error).to_owned()),
        Told::Floors(told) => {
            let (is_good, text) = say_told(&told);
            view_note(is_good, text)
        }
        Told::Alert(told) => view_note(told.is_good(), told.say()),
        Told::Wiring(told) => view_note(told.is_good(), told.say()),
        Told::Filter(told) => view_note(told.is_good(), told.say()),
        Told::Screen(told) => screens::view_told(told),
        Told::Board(told) => view_note(told.is_good(), use_board_words().say(told).to_owned()),
        Told::Own(told) => {
            let is_good = matches!(
                told,
                OwnTold::PasswordChanged | OwnTold::SessionsEnded(_) | OwnTold::TotpOn | OwnTold::TotpOff
            );
            view_note(is_good, (words.own_told)(told))
        }
    })
}

fn view_note(is_good: bool, text: String) -> AnyView {
    let role = if is_good { "status" } else { "alert" };
    view! { <p class="told" data-told=if is_good { "done" } else { "refused" } role=role>{text}</p> }.into_any()
}

/// A one-time link, to be handed on.
#[component]
fn LinkNote(name: String, path: String, created: bool) -> impl IntoView {
    let words = use_admin_words();
    let site = use_context::<PublicUrl>().map(|url| url.0).unwrap_or_default();
    view! {
        <div class="told" data-told="done" role="status">
            <p>{if created { (words.created)(&name) } else { (words.link_made)(&name) }}</p>
            <input class="told-link" type="text" readonly aria-label=words.link value=format!("{site}{path}") />
            <p class="field-hint">{words.link_what}</p>
        </div>
    }
}
