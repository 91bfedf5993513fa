use super::{NavigateOptions, use_navigate};
use crate::backend::RedirectReply;
use leptos::prelude::*;

/// Goes elsewhere as soon as it is shown: on the server by its answer, in the browser by the history.
#[component]
pub(crate) fn Redirect(path: String) -> impl IntoView {
    match use_context() {
        Some(RedirectReply(reply)) => reply(path),
        None => use_navigate()(&path, NavigateOptions { replace: true, ..NavigateOptions::default() }),
    }
}
