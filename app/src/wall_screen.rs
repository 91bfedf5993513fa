//! What the application is on a screen on a wall: the live state, and nothing to see. The server has drawn the screen beside it.

use crate::app::Problem;
use crate::backend::{ApiError, use_backend};
use crate::erased::IntoAny;
use crate::handed_over::hand_over;
use crate::live::{provide_live_context, stand_in_for_map};
use leptos::prelude::*;

/// Follows the stream, keeps every drawn booth as it is, and says how the link is.
#[component]
pub(crate) fn WallScreen() -> impl IntoView {
    let Some(overview) = hand_over(|| use_backend().ok().map(|backend| backend.overview())) else {
        return view! { <Problem error=ApiError::Unreachable /> }.into_any();
    };
    let live = provide_live_context(&overview);
    stand_in_for_map();
    let link = live.link();
    view! { <div class="app" data-link=move || link.get().as_str()></div> }.into_any()
}
