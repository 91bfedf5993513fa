use super::drawing::PlanWithBooths;
use super::floor_nav::FloorNav;
use super::proposals::Proposals;
use super::view::{NewPlanView, PlanView};
use super::words::use_floor_words;
use crate::admin::login::Problem;
use crate::erased::IntoAny;
use domain::FloorNumber;
use leptos::prelude::*;

/// `/admin/floors/{floor}/plan`: the plan that is there, and another one for it.
#[component]
pub(super) fn PlanPage(view: PlanView) -> impl IntoView {
    let words = use_floor_words();
    let PlanView { floor, plan, layout, is_draft, problem, new_plan } = view;
    let problem = problem.map(|problem| view! { <Problem text=(words.plan_problem)(&problem) /> });
    let shown = new_plan.is_none().then(|| {
        let label = if is_draft { words.plan_of_draft } else { words.plan_published };
        view! {
            <section class="plan-now">
                <h2>{label}</h2>
                <PlanWithBooths plan=plan layout=layout label=label.to_owned() />
            </section>
        }
    });
    view! {
        <FloorNav floor=floor />
        {problem}
        {new_plan.map(|new_plan| view! { <NewPlan floor=floor new_plan=new_plan /> })}
        <Upload floor=floor />
        {shown}
    }
    .into_any()
}

/// A file from the reader's disk.
#[component]
fn Upload(floor: FloorNumber) -> impl IntoView {
    let words = use_floor_words();
    view! {
        <form
            class="admin-part upload"
            method="post"
            enctype="multipart/form-data"
            action=format!("/admin/floors/{floor}/plan")
        >
            <h2>{words.send_plan}</h2>
            <label class="field">
                <span class="field-label">{words.file}</span>
                <input
                    type="file"
                    name="plan"
                    required
                    accept=".svg,.png,.jpg,.jpeg,image/svg+xml,image/png,image/jpeg"
                    aria-describedby="file-hint"
                />
                <span class="field-hint" id="file-hint">{words.file_hint}</span>
            </label>
            <button class="main-button" type="submit">{words.look_at_it}</button>
        </form>
    }
    .into_any()
}

/// What was kept of a file, and what it seems to have.
#[component]
fn NewPlan(floor: FloorNumber, new_plan: NewPlanView) -> impl IntoView {
    let words = use_floor_words();
    let NewPlanView { sha, plan, layout, left_out, proposals } = new_plan;
    let left_out = (!left_out.is_empty()).then(|| {
        view! { <p class="left-out">{(words.left_out)(&left_out.join(", "))}</p> }
    });
    let moved = layout.booths().len();
    let moved = (moved > 0).then(|| view! { <p class="field-hint">{(words.moved_onto)(moved)}</p> });
    view! {
        <form
            class="admin-part new-plan"
            method="post"
            action=format!("/admin/floors/{floor}/take_plan")
            data-plan=sha.to_string()
        >
            <h2>{words.what_was_kept}</h2>
            {left_out}
            {moved}
            <input type="hidden" name="sha" value=sha.to_string() />
            <Proposals plan=plan layout=layout proposals=proposals />
            <button class="main-button" type="submit">{words.take_into_draft}</button>
            <p class="field-hint">{words.take_what}</p>
        </form>
    }
    .into_any()
}
