//! Being on the way to a free booth: what the address says of it.

use crate::answer::{Answer, use_answer};
use crate::api::find_walk;
use crate::attention::Attention;
use crate::backend::{ApiError, GuideHandle, WalkDetail};
use crate::handed_over::hand_over;
use crate::navigation::use_query_map;
use domain::{BoothNumber, FloorNumber};
use leptos::prelude::*;

/// `?booth=42&go=1&from=45&asked=6`, for the components of a floor.
#[derive(Clone, Copy)]
pub(crate) struct Going {
    /// Whether the reader has asked for a free booth.
    pub(crate) is_on: Memo<bool>,
    /// Where they started, if that is a booth of this floor.
    pub(crate) from: Memo<Option<BoothNumber>>,
    /// The floor that they asked for, if it is another one.
    pub(crate) asked: Memo<Option<FloorNumber>>,
    /// The booth that they go to.
    pub(crate) to: Memo<Option<BoothNumber>>,
    /// The way to it.
    walk: ReadSignal<Answer<Option<WalkDetail>>>,
}

impl Going {
    /// Follows the address, for the components below; after [`Attention::provide_context`].
    pub(crate) fn provide_context() {
        let query = use_query_map();
        let attention: Attention = expect_context();
        let is_on = Memo::new(move |_| query.with(|query| query.get("go").is_some()));
        let from = Memo::new(move |_| query.with(|query| query.get("from")?.parse().ok()));
        let asked = Memo::new(move |_| query.with(|query| query.get("asked")?.parse().ok()));
        let to = Memo::new(move |_| is_on.get().then(|| attention.chosen()).flatten());
        let question = Memo::new(move |_| (to.get(), from.get()));
        let walk = use_answer(question, |question| hand_over(|| walk_with_page(question)), ask_walk);
        provide_context(Self { is_on, from, asked, to, walk });
    }

    /// Shows the way to a booth, once it is known; nothing for any other booth.
    pub(crate) fn view_walk<V: IntoView + 'static>(
        self,
        booth: Option<BoothNumber>,
        view: fn(&WalkDetail) -> V,
    ) -> impl IntoView {
        move || self.walk_to(booth).as_ref().map(view)
    }

    /// The way to a booth, or to whichever it is, once it is known.
    pub(crate) fn walk_to(self, booth: Option<BoothNumber>) -> Option<WalkDetail> {
        let is_it = move |walk: &WalkDetail| booth.is_none_or(|booth| booth == walk.booth);
        self.walk.get().and_then(Result::ok).flatten().filter(is_it)
    }
}

type Question = (Option<BoothNumber>, Option<BoothNumber>);
type Walk = Result<Option<WalkDetail>, ApiError>;

fn walk_with_page((to, from): &Question) -> Option<Walk> {
    let GuideHandle(guide) = use_context()?;
    Some(Ok(to.and_then(|booth| guide.find_walk(booth, *from))))
}

async fn ask_walk((to, from): Question) -> Walk {
    match to {
        Some(booth) => find_walk(booth, from).await,
        None => Ok(None),
    }
}
