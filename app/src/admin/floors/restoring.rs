use super::words::use_floor_words;
use crate::admin::AdminPage;
use crate::admin::fields::TextField;
use crate::erased::IntoAny;
use domain::{FloorNumber, UtcMs};
use drafting::{Colleague, LayoutVersion};
use leptos::prelude::*;

/// Brings an old version back, as a new one; asks what is to become of drafts.
#[component]
pub(super) fn Restoring(
    floor: FloorNumber,
    version: LayoutVersion,
    /// What everybody sees.
    against: LayoutVersion,
    own_draft: Option<UtcMs>,
    colleagues: Vec<Colleague>,
    name: String,
) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let others: Vec<String> =
        colleagues.into_iter().filter(|other| other.saved_at.is_some()).map(|other| other.name).collect();
    let choice = |value: &'static str, title: &'static str, what: &'static str| {
        view! {
            <label class="role-choice">
                <input type="radio" name="draft" value=value required />
                <span class="role-name">{title}</span>
                <span class="field-hint">{what}</span>
            </label>
        }
    };
    let own = own_draft.map(|at| {
        view! {
            <fieldset class="roles">
                <legend class="field-label">{(words.own_draft)(&show_time(at))}</legend>
                {choice("keep", words.keep_draft, words.keep_draft_what)}
                {choice("discard", words.drop_draft, words.drop_draft_what)}
            </fieldset>
        }
    });
    let others = (!others.is_empty()).then(|| view! { <p>{(words.drafts_of_others)(&others.join(", "))}</p> });
    view! {
        <form class="admin-part restore-form" id="restore" method="post" aria-label=(words.restoring)(version) action=format!("/admin/floors/{floor}/restore")>
            <p>{words.restore_what}</p>
            <input type="hidden" name="version" value=version.0 />
            <input type="hidden" name="against" value=against.0 />
            <TextField label=words.version_name name="name" hint=words.version_name_hint value=name length_max=80 />
            {others}
            {own}
            <button class="main-button" type="submit">{words.restore_it}</button>
        </form>
    }
    .into_any()
}
