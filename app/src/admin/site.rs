//! `/admin/site`: the site's name, its clock, when it is served.

mod words;

use super::AdminPage;
use super::fields::TextField;
use super::layout::AdminLayout;
use super::login::Problem;
use crate::erased::{AnyView, IntoAny};
use leptos::prelude::*;
use words::{SiteWords, use_site_words};

/// The site, as the form has it.
#[derive(Debug, Clone)]
pub struct SiteView {
    /// What is known, or was typed.
    pub typed: SiteTyped,
    /// Names of time zones to choose from.
    pub zones: Vec<String>,
    /// What is wrong with the form.
    pub problem: Option<SiteProblem>,
    /// Whether this server was told to be open all the time, whatever the hours are.
    pub is_always_open: bool,
}

/// What can be typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteTyped {
    /// What the site is called.
    pub name: String,
    /// Its time zone, by its IANA name.
    pub time_zone: String,
    /// Monday to Sunday.
    pub days: [DayTyped; 7],
    /// Whether it is closed on the public holidays of France.
    pub has_french_holidays: bool,
    /// Other days on which it is closed, as `2026-12-24`, one in a line.
    pub other_days: String,
}

/// The hours of a day of the week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayTyped {
    /// Whether it is served on this day.
    pub is_open: bool,
    /// From when, as `09:00`.
    pub opens: String,
    /// Until when; `00:00` and `24:00` are the day's end.
    pub closes: String,
}

/// What is wrong with the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteProblem {
    /// Empty, or more than 80 characters.
    Name,
    /// No such time zone.
    Zone,
    /// The hours of a day, 0 for Monday, are not times, or end before they begin.
    Hours(usize),
    /// A line is no date.
    Day(String),
    /// More than 400 days.
    TooManyDays,
}

/// The page.
pub(super) fn view_site(view: SiteView) -> AnyView {
    let words = use_site_words();
    view! { <AdminLayout title=words.site><SitePage view=view /></AdminLayout> }.into_any()
}

#[component]
fn SitePage(view: SiteView) -> impl IntoView {
    let words = use_site_words();
    let SiteView { typed, zones, problem, is_always_open } = view;
    let SiteTyped { name, time_zone, days, has_french_holidays, other_days } = typed;
    let now = expect_context::<AdminPage>().show_time;
    let now = crate::backend::use_backend().ok().map(|backend| (words.clock_now)(&now(backend.now())));
    let problem = problem.map(|problem| view! { <Problem text=(words.problem)(&problem) /> });
    let zone = |zone: String| view! { <option value=zone></option> };
    let days = days.into_iter().enumerate().map(|(i, day)| view! { <DayFields index=i day=day /> }).collect_view();
    view! {
        <h1>{words.site}</h1>
        {problem}
        {is_always_open.then(|| view! { <p class="told">{words.always_open}</p> })}
        <p class="field-hint">{words.one_site}</p>
        <form class="admin-form site-form" method="post" action="/admin/site">
            <section class="admin-part">
                <TextField label=words.name name="name" value=name required=true length_max=80 />
                <label class="field">
                    <span class="field-label">{words.zone}</span>
                    <input type="text" name="zone" value=time_zone list="zones" required maxlength="64" autocomplete="off" />
                    <span class="field-hint">{now}</span>
                </label>
                <datalist id="zones">{zones.into_iter().map(zone).collect_view()}</datalist>
            </section>
            <fieldset class="admin-part hours">
                <legend class="field-label">{words.hours}</legend>
                <p class="field-hint">{words.hours_what}</p>
                {days}
            </fieldset>
            <section class="admin-part">
                <h2>{words.holidays}</h2>
                <label class="role-choice">
                    <input type="checkbox" name="french" value="yes" checked=has_french_holidays />
                    <span class="role-name">{words.french}</span>
                    <span class="field-hint">{words.french_what}</span>
                </label>
                <label class="field">
                    <span class="field-label">{words.other_days}</span>
                    <textarea name="other_days" rows="6" spellcheck="false" aria-describedby="days-hint">{other_days}</textarea>
                    <span class="field-hint" id="days-hint">{words.other_days_what}</span>
                </label>
            </section>
            <button class="main-button" type="submit">{words.save}</button>
        </form>
    }
    .into_any()
}

#[component]
fn DayFields(index: usize, day: DayTyped) -> impl IntoView {
    let words: &SiteWords = use_site_words();
    let name = words.weekdays.get(index).copied().unwrap_or_default();
    let DayTyped { is_open, opens, closes } = day;
    let time = |field: &'static str, value: String, what: &'static str| {
        let label = format!("{name} · {what}");
        view! { <input type="time" name=format!("{field}-{index}") value=value aria-label=label /> }
    };
    view! {
        <div class="day-hours">
            <label class="day-open">
                <input type="checkbox" name=format!("open-{index}") value="yes" checked=is_open />
                <span>{name}</span>
            </label>
            {time("opens", opens, words.opens)}
            <span aria-hidden="true">"–"</span>
            {time("closes", closes, words.closes)}
        </div>
    }
    .into_any()
}
