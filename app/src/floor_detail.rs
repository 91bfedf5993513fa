//! The floor that a page shows.

use crate::api::find_floor;
use crate::backend::{ApiError, FloorDetail, reply_not_found, use_backend};
use crate::handed_over::hand_over;
use crate::live::{Link, use_live};
use domain::FloorNumber;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const ASK_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// What there is to show of a floor; nothing until the server has answered.
type Answer = Option<Result<FloorDetail, ApiError>>;

/// A floor with its plan: what has come with the page, else what the server answers.
pub(crate) fn use_floor(number: FloorNumber) -> ReadSignal<Answer> {
    let (floor, set_floor) = signal(come_with_page(number));
    let link = use_live().link();
    let failures = RwSignal::new(0_u32);
    // Asked for once, and again while it could not be reached, as soon as the server is there.
    Effect::new(move |asked: Option<()>| {
        failures.track();
        let is_live = link.get() == Link::Live;
        let is_wanted = floor.with_untracked(|floor| match floor {
            None => asked.is_none(),
            Some(Err(ApiError::Unreachable)) => is_live,
            Some(_) => false,
        });
        if is_wanted {
            spawn_local(async move {
                // The reader may have gone to another page meanwhile.
                let answer = find_floor(number).await;
                if answer == Err(ApiError::Unreachable) {
                    let again = move || _ = failures.try_update(|failures| *failures += 1);
                    set_timeout(again, ASK_AGAIN_AFTER);
                }
                set_floor.try_set(Some(answer));
            });
        }
    });
    floor
}

fn come_with_page(number: FloorNumber) -> Answer {
    let found = use_backend().ok().map(|backend| {
        backend.find_floor(number).ok_or_else(|| {
            reply_not_found();
            ApiError::FloorNotFound { number }
        })
    });
    // The drawing is in the page already, where the browser leaves it as it is.
    let handed_over = hand_over(|| found.clone().map(|found| found.map(FloorDetail::without_drawing)));
    found.or(handed_over)
}

impl FloorDetail {
    fn without_drawing(mut self) -> Self {
        self.plan.drawing.clear();
        self
    }
}
