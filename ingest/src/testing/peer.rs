//! The far end of one connection.

use crate::admission::{Admission, Permit};
use crate::session::{self, Connection};
use crate::session_log::SessionLog;
use crate::testing::{Stage, permit};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

/// Paused time: nothing that is waited for takes longer.
const PATIENCE: Duration = Duration::from_secs(100_000);

/// A whole connection of the server's; the test plays the board.
pub(crate) struct Peer {
    io: DuplexStream,
    /// What has come of the next line.
    partial: String,
    started_at: Instant,
    pub(crate) admission: Arc<Admission>,
    session: JoinHandle<()>,
}

impl Peer {
    /// A connection over a wire that holds plenty.
    pub(crate) fn connect(stage: &Stage, v1_allowed: bool) -> Self {
        Self::start(stage, v1_allowed, permit(), 64 * 1024)
    }

    /// A connection over a wire that holds so many bytes in each direction.
    pub(crate) fn connect_over(stage: &Stage, wire_bytes: usize) -> Self {
        Self::start(stage, false, permit(), wire_bytes)
    }

    /// A connection that competes with others.
    pub(crate) fn connect_with(stage: &Stage, permit: Permit) -> Self {
        Self::start(stage, false, permit, 64 * 1024)
    }

    fn start(stage: &Stage, v1_allowed: bool, permit: Permit, wire_bytes: usize) -> Self {
        let (io, server) = duplex(wire_bytes);
        let (live, admission) = (Arc::clone(&stage.live), permit.admission());
        let session = tokio::spawn(async move {
            let (peer, log) = (([10, 0, 0, 1], 1).into(), SessionLog::default());
            let connection = Connection { peer, v1_allowed, live: &live, permit: &permit, log: &log };
            session::run(server, connection).await;
        });
        Self { io, partial: String::new(), started_at: Instant::now(), admission, session }
    }

    /// Milliseconds since it connected.
    pub(crate) fn at_ms(&self) -> u128 {
        self.started_at.elapsed().as_millis()
    }

    /// Waits until so many milliseconds after it connected.
    pub(crate) async fn wait_until(&self, at_ms: u64) {
        sleep_until(self.started_at + Duration::from_millis(at_ms)).await;
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.try_send(bytes).await.expect("an open connection");
    }

    pub(crate) async fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        self.io.write_all(bytes.as_ref()).await
    }

    /// The next line without its end; none when the server has closed. Loses nothing when it is given up.
    pub(crate) async fn line(&mut self) -> Option<String> {
        let read = async {
            while let Ok(byte) = self.io.read_u8().await {
                if byte == b'\n' {
                    return Some(std::mem::take(&mut self.partial));
                }
                self.partial.push(byte.into());
            }
            None
        };
        timeout(PATIENCE, read).await.expect("a line or the end")
    }

    /// All that comes until the server closes.
    pub(crate) async fn rest(&mut self) -> String {
        let mut text = std::mem::take(&mut self.partial);
        timeout(PATIENCE, self.io.read_to_string(&mut text)).await.expect("closed").expect("text");
        text
    }

    /// The next bytes, as many as `text` has, are `text`.
    pub(crate) async fn expect(&mut self, text: &str) {
        let mut bytes = vec![0; text.len()];
        timeout(PATIENCE, self.io.read_exact(&mut bytes)).await.expect("so many bytes").expect("so many bytes");
        assert_eq!(bytes.escape_ascii().to_string(), text);
    }

    /// Waits until the server is done with it, with the connection left open and unread.
    pub(crate) async fn forgotten(&mut self) {
        timeout(PATIENCE, &mut self.session).await.expect("an end").expect("no panic");
    }

    /// Closes the connection, and waits until the server is done with it.
    pub(crate) async fn close(self) {
        drop(self.io);
        timeout(PATIENCE, self.session).await.expect("an end").expect("no panic");
    }
}
