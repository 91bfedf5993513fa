//! How long a reading takes from the socket to the stream.

use super::Hub;
use crate::notices::NoticeDesk;
use domain::{BoothState, LatencySummary, LatencyWindow};
use ingest::Histogram;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// From receipt to publication: all of them in buckets, and the newest one by one.
#[derive(Debug, Default)]
pub(crate) struct Latency {
    window: Mutex<LatencyWindow>,
    pub(crate) histogram: Histogram,
}

impl Latency {
    fn note_since(&self, received: Instant) {
        let took = received.elapsed();
        self.histogram.note(took);
        let took_us = u32::try_from(took.as_micros()).unwrap_or(u32::MAX);
        self.window.lock().unwrap_or_else(PoisonError::into_inner).note_us(took_us);
    }

    /// The percentiles of what was noted.
    pub(crate) fn summary(&self) -> Option<LatencySummary> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner).summary()
    }
}

/// The hub, with a watch in its hand, and those who wait for a booth behind it.
pub(crate) struct MeasuredHub {
    pub(crate) hub: Arc<Hub>,
    pub(crate) latency: Arc<Latency>,
    pub(crate) notices: Arc<NoticeDesk>,
}

impl ingest::Audience for MeasuredHub {
    fn publish(&self, changes: &[BoothState], received: Option<Instant>) {
        self.hub.publish(changes);
        if let Some(received) = received {
            self.latency.note_since(received);
        }
        self.notices.note(changes);
    }
}
