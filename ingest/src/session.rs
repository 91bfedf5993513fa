//! One connection, from its first byte to the line in the log that says how it ended.

use crate::dialect::{FirstBytes, detect};
use crate::v1::{Poller, Tally};
use crate::{Counters, Live, Refusal};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

/// A peer that has said nothing for so long is no v2 board. Shorter than the second after which a v1 board babbles.
const FIRST_BYTES_WITHIN: Duration = Duration::from_millis(750);
/// A peer that has begun like a v2 board must have gone on by then.
const HELLO_WITHIN: Duration = Duration::from_secs(3);
const FIRST_BYTES_MAX: usize = 256;
/// How long a refusal may take to be read by the peer.
const GOODBYE_MAX: Duration = Duration::from_millis(250);
const GOODBYE_BYTES_MAX: u64 = 64 * 1024;

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionEnd {
    /// The peer has closed the connection.
    #[error("closed by the peer")]
    PeerClosed,
    /// The connection broke.
    #[error("broken: {0}")]
    Broken(ErrorKind),
    /// No answer, or none that could be used, for too long.
    #[error("no usable answer for 5 s")]
    NoAnswer,
    /// The peer does not read what it is sent.
    #[error("the peer does not read")]
    Stalled,
    /// The board was told to sleep, and does.
    #[error("asleep for {seconds} s")]
    Asleep {
        /// What it was told.
        seconds: u32,
    },
    /// The board was told to sleep, but goes on.
    #[error("told to sleep for {seconds} s, but stays awake")]
    StaysAwake {
        /// What it was told.
        seconds: u32,
    },
    /// The peer said nothing, and may not be polled.
    #[error("silent, and v1 is not allowed for this address")]
    Silent,
    /// The peer speaks, but neither v2 nor with permission.
    #[error("not a v2 board, and v1 is not allowed for this address")]
    NotAllowed,
    /// The peer began like a v2 board, and then fell silent.
    #[error("an incomplete first line")]
    Incomplete,
    /// The peer speaks v2.
    #[error("a v2 board, which this server does not speak to yet")]
    SpeaksV2,
    /// The server stops.
    #[error("the server stops")]
    Shutdown,
}

/// A dialect, and the bytes that gave it away.
enum Dialect {
    V1 { first: Vec<u8> },
    V2,
}

/// Serves one connection to its end, which is at once when `shutdown` comes.
pub(crate) async fn run<IO>(mut io: IO, peer: SocketAddr, v1_allowed: bool, live: &Live, shutdown: &CancellationToken)
where
    IO: AsyncRead + AsyncWrite + Unpin,
{
    let started_at = Instant::now();
    let mut tally = Tally::default();
    let end = tokio::select! {
        end = speak(&mut io, v1_allowed, live, &mut tally) => end,
        () = shutdown.cancelled() => SessionEnd::Shutdown,
    };
    count(end, live.counters());
    log(end, peer, &tally, started_at.elapsed());
    if let Some(code) = refusal_code(end) {
        // Whether the peer hears it is its own affair.
        let _ = timeout(GOODBYE_MAX, say_goodbye(&mut io, code)).await;
    }
}

async fn speak<IO>(io: &mut IO, v1_allowed: bool, live: &Live, tally: &mut Tally) -> SessionEnd
where
    IO: AsyncRead + AsyncWrite + Unpin,
{
    match find_dialect(io, v1_allowed).await {
        Ok(Dialect::V1 { first }) => Poller::new(io, live, tally, &first).run().await,
        Ok(Dialect::V2) => SessionEnd::SpeaksV2,
        Err(end) => end,
    }
}

async fn find_dialect<IO: AsyncRead + Unpin>(io: &mut IO, v1_allowed: bool) -> Result<Dialect, SessionEnd> {
    let accepted_at = Instant::now();
    let mut first = Vec::with_capacity(FIRST_BYTES_MAX);
    loop {
        let within = if first.is_empty() { FIRST_BYTES_WITHIN } else { HELLO_WITHIN };
        let mut buffer = [0; FIRST_BYTES_MAX];
        match timeout_at(accepted_at + within, io.read(&mut buffer)).await {
            Err(_) if !first.is_empty() => return Err(SessionEnd::Incomplete),
            Err(_) if v1_allowed => return Ok(Dialect::V1 { first }),
            Err(_) => return Err(SessionEnd::Silent),
            Ok(Ok(0)) => return Err(SessionEnd::PeerClosed),
            Ok(Ok(length)) => first.extend_from_slice(&buffer[..length]),
            Ok(Err(error)) => return Err(SessionEnd::Broken(error.kind())),
        }
        match detect(&first) {
            FirstBytes::Undecided => {}
            FirstBytes::V2 => return Ok(Dialect::V2),
            FirstBytes::Other if v1_allowed => return Ok(Dialect::V1 { first }),
            FirstBytes::Other => return Err(SessionEnd::NotAllowed),
        }
    }
}

fn count(end: SessionEnd, counters: &Counters) {
    if matches!(end, SessionEnd::Silent | SessionEnd::NotAllowed) {
        counters.count_refused(Refusal::NotAllowed);
    }
}

/// The code of the protocol's error line. A v1 board gets none: the old sketch makes a number of whatever it is sent.
fn refusal_code(end: SessionEnd) -> Option<u16> {
    match end {
        SessionEnd::NotAllowed | SessionEnd::Incomplete => Some(400),
        SessionEnd::SpeaksV2 => Some(503),
        _ => None,
    }
}

/// Writes the error line and lets the peer read it: closing with unread bytes would reset the connection.
async fn say_goodbye<IO: AsyncRead + AsyncWrite + Unpin>(io: &mut IO, code: u16) -> std::io::Result<()> {
    io.write_all(format!("DB2 E {code}\n").as_bytes()).await?;
    io.shutdown().await?;
    tokio::io::copy(&mut io.take(GOODBYE_BYTES_MAX), &mut tokio::io::sink()).await?;
    Ok(())
}

fn log(end: SessionEnd, peer: SocketAddr, tally: &Tally, lasted: Duration) {
    let Tally { answers_good, answers_dropped, .. } = *tally;
    let lasted_s = lasted.as_secs();
    let ordinary = matches!(end, SessionEnd::PeerClosed | SessionEnd::Asleep { .. } | SessionEnd::Shutdown);
    if ordinary && answers_dropped == 0 {
        tracing::info!(%peer, %end, lasted_s, answers_good, "board connection ended");
        return;
    }
    let first = tally.first_dropped.as_ref();
    let dropped_for = first.map(|(error, _)| tracing::field::display(error));
    let dropped_bytes = first.map(|(_, bytes)| tracing::field::display(bytes.escape_ascii()));
    tracing::warn!(%peer, %end, lasted_s, answers_good, answers_dropped, dropped_for, dropped_bytes, "board connection ended");
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
