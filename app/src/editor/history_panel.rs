//! The steps, oldest first: a click goes there.

use super::studio::{Studio, use_studio};
use crate::erased::{AnyView, IntoAny};
use drafting::{Command, StepName};
use leptos::prelude::*;

/// There is no limit to steps, but to what is written out.
const SHOWN_MAX: usize = 100;

#[component]
pub(super) fn HistoryPanel() -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let steps = Memo::new(move |_| {
        studio.editor.with(|editor| {
            let (done, undone) = (editor.history().done(), editor.history().undone());
            let names: Vec<StepName> = done.iter().chain(undone.iter().rev()).map(|step| step.name).collect();
            (names, done.len())
        })
    });
    let list = move || {
        let (names, done) = steps.get();
        let first = done.saturating_sub(SHOWN_MAX);
        let rows = names.iter().enumerate().skip(first).take(2 * SHOWN_MAX);
        let rows = rows.map(|(index, name)| view_step(studio, index + 1, (texts.step)(*name), done)).collect_view();
        let start = if first == 0 {
            view_step(studio, 0, texts.beginning, done)
        } else {
            view! { <li class="soft">{(texts.earlier)(first)}</li> }.into_any()
        };
        view! { {start} {rows} }
    };
    view! {
        <section class="panel history-panel" aria-label=texts.history>
            <h2>{texts.history}</h2>
            <ol class="history">{list}</ol>
        </section>
    }
    .into_any()
}

/// The state after so many steps.
fn view_step(studio: Studio, count: usize, name: &'static str, done: usize) -> AnyView {
    view! {
        <li>
            <button
                type="button"
                class="step"
                data-undone=(count > done).then_some("")
                aria-current=(count == done).then_some("step")
                on:click=move |_| go_to(studio, count)
            >
                {name}
            </button>
        </li>
    }
    .into_any()
}

fn go_to(studio: Studio, count: usize) {
    let done = studio.editor.with_untracked(|editor| editor.history().done().len());
    let command = || if count < done { Command::Undo } else { Command::Redo };
    for _ in 0..count.abs_diff(done) {
        studio.run(command());
    }
}
