//! How long the browser waits for an answer.

use crate::backend::ApiError;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// A network that swallows everything never says so.
const ANSWER_MAX: Duration = Duration::from_secs(10);

/// The answer, or that the server cannot be reached when none has come in time.
pub(crate) async fn within<A>(answer: impl Future<Output = Result<A, ApiError>>) -> Result<A, ApiError> {
    let mut answer = pin!(answer);
    let deadline = Deadline::begin();
    poll_fn(move |context| match answer.as_mut().poll(context) {
        Poll::Pending if deadline.is_over(context) => Poll::Ready(Err(ApiError::Unreachable)),
        polled => polled,
    })
    .await
}

struct Deadline {
    state: Arc<Mutex<State>>,
    timer: Option<TimeoutHandle>,
}

#[derive(Default)]
struct State {
    is_over: bool,
    waker: Option<Waker>,
}

impl Deadline {
    fn begin() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let ending = Arc::clone(&state);
        let end = move || {
            let mut state = ending.lock().unwrap_or_else(PoisonError::into_inner);
            state.is_over = true;
            if let Some(waker) = state.waker.take() {
                waker.wake();
            }
        };
        Self { state, timer: set_timeout_with_handle(end, ANSWER_MAX).ok() }
    }

    fn is_over(&self, context: &Context<'_>) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waker = Some(context.waker().clone());
        state.is_over
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            timer.clear();
        }
    }
}
