use super::fields::{NewPasswordField, TextField};
use super::layout::NarrowLayout;
use super::login::Problem;
use super::view::{LoginProblem, SetupProblem, SetupView};
use super::words::use_admin_words;
use crate::erased::IntoAny;
use leptos::prelude::*;

/// `/setup/{token}`: a password, and for the first administrator a name.
#[component]
pub(super) fn SetupPage(view: SetupView) -> impl IntoView {
    let words = use_admin_words();
    let SetupView { account, name, problem } = view;
    let title = if account.is_some() { words.set_password } else { words.first_admin };
    let insecure =
        [LoginProblem::Insecure, LoginProblem::UnknownProxy].map(|problem| Some(SetupProblem::Login(problem)));
    let is_refused = insecure.contains(&problem);
    let form = move || {
        let field = match account {
            Some(account) => view! {
                <p>{(words.password_for)(account.as_str())}</p>
                <input type="hidden" name="name" autocomplete="username" value=account.to_string() />
            }
            .into_any(),
            None => view! {
                <TextField
                    label=words.name
                    name="name"
                    hint=words.name_hint
                    value=name
                    autocomplete="username"
                    required=true
                    focused=true
                    length_max=64
                />
            }
            .into_any(),
        };
        view! {
            <form class="admin-form" method="post">
                {field}
                <NewPasswordField />
                <button class="main-button" type="submit">{words.set_password}</button>
            </form>
        }
    };
    view! {
        <NarrowLayout title=title>
            {problem.map(|problem| view! { <Problem text=(words.setup_problem)(problem) /> })}
            {(!is_refused).then(form)}
        </NarrowLayout>
    }
}
