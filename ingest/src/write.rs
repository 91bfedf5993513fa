use crate::SessionEnd;
use std::time::Duration;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

/// How long a peer may leave unread what it is sent.
const WRITE_MAX: Duration = Duration::from_secs(2);

/// Writes to a peer that reads.
pub(crate) async fn write<IO: AsyncWrite + Unpin>(io: &mut IO, bytes: &[u8]) -> Result<(), SessionEnd> {
    match timeout(WRITE_MAX, io.write_all(bytes)).await {
        Err(_) => Err(SessionEnd::Stalled),
        Ok(Err(error)) => Err(SessionEnd::Broken(error.kind())),
        Ok(Ok(())) => Ok(()),
    }
}
