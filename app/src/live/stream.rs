//! What the page hears of the server: the stream that all tabs of a browser share, which `public/js/stream.js` follows.

use super::Live;
use domain::{Moment, MonoMs, UtcMs};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{CustomEvent, CustomEventInit};

const KINDS: [&str; 4] = ["snapshot", "change", "hb", "notice"];

/// Kind, data, and how long ago it was received in the browser, in milliseconds.
type Receive = Closure<dyn FnMut(String, String, f64)>;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = dispobox)]
    fn follow(kinds: &str, run: f64, seq: f64, receive: &Receive);

    #[wasm_bindgen(js_namespace = dispobox)]
    fn unfollow();
}

/// Follows the stream for as long as the page lives.
pub(super) fn follow_stream(live: Live) {
    // Effects run in the browser only, and what they make stays on its one thread.
    Effect::new(move |_| {
        let receive: Receive =
            Closure::new(move |kind: String, data: String, age_ms| receive(live, &kind, &data, age_ms));
        // Both are times of this era in milliseconds, and fit into 53 bits.
        #[allow(clippy::cast_precision_loss)]
        let (run, seq) = live.map.with_value(|map| (map.run() as f64, map.seq() as f64));
        follow(&KINDS.join(","), run, seq, &receive);
        let receive = StoredValue::new_local(receive);
        on_cleanup(move || {
            unfollow();
            receive.dispose();
        });
    });
}

/// Takes one message, or the second that has passed.
fn receive(live: Live, kind: &str, data: &str, age_ms: f64) {
    let now = browser_now();
    if kind == "tick" {
        live.tick(now, data == "open");
        return;
    }
    let then = before(now, age_ms);
    live.update_contact(|contact| contact.heard(then, now));
    if let "hb" | "notice" = kind {
        tell_page(kind, data);
    }
    match kind {
        "snapshot" => {
            if let Some(snapshot) = decode(data) {
                live.receive_snapshot(&snapshot);
            }
        }
        "change" => {
            if let Some(change) = decode(data) {
                live.receive_change(&change, then.at);
            }
        }
        "hb" => {
            if let Some(heartbeat) = decode(data) {
                live.receive_heartbeat(&heartbeat, then.at);
            }
        }
        _ => {}
    }
}

/// Passes a message on to what the page has beside the application (`public/page`), as an event of the window:
/// `dispobox:hb`, with the message's data as its detail.
fn tell_page(kind: &str, data: &str) {
    let detail = CustomEventInit::new();
    detail.set_detail(&data.into());
    let event = CustomEvent::new_with_event_init_dict(&format!("dispobox:{kind}"), &detail);
    // No listener of ours throws, and there may be none.
    drop(event.and_then(|event| window().dispatch_event(&event)));
}

/// A message that this build cannot read is of a later one: it is left out, and the page goes on.
fn decode<T: DeserializeOwned>(data: &str) -> Option<T> {
    serde_json::from_slice(data.as_bytes()).inspect_err(|error| leptos::logging::warn!("stream: {error}")).ok()
}

/// The browser's two clocks.
pub(crate) fn browser_now() -> Moment {
    let steady_ms = window().performance().map_or(0.0, |clock| clock.now());
    // Whole milliseconds of this era fit into 53 bits, and a page's age is never negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Moment { at: UtcMs(js_sys::Date::now() as i64), mono: MonoMs(steady_ms as u64) }
}

fn before(now: Moment, age_ms: f64) -> Moment {
    // Ages are never negative; what is older than the page was received when the page began, as far as its own steady
    // clock can tell.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let age_ms = age_ms as u64;
    Moment { at: UtcMs(now.at.0.saturating_sub_unsigned(age_ms)), mono: MonoMs(now.mono.0.saturating_sub(age_ms)) }
}
