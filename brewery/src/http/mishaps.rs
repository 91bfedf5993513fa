//! Makes an answer go wrong, as it was asked for.

use super::wire::Fate;
use crate::faults::{HttpFault, Mishap};
use crate::plant::Chance;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header::CONTENT_LENGTH};
use axum::response::Response;
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::time::Duration;

/// What a refusal says.
const REFUSED: &str = "a fault that was asked for\n";

impl Mishap {
    /// The status with which the request is refused before anything is done.
    pub(super) fn refusal(&self) -> Option<(StatusCode, &'static str)> {
        match self.fault? {
            HttpFault::Status { status } => Some((StatusCode::from_u16(status).ok()?, REFUSED)),
            _ => None,
        }
    }

    /// Lets an answer with this body go wrong.
    pub(super) async fn befall(self, mut response: Response, body: String, fate: &Fate) -> Response {
        if self.delay_ms > 0.0 {
            tokio::time::sleep(Duration::from_secs_f64(self.delay_ms / 1_000.0)).await;
        }
        match self.fault {
            Some(HttpFault::Empty) => {}
            Some(HttpFault::Garbage) => *response.body_mut() = Body::from(garbage(body.len(), self.seed)),
            Some(HttpFault::Dribble { ms_per_byte }) => {
                response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
                *response.body_mut() = dribble(body.into(), Duration::from_secs_f64(ms_per_byte / 1_000.0));
            }
            Some(HttpFault::Reset) => fate.reset(),
            Some(HttpFault::Delay(_) | HttpFault::Status { .. }) | None => *response.body_mut() = Body::from(body),
        }
        response
    }
}

/// As many bytes without a meaning.
fn garbage(length: usize, seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    (0..length).map(|_| chance.bits().to_le_bytes()[0]).collect()
}

fn dribble(bytes: Bytes, every: Duration) -> Body {
    Body::from_stream(unfold(bytes, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(every).await;
        let byte = rest.split_to(1);
        Some((Ok::<_, Infallible>(byte), rest))
    }))
}
