//! Times as people read them.

use crate::backend::{Overview, use_backend};
use crate::live::{BoothView, use_live};
use crate::reader::use_reader;
use crate::texts::{Texts, use_texts};
use domain::{LocalDay, UtcMs};
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The time zone of the site, by its IANA name.
#[derive(Clone)]
struct SiteTimeZone(String);

/// The day at the site.
#[derive(Clone, Copy)]
struct Today(Memo<LocalDay>);

/// The server's clock in steps of ten seconds: enough for what is told in minutes, and a list may tell it thousands of times.
#[derive(Clone, Copy)]
struct SlowClock(Memo<UtcMs>);

const MINUTE_MS: i64 = 60_000;
const SLOW_STEP_MS: i64 = 10_000;

/// Makes the site's time zone and day known to the pages below, which have a live state already.
pub(crate) fn provide_time_zone_context(overview: &Overview) {
    provide_context(SiteTimeZone(overview.time_zone.clone()));
    let (now, local_day) = (use_live().now(), use_local_day());
    provide_context(SlowClock(Memo::new(move |_| UtcMs(now.get().0.div_euclid(SLOW_STEP_MS) * SLOW_STEP_MS))));
    // Browsers take their time over dates, so they are asked once a minute and for the whole page.
    let minute = Memo::new(move |_| now.get().0.div_euclid(MINUTE_MS));
    provide_context(Today(Memo::new(move |_| local_day(UtcMs(minute.get() * MINUTE_MS)))));
}

/// How long ago: "5 min", ticking.
#[component]
pub(crate) fn Elapsed(#[prop(into)] since_at: Signal<Option<UtcMs>>) -> impl IntoView {
    let texts = use_texts();
    let SlowClock(now) = expect_context();
    // A memo, so that the text is touched once a minute and not with every step.
    let text = Memo::new(move |_| since_at.get().map(|since_at| (texts.elapsed)(now.get().since(since_at))));
    view! { <span class="elapsed">{text}</span> }
}

/// How long ago, or that somebody has just left the booth.
#[component]
pub(crate) fn ElapsedOrLeft(booth: BoothView) -> impl IntoView {
    let texts = use_texts();
    let BoothView { since_at, just_left, .. } = booth;
    let left = move || view! { <span class="elapsed">{texts.map.just_left}</span> };
    view! {
        <Show when=move || just_left.get() fallback=move || view! { <Elapsed since_at=since_at /> }>
            {left()}
        </Show>
    }
}

/// "since 14:32", on the clock of the site.
#[component]
pub(crate) fn SinceTime(#[prop(into)] since_at: Signal<Option<UtcMs>>) -> impl IntoView {
    let texts = use_texts();
    let local_time = use_local_time();
    view! { <span class="since">{move || since_at.get().map(|since_at| (texts.since)(&local_time(since_at)))}</span> }
}

/// "until 14:05", "until Monday 09:00", on the clock of the site.
#[component]
pub(crate) fn UntilTime(#[prop(into)] until_at: Signal<Option<UtcMs>>) -> impl IntoView {
    let texts = use_texts();
    let Today(today) = expect_context();
    let (local_day, local_time) = (use_local_day(), use_local_time());
    let text = move || until_at.get().map(|at| describe_until(texts, today.get(), local_day(at), &local_time(at)));
    view! { <span class="until">{text}</span> }
}

/// A weekday says which day it is only for a week.
fn describe_until(texts: &Texts, today: LocalDay, day: LocalDay, time: &str) -> String {
    match day.0 - today.0 {
        ..=0 => (texts.until)(time),
        1..7 => (texts.until)(&format!("{} {time}", (texts.weekday)(day.weekday()))),
        days => (texts.for_days)(days),
    }
}

/// Tells the day at the site, from the same sources as [`use_local_time`].
fn use_local_day() -> impl Fn(UtcMs) -> LocalDay + Clone + Send + Sync + 'static {
    let backend = use_backend().ok();
    let time_zone = site_time_zone();
    move |at| match &backend {
        Some(backend) => backend.local_day(at),
        None => browser_local_day(at, &time_zone),
    }
}

fn site_time_zone() -> String {
    use_context::<SiteTimeZone>().map(|zone| zone.0).unwrap_or_default()
}

/// Tells `hh:mm` at the site: from the server's time zones while it renders, from the browser's afterwards.
pub(crate) fn use_local_time() -> impl Fn(UtcMs) -> String + Clone + Send + Sync + 'static {
    let backend = use_backend().ok();
    let time_zone = site_time_zone();
    let language = use_reader().locale.tag();
    move |at| match &backend {
        Some(backend) => backend.local_time(at),
        None => browser_local_time(at, &time_zone, language),
    }
}

fn browser_local_time(at: UtcMs, time_zone: &str, language: &str) -> String {
    let hh_mm = [("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    browser_date(at).to_locale_time_string_with_options(language, &format_options(time_zone, &hh_mm)).into()
}

fn browser_local_day(at: UtcMs, time_zone: &str) -> LocalDay {
    const DAY_MS: f64 = 86_400_000.0;
    let numbers = [("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")];
    // Swedes write dates as ISO 8601 does, and a date alone is read back as midnight in UTC.
    let written = browser_date(at).to_locale_date_string("sv-SE", &format_options(time_zone, &numbers));
    #[allow(clippy::cast_possible_truncation)]
    LocalDay((Date::parse(&String::from(written)) / DAY_MS) as i32)
}

fn browser_date(at: UtcMs) -> Date {
    // Whole milliseconds of this era fit into 53 bits.
    #[allow(clippy::cast_precision_loss)]
    Date::new(&JsValue::from_f64(at.0 as f64))
}

fn format_options(time_zone: &str, settings: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in settings.iter().chain(&[("timeZone", time_zone)]) {
        // Setting a property of a fresh object cannot fail.
        drop(Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)));
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::Locale;

    #[test]
    fn until_when() {
        // 2026-11-21, a Saturday.
        let today = LocalDay(20_778);
        let check = |days, fr: &str, en: &str| {
            let told = [Locale::Fr, Locale::En]
                .map(|locale| describe_until(locale.texts(), today, LocalDay(today.0 + days), "09:00"));
            assert_eq!(told, [fr, en], "{days}");
        };
        check(0, "jusqu’à 09:00", "until 09:00");
        check(1, "jusqu’à dimanche 09:00", "until Sunday 09:00");
        check(2, "jusqu’à lundi 09:00", "until Monday 09:00");
        check(6, "jusqu’à vendredi 09:00", "until Friday 09:00");
        check(7, "encore 7 jours", "for 7 more days");
        // Over since a moment ago, around midnight.
        check(-1, "jusqu’à 09:00", "until 09:00");
    }
}
