//! Times as people read them.

use crate::backend::{Overview, use_backend};
use crate::live::use_live;
use crate::reader::use_reader;
use crate::texts::use_texts;
use domain::UtcMs;
use js_sys::{Date, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The time zone of the site, by its IANA name.
#[derive(Clone)]
struct SiteTimeZone(String);

/// Makes the site's time zone known to the pages below.
pub(crate) fn provide_time_zone_context(overview: &Overview) {
    provide_context(SiteTimeZone(overview.time_zone.clone()));
}

/// How long ago: "5 min", ticking.
#[component]
pub(crate) fn Elapsed(#[prop(into)] since_at: Signal<Option<UtcMs>>) -> impl IntoView {
    let texts = use_texts();
    let now = use_live().now();
    // A memo, so that the text is touched once a minute and not every second.
    let text = Memo::new(move |_| since_at.get().map(|since_at| (texts.elapsed)(now.get().since(since_at))));
    view! { <span class="elapsed">{text}</span> }
}

/// "since 14:32", on the clock of the site.
#[component]
pub(crate) fn SinceTime(#[prop(into)] since_at: Signal<Option<UtcMs>>) -> impl IntoView {
    let texts = use_texts();
    let local_time = use_local_time();
    view! { <span class="since">{move || since_at.get().map(|since_at| (texts.since)(&local_time(since_at)))}</span> }
}

/// Tells `hh:mm` at the site: from the server's time zones while it renders, from the browser's afterwards.
pub(crate) fn use_local_time() -> impl Fn(UtcMs) -> String + Clone + Send + Sync + 'static {
    let backend = use_backend().ok();
    let time_zone = use_context::<SiteTimeZone>().map(|zone| zone.0).unwrap_or_default();
    let language = use_reader().locale.tag();
    move |at| match &backend {
        Some(backend) => backend.local_time(at),
        None => browser_local_time(at, &time_zone, language),
    }
}

fn browser_local_time(at: UtcMs, time_zone: &str, language: &str) -> String {
    let options = Object::new();
    let settings = [("timeZone", time_zone), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    for (name, value) in settings {
        // Setting a property of a fresh object cannot fail.
        drop(Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)));
    }
    // Whole milliseconds of this era fit into 53 bits.
    #[allow(clippy::cast_precision_loss)]
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    date.to_locale_time_string_with_options(language, &options).into()
}
