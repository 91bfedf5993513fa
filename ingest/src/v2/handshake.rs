//! How a board proves who it is, within absolute deadlines.

use super::decode::{decode_auth, decode_hello};
use super::encode::encode_challenge;
use super::message::{Hello, MessageError};
use super::{LineError, Lines, SessionKeys, Surroundings};
use crate::boards::Opened;
use crate::write::write;
use crate::{HandshakeRefusal, LineRefusal, SessionEnd};
use bytes::BytesMut;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, sleep_until, timeout_at};

/// The first line must be complete this long after the connection was accepted,
const HELLO_WITHIN: Duration = Duration::from_secs(3);
/// and the second this long after it.
const AUTH_WITHIN: Duration = Duration::from_secs(5);
/// A refusal comes this long after the second line, so that its time tells nothing of the reason.
const REFUSAL_AFTER: Duration = Duration::from_millis(400);

/// Finds out who is there, and opens a session for a board that may have one.
pub(super) async fn handshake<IO>(
    lines: &mut Lines<'_, IO>,
    around: Surroundings<'_>,
) -> Result<(Hello, SessionKeys, Opened), SessionEnd>
where
    IO: AsyncRead + AsyncWrite + Unpin,
{
    let Surroundings { live, permit, accepted_at, .. } = around;
    let boards = live.boards();
    let first = next_line(lines, accepted_at + HELLO_WITHIN).await?;
    let hello = decode_hello(&first).map_err(|_| SessionEnd::Refused(HandshakeRefusal::Malformed))?;
    if boards.is_registered(&hello.board) {
        permit.claim(&hello.board);
    }
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).map_err(|_| SessionEnd::NoRandomness)?;
    let mut out = String::new();
    encode_challenge(&mut out, &nonce);
    write(lines.io(), out.as_bytes()).await?;
    let keys = boards.master().board_key(&hello.board, hello.key_version);
    let keys = keys.session_keys(&first, out.trim_end().as_bytes());
    let second = next_line(lines, accepted_at + AUTH_WITHIN).await?;
    let refusal_at = Instant::now() + REFUSAL_AFTER;
    let known = boards.knows(&hello).await;
    let shown = decode_auth(&second, &keys);
    if !known || shown.is_err() {
        if shown.is_ok() {
            boards.note_revoked(&hello.board, live.now().mono);
        }
        sleep_until(refusal_at).await;
        let malformed = matches!(shown, Err(MessageError::NoMac | MessageError::Malformed(_)));
        let refusal = if malformed { HandshakeRefusal::Malformed } else { HandshakeRefusal::Auth };
        return Err(SessionEnd::Refused(refusal));
    }
    if !permit.prove() {
        return Err(SessionEnd::Evicted);
    }
    let opened = boards.open(&hello, live.now()).map_err(SessionEnd::Refused)?;
    live.counters().handshakes.increment();
    if opened.replaces {
        live.counters().sessions_replaced.increment();
    }
    Ok((hello, keys, opened))
}

async fn next_line<IO>(lines: &mut Lines<'_, IO>, until: Instant) -> Result<BytesMut, SessionEnd>
where
    IO: AsyncRead + Unpin,
{
    match timeout_at(until, lines.next()).await {
        Err(_) => Err(SessionEnd::Refused(HandshakeRefusal::TooSlow)),
        Ok(None) => Err(SessionEnd::PeerClosed),
        Ok(Some(Err(LineError::TooLong))) => Err(SessionEnd::LineRefused(LineRefusal::TooLong)),
        Ok(Some(Err(LineError::NotText))) => Err(SessionEnd::Refused(HandshakeRefusal::Malformed)),
        Ok(Some(Err(LineError::Io(error)))) => Err(SessionEnd::Broken(error.kind())),
        Ok(Some(Ok(line))) => Ok(line),
    }
}
