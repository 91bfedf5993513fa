//! A connection that can be reset on request.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// Whether a connection is to be reset instead of answered. Each request carries that of its connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Fate(Arc<AtomicBool>);

impl Fate {
    pub(super) fn reset(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn check(&self) -> Result<(), Error> {
        if self.0.load(Ordering::Relaxed) { Err(ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

/// A socket with its fate.
#[derive(Debug)]
pub(super) struct Wire {
    stream: TcpStream,
    fate: Fate,
}

impl Wire {
    pub(super) const fn new(stream: TcpStream, fate: Fate) -> Self {
        Self { stream, fate }
    }
}

/// Closing with no time to linger is what sends a reset.
impl Drop for Wire {
    fn drop(&mut self) {
        if self.fate.check().is_err()
            && let Err(error) = self.stream.set_zero_linger()
        {
            tracing::debug!(%error, "a connection ends instead of being reset");
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize, Error>> {
        self.fate.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.fate.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
