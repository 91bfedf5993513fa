//! People who look at the map.

use crate::load::connect;
use anyhow::ensure;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A stream of events that has begun.
pub(crate) async fn open(web: SocketAddr, number: usize) -> anyhow::Result<TcpStream> {
    let mut stream = connect(web, number).await?;
    stream.write_all(b"GET /events HTTP/1.1\r\nhost: bench\r\naccept: text/event-stream\r\n\r\n").await?;
    let mut first = [0; 12];
    stream.read_exact(&mut first).await?;
    ensure!(first == *b"HTTP/1.1 200", "a viewer is told {:?}", first.escape_ascii().to_string());
    Ok(stream)
}

/// Reads until the stream ends.
pub(crate) async fn watch(mut stream: TcpStream) -> anyhow::Result<()> {
    let mut bytes = vec![0; 16 * 1024];
    while stream.read(&mut bytes).await? > 0 {}
    Ok(())
}
