use super::difference_map::DifferenceMap;
use super::floor_nav::{Colleagues, FloorNav};
use super::restoring::Restoring;
use super::schedules::Schedules;
use super::view::{ComparedVersions, VersionsView};
use super::words::use_floor_words;
use crate::admin::AdminPage;
use crate::admin::login::Problem;
use crate::erased::IntoAny;
use domain::FloorNumber;
use drafting::{LayoutVersion, VersionEntry};
use leptos::prelude::*;

/// `/admin/floors/{floor}/versions`: what was published, compared, and brought back.
#[component]
pub(super) fn VersionsPage(view: VersionsView) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let VersionsView { floor, versions, schedules, compared, restoring, own_draft, colleagues, refused, name } = view;
    let problem = refused.map(|problem| view! { <Problem text=(words.problem)(&problem, &*show_time) /> });
    let current = versions.first().map(|entry| entry.version);
    let chosen = compared.as_ref().map(|compared| (compared.from, compared.to));
    let compared = compared.map(|compared| {
        let ComparedVersions { from, to, drawn } = compared;
        let title = match restoring {
            Some(version) => (words.restoring)(version),
            None => (words.compared)(from, to),
        };
        view! {
            <section class="compared" id="compared">
                <h2>{title}</h2>
                <DifferenceMap drawn=drawn />
            </section>
        }
    });
    let restoring = restoring.zip(current).map(|(version, against)| {
        view! { <Restoring floor=floor version=version against=against own_draft=own_draft colleagues=colleagues.clone() name=name /> }
    });
    view! {
        <FloorNav floor=floor />
        {problem}
        <Schedules floor=floor schedules=schedules />
        {compared}
        {restoring}
        <CompareForm floor=floor versions=versions.clone() chosen=chosen />
        <VersionList floor=floor versions=versions />
        <Colleagues colleagues=colleagues />
    }
    .into_any()
}

/// Which two are to be compared; the last publication, as long as nothing was chosen.
#[component]
fn CompareForm(
    floor: FloorNumber,
    versions: Vec<VersionEntry>,
    chosen: Option<(LayoutVersion, LayoutVersion)>,
) -> impl IntoView {
    let words = use_floor_words();
    let newest = versions.first().map(|entry| entry.version);
    let before = versions.get(1).map(|entry| entry.version);
    let (from, to) = chosen.map_or((before, newest), |(from, to)| (Some(from), Some(to)));
    let options = |selected: Option<LayoutVersion>| {
        let option = |entry: &VersionEntry| {
            let text = say_version(entry);
            view! { <option value=entry.version.0 selected=selected == Some(entry.version)>{text}</option> }
        };
        versions.iter().map(option).collect_view()
    };
    (versions.len() > 1).then(|| {
        view! {
            <form class="compare-form" method="get" action=format!("/admin/floors/{floor}/versions")>
                <label class="field">
                    <span class="field-label">{words.compare_from}</span>
                    <select name="from">{options(from)}</select>
                </label>
                <label class="field">
                    <span class="field-label">{words.compare_to}</span>
                    <select name="to">{options(to)}</select>
                </label>
                <button class="plain-button" type="submit">{words.compare}</button>
            </form>
        }
        .into_any()
    })
}

fn say_version(entry: &VersionEntry) -> String {
    if entry.name.is_empty() { entry.version.0.to_string() } else { format!("{} · {}", entry.version.0, entry.name) }
}

#[component]
fn VersionList(floor: FloorNumber, versions: Vec<VersionEntry>) -> impl IntoView {
    let words = use_floor_words();
    let rows = versions
        .into_iter()
        .enumerate()
        .map(|(i, entry)| view! { <VersionRow floor=floor entry=entry is_current=i == 0 /> })
        .collect_view();
    view! {
        <table class="admin-table version-table">
            <thead>
                <tr>
                    <th scope="col">{words.version}</th>
                    <th scope="col">{words.version_name}</th>
                    <th scope="col">{words.author}</th>
                    <th scope="col">{words.published_at}</th>
                    <th scope="col"><span class="visually-hidden">{words.deeds}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn VersionRow(floor: FloorNumber, entry: VersionEntry, is_current: bool) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let VersionEntry { version, name, author, published_at, restores } = entry;
    let page = format!("/admin/floors/{floor}/versions");
    let previous = version.0.checked_sub(1).filter(|previous| *previous > 0);
    let change = previous.map(|previous| {
        let (to, label) = (format!("{page}?from={previous}&to={}#compared", version.0), (words.changes_of)(version));
        view! { <a class="plain-button" href=to aria-label=label>{words.changes}</a> }
    });
    let restore = (!is_current).then(|| {
        let to = format!("{page}?restore={}#compared", version.0);
        view! { <a class="plain-button" href=to aria-label=(words.restoring)(version)>{words.restore}</a> }
    });
    let no_name = (name.is_empty() && restores.is_none()).then_some("");
    let no_author = author.is_empty().then_some("");
    view! {
        <tr data-version=version.0 data-current=is_current.then_some("")>
            <th scope="row">
                {version.0}
                {is_current.then(|| view! { " "<span class="role-chip">{words.current}</span> })}
            </th>
            <td data-label=words.version_name data-empty=no_name>
                {name}
                {restores.map(|restores| view! { " "<span class="role-chip">{(words.restores)(restores)}</span> })}
            </td>
            <td data-label=words.author data-empty=no_author>{author}</td>
            <td data-label=words.published_at>
                {published_at.map_or_else(|| words.from_the_start.to_owned(), |at| show_time(at))}
            </td>
            <td class="row-deeds">{change}" "{restore}</td>
        </tr>
    }
    .into_any()
}
