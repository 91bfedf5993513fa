//! What both have changed: asked one by one, or for all of it.

use super::clash_words::{ClashWords, describe_clash};
use super::dialogs::Dialog;
use super::news::{Merging, News};
use super::studio::use_studio;
use crate::erased::{AnyView, IntoAny};
use crate::reader::use_reader;
use drafting::{Choice, Choices, Clash, ClashKey};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The answers so far.
type Answers = RwSignal<BTreeMap<ClashKey, Choice>>;

#[component]
pub(super) fn ClashDialog(news: News) -> impl IntoView {
    let texts = use_studio().texts;
    let is_open = Signal::derive(move || news.merging.with(Option::is_some));
    let body = move || news.merging.get().map(|merging| view_questions(news, merging));
    view! {
        <Dialog title=texts.clashes_title is_open=is_open on_close=move || news.merging.set(None)>
            {body}
        </Dialog>
    }
    .into_any()
}

fn view_questions(news: News, merging: Merging) -> AnyView {
    let (texts, locale) = (use_studio().texts, use_reader().locale);
    let answers: Answers = RwSignal::new(BTreeMap::new());
    let keys: Vec<ClashKey> = merging.clashes.iter().map(Clash::key).collect();
    let count = keys.len();
    let keys = StoredValue::new(keys);
    let all = move |choice| answers.set(keys.with_value(|keys| keys.iter().map(|key| (key.clone(), choice)).collect()));
    let questions: Vec<AnyView> = merging
        .clashes
        .iter()
        .enumerate()
        .map(|(index, clash)| {
            let words = describe_clash(clash, &merging.mine, &merging.theirs, (texts, locale));
            view_question(index, clash.key(), words, answers)
        })
        .collect();
    let by = (texts.clashes_what)(&merging.by);
    let merging = StoredValue::new(merging);
    let decide = move |_| {
        let choices: Choices = answers.get_untracked().into_iter().collect::<Vec<_>>().into();
        news.decide(merging.get_value(), &choices);
    };
    view! {
        <p>{by}</p>
        <p class="dialog-buttons">
            <button type="button" class="plain-button" on:click=move |_| all(Choice::Mine)>{texts.all_mine}</button>
            <button type="button" class="plain-button" on:click=move |_| all(Choice::Theirs)>{texts.all_theirs}</button>
        </p>
        <div class="clashes">{questions}</div>
        <p class="dialog-buttons">
            <button type="button" class="plain-button" on:click=move |_| news.merging.set(None)>{texts.cancel}</button>
            <button
                type="button"
                class="main-button"
                data-action="merge"
                disabled=move || answers.with(BTreeMap::len) < count
                on:click=decide
            >
                {texts.merge}
            </button>
        </p>
    }
    .into_any()
}

fn view_question(index: usize, key: ClashKey, words: ClashWords, answers: Answers) -> AnyView {
    let texts = use_studio().texts;
    let ClashWords { about, mine, theirs } = words;
    let key = StoredValue::new(key);
    let option = move |choice: Choice, side: &'static str, value: String| {
        let is_chosen = move || answers.with(|answers| key.with_value(|key| answers.get(key) == Some(&choice)));
        let choose = move |_| answers.update(|answers| _ = answers.insert(key.get_value(), choice));
        view! {
            <label class="clash-choice">
                <input type="radio" name=format!("clash-{index}") prop:checked=is_chosen on:change=choose />
                <span><b>{side}</b> " " {value}</span>
            </label>
        }
    };
    view! {
        <fieldset class="clash">
            <legend>{about}</legend>
            {option(Choice::Mine, texts.mine, mine)}
            {option(Choice::Theirs, texts.theirs, theirs)}
        </fieldset>
    }
    .into_any()
}
