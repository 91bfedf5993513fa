//! The floor that a page shows.

use crate::answer::{Answer, use_answer};
use crate::api::find_floor;
use crate::backend::{ApiError, FloorDetail, reply_not_found, use_backend};
use crate::handed_over::hand_over;
use domain::FloorNumber;
use leptos::prelude::*;

/// A floor with its plan: what has come with the page, else what the server answers.
pub(crate) fn use_floor(number: FloorNumber) -> ReadSignal<Answer<FloorDetail>> {
    use_answer(Memo::new(move |_| number), |number| come_with_page(*number), find_floor)
}

fn come_with_page(number: FloorNumber) -> Answer<FloorDetail> {
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
