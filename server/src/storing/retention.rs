//! Forgets events of boards that nobody will ask for any more.

use crate::clock::utc_now;
use entity::Storage;
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

const DAY_MS: u64 = 86_400_000;
/// For so long it is known how a board's battery and signal were.
const SAMPLES_DAYS: u64 = 90;
const EVERY: Duration = Duration::from_secs(3_600);
/// Deleted at once: few, so that nobody waits for the database because of it.
const ROWS_MAX: u64 = 1_000;
const PAUSE: Duration = Duration::from_millis(200);

/// Deletes events older than `keep_days`, every hour and little by little, until `shutdown`. What became of booths is kept
/// for ever: it is little.
pub(crate) async fn forget_old_events(storage: &Storage, keep_days: u32, shutdown: &CancellationToken) {
    let forget = async {
        loop {
            let before = utc_now().minus(u64::from(keep_days) * DAY_MS);
            loop {
                match storage.delete_board_events_before(before, ROWS_MAX).await {
                    Ok(0) => break,
                    Ok(_) => sleep(PAUSE).await,
                    Err(error) => {
                        tracing::warn!(%error, "old events could not be forgotten; trying again in an hour");
                        break;
                    }
                }
            }
            if let Err(error) = storage.delete_samples_before(utc_now().minus(SAMPLES_DAYS * DAY_MS)).await {
                tracing::warn!(%error, "old samples of boards could not be forgotten; trying again in an hour");
            }
            sleep(EVERY).await;
        }
    };
    let _: Option<()> = shutdown.run_until_cancelled(forget).await;
}
