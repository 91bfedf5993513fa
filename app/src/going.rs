//! Being on the way to a free booth: what the address says of it.

use crate::api::find_walk;
use crate::attention::Attention;
use crate::backend::{ApiError, WalkDetail};
use domain::{BoothNumber, FloorNumber};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

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
    pub(crate) walk: Resource<Result<Option<WalkDetail>, ApiError>>,
}

impl Going {
    /// Follows the address, for the components below; after [`Attention::provide_context`].
    pub(crate) fn provide_context() {
        let query = use_query_map();
        let attention: Attention = expect_context();
        let is_on = Memo::new(move |_| query.with(|query| query.get("go").is_some()));
        let from = Memo::new(move |_| query.with(|query| query.get("from")?.parse().ok()));
        let asked = Memo::new(move |_| query.with(|query| query.get("asked")?.parse().ok()));
        let to = Memo::new(move |_| is_on.get().then(|| attention.chosen.get()).flatten());
        let walk = Resource::new_blocking(
            move || (to.get(), from.get()),
            |(to, from)| async move {
                match to {
                    Some(booth) => find_walk(booth, from).await,
                    None => Ok(None),
                }
            },
        );
        provide_context(Self { is_on, from, asked, to, walk });
    }

    /// Shows the way to a booth, once it is known; nothing for any other booth.
    pub(crate) fn view_walk<V: IntoView + 'static>(
        self,
        booth: Option<BoothNumber>,
        view: fn(&WalkDetail) -> V,
    ) -> impl IntoView {
        let shown = move || {
            Suspend::new(async move {
                let walk = self.walk.await.ok().flatten();
                let is_it = move |walk: &WalkDetail| booth.is_none_or(|booth| booth == walk.booth);
                walk.filter(is_it).as_ref().map(view)
            })
        };
        view! { <Transition>{shown}</Transition> }.into_any()
    }
}
