//! `GET /brewery/events`: a brewing plant as server-sent events, for its page.
//!
//! Optional `?plant=name`. It begins with a `plant` event, has one after each change that a screen can show, five a second at
//! most, and an `hb` event every 10 s. 404 when there is no such plant, 503 before the
//! database has answered; it ends when the server stops.

use super::WebState;
use crate::stub::view_of;
use app::brewery::PlantView;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use brewery::hosting::Handle;
use futures_util::stream::unfold;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

/// Between two events of changes.
const PAUSE: Duration = Duration::from_millis(200);
const HEARTBEAT: Duration = Duration::from_secs(10);
const HEARTBEAT_EVENT: Bytes = Bytes::from_static(b"event: hb\ndata: {}\n\n");

#[derive(Debug, Deserialize)]
pub(super) struct EventsQuery {
    plant: Option<String>,
}

/// The stream.
pub(super) async fn events(State(state): State<WebState>, Query(query): Query<EventsQuery>) -> Response {
    let handle = match state.plants.find(query.plant.as_deref()) {
        Ok(handle) => handle,
        Err(error) => {
            let status = StatusCode::from_u16(error.http_status()).unwrap_or(StatusCode::NOT_FOUND);
            return (status, format!("{error}\n")).into_response();
        }
    };
    let watcher = Watcher {
        news: handle.subscribe(),
        handle,
        shutdown: state.shutdown,
        shown: None,
        beat_at: Instant::now() + HEARTBEAT,
    };
    let stream = unfold(watcher, |mut watcher| async move {
        let event = watcher.shutdown.clone().run_until_cancelled(watcher.next()).await??;
        Some((Ok::<_, Infallible>(event), watcher))
    });
    // Proxies that gather answers before they pass them on would hold the stream back.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), "no");
    let headers = [(CONTENT_TYPE, "text/event-stream"), (CACHE_CONTROL, "no-store"), unbuffered];
    (headers, Body::from_stream(stream)).into_response()
}

struct Watcher {
    handle: Handle,
    news: watch::Receiver<u64>,
    shutdown: CancellationToken,
    /// What was told last.
    shown: Option<PlantView>,
    beat_at: Instant,
}

impl Watcher {
    /// The next event; none when the plant is gone.
    async fn next(&mut self) -> Option<Bytes> {
        if self.shown.is_some() {
            sleep(PAUSE).await;
        }
        loop {
            // Marks the news as seen before looking, so that what comes in between is not slept over.
            self.news.borrow_and_update();
            let view = view_of(&self.handle);
            if self.shown.as_ref() != Some(&view) {
                let event = format!("event: plant\ndata: {}\n\n", serde_json::to_string(&view).ok()?);
                self.shown = Some(view);
                return Some(event.into());
            }
            tokio::select! {
                () = sleep_until(self.beat_at) => {
                    self.beat_at = Instant::now() + HEARTBEAT;
                    return Some(HEARTBEAT_EVENT);
                }
                changed = self.news.changed() => changed.ok()?,
            }
        }
    }
}
