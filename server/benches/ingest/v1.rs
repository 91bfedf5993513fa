//! Boards of 2016, which answer when they are asked.

use crate::load::connect;
use anyhow::ensure;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// Three booths of a new installation, by turns; all of them free.
const ANSWERS: [&str; 4] = ["410420430", "450460470", "610620630", "650660670"];
/// Before the second answer nothing is taken from a board.
const ANSWERS_TO_LEARN: usize = 2;

/// A board that the server has come to know; it answers until it is dropped.
pub(crate) struct V1(JoinHandle<anyhow::Result<()>>);

pub(crate) async fn open(server: SocketAddr, number: usize) -> anyhow::Result<V1> {
    let mut stream = connect(server, number).await?;
    let answer = ANSWERS[number % ANSWERS.len()];
    for _ in 0..ANSWERS_TO_LEARN {
        answer_once(&mut stream, answer).await?;
    }
    let answering = async move {
        loop {
            answer_once(&mut stream, answer).await?;
        }
    };
    Ok(V1(tokio::spawn(answering)))
}

impl Drop for V1 {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn answer_once(stream: &mut TcpStream, answer: &str) -> anyhow::Result<()> {
    let mut asked = [0; 64];
    let length = stream.read(&mut asked).await?;
    ensure!(asked[..length] == *b"datas#", "a board is asked {:?}", asked[..length].escape_ascii().to_string());
    Ok(stream.write_all(answer.as_bytes()).await?)
}
