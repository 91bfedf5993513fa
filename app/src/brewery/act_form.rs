//! The form around buttons that act, so that they do so without scripts, too.

use super::live::use_plant;
use crate::erased::{AnyView, IntoAny};
use leptos::prelude::*;

/// Where a form without scripts sends what its button says.
pub(super) const ACT_URL: &str = "/api/act_on_plant";

/// Buttons named `act`, whose values are acts, in a form that is no box itself.
pub(super) fn view_act_form(buttons: AnyView) -> AnyView {
    view! {
        <form class="act-form" method="post" action=ACT_URL>
            <ActedPlant />
            {buttons}
        </form>
    }
    .into_any()
}

/// Which plant a form acts on.
#[component]
pub(super) fn ActedPlant() -> impl IntoView {
    view! { <input type="hidden" name="plant" value=use_plant().name() /> }.into_any()
}
