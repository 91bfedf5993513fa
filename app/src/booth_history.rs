//! What a card tells of its booth's past.

use crate::api::read_usual;
use crate::backend::ApiError;
use crate::deadline::within;
use crate::erased::{AnyView, IntoAny};
use crate::history_strip::HistoryStrip;
use crate::texts::{describe_hour, use_texts};
use domain::{BoothNumber, DayStrip, Usual};
use leptos::prelude::*;
use std::time::Duration;

/// A pointer that flies over booths asks nothing.
const ASK_AFTER: Duration = Duration::from_millis(150);

/// Today, how long it usually takes, and how it usually is at this hour. Its room is there before it is.
#[component]
pub(crate) fn BoothHistory(booth: BoothNumber) -> impl IntoView {
    let reading = Action::new(move |(): &()| within(read_usual(booth)));
    Effect::new(move |_| {
        let waiting = set_timeout_with_handle(move || drop(reading.dispatch(())), ASK_AFTER);
        on_cleanup(move || {
            if let Ok(waiting) = waiting {
                waiting.clear();
            }
        });
    });
    view! {
        <div class="booth-history" data-history=move || reading.value().with(|usual| usual.is_some().then_some(""))>
            {move || reading.value().get().map(view_answer)}
        </div>
    }
    .into_any()
}

fn view_answer(answer: Result<Usual, ApiError>) -> AnyView {
    match answer {
        Ok(usual) => view! { <UsualView usual=usual /> }.into_any(),
        Err(_) => view! { <p>{use_texts().usual.away}</p> }.into_any(),
    }
}

#[component]
fn UsualView(usual: Usual) -> impl IntoView {
    let texts = use_texts();
    let Usual { typical_ms, today, this_hour } = usual;
    let typical = typical_ms.map(|length| (texts.usual.typical)(&(texts.elapsed)(length)));
    let this_hour = this_hour.map(|share| describe_hour(texts, &share));
    let sentences: Vec<String> = typical.into_iter().chain(this_hour).collect();
    let usually = if sentences.is_empty() { texts.usual.thin.to_owned() } else { sentences.join(" ") };
    view! {
        {today.map(|today| view! { <Today today=today /> })}
        <p data-usual>{usually}</p>
    }
    .into_any()
}

#[component]
fn Today(today: DayStrip) -> impl IntoView {
    let texts = use_texts();
    let DayStrip { occupied_ms, known_ms, .. } = today;
    let summary = if known_ms == 0 {
        texts.usual.today_unknown.to_owned()
    } else {
        (texts.usual.today)(&(texts.elapsed)(occupied_ms), &(texts.elapsed)(known_ms))
    };
    view! {
        <HistoryStrip today=today />
        <p data-today>{summary}</p>
    }
    .into_any()
}
