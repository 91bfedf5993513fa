//! What cannot both be had: asked, and never decided for anybody.

use super::changes::{name_booth, say_edit, say_wire};
use super::view::{AskedClash, DraftOnTable};
use super::words::{FloorWords, use_floor_words};
use crate::erased::IntoAny;
use drafting::{Choice, Clash, Edit, Layout, Side};
use leptos::prelude::*;

/// A question for each clash; no answer is there before somebody gives it.
#[component]
pub(super) fn Clashes(draft: DraftOnTable) -> impl IntoView {
    let words = use_floor_words();
    let layouts = [draft.mine, draft.drawn.before];
    let asked = draft.clashes.into_iter().enumerate().map(|(i, asked)| ask(i, asked, &layouts, words)).collect_view();
    let plan = draft.plan_asked.map(|choice| {
        let sides = (words.plan_mine.to_owned(), words.plan_theirs.to_owned());
        ask_one("plan", words.plan_clash.to_owned(), sides, choice)
    });
    view! {
        <section class="clashes">
            <h2>{words.clashes}</h2>
            <p>{words.clashes_what}</p>
            {plan}
            {asked}
        </section>
    }
    .into_any()
}

fn ask(index: usize, asked: AskedClash, layouts: &[Layout; 2], words: &FloorWords) -> impl IntoView + use<> {
    let AskedClash { clash, key, choice } = asked;
    let (question, mine, theirs) = say(&clash, layouts, words);
    view! {
        <input type="hidden" name=format!("key-{index}") value=key />
        {ask_one(&format!("choice-{index}"), question, (mine, theirs), choice)}
    }
    .into_any()
}

fn ask_one(
    name: &str,
    question: String,
    (mine, theirs): (String, String),
    choice: Option<Choice>,
) -> impl IntoView + use<> {
    let words = use_floor_words();
    let name = name.to_owned();
    let option = |value: &'static str, side: Choice, who: &'static str, what: String| {
        view! {
            <label class="role-choice">
                <input type="radio" name=name.clone() value=value required checked=choice == Some(side) />
                <span class="role-name">{who}</span>
                <span class="field-hint">{what}</span>
            </label>
        }
    };
    view! {
        <fieldset class="roles clash" data-clash>
            <legend class="field-label">{question}</legend>
            {option("mine", Choice::Mine, words.mine, mine)}
            {option("theirs", Choice::Theirs, words.theirs, theirs)}
        </fieldset>
    }
    .into_any()
}

/// The question, and what each side says.
fn say(clash: &Clash, layouts: &[Layout; 2], words: &FloorWords) -> (String, String, String) {
    let name = |id| name_booth(id, layouts, words);
    match clash {
        Clash::Edited { id, mine, theirs } => {
            let field = mine.first().map_or("", |edit| (words.field)(edit.field()));
            ((words.edited)(&name(*id), field), say_edits(mine, words), say_edits(theirs, words))
        }
        Clash::Removed { booth, by } => {
            let (removed, kept) = (words.removed.to_owned(), words.kept.to_owned());
            let question = (words.removed_or_kept)(&(words.booth_number)(booth.number));
            if *by == Side::Mine { (question, removed, kept) } else { (question, kept, removed) }
        }
        Clash::AddedTwice { mine, theirs } => {
            let describe =
                |booth: &drafting::LayoutBooth| format!("{} {}", (words.booth_number)(booth.number), booth.name);
            ((words.added_twice)(&(words.booth_number)(mine.number)), describe(mine), describe(theirs))
        }
        Clash::Number { number, mine, theirs } => (
            (words.number_clash)(*number),
            (words.to_which)(&say_place(*mine, layouts, words)),
            (words.to_which)(&say_place(*theirs, layouts, words)),
        ),
        Clash::Channel { wire, mine, theirs } => {
            ((words.channel_clash)(&say_wire(wire)), (words.to_which)(&name(*mine)), (words.to_which)(&name(*theirs)))
        }
    }
}

/// Two booths of one number are told apart by their names and places.
fn say_place(id: drafting::BoothId, layouts: &[Layout; 2], words: &FloorWords) -> String {
    let Some(booth) = layouts.iter().find_map(|layout| layout.find(id)) else { return words.unknown_booth.to_owned() };
    let middle = booth.shape.middle();
    let place = format!("{:.0} ; {:.0}", middle.x, middle.y);
    if booth.name.is_empty() { place } else { format!("{} ({place})", booth.name) }
}

fn say_edits(edits: &[Edit], words: &FloorWords) -> String {
    let said = edits.iter().map(|edit| say_edit(edit, words)).map(|(was, is)| format!("{was} → {is}"));
    said.collect::<Vec<_>>().join(", ")
}
