//! One connection, from its first byte to the line in the log that says how it ended.

use crate::admission::Permit;
use crate::dialect::{FirstBytes, detect};
use crate::session_log::SessionLog;
use crate::v1::{Leave, Poller, Tally};
use crate::v2::{self, Surroundings};
use crate::{HandshakeRefusal, Live, Refusal, SessionEnd, Stranger, v0};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout, timeout_at};

/// A peer that has said nothing for so long is no v2 board. Shorter than the second after which a v1 board babbles.
const FIRST_BYTES_WITHIN: Duration = Duration::from_millis(750);
/// A peer that has begun like a v2 board must have gone on by then.
const HELLO_WITHIN: Duration = Duration::from_secs(3);
const FIRST_BYTES_MAX: usize = 256;
/// How long a refusal may take to be read by the peer.
const GOODBYE_MAX: Duration = Duration::from_millis(250);
const GOODBYE_BYTES_MAX: u64 = 64 * 1024;

/// A dialect, and the bytes that gave it away.
enum Dialect {
    V1 { first: Vec<u8> },
    V2 { first: Vec<u8> },
}

/// What a connection is served with.
#[derive(Clone, Copy)]
pub(crate) struct Connection<'a> {
    pub(crate) peer: SocketAddr,
    pub(crate) v1_allowed: bool,
    pub(crate) live: &'a Live,
    pub(crate) permit: &'a Permit,
    pub(crate) log: &'a SessionLog,
}

/// Serves one connection to its end, which is at once when its permit ends.
pub(crate) async fn run<IO>(mut io: IO, connection: Connection<'_>)
where
    IO: AsyncRead + AsyncWrite + Unpin,
{
    let started_at = Instant::now();
    let mut tally = Tally::default();
    let end = tokio::select! {
        biased;
        end = speak(&mut io, connection, &mut tally) => end,
        end = connection.permit.ended() => end,
    };
    count(end, connection);
    connection.log.note(end, connection.peer, &tally, started_at.elapsed());
    if let Some(code) = end.code() {
        // Whether the peer hears it is its own affair.
        let _ = timeout(GOODBYE_MAX, say_goodbye(&mut io, code)).await;
    }
}

async fn speak<IO>(io: &mut IO, connection: Connection<'_>, tally: &mut Tally) -> SessionEnd
where
    IO: AsyncRead + AsyncWrite + Unpin,
{
    let Connection { peer, v1_allowed, live, permit, .. } = connection;
    let accepted_at = Instant::now();
    let around = Surroundings { live, permit, peer, accepted_at };
    match find_dialect(io, v1_allowed).await {
        Err(end) => end,
        Ok(Dialect::V2 { first }) => v2::serve(io, &first, around).await,
        Ok(Dialect::V1 { first }) => match Poller::new(io, live, permit, tally, &first).run().await {
            Leave::End(end) => end,
            Leave::SpeaksV0 => v0::listen(io, peer.ip(), live, permit).await,
            // It came late over a slow network: its deadlines begin now.
            Leave::SpeaksV2 { first } => {
                v2::serve(io, &first, Surroundings { accepted_at: Instant::now(), ..around }).await
            }
        },
    }
}

async fn find_dialect<IO: AsyncRead + Unpin>(io: &mut IO, v1_allowed: bool) -> Result<Dialect, SessionEnd> {
    let accepted_at = Instant::now();
    let mut first = Vec::new();
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
            FirstBytes::V2 => return Ok(Dialect::V2 { first }),
            FirstBytes::Other if v1_allowed => return Ok(Dialect::V1 { first }),
            FirstBytes::Other => return Err(SessionEnd::NotAllowed),
        }
    }
}

fn count(end: SessionEnd, Connection { peer, live, .. }: Connection<'_>) {
    let counters = live.counters();
    let note = |stranger| live.boards().strangers().note(stranger, peer.ip(), live.now().mono);
    match end {
        SessionEnd::Silent | SessionEnd::NotAllowed => note(Stranger::OldProtocol),
        SessionEnd::Refused(HandshakeRefusal::Auth) => note(Stranger::NoKey),
        _ => {}
    }
    match end {
        SessionEnd::Silent | SessionEnd::NotAllowed => counters.count_refused(Refusal::NotAllowed),
        SessionEnd::TooMany(refusal) => counters.count_refused(refusal),
        SessionEnd::Refused(refusal) => counters.count_handshake_refused(refusal),
        SessionEnd::LineRefused(refusal) => counters.count_line_refused(refusal),
        _ => {}
    }
}

/// Writes the error line and lets the peer read it: closing with unread bytes would reset the connection.
async fn say_goodbye<IO: AsyncRead + AsyncWrite + Unpin>(io: &mut IO, code: u16) -> std::io::Result<()> {
    let mut line = String::new();
    v2::encode_refusal(&mut line, code);
    io.write_all(line.as_bytes()).await?;
    io.shutdown().await?;
    tokio::io::copy(&mut io.take(GOODBYE_BYTES_MAX), &mut tokio::io::sink()).await?;
    Ok(())
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
