//! What the server counts.

use anyhow::Context;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// All that `/metrics` says, and when it was asked.
pub(crate) struct Metrics {
    asked: Instant,
    samples: HashMap<String, f64>,
}

impl Metrics {
    pub(crate) async fn read(web: SocketAddr) -> anyhow::Result<Self> {
        let asked = Instant::now();
        let mut stream = TcpStream::connect(web).await.context("while asking for the metrics")?;
        stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n").await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        let sample = |line: &str| {
            let (series, value) = line.rsplit_once(' ')?;
            Some((series.to_owned(), value.parse().ok()?))
        };
        Ok(Self { asked, samples: answer.lines().filter_map(sample).collect() })
    }

    /// How fast a series has risen since `before`, per second.
    pub(crate) fn rate(&self, before: &Self, series: &str) -> f64 {
        let value = |metrics: &Self| metrics.samples.get(series).copied().unwrap_or(0.0);
        (value(self) - value(before)) / (self.asked - before.asked).as_secs_f64()
    }
}
