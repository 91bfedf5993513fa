//! "Free box now": one press, or the key `f`, from anywhere.

use crate::api::choose_booth;
use crate::backend::Found;
use crate::deadline::within;
use crate::erased::IntoAny;
use crate::navigation::{NavigateOptions, has_modifier, use_location, use_navigate, use_query_map};
use crate::pages::use_home_floor;
use crate::texts::use_texts;
use domain::{BoothNumber, FloorNumber};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

/// The id of the link; the key `f` presses it.
pub(crate) const GO_BUTTON: &str = "go";

type Question = (Option<FloorNumber>, Option<BoothNumber>);

/// A link to `/go` that does without a new page where there are scripts.
#[component]
pub(crate) fn GoButton() -> impl IntoView {
    let texts = use_texts();
    let question = use_question();
    let asking = Action::new(|(floor, from): &Question| within(choose_booth(*floor, *from)));
    let ask = move || drop(asking.dispatch(question.get_untracked()));
    follow_choice(asking.value());
    let href = move || {
        let (floor, from) = question.get();
        let parameter = |name: &str, value: Option<String>| value.map(|value| format!("{name}={value}"));
        let floor = parameter("floor", floor.map(|floor| floor.to_string()));
        let from = parameter("from", from.map(|from| from.to_string()));
        format!("/go?{}", floor.into_iter().chain(from).collect::<Vec<_>>().join("&"))
    };
    let failed = move || asking.value().with(|answer| matches!(answer, Some(Err(_)))) && !asking.pending().get();
    view! {
        <a
            id=GO_BUTTON
            class="go-button"
            href=href
            rel="external nofollow"
            aria-keyshortcuts="f"
            on:click=move |event| {
                if !has_modifier(&event) {
                    event.prevent_default();
                    ask();
                }
            }
        >
            {texts.go.free_now}
        </a>
        <p class="go-failed" role="status">{move || failed().then_some(texts.server_unreachable)}</p>
    }
    .into_any()
}

/// The floor that is looked at, and the booth in its address; who is on the way already still starts where they started.
fn use_question() -> Memo<Question> {
    let (path, query) = (use_location().pathname, use_query_map());
    let home = use_home_floor();
    Memo::new(move |_| {
        let floor = path.with(|path| path.strip_prefix("/floor/")?.parse().ok()).or(home);
        let from =
            query.with(|query| query.get(if query.get("go").is_some() { "from" } else { "booth" })?.parse().ok());
        (floor, from)
    })
}

/// Goes where the answer says, also when it is the same as before.
fn follow_choice(answer: MappedSignal<Option<Result<crate::backend::Choice, crate::backend::ApiError>>>) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(choice)) = answer.get() {
            navigate(&choice.address(), NavigateOptions { scroll: false, ..NavigateOptions::default() });
            if let Found::Free { booth, .. } = choice.found {
                focus_booth(booth);
            }
        }
    });
}

/// Moves the focus to a booth of the map that is shown; a map that is yet to come does so itself.
fn focus_booth(number: BoothNumber) {
    let booth = document().query_selector(&format!("[data-booth='{number}']")).ok().flatten();
    if let Some(booth) = booth.and_then(|booth| booth.dyn_into::<SvgElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        drop(booth.focus());
    }
}
