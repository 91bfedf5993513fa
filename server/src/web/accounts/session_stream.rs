//! `GET /admin/session`: a stream that ends with the session, so that an open page does not look as if it still could do
//! anything.

use super::visit::{Own, keep_nowhere};
use crate::accounts::FollowedSession;
use crate::web::WebState;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::unfold;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use std::convert::Infallible;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often the stream shows a sign of life.
const BEAT: Duration = Duration::from_secs(10);
const FIRST: Bytes = Bytes::from_static(b"retry: 1000\nevent: session\ndata: \n\n");
const SIGN: Bytes = Bytes::from_static(b":\n\n");
/// The page then asks where it stands.
const ENDED: Bytes = Bytes::from_static(b"event: ended\ndata: \n\n");

enum Step {
    Begin,
    Follow,
    Over,
}

/// The stream.
pub(super) async fn follow(own: Own, State(state): State<WebState>) -> Response {
    let session = own.visit.accounts.follow(own.principal.session);
    let start = (Step::Begin, session, state.shutdown);
    let stream = unfold(start, |(step, session, shutdown)| async move {
        let (bytes, next) = match step {
            Step::Begin => (FIRST, Step::Follow),
            Step::Follow => wait(&session, &shutdown).await?,
            Step::Over => return None,
        };
        Some((Ok::<_, Infallible>(bytes), (next, session, shutdown)))
    });
    let mut response = Response::new(Body::from_stream(stream));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    keep_nowhere(response)
}

async fn wait(session: &FollowedSession, shutdown: &CancellationToken) -> Option<(Bytes, Step)> {
    tokio::select! {
        () = session.ended() => Some((ENDED, Step::Over)),
        () = shutdown.cancelled() => None,
        () = tokio::time::sleep(BEAT) => Some((SIGN, Step::Follow)),
    }
}
