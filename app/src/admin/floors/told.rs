use super::view::FloorsTold;
use super::words::use_floor_words;
use crate::admin::AdminPage;
use leptos::prelude::*;

/// What came of the last request, and whether that is good.
pub(crate) fn say_told(told: &FloorsTold) -> (bool, String) {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let text = match told {
        FloorsTold::Published { floor, version, is_merged } => (words.told_published)(*floor, *version, *is_merged),
        FloorsTold::Restored { restores, version } => (words.told_restored)(*restores, *version),
        FloorsTold::Nothing => words.told_nothing.to_owned(),
        FloorsTold::Scheduled(at) => (words.told_scheduled)(&show_time(*at)),
        FloorsTold::TakenBack => words.told_taken_back.to_owned(),
        FloorsTold::Discarded => words.told_discarded.to_owned(),
        FloorsTold::PlanTaken(count) => (words.told_plan_taken)(*count),
        FloorsTold::Created(floor) => (words.told_created)(*floor),
        FloorsTold::Renamed(floor) => (words.told_renamed)(*floor),
        FloorsTold::Retired(floor) => (words.told_retired)(*floor),
        FloorsTold::BroughtBack(floor) => (words.told_brought_back)(*floor),
        FloorsTold::SiteSaved => words.told_site.to_owned(),
        FloorsTold::Refused(error) => (words.plan_error)(*error).to_owned(),
    };
    (!matches!(told, FloorsTold::Refused(_)), text)
}
