//! The least that can be done with a frame: it is read and answered, by the runtime of the product, in a process of its own.

use crate::load::{Answers, Open, Talk, connect};
use crate::process::Process;
use anyhow::Context;
use bytes::{Buf, BytesMut};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Command, Stdio};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The word that makes this program the one that echoes.
pub(crate) const ROLE: &str = "--echo";
/// The length of an acknowledgement: `DB2 A 100 ev=1.100 mac=` with its digits.
const ANSWER_BYTES: usize = 56;

/// A running echo.
pub(crate) struct Echo {
    pub(crate) process: Process,
    pub(crate) address: SocketAddr,
}

impl Echo {
    pub(crate) fn start() -> anyhow::Result<Self> {
        let program = std::env::current_exe()?;
        let mut process = Process::start(Command::new(program).arg(ROLE).stdout(Stdio::piped()))?;
        let mut line = String::new();
        BufReader::new(process.child().stdout.take().context("its output")?).read_line(&mut line)?;
        Ok(Self { process, address: line.trim().parse().context("while starting the echo")? })
    }
}

/// Answers lines until the process is ended.
pub(crate) async fn serve() -> anyhow::Result<()> {
    rlimit::increase_nofile_limit(rlimit::INFINITY)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(answer(stream));
    }
}

async fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut bytes = BytesMut::new();
    loop {
        bytes.reserve(512);
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
        let mut out = Vec::new();
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            bytes.advance(end + 1);
            out.extend_from_slice(&[b'-'; ANSWER_BYTES]);
        }
        stream.write_all(&out).await?;
    }
}

/// A connection that says the same frame over and over.
pub(crate) async fn open(echo: SocketAddr, number: usize, frame: Arc<[u8]>) -> anyhow::Result<Open> {
    Ok(Open { stream: connect(echo, number).await?, talk: Box::new(Caller(frame)) })
}

struct Caller(Arc<[u8]>);

impl Talk for Caller {
    fn frame(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }

    fn answers(&mut self, bytes: &mut BytesMut) -> anyhow::Result<Answers> {
        let acknowledged = bytes.len() / ANSWER_BYTES;
        bytes.advance(acknowledged * ANSWER_BYTES);
        Ok(Answers { acknowledged, refused: 0 })
    }
}
