//! One simulated board that proves who it is. It does what our firmware does, over a real socket.
//!
//! [`machine`] decides what is said and when; [`session`] carries it over a connection; this joins them, over and over.

mod machine;
mod outbox;
mod session;
mod vitals;
mod window;

use super::chance::Chance;
use super::contact::{Server, connect};
use super::presence::Presence;
use super::wiring::Wiring;
use ingest::v2::BoardSecret;
use machine::{Machine, ResetReason, SAMPLE_EVERY};
use session::{Ended, SessionError};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use vitals::Vitals;

/// Samples that a board takes of each channel in a second.
const SAMPLES_PER_S: u16 = 2;
const BACKOFF_MIN: Duration = Duration::from_millis(500);
const BACKOFF_MAX: Duration = Duration::from_secs(30);
/// The longest sleep of the chip at once, in seconds; a longer one is a chain.
const LINK_S_MAX: u32 = 3_600;

/// What a board and the server share.
pub struct Credential {
    pub key_version: u8,
    pub secret: BoardSecret,
}

/// A board on its way through the day.
pub struct Board {
    wiring: Wiring,
    target: String,
    presence: Arc<Presence>,
    chance: Chance,
    credential: Credential,
    machine: Machine,
    /// Ends of connections since the server has last stored anything. An open session alone clears it not: it may be closed
    /// at once.
    failures: u32,
}

impl Board {
    /// A board whose start counter stands at `boot`. `target` is host and port of the server.
    pub fn new(
        wiring: Wiring,
        target: String,
        presence: Arc<Presence>,
        mut chance: Chance,
        credential: Credential,
        boot: u32,
    ) -> Self {
        let vitals = Vitals::new(chance.split(), presence.speed);
        // Boards that are switched on together do not sense, and report, in step.
        let on_at = SAMPLE_EVERY.mul_f64(chance.fraction());
        let machine = Machine::new(boot, wiring.booths.len(), vitals, on_at);
        Self { wiring, target, presence, chance, credential, machine, failures: 0 }
    }

    /// Connects, reports, sleeps, and connects again, for ever.
    pub async fn run(mut self) {
        let mut server = Server::NotSeen;
        loop {
            match self.connect_and_serve(&mut server).await {
                Ok(Ended::Sleep { seconds }) => {
                    server = Server::NotSeen;
                    self.sleep(seconds).await;
                }
                Ok(Ended::Restart) => {
                    tracing::info!(board = %self.wiring.board, "told to start anew");
                    self.restart(ResetReason::Command);
                }
                Err(error) => {
                    if server.becomes(Server::Away) {
                        tracing::info!(board = %self.wiring.board, %error, "no session; trying again");
                    }
                    let backoff = backoff_max(self.failures).mul_f64(self.chance.fraction());
                    self.failures = self.failures.saturating_add(1);
                    sleep(backoff).await;
                }
            }
        }
    }

    async fn connect_and_serve(&mut self, server: &mut Server) -> Result<Ended, SessionError> {
        let stream = connect(&self.target).await?;
        let mut session = self.open_session(stream).await?;
        if server.becomes(Server::There) {
            tracing::info!(board = %self.wiring.board, "connected");
        }
        let ended = self.serve(&mut session).await;
        self.machine.end_session();
        ended
    }

    async fn sleep(&mut self, seconds: u32) {
        for link_s in sleep_links(seconds) {
            tracing::info!(board = %self.wiring.board, seconds = link_s, "asleep");
            sleep(self.presence.real_time(link_s)).await;
        }
        self.restart(ResetReason::DeepSleep);
    }

    fn restart(&mut self, reason: ResetReason) {
        let now = self.now();
        self.machine.restart(reason, now);
    }

    /// Since the start of the simulation.
    fn now(&self) -> Duration {
        self.presence.started_at.elapsed()
    }

    /// Takes the samples that are due, also those that were due while it was busy with something else.
    fn advance(&mut self) -> Duration {
        let now = self.now();
        let Self { machine, presence, wiring, chance, .. } = self;
        machine.advance(now, |channel, at| {
            wiring.booths.get(channel).is_some_and(|booth| presence.was_high(*booth, at, chance))
        });
        now
    }
}

/// How long a board waits at most after so many failures. It waits a random part of that.
fn backoff_max(failures: u32) -> Duration {
    BACKOFF_MIN.saturating_mul(1 << failures.min(16)).min(BACKOFF_MAX)
}

/// The sleeps in a row that make one of so many seconds.
fn sleep_links(seconds: u32) -> impl Iterator<Item = u32> {
    (0..seconds).step_by(LINK_S_MAX as usize).map(move |slept| (seconds - slept).min(LINK_S_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backing_off() {
        let cases = [(0, 500), (1, 1_000), (5, 16_000), (6, 30_000), (7, 30_000), (u32::MAX, 30_000)];
        for (failures, expect_ms) in cases {
            assert_eq!(backoff_max(failures), Duration::from_millis(expect_ms), "{failures}");
        }
    }

    #[test]
    fn long_sleeps_are_chains() {
        let check = |seconds, expect: &[u32]| assert_eq!(sleep_links(seconds).collect::<Vec<_>>(), expect);
        check(0, &[]);
        check(30, &[30]);
        check(3_600, &[3_600]);
        check(3_601, &[3_600, 1]);
        check(10_800, &[3_600, 3_600, 3_600]);
    }
}
