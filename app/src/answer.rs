//! What the server answers to a question that follows from the page.

use crate::handed_over::hand_over;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;

/// The newest answer to a question, which is asked again whenever it changes; nothing until there is one. The first answer comes
/// with the page, if `with_page`, called on the server, has one.
pub(crate) fn use_answer<Q, A, F>(
    question: Memo<Q>,
    with_page: impl FnOnce(&Q) -> Option<A>,
    ask: fn(Q) -> F,
) -> ReadSignal<Option<A>>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    A: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = A> + 'static,
{
    let first = question.get_untracked();
    let (answer, set_answer) = signal(hand_over(|| with_page(&first)));
    Effect::new(move |asked: Option<Q>| {
        let asking = question.get();
        let came_with_page = asked.is_none() && answer.with_untracked(Option::is_some);
        if !came_with_page && asked.as_ref() != Some(&asking) {
            let asked = asking.clone();
            spawn_local(async move {
                let answered = ask(asked.clone()).await;
                // The reader may have gone on meanwhile: to another question, or to another page.
                if question.try_get_untracked() == Some(asked) {
                    set_answer.try_set(Some(answered));
                }
            });
        }
        asking
    });
    answer
}
