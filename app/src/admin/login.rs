use super::fields::TextField;
use super::layout::NarrowLayout;
use super::view::{LoginProblem, LoginView};
use super::words::use_admin_words;
use leptos::prelude::*;

/// `/login`.
#[component]
pub(super) fn LoginPage(view: LoginView) -> impl IntoView {
    let words = use_admin_words();
    let LoginView { to, name, problem } = view;
    let is_refused = matches!(problem, Some(LoginProblem::Insecure | LoginProblem::UnknownProxy));
    let has_name = !name.is_empty();
    view! {
        <NarrowLayout title=words.sign_in>
            {problem.map(|problem| view! { <Problem text=(words.login_problem)(problem) /> })}
            {(!is_refused)
                .then(|| {
                    view! {
                        <form class="admin-form" method="post" action="/login">
                            <input type="hidden" name="to" value=to />
                            <TextField
                                label=words.name
                                name="name"
                                value=name
                                autocomplete="username"
                                required=true
                                focused=!has_name
                            />
                            <TextField
                                label=words.password
                                name="password"
                                kind="password"
                                autocomplete="current-password"
                                required=true
                                focused=has_name
                            />
                            <TextField
                                label=words.code
                                name="code"
                                hint=words.code_hint
                                autocomplete="one-time-code"
                                length_max=16
                            />
                            <button class="main-button" type="submit">{words.sign_in}</button>
                        </form>
                    }
                })}
            <p class="field-hint">{words.no_account}</p>
        </NarrowLayout>
    }
}

/// Why a form was not taken; said at once by screen readers.
#[component]
pub(super) fn Problem(text: String) -> impl IntoView {
    view! { <p class="told" data-told="refused" role="alert">{text}</p> }
}
