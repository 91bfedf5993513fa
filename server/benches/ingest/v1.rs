//! Boards of 2016, which answer when they are asked.

use crate::load::connect;
use anyhow::ensure;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Three booths of a new installation, by turns; all of them free.
const ANSWERS: [&str; 4] = ["410420430", "450460470", "610620630", "650660670"];
/// Before the second answer nothing is taken from a board.
const ANSWERS_TO_LEARN: usize = 2;

/// A board that the server has come to know.
pub(crate) struct V1 {
    stream: TcpStream,
    answer: &'static str,
}

pub(crate) async fn open(server: SocketAddr, number: usize) -> anyhow::Result<V1> {
    let mut board = V1 { stream: connect(server, number).await?, answer: ANSWERS[number % ANSWERS.len()] };
    for _ in 0..ANSWERS_TO_LEARN {
        board.answer_once().await?;
    }
    Ok(board)
}

impl V1 {
    /// Answers until it is dropped.
    pub(crate) async fn answer_all(mut self) -> anyhow::Result<()> {
        loop {
            self.answer_once().await?;
        }
    }

    async fn answer_once(&mut self) -> anyhow::Result<()> {
        let mut asked = [0; 64];
        let length = self.stream.read(&mut asked).await?;
        ensure!(asked[..length] == *b"datas#", "a board is asked {:?}", asked[..length].escape_ascii().to_string());
        Ok(self.stream.write_all(self.answer.as_bytes()).await?)
    }
}
