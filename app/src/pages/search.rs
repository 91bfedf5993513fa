use crate::answer::use_answer;
use crate::api::read_directory;
use crate::app::Problem;
use crate::backend::{ApiError, BoothEntry, use_backend};
use crate::booth_list::{ListQuery, use_list_query};
use crate::booth_status::StatusBadge;
use crate::erased::IntoAny;
use crate::handed_over::hand_over;
use crate::head::Title;
use crate::live::use_booth;
use crate::navigation::Redirect;
use crate::search::{Needle, find_best};
use crate::texts::use_texts;
use leptos::prelude::*;

/// More would not be read.
const RESULTS_MAX: usize = 200;

/// `/search?q=mark`: what the search box finds, for readers without scripts and for more results than fit below it.
/// The only one that fits is gone to at once.
#[component]
pub(crate) fn SearchPage() -> impl IntoView {
    let texts = use_texts();
    let query = use_list_query();
    let text = Memo::new(move |_| query.with(|query| query.text.clone()));
    let found = use_answer(text, |text| hand_over(|| find_here(text)), find);
    view! {
        <Title text=format!("{} · DispoBox", texts.search.search) />
        <section class="search-page">
            <h1>{texts.search.search}</h1>
            <form class="search-page-form" action="/search" method="get">
                <input
                    type="search"
                    name="q"
                    aria-label=texts.search.search
                    placeholder=texts.search.hint
                    maxlength=ListQuery::TEXT_MAX.to_string()
                    value=text.get_untracked()
                />
                <button type="submit">{texts.search.search}</button>
            </form>
            {move || {
                found
                    .get()
                    .map(|answer| match answer {
                        Ok(found) => view! { <Found text=text.get_untracked() found=found /> }.into_any(),
                        Err(error) => view! { <Problem error=error /> }.into_any(),
                    })
            }}
        </section>
    }
    .into_any()
}

type Answer = Result<Vec<BoothEntry>, ApiError>;

/// On the server's side.
fn find_here(text: &str) -> Option<Answer> {
    let backend = use_backend().ok()?;
    Some(Ok(find_best(&backend.list_booths(), &Needle::new(text), RESULTS_MAX)))
}

async fn find(text: String) -> Answer {
    let needle = Needle::new(&text);
    if needle.is_empty() {
        return Ok(Vec::new());
    }
    Ok(find_best(&read_directory().await?.booths, &needle, RESULTS_MAX))
}

#[component]
fn Found(text: String, found: Vec<BoothEntry>) -> impl IntoView {
    let texts = use_texts().search;
    match found.as_slice() {
        [] if Needle::new(&text).is_empty() => view! { <p>{texts.what}</p> }.into_any(),
        [] => view! { <p role="status">{(texts.none)(&text)}</p> }.into_any(),
        [only] => {
            let href = ListQuery::default().href(only.floor, Some(only.number));
            view! { <Redirect path=href /> }.into_any()
        }
        _ => view! {
            <p role="status">{(texts.count)(found.len())}</p>
            <ul class="search-page-results">
                {found.into_iter().map(|booth| view! { <FoundBooth booth=booth /> }).collect_view()}
            </ul>
        }
        .into_any(),
    }
}

#[component]
fn FoundBooth(booth: BoothEntry) -> impl IntoView {
    let texts = use_texts();
    let BoothEntry { number, floor, name } = booth;
    view! {
        <li>
            <a class="search-option" href=ListQuery::default().href(floor, Some(number)) data-found=number.0>
                <span class="booth-row-number">{number.0}</span>
                <span class="search-option-name">{name}</span>
                <span class="search-option-floor">{(texts.floor)(floor)}</span>
                <StatusBadge status=use_booth(number).status />
            </a>
        </li>
    }
    .into_any()
}
