//! One connection of a board, from `HELLO` to its end.

use super::Board;
use super::machine::Then;
use bytes::BytesMut;
use futures_util::StreamExt;
use ingest::v2::{
    Hello, LineCodec, LineError, MessageError, Reply, ServerLine, SessionKeys, decode_server_line, encode_auth,
    encode_hello, encode_reply, encode_report,
};
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::{sleep_until, timeout};
use tokio_util::codec::FramedRead;

/// The server has so long to prove who it is.
const OK_WITHIN: Duration = Duration::from_secs(5);
const WRITE_WITHIN: Duration = Duration::from_secs(5);
/// How long a board that leaves waits for the server to have read its last line.
const FAREWELL_WITHIN: Duration = Duration::from_secs(1);
const FIRMWARE: &str = concat!("sim-", env!("CARGO_PKG_VERSION"));

/// Why there is no session any more, other than by the server's command.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// No connection, or it broke.
    #[error("the connection broke: {0}")]
    Io(#[from] io::Error),
    /// The server does not read.
    #[error("the server does not read")]
    Stalled,
    /// The server writes something else than lines.
    #[error("what the server writes is no line: {0}")]
    Line(#[from] LineError),
    /// The server has closed the connection.
    #[error("closed by the server")]
    Closed,
    /// It says why it does not want the board.
    #[error("the server refuses: E {code}")]
    Refused {
        /// The code of its error line.
        code: u16,
    },
    /// It has not proven who it is in time.
    #[error("no valid OK from the server within 5 s")]
    NotProven,
    /// A line that is not to be believed.
    #[error("a line that this server cannot have written: {0}")]
    Forged(MessageError),
    /// A line that has no business there.
    #[error("a line of the server that does not belong there")]
    OutOfOrder,
    /// It does not say whether it has stored an event.
    #[error("no answer to an event within 5 s")]
    Unanswered,
}

/// What the server has told the board to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Sleep.
    Sleep {
        /// For so long.
        seconds: u32,
    },
    /// Start anew.
    Restart,
}

/// An open session: both ends have proven who they are.
pub struct Session {
    lines: Lines,
    writer: OwnedWriteHalf,
    keys: SessionKeys,
}

type Lines = FramedRead<OwnedReadHalf, LineCodec>;

impl Board {
    /// Shows its key, and obeys nobody who does not show the same.
    pub async fn open_session(&mut self, stream: TcpStream) -> Result<Session, SessionError> {
        let (reader, mut writer) = stream.into_split();
        let mut lines = FramedRead::new(reader, LineCodec);
        let opening = self.shake_hands(&mut lines, &mut writer);
        let keys = timeout(OK_WITHIN, opening).await.map_err(|_| SessionError::NotProven)??;
        Ok(Session { lines, writer, keys })
    }

    async fn shake_hands(
        &mut self,
        lines: &mut Lines,
        writer: &mut OwnedWriteHalf,
    ) -> Result<SessionKeys, SessionError> {
        let mut hello = String::new();
        encode_hello(&mut hello, &self.hello());
        write(writer, &hello).await?;
        let line = next_line(lines).await?;
        let challenge = without_poll(&line);
        match decode_server_line(challenge, None).map_err(SessionError::Forged)? {
            ServerLine::Challenge { .. } => {}
            ServerLine::Refused { code } => return Err(SessionError::Refused { code }),
            _ => return Err(SessionError::OutOfOrder),
        }
        let keys = self.credential.secret.session_keys(hello.trim_end().as_bytes(), challenge);
        let mut auth = String::new();
        encode_auth(&mut auth, &keys);
        write(writer, &auth).await?;
        match decode_server_line(&next_line(lines).await?, Some(&keys)).map_err(SessionError::Forged)? {
            ServerLine::Ok { heartbeat_s, window_s, .. } => {
                let now = self.advance();
                self.machine.begin_session(heartbeat_s, window_s, now);
                Ok(keys)
            }
            ServerLine::Refused { code } => Err(SessionError::Refused { code }),
            _ => Err(SessionError::OutOfOrder),
        }
    }

    fn hello(&self) -> Hello {
        Hello {
            board: self.wiring.board.clone(),
            key_version: self.credential.key_version,
            nonce: fresh_nonce(),
            boot: self.machine.boot(),
            // A board has eight at most.
            channels: u8::try_from(self.wiring.booths.len()).unwrap_or(u8::MAX),
            firmware: FIRMWARE.to_owned(),
            reset_reason: self.machine.reset_reason().as_str().to_owned(),
        }
    }

    /// Reports and obeys until the connection ends.
    pub async fn serve(&mut self, session: &mut Session) -> Result<Ended, SessionError> {
        loop {
            let now = self.advance();
            self.report(session, now).await?;
            if self.machine.is_left_alone(now) {
                return Err(SessionError::Unanswered);
            }
            let sample_at = self.presence.started_at + self.machine.next_sample_at();
            let line = tokio::select! {
                line = next_line(&mut session.lines) => line?,
                () = sleep_until(sample_at) => continue,
            };
            if let Some(ended) = self.take_line(session, &line).await? {
                return Ok(ended);
            }
        }
    }

    async fn report(&mut self, session: &mut Session, now: Duration) -> Result<(), SessionError> {
        let mut out = String::new();
        while let Some(report) = self.machine.next_report(now) {
            encode_report(&mut out, &session.keys, &report);
        }
        write(&mut session.writer, &out).await
    }

    async fn take_line(&mut self, session: &mut Session, line: &[u8]) -> Result<Option<Ended>, SessionError> {
        let now = self.now();
        let reaction = match decode_server_line(line, Some(&session.keys)) {
            Ok(line) => {
                if matches!(line, ServerLine::Stored { .. }) {
                    self.failures = 0;
                }
                self.machine.take(line, now)
            }
            // Signed, so the server's: one of a later version.
            Err(MessageError::Malformed("command")) => self.machine.take_unknown_command(now),
            Err(error) => return Err(SessionError::Forged(error)),
        };
        if let Some(reply) = &reaction.reply {
            tracing::debug!(board = %self.wiring.board, ?reply, "answers a command");
            session.answer(reply).await?;
        }
        match reaction.then {
            Then::GoOn => return Ok(None),
            Then::Close(Some(code)) => return Err(SessionError::Refused { code }),
            Then::Close(None) => return Err(SessionError::OutOfOrder),
            Then::Sleep { .. } | Then::Restart => session.leave().await?,
        }
        Ok(Some(if let Then::Sleep { seconds } = reaction.then { Ended::Sleep { seconds } } else { Ended::Restart }))
    }
}

impl Session {
    async fn answer(&mut self, reply: &Reply) -> Result<(), SessionError> {
        let mut out = String::new();
        encode_reply(&mut out, &self.keys, reply);
        write(&mut self.writer, &out).await
    }

    /// Closes, and reads to the end: a connection that is closed over unread bytes is reset, and the last line lost.
    async fn leave(&mut self) -> Result<(), SessionError> {
        self.writer.shutdown().await?;
        let end = async { while let Some(Ok(_)) = self.lines.next().await {} };
        // Whoever does not close is left alone.
        let _ = timeout(FAREWELL_WITHIN, end).await;
        Ok(())
    }
}

async fn next_line(lines: &mut Lines) -> Result<BytesMut, SessionError> {
    match lines.next().await {
        None => Err(SessionError::Closed),
        Some(Err(LineError::Io(error))) => Err(error.into()),
        Some(line) => Ok(line?),
    }
}

async fn write(writer: &mut OwnedWriteHalf, text: &str) -> Result<(), SessionError> {
    let written = timeout(WRITE_WITHIN, writer.write_all(text.as_bytes())).await;
    Ok(written.map_err(|_| SessionError::Stalled)??)
}

/// The first line without what a server that took the board for one of 2016 has asked before: `datas#`.
fn without_poll(line: &[u8]) -> &[u8] {
    line.rsplit(|byte| *byte == b'#').next().unwrap_or(line)
}

/// Never the same twice, which is all that the protocol asks of it: the time, in nanoseconds.
fn fresh_nonce() -> [u8; 16] {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_be_bytes()
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
