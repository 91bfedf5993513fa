//! What is said on the way to a free booth: that it is free, that it was taken, what else there is.

use crate::answer::use_answer;
use crate::api::choose_booth;
use crate::app::Floors;
use crate::attention::Attention;
use crate::backend::{ApiError, Choice, Found};
use crate::erased::IntoAny;
use crate::going::Going;
use crate::handed_over::hand_over;
use crate::live::{Live, use_live};
use crate::texts::{Texts, use_texts};
use domain::{BoothNumber, BoothStatus, FloorNumber};
use leptos::prelude::*;

/// A notice over the map; screen readers are told politely.
#[component]
pub(crate) fn GoGuide(floor: FloorNumber) -> impl IntoView {
    let going: Going = expect_context();
    let attention: Attention = expect_context();
    let live = use_live();
    let status = Memo::new(move |_| going.to.get().map(|booth| live.status_of(booth)));
    let is_lost = move || matches!(status.get(), Some(status) if status != BoothStatus::Free);
    // Asked anew when the booth is lost, and while there is none, whenever another one becomes free.
    let counts = use_free_counts(live);
    let question = Memo::new(move |_| {
        let wanted = going.is_on.get() && !live.is_down() && (is_lost() || attention.chosen().is_none());
        wanted.then(|| (going.asked.get().unwrap_or(floor), going.to.get().or(going.from.get()), counts.get()))
    });
    let offer = use_answer(question, |question| hand_over(|| offer_with_page(question)), ask_offer);
    view! {
        <div class="go-guide" role="status">
            {move || match (going.to.get(), status.get()) {
                (Some(booth), Some(BoothStatus::Free)) => view! { <OnTheWay booth=booth floor=floor /> }.into_any(),
                (Some(booth), status) => view! { <p>{lost_text(use_texts(), booth, status)}</p> }.into_any(),
                (None, _) => ().into_any(),
            }}
            {move || offer.get().map(|offer| view! { <Offer offer=offer floor=floor /> })}
        </div>
    }
    .into_any()
}

/// The floor that was asked for, from where, and what makes it worth asking again.
type Question = Option<(FloorNumber, Option<BoothNumber>, Vec<usize>)>;
type Answer = Result<Option<Choice>, ApiError>;

/// The server has chosen before it began to write the page.
fn offer_with_page(question: &Question) -> Option<Answer> {
    match question {
        Some(_) => use_context::<Choice>().map(|choice| Ok(Some(choice))),
        None => Some(Ok(None)),
    }
}

async fn ask_offer(question: Question) -> Answer {
    match question {
        Some((floor, from, _)) => choose_booth(Some(floor), from).await.map(Some),
        None => Ok(None),
    }
}

fn lost_text(texts: &Texts, booth: BoothNumber, status: Option<BoothStatus>) -> String {
    if status == Some(BoothStatus::Occupied) { (texts.go.taken)(booth) } else { (texts.go.lost)(booth) }
}

/// How many booths are free, on each floor.
fn use_free_counts(live: Live) -> Memo<Vec<usize>> {
    let Floors(floors) = expect_context();
    let counts: Vec<_> = floors.into_iter().map(|floor| live.floor_count(floor)).collect();
    Memo::new(move |_| counts.iter().map(|count| count.get().free).collect())
}

/// Only heard, for the card says it to the eyes; seen where the booth is on another floor than the one that was asked for.
#[component]
fn OnTheWay(booth: BoothNumber, floor: FloorNumber) -> impl IntoView {
    let texts = use_texts();
    let going: Going = expect_context();
    let found = move || (texts.go.found)(booth, going.walk_to(Some(booth)).map(|walk| walk.metres));
    let elsewhere = move || going.asked.get().map(|asked| (texts.go.other_floor)(asked, booth, floor));
    view! {
        {move || elsewhere().map(|text| view! { <p>{text}</p> })}
        <p class="visually-hidden">{found}</p>
    }
    .into_any()
}

/// The next one, or what is likely.
#[component]
fn Offer(offer: Result<Option<Choice>, ApiError>, floor: FloorNumber) -> impl IntoView {
    let texts = use_texts();
    let elsewhere = move |other: FloorNumber| (other != floor).then_some(other);
    let none_free = move |next: String| view! { <p>{texts.go.none_free} " " {next}</p> }.into_any();
    match offer {
        Ok(None) => ().into_any(),
        Ok(Some(choice)) => match choice.found {
            Found::Free { booth, floor: other } => view! {
                <a href=choice.address() data-noscroll class="go-next">
                    {(texts.go.next)(booth, elsewhere(other))}
                </a>
            }
            .into_any(),
            Found::Likely { booth, floor: other, minutes } => {
                none_free((texts.go.likely)(booth, elsewhere(other), minutes))
            }
            Found::Nothing => none_free(texts.go.no_guess.to_owned()),
        },
        Err(_) => view! { <p>{texts.server_unreachable}</p> }.into_any(),
    }
}
