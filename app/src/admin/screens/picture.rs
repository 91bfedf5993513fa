use super::view::ScreenPicture;
use super::words::use_screen_words;
use crate::backend::drawable;
use crate::erased::{AnyView, IntoAny};
use crate::geometry::view_box_value;
use domain::{BoothStatus, Placement};
use leptos::prelude::*;

/// What a screen shows, drawn by what it says: nobody's wall is photographed.
#[component]
pub(super) fn Picture(picture: Option<ScreenPicture>) -> impl IntoView {
    let words = use_screen_words();
    let Some(ScreenPicture { view_box, booths }) = picture else {
        return view! { <div class="screen-picture" data-dark="true" aria-hidden="true"></div> }.into_any();
    };
    let view_box = drawable(view_box);
    let count = |wanted: fn(BoothStatus) -> bool| booths.iter().filter(|(_, status)| wanted(*status)).count();
    let (free, occupied) =
        (count(|status| status == BoothStatus::Free), count(|status| status == BoothStatus::Occupied));
    let label = (words.picture)(free, occupied, booths.len() - free - occupied);
    view! {
        <svg class="screen-picture" role="img" aria-label=label viewBox=view_box_value(view_box)>
            {booths.into_iter().map(view_booth).collect_view()}
        </svg>
    }
    .into_any()
}

fn view_booth((placement, status): (Placement, BoothStatus)) -> AnyView {
    let Placement { x, y, width, height, rotation_deg } = placement;
    let turn = format!("rotate({rotation_deg} {} {})", x + width / 2.0, y + height / 2.0);
    view! {
        <rect
            class="screen-booth"
            data-status=status.as_str()
            x=x
            y=y
            width=width
            height=height
            rx="8"
            transform=(rotation_deg != 0.0).then_some(turn)
        />
    }
    .into_any()
}
