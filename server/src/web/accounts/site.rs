//! `/admin/site`: the site's name, clock, hours and holidays. The running server follows at once.

use super::floors::Fields;
use super::visit::{Holder, Visit, redirect};
use crate::clock::utc_now;
use crate::french_holidays::list_french_holidays;
use crate::web::WebState;
use app::admin::{AdminView, DayTyped, FloorsTold, SiteProblem, SiteTyped, SiteView, Told};
use axum::extract::State;
use axum::response::Response;
use domain::{EditPlans, ServiceHours};
use entity::Site;
use http::StatusCode;
use ingest::Clock;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// Letters of a site's name.
const NAME_MAX: usize = 80;
/// More days than this nobody closes on purpose.
const DAYS_MAX: usize = 400;
/// Years for which the holidays of France are worked out.
const YEARS: i16 = 10;
const DAY_MIN: u16 = 24 * 60;

/// The page.
pub(super) async fn show(State(state): State<WebState>, Holder { visit, .. }: Holder<EditPlans>) -> Response {
    match visit.accounts.storage.read_site().await {
        Ok(site) => {
            let typed = type_out(&site, this_year(&visit));
            render(&visit, &state, typed, None).await
        }
        Err(error) => visit.render_away(&error).await,
    }
}

/// Changes the site; what was typed stays when something is wrong with it.
pub(super) async fn save(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<EditPlans>,
    fields: Fields,
) -> Response {
    let typed = read_fields(&fields);
    let site = match read(&typed, this_year(&visit)) {
        Ok(site) => site,
        Err(problem) => return render(&visit, &state, typed, Some(problem)).await,
    };
    if let Err(error) = visit.accounts.storage.change_site(&holds, &site, utc_now()).await {
        return visit.render_away(&error).await;
    }
    state.plans.follow_site(&site).await;
    if let Some(principal) = &visit.principal {
        visit.accounts.told.put(principal.session, Told::Floors(FloorsTold::SiteSaved));
    }
    redirect("/admin/site")
}

async fn render(visit: &Visit, state: &WebState, typed: SiteTyped, problem: Option<SiteProblem>) -> Response {
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let zones = jiff::tz::db().available().map(|zone| zone.to_string()).collect();
    let is_always_open = state.plans.is_always_open();
    let view = SiteView { typed, zones, problem, is_always_open };
    visit.render(AdminView::Site(Box::new(view)), status).await
}

fn this_year(visit: &Visit) -> i16 {
    crate::clock::date(visit.accounts.clock.local(utc_now()).day).year()
}

fn read_fields(fields: &Fields) -> SiteTyped {
    let text = |name: &str| fields.text(name).to_owned();
    SiteTyped {
        name: text("name"),
        time_zone: text("zone"),
        days: std::array::from_fn(|day| DayTyped {
            is_open: fields.has(&format!("open-{day}")),
            opens: text(&format!("opens-{day}")),
            closes: text(&format!("closes-{day}")),
        }),
        has_french_holidays: fields.has("french"),
        other_days: text("other_days"),
    }
}

/// What is kept of what was typed.
fn read(typed: &SiteTyped, year: i16) -> Result<Site, SiteProblem> {
    let name = typed.name.trim();
    if !(1..=NAME_MAX).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Err(SiteProblem::Name);
    }
    let zone = TimeZone::get(&typed.time_zone).map_err(|_| SiteProblem::Zone)?;
    let time_zone = zone.iana_name().ok_or(SiteProblem::Zone)?.to_owned();
    let mut week = [None; 7];
    for (index, (day, hours)) in typed.days.iter().zip(&mut week).enumerate() {
        if day.is_open {
            *hours = Some(read_hours(day).ok_or(SiteProblem::Hours(index))?);
        }
    }
    let hours = ServiceHours::weekly(week).map_err(|_| SiteProblem::Hours(0))?;
    let mut days = read_days(&typed.other_days)?;
    if typed.has_french_holidays {
        days.extend((year..year.saturating_add(YEARS)).flat_map(list_french_holidays));
    }
    Ok(Site { name: name.to_owned(), time_zone, hours, holidays: days.iter().map(Date::to_string).collect() })
}

fn read_hours(day: &DayTyped) -> Option<(u16, u16)> {
    let opens = read_minute(&day.opens)?;
    let closes = read_minute(&day.closes)?;
    let closes = if closes == 0 { DAY_MIN } else { closes };
    (opens < closes).then_some((opens, closes))
}

/// `09:00`, in minutes after midnight.
fn read_minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour <= 24 && minute < 60).then(|| hour * 60 + minute).filter(|minute| *minute <= DAY_MIN)
}

/// A day or two in a line, with `..` between them.
fn read_days(text: &str) -> Result<BTreeSet<Date>, SiteProblem> {
    let mut days = BTreeSet::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let bad = || SiteProblem::Day(line.chars().take(40).collect());
        let (first, last) = line.split_once("..").unwrap_or((line, line));
        let [first, last] = [first, last].map(|day| day.trim().parse::<Date>());
        let (first, last) = first.ok().zip(last.ok()).filter(|(first, last)| first <= last).ok_or_else(bad)?;
        let from_first = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        days.extend(from_first.take_while(|day| *day <= last).take(DAYS_MAX + 1));
        if days.len() > DAYS_MAX {
            return Err(SiteProblem::TooManyDays);
        }
    }
    Ok(days)
}

/// The form for what is kept. The holidays of France are one tick when those of this year and the next are there.
fn type_out(site: &Site, year: i16) -> SiteTyped {
    let days: BTreeSet<Date> = site.holidays.iter().filter_map(|day| day.parse().ok()).collect();
    let has_french_holidays =
        (year..=year.saturating_add(1)).flat_map(list_french_holidays).all(|day| days.contains(&day));
    let is_french = |day: &Date| list_french_holidays(day.year()).any(|holiday| holiday == *day);
    let others: Vec<Date> = days.into_iter().filter(|day| !has_french_holidays || !is_french(day)).collect();
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
    let of_day = |hours: Option<(u16, u16)>| match hours {
        Some((opens, closes)) => DayTyped { is_open: true, opens: time(opens), closes: time(closes) },
        None => DayTyped { is_open: false, opens: String::new(), closes: String::new() },
    };
    SiteTyped {
        name: site.name.clone(),
        time_zone: site.time_zone.clone(),
        days: site.hours.week().map(of_day),
        has_french_holidays,
        other_days: others.iter().map(|day| format!("{day}\n")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> SiteTyped {
        let open = |opens: &str, closes: &str| DayTyped { is_open: true, opens: opens.into(), closes: closes.into() };
        let closed = DayTyped::default();
        SiteTyped {
            name: " Lyon ".to_owned(),
            time_zone: "europe/paris".to_owned(),
            days: [
                open("09:00", "21:00"),
                open("09:00", "21:00"),
                open("00:00", "00:00"),
                open("08:30", "12:00"),
                open("09:00", "18:00"),
                closed.clone(),
                closed,
            ],
            has_french_holidays: true,
            other_days: "2026-12-24\n\n 2026-12-28 .. 2026-12-31 \n".to_owned(),
        }
    }

    #[test]
    fn there_and_back() {
        let site = read(&typed(), 2026).expect("a site");
        assert_eq!((site.name.as_str(), site.time_zone.as_str()), ("Lyon", "Europe/Paris"));
        assert_eq!(site.hours.week()[2..6], [Some((0, 1440)), Some((510, 720)), Some((540, 1080)), None]);
        assert_eq!(site.holidays.len(), 110 + 5);
        let again = type_out(&site, 2026);
        assert!(again.has_french_holidays);
        assert_eq!(again.other_days.lines().count(), 5);
        assert_eq!(read(&again, 2026), Ok(site));
    }

    #[test]
    fn what_is_wrong_is_said() {
        type Spoil = fn(&mut SiteTyped);
        let cases: [(Spoil, SiteProblem); 7] = [
            (|typed| typed.name = " ".to_owned(), SiteProblem::Name),
            (|typed| typed.name = "x".repeat(81), SiteProblem::Name),
            (|typed| typed.time_zone = "Europe/Nowhere".to_owned(), SiteProblem::Zone),
            (|typed| typed.days[3].closes = "08:30".to_owned(), SiteProblem::Hours(3)),
            (|typed| typed.days[1].opens = "9".to_owned(), SiteProblem::Hours(1)),
            (|typed| typed.other_days = "24/12/2026".to_owned(), SiteProblem::Day("24/12/2026".to_owned())),
            (|typed| typed.other_days = "2026-01-01..2029-01-01".to_owned(), SiteProblem::TooManyDays),
        ];
        for (spoil, problem) in cases {
            let mut typed = typed();
            spoil(&mut typed);
            assert_eq!(read(&typed, 2026), Err(problem));
        }
    }
}
