//! How batteries and radios went over the last two weeks: asked rarely, for it is much.

use app::admin::Span;
use domain::{BatteryOutlook, BoardId, UtcMs};
use entity::{BoardTrend, Storage, StorageError};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

const DAYS: u64 = 14;
const SLOT_MS: u32 = 4 * 3_600_000;
const OLD_AFTER: Duration = Duration::from_secs(60);

/// What is known of all boards, as it was read a moment ago.
#[derive(Default)]
pub(crate) struct Trends(Mutex<Option<(Instant, OfAll)>>);

type OfAll = Arc<HashMap<BoardId, Trend>>;

/// How one board went.
#[derive(Debug, Clone)]
pub(super) struct Trend {
    pub(super) battery: Vec<(UtcMs, i32)>,
    pub(super) rssi: Vec<(UtcMs, i32)>,
    pub(super) outlook: BatteryOutlook,
}

impl Trends {
    /// The span that is looked at.
    pub(super) fn span(now: UtcMs) -> Span {
        Span { from: now.minus(DAYS * 86_400_000), to: now }
    }

    /// All of them. Who asks while somebody else does waits, and gets the same.
    pub(super) async fn read(
        &self,
        storage: &Storage,
        now: UtcMs,
    ) -> Result<Arc<HashMap<BoardId, Trend>>, StorageError> {
        let mut known = self.0.lock().await;
        if let Some((_, trends)) = known.as_ref().filter(|(read, _)| read.elapsed() < OLD_AFTER) {
            return Ok(Arc::clone(trends));
        }
        let rows = storage.list_trends(Self::span(now).from, SLOT_MS).await?;
        let trends: HashMap<_, _> = rows.into_iter().map(|row| (row.board.clone(), Trend::of(&row))).collect();
        let trends = Arc::new(trends);
        *known = Some((Instant::now(), Arc::clone(&trends)));
        Ok(trends)
    }
}

impl Trend {
    fn of(row: &BoardTrend) -> Self {
        Self {
            battery: row.battery.iter().map(|reading| (reading.at, reading.battery_mv.into())).collect(),
            rssi: row.rssi_dbm.iter().map(|(at, rssi_dbm)| (*at, (*rssi_dbm).into())).collect(),
            outlook: BatteryOutlook::of(&row.battery),
        }
    }
}
