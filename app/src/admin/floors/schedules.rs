use super::words::use_floor_words;
use crate::admin::AdminPage;
use crate::admin::fields::ButtonForm;
use crate::erased::IntoAny;
use domain::FloorNumber;
use drafting::ScheduledEntry;
use leptos::prelude::*;

/// What waits for its time, each with a way to take it back.
#[component]
pub(super) fn Schedules(floor: FloorNumber, schedules: Vec<ScheduledEntry>) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let one = |entry: ScheduledEntry| {
        let ScheduledEntry { id, name, author, due_at, problem } = entry;
        let when = show_time(due_at);
        let what = if name.is_empty() { words.without_name.to_owned() } else { name };
        let described = format!("{} : {what}", words.take_back);
        view! {
            <li data-schedule=id data-problem=problem.map(drafting::ScheduleProblem::as_str)>
                <div>
                    <p><strong>{what.clone()}</strong>" · "{(words.planned_for)(&when, &author)}</p>
                    {problem.map(|problem| view! { <p class="schedule-problem">{(words.schedule_problem)(problem)}</p> })}
                </div>
                <ButtonForm
                    action=format!("/admin/floors/{floor}/take_back")
                    fields=vec![("id", id.to_string())]
                    text=words.take_back
                    described=described
                />
            </li>
        }
    };
    (!schedules.is_empty()).then(|| {
        view! {
            <section class="admin-part schedules">
                <h2>{words.scheduled}</h2>
                <ul class="sessions">{schedules.into_iter().map(one).collect_view()}</ul>
                <p class="field-hint">{words.take_back_what}</p>
            </section>
        }
        .into_any()
    })
}
