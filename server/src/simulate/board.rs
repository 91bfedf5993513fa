//! One simulated board. It does what the sketch of 2016 does, over a real socket.

use super::chance::Chance;
use super::contact::{Server, connect};
use super::presence::Presence;
use super::wiring::Wiring;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

/// Without a request for so long, the sketch babbles.
const REQUEST_WITHIN: Duration = Duration::from_secs(1);
/// The sketch's text buffer, in bytes.
const REQUEST_MAX: usize = 64;
const BACKOFF_MIN: Duration = Duration::from_millis(250);
/// Short enough that the map is right again within seconds of a restart.
const BACKOFF_MAX: Duration = Duration::from_secs(2);

/// A board on its way through the day.
pub struct Board {
    pub wiring: Wiring,
    /// Host and port of the server.
    pub target: String,
    pub presence: Arc<Presence>,
    pub chance: Chance,
}

/// How a connection came to its end.
enum Ended {
    Asleep { seconds: u32 },
    Closed,
}

impl Board {
    /// Connects, answers, sleeps, and connects again, for ever.
    pub async fn run(mut self) {
        let mut backoff = BACKOFF_MIN;
        let mut server = Server::NotSeen;
        loop {
            let began_at = Instant::now();
            match connect(&self.target).await {
                Ok(stream) => self.serve(stream, &mut server).await,
                Err(error) if server.becomes(Server::Away) => {
                    tracing::info!(board = %self.wiring.board, %error, "no server; trying again");
                }
                Err(_) => {}
            }
            // A server that closes at once is not to be hammered.
            backoff = if began_at.elapsed() > BACKOFF_MAX { BACKOFF_MIN } else { (backoff * 2).min(BACKOFF_MAX) };
            // With jitter, so that a restarted server does not meet all boards at once.
            sleep(backoff.mul_f64(self.chance.fraction())).await;
        }
    }

    /// One connection, and the sleep that it may end in.
    async fn serve(&mut self, mut stream: TcpStream, server: &mut Server) {
        let ended = self.answer_requests(&mut stream, server).await;
        drop(stream);
        match ended {
            // A server that takes connections only to close them is as good as away.
            Ok(Ended::Closed) | Err(_) if !server.becomes(Server::Away) => {}
            Ok(Ended::Asleep { seconds }) => {
                *server = Server::NotSeen;
                tracing::info!(board = %self.wiring.board, seconds, "asleep");
                sleep(self.presence.real_time(seconds)).await;
            }
            Ok(Ended::Closed) => tracing::info!(board = %self.wiring.board, "closed by the server"),
            Err(error) => tracing::info!(board = %self.wiring.board, %error, "connection lost"),
        }
    }

    async fn answer_requests(&mut self, stream: &mut TcpStream, server: &mut Server) -> io::Result<Ended> {
        let mut request = Vec::with_capacity(REQUEST_MAX);
        loop {
            match timeout(REQUEST_WITHIN, read_request(stream, &mut request)).await {
                Ok(Ok(false)) => return Ok(Ended::Closed),
                Ok(Err(error)) => return Err(error),
                Ok(Ok(true)) if server.becomes(Server::There) => {
                    tracing::info!(board = %self.wiring.board, "connected");
                }
                Ok(Ok(true)) | Err(_) => {}
            }
            let answer = self.answer(&request);
            request.clear();
            stream.write_all(answer.text.as_bytes()).await?;
            if let Some(seconds) = answer.sleep_s {
                stream.shutdown().await?;
                return Ok(Ended::Asleep { seconds });
            }
        }
    }

    fn answer(&mut self, request: &[u8]) -> Answer {
        let request = String::from_utf8_lossy(request);
        if request == "datas" {
            return Answer { text: self.readings(), sleep_s: None };
        }
        match request.parse() {
            Ok(seconds) if seconds > 0 => {
                Answer { text: format!("Je vais dormir pendant : {seconds} secondes"), sleep_s: Some(seconds) }
            }
            _ => Answer { text: format!("Etrange, j'ai recu : {request}"), sleep_s: None },
        }
    }

    /// Two digits of booth number and one of state for each channel, without separator or end.
    fn readings(&mut self) -> String {
        let Self { wiring, presence, chance, .. } = self;
        let reading = |booth: &u8| format!("{booth:02}{}", u8::from(presence.is_high(*booth, chance)));
        wiring.booths.iter().map(reading).collect()
    }
}

struct Answer {
    text: String,
    sleep_s: Option<u32>,
}

/// Reads up to the next `#`, which is left out; `false` when the server has closed. What was read stays in `request`
/// when the wait for the rest is given up.
async fn read_request(stream: &mut TcpStream, request: &mut Vec<u8>) -> io::Result<bool> {
    while request.len() < REQUEST_MAX {
        let mut byte = [0];
        if stream.read(&mut byte).await? == 0 {
            return Ok(false);
        }
        if byte[0] == b'#' {
            return Ok(true);
        }
        request.push(byte[0]);
    }
    Ok(true)
}

#[cfg(test)]
#[path = "board_tests.rs"]
mod tests;
