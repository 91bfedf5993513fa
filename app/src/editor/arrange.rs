//! Lining up, spreading out, making equal.

use super::icons::{self, IconButton};
use super::studio::use_studio;
use crate::erased::IntoAny;
use drafting::{Alignment, Axis, Command, SameSize};
use leptos::prelude::*;

const ALIGNMENTS: [(Alignment, &str); 6] = [
    (Alignment::Left, "align-left"),
    (Alignment::Centre, "align-centre"),
    (Alignment::Right, "align-right"),
    (Alignment::Top, "align-top"),
    (Alignment::Middle, "align-middle"),
    (Alignment::Bottom, "align-bottom"),
];
const DISTRIBUTIONS: [(Axis, &str); 2] = [(Axis::X, "distribute-x"), (Axis::Y, "distribute-y")];
const SAME_SIZES: [(SameSize, &str); 3] =
    [(SameSize::Width, "same-width"), (SameSize::Height, "same-height"), (SameSize::Both, "same-size")];

#[component]
pub(super) fn Arrange() -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let count = Memo::new(move |_| studio.editor.with(|editor| editor.selection().len()));
    let fewer_than = move |least: usize| Signal::derive(move || count.get() < least);
    let button = move |path, name, action, least, command: Command| {
        let run = move || studio.run(command.clone());
        view! { <IconButton path=path name=name action=action is_disabled=fewer_than(least) on_press=run /> }
    };
    let align = move |(alignment, action): (Alignment, &'static str)| {
        button(icons::of_alignment(alignment), (texts.align)(alignment), action, 1, Command::Align(alignment))
    };
    let distribute = move |(axis, action): (Axis, &'static str)| {
        button(icons::of_distribution(axis), (texts.distribute)(axis), action, 3, Command::Distribute(axis))
    };
    let match_size = move |(same, action): (SameSize, &'static str)| {
        button(icons::of_same_size(same), (texts.same)(same), action, 2, Command::Match(same))
    };
    view! {
        <div class="arrange" role="group" aria-label=texts.arrange>
            {ALIGNMENTS.map(align).into_iter().collect_view()}
            {DISTRIBUTIONS.map(distribute).into_iter().collect_view()}
            {SAME_SIZES.map(match_size).into_iter().collect_view()}
        </div>
    }
    .into_any()
}
