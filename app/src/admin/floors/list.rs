use super::drawing::Thumbnail;
use super::view::{DraftedBy, FloorRow, ListView};
use super::words::use_floor_words;
use crate::admin::AdminPage;
use crate::admin::fields::{ButtonForm, TextField};
use crate::admin::login::Problem;
use crate::erased::IntoAny;
use domain::FloorNumber;
use leptos::prelude::*;

/// `/admin/floors`: all floors, and a form for one more.
#[component]
pub(super) fn FloorsPage(view: ListView) -> impl IntoView {
    let words = use_floor_words();
    let ListView { floors, refused } = view;
    let was_refused = refused.is_some();
    let (problem, number, name) = refused.map_or((None, String::new(), String::new()), |(error, number, name)| {
        (Some(view! { <Problem text=(words.plan_error)(error).to_owned() /> }), number, name)
    });
    let (retired, shown): (Vec<_>, Vec<_>) = floors.into_iter().partition(|floor| floor.retired_at.is_some());
    let is_last = shown.len() == 1;
    let count = shown.len();
    let shown = shown
        .into_iter()
        .enumerate()
        .map(|(i, floor)| view! { <FloorItem floor=floor place=i + 1 count=count is_last=is_last /> })
        .collect_view();
    let gone = (!retired.is_empty()).then(|| {
        view! {
            <section class="retired-floors">
                <h2>{words.retired_floors}</h2>
                <ul class="sessions">{retired.into_iter().map(|floor| view! { <RetiredItem floor=floor /> }).collect_view()}</ul>
            </section>
        }
    });
    view! {
        <h1>{words.floors}</h1>
        {problem}
        <ol class="floor-list">{shown}</ol>
        <details class="admin-part" open=was_refused || count == 0>
            <summary>{words.new_floor}</summary>
            <form class="admin-form" method="post" action="/admin/floors">
                <TextField
                    label=words.floor_number
                    name="number"
                    kind="number"
                    hint=words.floor_number_hint
                    value=number
                    required=true
                />
                <TextField label=words.floor_name name="name" hint=words.floor_name_hint value=name length_max=40 />
                <button class="main-button" type="submit">{words.create_floor}</button>
            </form>
        </details>
        {gone}
    }
    .into_any()
}

#[component]
fn FloorItem(floor: FloorRow, place: usize, count: usize, is_last: bool) -> impl IntoView {
    let words = use_floor_words();
    let FloorRow { number, name, version, plan, layout, drafted_by, .. } = floor;
    let booths = (words.booths)(layout.booths().len());
    let link = |page: &'static str, text: &'static str| {
        let label = format!("{text} · {}", (words.floor)(number));
        view! { <a class="plain-button" href=format!("/admin/floors/{number}/{page}") aria-label=label>{text}</a> }
    };
    let named = (!name.is_empty()).then(|| view! { <span class="floor-item-name">{name.clone()}</span> });
    view! {
        <li class="floor-item" data-floor-row=number.0>
            <Thumbnail plan=plan layout=layout />
            <div class="floor-item-text">
                <h2>{(words.floor)(number)}" "{named}</h2>
                <p class="field-hint">{booths}" · "{(words.version_of)(version)}</p>
                <Drafts drafted_by=drafted_by />
                <p class="floor-item-links">
                    {link("edit", words.edit)} {link("plan", words.plan)} {link("publish", words.publish)}
                    {link("versions", words.versions)}
                </p>
                <details>
                    <summary>{words.more}</summary>
                    <Arrange floor=number name=name place=place count=count is_last=is_last />
                </details>
            </div>
        </li>
    }
    .into_any()
}

/// Who is drawing it.
#[component]
fn Drafts(drafted_by: Vec<DraftedBy>) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let one = |DraftedBy { name, saved_at, is_here, is_own }: DraftedBy| {
        let who = if is_own { words.you.to_owned() } else { name };
        let saved = saved_at.map(|at| format!(" · {}", (words.draft_saved)(&show_time(at))));
        let here = is_here.then(|| format!(" · {}", words.is_here));
        view! { <li data-own=is_own.then_some("")><strong>{who}</strong>{here}{saved}</li> }
    };
    (!drafted_by.is_empty())
        .then(|| view! { <ul class="floor-item-drafts">{drafted_by.into_iter().map(one).collect_view()}</ul> })
}

/// Its name, its place among the tabs, and the way out of them.
#[component]
fn Arrange(floor: FloorNumber, name: String, place: usize, count: usize, is_last: bool) -> impl IntoView {
    let words = use_floor_words();
    let option = |at: usize| view! { <option value=at selected=at == place>{at}</option> };
    let label = |text: &str| format!("{text} · {}", (words.floor)(floor));
    let retire = (!is_last).then(|| {
        view! {
            <div class="deed">
                <ButtonForm
                    action=format!("/admin/floors/{floor}/retire")
                    text=words.retire
                    is_grave=true
                    described=label(words.retire)
                />
                <p class="field-hint">{words.retire_what}</p>
            </div>
        }
    });
    view! {
        <form class="admin-form" method="post" action=format!("/admin/floors/{floor}/rename")>
            <TextField label=words.floor_name name="name" value=name length_max=40 />
            <label class="field">
                <span class="field-label">{words.place}</span>
                <select name="place">{(1..=count).map(option).collect_view()}</select>
            </label>
            <button class="plain-button" type="submit" aria-label=label(words.save)>{words.save}</button>
        </form>
        {retire}
    }
    .into_any()
}

#[component]
fn RetiredItem(floor: FloorRow) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let FloorRow { number, name, retired_at, layout, .. } = floor;
    let since = retired_at.map(|at| (words.retired_since)(&show_time(at)));
    let described = format!("{} · {}", words.bring_back, (words.floor)(number));
    view! {
        <li data-retired-floor=number.0>
            <div>
                <strong>{(words.floor)(number)}</strong>
                <span>{name}</span>
                <p class="field-hint">{(words.booths)(layout.booths().len())}" · "{since}</p>
            </div>
            <ButtonForm action=format!("/admin/floors/{number}/bring_back") text=words.bring_back described=described />
        </li>
    }
    .into_any()
}
