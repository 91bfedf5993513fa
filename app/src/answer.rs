//! What the server answers to a question that follows from the page.

use crate::backend::ApiError;
use crate::deadline::within;
use crate::live::{Link, use_live};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::time::Duration;

const ASK_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// Nothing until the server has answered.
pub(crate) type Answer<A> = Option<Result<A, ApiError>>;

/// The newest answer to a question, which is asked again whenever it changes; and while the server could not be reached, as soon
/// as it is there. `begin` is the first answer, if that has come with the page.
pub(crate) fn use_answer<Q, A, F>(
    question: Memo<Q>,
    begin: impl FnOnce(&Q) -> Answer<A>,
    ask: fn(Q) -> F,
) -> ReadSignal<Answer<A>>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    A: Send + Sync + 'static,
    F: Future<Output = Result<A, ApiError>> + 'static,
{
    let (answer, set_answer) = signal(question.with_untracked(begin));
    let link = use_live().link();
    let failures = RwSignal::new(0_u32);
    Effect::new(move |asked: Option<Q>| {
        failures.track();
        let is_live = link.get() == Link::Live;
        let asking = question.get();
        let is_wanted = answer.with_untracked(|answer| match answer {
            Some(Err(ApiError::Unreachable)) if is_live => true,
            Some(_) => asked.is_some_and(|asked| asked != asking),
            None => asked != Some(asking.clone()),
        });
        if is_wanted {
            let asked = asking.clone();
            spawn_local(async move {
                let answered = within(ask(asked.clone())).await;
                // The reader may have gone on meanwhile: to another question, or to another page.
                if question.try_get_untracked() != Some(asked) {
                    return;
                }
                if matches!(answered, Err(ApiError::Unreachable)) {
                    set_timeout(move || _ = failures.try_update(|failures| *failures += 1), ASK_AGAIN_AFTER);
                }
                set_answer.try_set(Some(answered));
            });
        }
        asking
    });
    answer
}
