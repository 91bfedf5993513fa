//! What every simulated board does about the server's address.

use std::io;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// Connects to the server's board listener.
///
/// # Errors
/// Also when nothing happens for 5 s.
pub async fn connect(target: &str) -> io::Result<TcpStream> {
    let stream = timeout(CONNECT_WITHIN, TcpStream::connect(target)).await??;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Whether the server is there. One line says when that changes, not one per attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    NotSeen,
    There,
    Away,
}

impl Server {
    /// Whether this is news.
    pub fn becomes(&mut self, now: Self) -> bool {
        std::mem::replace(self, now) != now
    }
}
