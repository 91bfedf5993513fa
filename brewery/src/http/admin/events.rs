//! The plant as a stream: a snapshot at the beginning and after changes, four times a second at most.

use super::AdminState;
use super::error::AdminError;
use crate::hosting::Handle;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

const PAUSE: Duration = Duration::from_millis(250);

struct Reader {
    handle: Handle,
    news: watch::Receiver<u64>,
    shutdown: CancellationToken,
    first: bool,
}

pub(super) async fn events(State(state): State<AdminState>, Path(name): Path<String>) -> Result<Response, AdminError> {
    let handle = state.find(&name)?;
    let reader = Reader { news: handle.subscribe(), handle, shutdown: state.shutdown, first: true };
    let stream = unfold(reader, |mut reader| async move {
        let event = reader.shutdown.clone().run_until_cancelled(reader.next()).await??;
        Some((Ok::<_, Infallible>(event), reader))
    });
    Ok(([(CONTENT_TYPE, "text/event-stream")], Body::from_stream(stream)).into_response())
}

impl Reader {
    async fn next(&mut self) -> Option<Bytes> {
        if !std::mem::take(&mut self.first) {
            tokio::time::sleep(PAUSE).await;
            self.news.changed().await.ok()?;
        }
        self.news.borrow_and_update();
        let json = serde_json::to_string(&self.handle.snapshot()).ok()?;
        Some(format!("event: snapshot\ndata: {json}\n\n").into())
    }
}
