use crate::api::read_status;
use crate::app::Problem;
use crate::backend::StatusReport;
use crate::clock::Elapsed;
use crate::erased::IntoAny;
use crate::live::use_live;
use crate::texts::use_texts;
use domain::LatencySummary;
use leptos::prelude::*;
use leptos_meta::Title;
use std::time::Duration;

const ASK_EVERY: Duration = Duration::from_secs(10);

/// `/status`: how quickly changes arrive, who is connected, and what waits to be stored.
#[component]
pub(crate) fn StatusPage() -> impl IntoView {
    let texts = use_texts();
    let report = Resource::new_blocking(|| (), |()| read_status());
    Effect::new(move |_| {
        let asking = set_interval_with_handle(move || report.refetch(), ASK_EVERY);
        on_cleanup(move || {
            if let Ok(asking) = asking {
                asking.clear();
            }
        });
    });
    view! {
        <Title text=format!("{} · DispoBox", texts.status_page) />
        <Transition>
            {move || Suspend::new(async move {
                match report.await {
                    Ok(report) => view! { <StatusTable report=report /> }.into_any(),
                    Err(error) => view! { <Problem error=error /> }.into_any(),
                }
            })}
        </Transition>
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
