//! `GET /events`: the live stream as server-sent events.
//!
//! Optional `?floor=4`. With `Last-Event-ID` it goes on behind that number if the hub still has what follows, else it
//! starts with a snapshot. It ends when the server stops.

use super::WebState;
use crate::clock::utc_now;
use crate::live::{Cursor, Hub};
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::Response;
use bytes::Bytes;
use domain::FloorNumber;
use futures_util::stream::{iter, unfold};
use futures_util::{Stream, StreamExt};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How soon a browser comes back after a broken connection.
const RETRY: Bytes = Bytes::from_static(b"retry: 1000\n\n");

#[derive(Debug, Deserialize)]
pub(super) struct EventsQuery {
    floor: Option<FloorNumber>,
}

/// The stream.
pub(super) async fn events(
    State(state): State<WebState>,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> Response {
    let last_id = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.trim().parse().ok());
    let stream = follow(Arc::clone(&state.backend.hub), Cursor::new(query.floor, last_id), state.shutdown);
    let mut response = Response::new(Body::from_stream(stream.map(Ok::<_, Infallible>)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that gather answers before they pass them on would hold the stream back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

struct Reader {
    hub: Arc<Hub>,
    cursor: Cursor,
    news: watch::Receiver<u64>,
    shutdown: CancellationToken,
}

fn follow(hub: Arc<Hub>, cursor: Cursor, shutdown: CancellationToken) -> impl Stream<Item = Bytes> {
    let reader = Reader { news: hub.subscribe(), hub, cursor, shutdown };
    let changes = unfold(reader, |mut reader| async move {
        loop {
            // Marks the news as seen before looking, so that what comes in between is not slept over.
            reader.news.borrow_and_update();
            let events = reader.hub.catch_up(&mut reader.cursor, utc_now());
            if !events.is_empty() {
                return Some((iter(events), reader));
            }
            tokio::select! {
                () = reader.shutdown.cancelled() => return None,
                changed = reader.news.changed() => changed.ok()?,
            }
        }
    });
    iter([RETRY]).chain(changes.flatten())
}
