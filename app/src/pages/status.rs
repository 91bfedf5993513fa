use crate::api::read_status;
use crate::app::Problem;
use crate::backend::{StatusReport, use_backend};
use crate::clock::Elapsed;
use crate::deadline::within;
use crate::erased::IntoAny;
use crate::handed_over::hand_over;
use crate::head::Title;
use crate::live::use_live;
use crate::texts::use_texts;
use domain::LatencySummary;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const ASK_EVERY: Duration = Duration::from_secs(10);

/// `/status`: how quickly changes arrive, who is connected, and what waits to be stored.
#[component]
pub(crate) fn StatusPage() -> impl IntoView {
    let texts = use_texts();
    let (report, set_report) = signal(hand_over(|| use_backend().ok().map(|backend| Ok(backend.status()))));
    let ask = move || {
        spawn_local(async move {
            // The reader may have gone to another page meanwhile.
            set_report.try_set(Some(within(read_status()).await));
        });
    };
    Effect::new(move |_| {
        if report.with_untracked(Option::is_none) {
            ask();
        }
        let asking = set_interval_with_handle(ask, ASK_EVERY);
        on_cleanup(move || {
            if let Ok(asking) = asking {
                asking.clear();
            }
        });
    });
    view! {
        <Title text=format!("{} · DispoBox", texts.status_page) />
        {move || {
            report
                .get()
                .map(|report| match report {
                    Ok(report) => view! { <StatusTable report=report /> }.into_any(),
                    Err(error) => view! { <Problem error=error /> }.into_any(),
                })
        }}
    }
}

#[component]
fn StatusTable(report: StatusReport) -> impl IntoView {
    let texts = use_texts();
    let live = use_live();
    let latency = |summary: Option<LatencySummary>| {
        summary.map_or_else(|| texts.no_change_yet.to_owned(), |summary| (texts.latency)(&summary))
    };
    let publication = latency(report.publication);
    // The clock wakes it once a second; the measurements themselves are no signal.
    let arrival = move || {
        live.now().track();
        latency(live.arrivals())
    };
    view! {
        <section class="status-page">
            <h1>{texts.status_page}</h1>
            <dl>
                <dt>{texts.publication}</dt>
                <dd data-latency="publication">{publication}</dd>
                <dt>{texts.arrival}</dt>
                <dd data-latency="arrival">{arrival}</dd>
                <dt>{texts.boards}</dt>
                <dd data-boards>{(texts.boards_by_state)(&report.boards_by_state)}</dd>
                <dt>{texts.board_connections}</dt>
                <dd>{report.boards}</dd>
                <dt>{texts.open_maps}</dt>
                <dd>{report.readers}</dd>
                <dt>{texts.records_waiting}</dt>
                <dd data-records-waiting>{report.records_waiting}</dd>
                <dt>{texts.running}</dt>
                <dd><Elapsed since_at=Signal::stored(Some(report.started_at)) /></dd>
                <dt>{texts.build}</dt>
                <dd>{report.build}</dd>
            </dl>
        </section>
    }
    .into_any()
}
