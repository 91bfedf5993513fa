use super::words::use_floor_words;
use crate::admin::AdminPage;
use crate::erased::IntoAny;
use crate::navigation::use_location;
use domain::FloorNumber;
use drafting::Colleague;
use leptos::prelude::*;

/// The name of a floor, and its pages.
#[component]
pub(super) fn FloorNav(floor: FloorNumber) -> impl IntoView {
    let words = use_floor_words();
    let here = use_location().pathname.get_untracked();
    let link = |page: &'static str, text: &'static str| {
        let to = format!("/admin/floors/{floor}/{page}");
        let current = (here == to).then_some("page");
        view! { <a class="admin-link" href=to aria-current=current>{text}</a> }
    };
    view! {
        <div class="floor-nav">
            <h1>{(words.floor)(floor)}</h1>
            <nav aria-label=(words.floor)(floor)>
                {link("edit", words.edit)}
                {link("plan", words.plan)}
                {link("publish", words.publish)}
                {link("versions", words.versions)}
            </nav>
            <a class="floor-nav-back" href="/admin/floors">{words.all_floors}</a>
        </div>
    }
    .into_any()
}

/// Who else is drawing this floor.
#[component]
pub(super) fn Colleagues(colleagues: Vec<Colleague>) -> impl IntoView {
    let words = use_floor_words();
    let show_time = expect_context::<AdminPage>().show_time;
    let one = |Colleague { name, saved_at, is_here }: Colleague| {
        let saved = saved_at.map(|at| (words.draft_saved)(&show_time(at)));
        view! {
            <li data-here=is_here.then_some("")>
                <strong>{name}</strong>
                {is_here.then(|| format!(" · {}", words.is_here))}
                {saved.map(|saved| format!(" · {saved}"))}
            </li>
        }
    };
    (!colleagues.is_empty()).then(|| {
        view! {
            <section class="colleagues" aria-label=words.colleagues>
                <p class="field-label">{words.colleagues}</p>
                <ul>{colleagues.into_iter().map(one).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
