//! Parts of forms.

use super::words::use_admin_words;
use super::{AdminPage, Told};
use domain::{Role, Roles};
use leptos::prelude::*;

/// A line of text with its label.
#[component]
pub(super) fn TextField(
    label: &'static str,
    name: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] value: String,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] focused: bool,
    #[prop(default = 256)] length_max: usize,
) -> impl IntoView {
    let hint_id = (!hint.is_empty()).then(|| format!("{name}-hint"));
    let input_mode = (autocomplete == "one-time-code").then_some("numeric");
    let is_name = matches!(autocomplete, "username");
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input
                type=kind
                name=name
                value=(kind != "password").then_some(value)
                autocomplete=autocomplete
                inputmode=input_mode
                autocapitalize=is_name.then_some("none")
                spellcheck=is_name.then_some("false")
                maxlength=length_max
                required=required
                autofocus=focused
                aria-describedby=hint_id.clone()
            />
            {hint_id.map(|id| view! { <span class="field-hint" id=id>{hint}</span> })}
        </label>
    }
}

/// Where somebody chooses a password.
#[component]
pub(super) fn NewPasswordField() -> impl IntoView {
    let words = use_admin_words();
    view! {
        <TextField
            label=words.new_password
            name="password"
            hint=words.password_hint
            kind="password"
            autocomplete="new-password"
            required=true
        />
    }
}

/// The roles that people have, to be chosen from.
#[component]
pub(super) fn RolesField(chosen: Roles) -> impl IntoView {
    let words = use_admin_words();
    let option = move |role: Role| {
        view! {
            <label class="role-choice">
                <input type="checkbox" name="roles[]" value=role.as_str() checked=chosen.contains(role) />
                <span class="role-name">{(words.role)(role)}</span>
                <span class="field-hint">{(words.role_what)(role)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="roles">
            <legend class="field-label">{words.roles}</legend>
            {Role::OF_PEOPLE.map(option).into_iter().collect_view()}
        </fieldset>
    }
}

/// A form of one button, which names what it is about.
#[component]
pub(super) fn ButtonForm(
    #[prop(into)] action: String,
    #[prop(optional)] fields: Vec<(&'static str, String)>,
    text: &'static str,
    #[prop(optional)] is_grave: bool,
    #[prop(optional, into)] described: Option<String>,
) -> impl IntoView {
    let hidden = |(name, value)| view! { <input type="hidden" name=name value=value /> };
    view! {
        <form method="post" action=action>
            {fields.into_iter().map(hidden).collect_view()}
            <button class="plain-button" data-grave=is_grave.then_some("true") type="submit" aria-label=described>
                {text}
            </button>
        </form>
    }
}

/// What was typed into fields of this name before a form was refused.
pub(super) fn typed(name: &str) -> Option<Vec<String>> {
    let Some(Told::Refused { typed, .. }) = use_context::<AdminPage>().and_then(|page| page.told) else { return None };
    Some(typed.into_iter().filter(|(key, _)| key == name).map(|(_, value)| value).collect())
}

/// The one text that was typed, else this one.
pub(super) fn typed_or(name: &str, otherwise: &str) -> String {
    typed(name).and_then(|typed| typed.into_iter().next()).unwrap_or_else(|| otherwise.to_owned())
}

/// The roles that were chosen, else these.
pub(super) fn typed_roles(otherwise: Roles) -> Roles {
    typed("roles[]").map_or(otherwise, |typed| typed.iter().filter_map(|role| role.parse::<Role>().ok()).collect())
}
