//! `/admin/floors`: floors, their versions, publishing, their plans. Forms that need no script.

// Components own what they are given, and these only look at layouts.
#![allow(clippy::needless_pass_by_value)]

mod changes;
mod clashes;
mod difference_map;
mod drawing;
mod findings;
mod floor_nav;
mod list;
mod plan;
mod proposals;
mod publish;
mod restoring;
mod schedules;
mod told;
mod versions;
mod view;
mod words;

pub use view::{
    AskedClash, ComparedVersions, DraftOnTable, DraftedBy, Drawn, FloorRow, FloorsTold, FloorsView, ListView,
    NewPlanView, PlanFault, PlanProblem, PlanView, ProposedBooth, PublishProblem, PublishView, PublishWhen,
    VersionsView,
};

pub(super) use told::say_told;
pub(super) use words::use_floor_words;

use super::layout::AdminLayout;
use crate::erased::{AnyView, IntoAny};
use leptos::prelude::*;
use list::FloorsPage;
use plan::PlanPage;
use publish::PublishPage;
use versions::VersionsPage;

/// One of these pages.
pub(super) fn view_floors(view: FloorsView) -> AnyView {
    let words = use_floor_words();
    match view {
        FloorsView::List(view) => {
            view! { <AdminLayout title=words.floors><FloorsPage view=view /></AdminLayout> }.into_any()
        }
        FloorsView::Versions(view) => {
            view! { <AdminLayout title=words.versions><VersionsPage view=*view /></AdminLayout> }.into_any()
        }
        FloorsView::Publish(view) => {
            view! { <AdminLayout title=words.publish><PublishPage view=*view /></AdminLayout> }.into_any()
        }
        FloorsView::Plan(view) => {
            view! { <AdminLayout title=words.plan><PlanPage view=*view /></AdminLayout> }.into_any()
        }
    }
}
