//! The page's one connection to the server's event stream.

use super::Live;
use domain::{Moment, MonoMs, UtcMs};
use futures_util::StreamExt;
use futures_util::stream::select_all;
use gloo_net::eventsource::State;
use gloo_net::eventsource::futures::{EventSource, EventSourceSubscription};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use std::time::Duration;

const STREAM_URL: &str = "/events";
const KINDS: [&str; 3] = ["snapshot", "change", "hb"];
const TICK: Duration = Duration::from_secs(1);

/// The connection, and for how many seconds it has stood or tried to.
#[derive(Default)]
struct Connection {
    source: Option<EventSource>,
    state: Option<State>,
    age_s: u32,
    /// Whether it has passed over something.
    missed: bool,
}

type ConnectionCell = StoredValue<Connection, LocalStorage>;

impl Connection {
    fn tick(&mut self) {
        let state = self.source.as_ref().map(EventSource::state);
        self.age_s = if state == self.state { self.age_s.saturating_add(1) } else { 0 };
        self.state = state;
    }

    /// Whether another one would do better. The browser comes back by itself after a broken connection, but gives up
    /// on a refused one, waits ever longer for one that gets no answer, and believes in a dead one for ever. The ages
    /// keep a page that nothing helps from hammering the server.
    fn is_worn_out(&self, silent: bool) -> bool {
        match self.state {
            None | Some(State::Closed) => self.age_s >= 2,
            Some(State::Connecting) => self.age_s >= 5,
            Some(State::Open) => (silent || self.missed) && self.age_s >= 10,
        }
    }
}

/// Follows the stream for as long as the page lives.
pub(super) fn follow(live: Live) {
    // Effects run in the browser only, and what they make stays on its one thread.
    Effect::new(move |_| {
        let connection: ConnectionCell = StoredValue::new_local(Connection::default());
        open(live, connection);
        let ticking = set_interval_with_handle(move || tick(live, connection), TICK);
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
}

fn tick(live: Live, connection: ConnectionCell) {
    connection.update_value(Connection::tick);
    live.tick(browser_now(), connection.with_value(|connection| connection.state == Some(State::Open)));
    let silent = live.contact.with_untracked(|contact| contact.dead_for_s().is_some());
    if connection.with_value(|connection| connection.is_worn_out(silent)) {
        open(live, connection);
    }
}

/// Replaces the connection; the old one is closed by being dropped, which also ends its task.
fn open(live: Live, connection: ConnectionCell) {
    let source = EventSource::new(STREAM_URL).ok().map(|mut source| {
        let subscribe = |kind: &str| source.subscribe(kind).ok();
        let subscriptions: Vec<EventSourceSubscription> = KINDS.into_iter().filter_map(subscribe).collect();
        spawn_local(receive_all(live, connection, subscriptions));
        source
    });
    connection.set_value(Connection { source, ..Connection::default() });
}

async fn receive_all(live: Live, connection: ConnectionCell, subscriptions: Vec<EventSourceSubscription>) {
    let mut messages = select_all(subscriptions);
    while let Some(Ok((kind, message))) = messages.next().await {
        let data = message.data().as_string().unwrap_or_default();
        let missed = receive(live, &kind, &data);
        connection.update_value(|connection| connection.missed = missed);
    }
}

/// Takes one message; true when the stream has passed over something.
fn receive(live: Live, kind: &str, data: &str) -> bool {
    let now = browser_now();
    live.update_contact(|contact| contact.heard(now));
    match kind {
        "snapshot" => decode(data).is_some_and(|snapshot| {
            live.receive_snapshot(&snapshot);
            false
        }),
        "change" => decode(data).is_some_and(|change| {
            live.receive_change(&change, now.at);
            false
        }),
        _ => decode(data).is_some_and(|heartbeat| live.receive_heartbeat(&heartbeat, now.at)),
    }
}

/// A message that this build cannot read is of a later one: it is left out, and the page goes on.
fn decode<T: DeserializeOwned>(data: &str) -> Option<T> {
    serde_json::from_slice(data.as_bytes()).inspect_err(|error| leptos::logging::warn!("stream: {error}")).ok()
}

/// The browser's two clocks.
fn browser_now() -> Moment {
    let steady_ms = window().performance().map_or(0.0, |clock| clock.now());
    // Whole milliseconds of this era fit into 53 bits, and a page's age is never negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Moment { at: UtcMs(js_sys::Date::now() as i64), mono: MonoMs(steady_ms as u64) }
}
