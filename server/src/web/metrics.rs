//! `GET /metrics`: how the server is, for Prometheus.
//!
//! The numbers are counted where they arise; this page only reads them.

use super::WebState;
use crate::alerts::AlertDesk;
use crate::backend::MemoryBackend;
use crate::clock::utc_now;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::BoothStatus;
use http::{HeaderMap, StatusCode, header};
use ingest::{BoardState, DialectName, FrameError, HandshakeRefusal, Histogram, LineRefusal, Refusal};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use std::fmt;
use std::sync::Arc;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const PLAIN: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The page. Its lines are the same for both of Prometheus's formats.
pub(super) async fn metrics(State(state): State<WebState>, headers: HeaderMap) -> Response {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Numbers(Arc::clone(&state.backend), Arc::clone(&state.alerts))));
    let mut page = String::new();
    if let Err(error) = encode(&mut page, &registry) {
        tracing::error!(%error, "the metrics could not be written");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let kind = if accepts.contains("application/openmetrics-text") { OPEN_METRICS } else { PLAIN };
    ([(header::CONTENT_TYPE, kind)], page).into_response()
}

struct Numbers(Arc<MemoryBackend>, Arc<AlertDesk>);

impl fmt::Debug for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Numbers")
    }
}

impl Collector for Numbers {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let mut page = Page(encoder);
        self.write_server(&mut page)?;
        self.write_connections(&mut page)?;
        self.write_frames(&mut page)?;
        self.write_boards(&mut page)?;
        self.write_keeping(&mut page)
    }
}

impl Numbers {
    fn write_server(&self, page: &mut Page<'_>) -> fmt::Result {
        let backend = &self.0;
        page.gauges("dispobox_build_info", "The build of the site", "build", [(backend.build.as_str(), 1.0)])?;
        page.gauge("dispobox_streams", "Readers of the live stream", backend.hub.reader_count())?;
        let snapshot = backend.hub.snapshot(None);
        let booths = BoothStatus::ALL.map(|status| {
            let count = snapshot.booths.iter().filter(|booth| booth.status == status).count();
            (status.as_str(), count_as_f64(count))
        });
        page.gauges("dispobox_booths", "Booths by what is shown of them", "status", booths)?;
        let histogram = &backend.latency.histogram;
        page.histogram("dispobox_publication_seconds", "From the receipt of a deciding frame to the stream", histogram)
    }

    fn write_connections(&self, page: &mut Page<'_>) -> fmt::Result {
        let counters = self.0.live.counters();
        page.gauge("dispobox_board_connections", "Board connections open now", counters.connections_open())?;
        page.counter("dispobox_board_connections_opened", "Board connections", counters.connections_opened.get())?;
        page.counter(
            "dispobox_board_connections_evicted",
            "Unproven connections that made room for others",
            counters.connections_evicted.get(),
        )?;
        let refused = Refusal::ALL.iter().map(|reason| (reason.as_str(), counters.connections_refused(*reason)));
        page.counters("dispobox_board_connections_refused", "Board connections not served", ["reason"], one(refused))?;
        page.counter("dispobox_sessions_panicked", "Sessions that ended by a bug", counters.sessions_panicked.get())
    }

    fn write_frames(&self, page: &mut Page<'_>) -> fmt::Result {
        let counters = self.0.live.counters();
        let frames = DialectName::ALL.iter().map(|dialect| (dialect.as_str(), counters.frames(*dialect)));
        page.counters("dispobox_frames", "Good frames of boards", ["dialect"], one(frames))?;
        let v1 = FrameError::ALL.iter().map(|why| (["v1", why.as_str()], counters.answers_dropped(*why)));
        let v2 = LineRefusal::ALL.iter().map(|why| (["v2", why.as_str()], counters.lines_refused(*why)));
        page.counters("dispobox_frames_refused", "Frames not used", ["dialect", "reason"], v1.chain(v2))?;
        page.counter("dispobox_readings", "Readings of booths", counters.readings.get())?;
        let ignored =
            [("unwatched", counters.readings_unwatched.get()), ("downgrade", counters.readings_downgraded.get())];
        page.counters("dispobox_readings_ignored", "Readings not used", ["reason"], one(ignored))?;
        page.counter("dispobox_acknowledgements", "Events acknowledged", counters.acknowledged.get())?;
        let refused = counters.not_acknowledged.get();
        page.counter("dispobox_acknowledgements_refused", "Events that boards were told to send again", refused)?;
        page.counter("dispobox_events_repeated", "Events that had been acknowledged", counters.events_repeated.get())?;
        page.counter("dispobox_events_missing", "Events that boards had to drop", counters.events_missing.get())?;
        page.histogram("dispobox_durable_seconds", "From the receipt of an event to the disk", &counters.durable)
    }

    fn write_boards(&self, page: &mut Page<'_>) -> fmt::Result {
        let counters = self.0.live.counters();
        page.counter("dispobox_handshakes", "Sessions opened by boards with keys", counters.handshakes.get())?;
        let refused =
            HandshakeRefusal::ALL.iter().map(|reason| (reason.as_str(), counters.handshakes_refused(*reason)));
        page.counters("dispobox_handshakes_refused", "Sessions refused or revoked", ["reason"], one(refused))?;
        let replaced = counters.sessions_replaced.get();
        page.counter("dispobox_sessions_replaced", "Sessions displaced by a newer one of their board", replaced)?;
        let boards = self.0.list_boards();
        let states = BoardState::ALL.map(|state| {
            let count = boards.iter().filter(|(report, _)| report.state == state).count();
            (state.as_str(), count_as_f64(count))
        });
        page.gauges("dispobox_boards", "Boards by state", "state", states)?;
        let alerts = self.1.count_by_kind();
        let alerts = alerts.iter().map(|(kind, count)| (kind.as_str(), count_as_f64(*count)));
        page.gauges("dispobox_alerts", "Alerts that are open", "kind", alerts)?;
        let waiting = self.1.count_waiting();
        page.gauge("dispobox_alerts_waiting", "Alerts that nobody has seen to", waiting)
    }

    fn write_keeping(&self, page: &mut Page<'_>) -> fmt::Result {
        let (counters, drained, spool) = (self.0.live.counters(), &self.0.drained, self.0.spool.depth());
        page.gauge("dispobox_spool_groups", "Group commits that wait for the database", spool.groups)?;
        page.gauge("dispobox_spool_records", "Records that wait for the database", spool.records)?;
        page.gauge("dispobox_spool_bytes", "Bytes of them", spool.bytes)?;
        let oldest_s = spool.oldest_at.map_or(0, |oldest| utc_now().since(oldest) / 1_000);
        page.gauge("dispobox_spool_oldest_seconds", "Age of the oldest of them", oldest_s)?;
        page.counter("dispobox_spool_errors", "Times that the disk refused", counters.journal_errors.get())?;
        page.gauge("dispobox_records_waiting", "Records that wait for the disk", counters.records_waiting())?;
        page.counter("dispobox_records_dropped", "Records lost", counters.records_lost.get())?;
        page.counter("dispobox_records_stored", "Records in the database", drained.stored.get())?;
        page.counter("dispobox_records_passed_over", "Records without a place", drained.passed_over.get())?;
        page.counter("dispobox_events_duplicate", "Events that the database had", drained.duplicates.get())?;
        page.counter("dispobox_storage_errors", "Times that the database refused", drained.errors.get())?;
        page.histogram("dispobox_storage_seconds", "From the receipt of an event to the database", &drained.latency)
    }
}

/// Gives numbers with one label the form of those with several.
fn one<'a>(numbers: impl IntoIterator<Item = (&'a str, u64)>) -> impl IntoIterator<Item = ([&'a str; 1], u64)> {
    numbers.into_iter().map(|(label, number)| ([label], number))
}

#[allow(clippy::cast_precision_loss, reason = "counts of things in a building")]
fn count_as_f64(count: usize) -> f64 {
    count as f64
}

#[allow(clippy::cast_precision_loss, reason = "exact for 285 years of microseconds")]
fn seconds(us: u64) -> f64 {
    us as f64 / 1e6
}

/// The page being written.
struct Page<'a>(DescriptorEncoder<'a>);

impl Page<'_> {
    fn counter(&mut self, name: &str, help: &str, value: u64) -> fmt::Result {
        ConstCounter::new(value).encode(self.0.encode_descriptor(name, help, None, MetricType::Counter)?)
    }

    fn counters<'a, const N: usize>(
        &mut self,
        name: &str,
        help: &str,
        labels: [&str; N],
        values: impl IntoIterator<Item = ([&'a str; N], u64)>,
    ) -> fmt::Result {
        let mut family = self.0.encode_descriptor(name, help, None, MetricType::Counter)?;
        for (texts, value) in values {
            let pairs: Vec<_> = labels.iter().copied().zip(texts).collect();
            ConstCounter::new(value).encode(family.encode_family(&pairs)?)?;
        }
        Ok(())
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl TryInto<i64>) -> fmt::Result {
        let value: i64 = value.try_into().unwrap_or(i64::MAX);
        ConstGauge::new(value).encode(self.0.encode_descriptor(name, help, None, MetricType::Gauge)?)
    }

    fn gauges<'a>(
        &mut self,
        name: &str,
        help: &str,
        label: &str,
        values: impl IntoIterator<Item = (&'a str, f64)>,
    ) -> fmt::Result {
        let mut family = self.0.encode_descriptor(name, help, None, MetricType::Gauge)?;
        for (text, value) in values {
            ConstGauge::new(value).encode(family.encode_family(&[(label, text)])?)?;
        }
        Ok(())
    }

    fn histogram(&mut self, name: &str, help: &str, histogram: &Histogram) -> fmt::Result {
        let counts = histogram.counts();
        let bounds = Histogram::BOUNDS_US.map(seconds);
        let bounds = bounds.into_iter().chain([f64::INFINITY]);
        let buckets: Vec<_> = bounds.zip(counts.counts.iter().copied()).collect();
        let mut encoder = self.0.encode_descriptor(name, help, None, MetricType::Histogram)?;
        encoder.encode_histogram::<NoLabelSet>(seconds(counts.sum_us), counts.counts.iter().sum(), &buckets, None)
    }
}
