//! What the pages ask, answered from memory.

use crate::building_memory::BuildingMemory;
use crate::clock::{SystemClock, utc_now};
use crate::live::{Hub, Latency};
use app::backend::{Backend, FloorDetail, Overview, StatusReport};
use domain::{FloorNumber, UtcMs};
use ingest::Live;
use std::sync::Arc;

/// The server's side of the pages.
pub(crate) struct MemoryBackend {
    pub(crate) memory: Arc<BuildingMemory>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) live: Arc<Live>,
    pub(crate) latency: Arc<Latency>,
    pub(crate) clock: SystemClock,
    pub(crate) build: String,
}

impl Backend for MemoryBackend {
    fn overview(&self) -> Overview {
        Overview {
            floors: self.memory.building.floors.iter().map(|floor| floor.number).collect(),
            snapshot: self.hub.snapshot(None),
            time_zone: self.memory.site.time_zone.clone(),
            now: self.now(),
        }
    }

    fn find_floor(&self, number: FloorNumber) -> Option<FloorDetail> {
        self.memory.find_floor(number)
    }

    fn status(&self) -> StatusReport {
        StatusReport {
            build: self.build.clone(),
            started_at: self.clock.started_at(),
            boards: usize::try_from(self.live.counters().connections_open()).unwrap_or(usize::MAX),
            readers: self.hub.reader_count(),
            publication: self.latency.summary(),
        }
    }

    fn local_time(&self, at: UtcMs) -> String {
        self.clock.local_time(at)
    }

    fn now(&self) -> UtcMs {
        utc_now()
    }
}
