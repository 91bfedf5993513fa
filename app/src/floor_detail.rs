//! The floor that a page shows.

use crate::answer::{Answer, use_answer};
use crate::api::find_floor;
use crate::backend::{ApiError, FloorDetail, reply_not_found, use_backend};
use crate::handed_over::hand_over;
use crate::live::use_live;
use domain::FloorNumber;
use leptos::prelude::*;

/// A floor with its plan: what has come with the page, else what the server answers; asked again when the floor was rearranged.
/// What is shown stays until there is something newer.
pub(crate) fn use_floor(number: FloorNumber) -> Memo<Answer<FloorDetail>> {
    let live = use_live();
    let question = Memo::new(move |_| (number, live.version_of(number)));
    let answer = use_answer(question, |(number, _)| come_with_page(*number), ask);
    Memo::new(move |shown: Option<&Answer<FloorDetail>>| match (answer.get(), shown) {
        (Some(Err(ApiError::Unreachable)), Some(Some(Ok(floor)))) => Some(Ok(floor.clone())),
        (answer, _) => answer,
    })
}

async fn ask((number, _): (FloorNumber, u32)) -> Result<FloorDetail, ApiError> {
    find_floor(number).await
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
