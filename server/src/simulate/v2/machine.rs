//! What a v2 board does, without socket and clock: every instant is an argument, counted from the start of the simulation.

use super::SAMPLES_PER_S;
use super::outbox::{Event, Outbox};
use super::vitals::Vitals;
use super::window::Window;
use domain::{ChannelReport, EventId};
use ingest::v2::{Command, Reply, Report, ServerLine};
use std::time::Duration;

/// Between two samples.
pub const SAMPLE_EVERY: Duration = Duration::from_millis(1_000 / SAMPLES_PER_S as u64);
/// What it has to have sensed before it says anything: 3 s.
const SAMPLES_MIN: u32 = 3 * SAMPLES_PER_S as u32;
/// The longest sleep that it takes, in seconds.
const SLEEP_S_MAX: u32 = 10_800;
/// How long the server may take to say whether an event is stored.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// Until the server says something else, in seconds.
const HEARTBEAT_S: u16 = 30;
const WINDOW_S: u16 = 30;

/// Why it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetReason {
    PowerOn,
    DeepSleep,
    Command,
}

impl ResetReason {
    /// The word for it in `HELLO`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PowerOn => "poweron",
            Self::DeepSleep => "deepsleep",
            Self::Command => "reboot",
        }
    }
}

/// What a line of the server asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reaction {
    /// To be written.
    pub reply: Option<Reply>,
    /// To be done after that.
    pub then: Then,
}

/// How it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Then {
    #[default]
    GoOn,
    Sleep {
        seconds: u32,
    },
    Restart,
    /// The server does not keep to the protocol, or refuses with this code.
    Close(Option<u16>),
}

/// A board: what it remembers, and what it is about to say.
#[derive(Debug, Clone)]
pub struct Machine {
    boot: u32,
    last_n: u32,
    reset_reason: ResetReason,
    woken_at: Duration,
    /// When the newest sample was due.
    sampled_at: Duration,
    /// Since it has woken.
    samples: u32,
    windows: Vec<Window>,
    vitals: Vitals,
    outbox: Outbox,
    heartbeat_s: u16,
    window_s: u16,
    session: Option<Session>,
    /// When the newest event happened, or the session began if that was later.
    quiet_since: Duration,
}

/// Numbers of the newest line and of the newest command in a session.
#[derive(Debug, Clone, Copy, Default)]
struct Session {
    seq: u32,
    k: u32,
}

impl Machine {
    /// A board with so many channels that is switched on at `now`.
    pub fn new(boot: u32, channels: usize, vitals: Vitals, now: Duration) -> Self {
        Self {
            boot,
            last_n: 0,
            reset_reason: ResetReason::PowerOn,
            woken_at: now,
            sampled_at: now,
            samples: 0,
            windows: vec![Window::new(WINDOW_S); channels],
            vitals,
            outbox: Outbox::default(),
            heartbeat_s: HEARTBEAT_S,
            window_s: WINDOW_S,
            session: None,
            quiet_since: now,
        }
    }

    pub fn boot(&self) -> u32 {
        self.boot
    }

    pub fn reset_reason(&self) -> ResetReason {
        self.reset_reason
    }

    /// When the next sample is due.
    pub fn next_sample_at(&self) -> Duration {
        self.sampled_at + SAMPLE_EVERY
    }

    /// Takes the samples that are due by now; `sense` tells what a channel sees at an instant.
    pub fn advance(&mut self, now: Duration, mut sense: impl FnMut(usize, Duration) -> bool) {
        while self.next_sample_at() <= now {
            let at = self.next_sample_at();
            let before = self.states();
            for (channel, window) in self.windows.iter_mut().enumerate() {
                window.push(sense(channel, at));
            }
            self.sampled_at = at;
            self.samples += 1;
            if self.has_news(&before, at) {
                self.note_event(at);
            }
        }
    }

    fn has_news(&self, before: &[ChannelReport], at: Duration) -> bool {
        let due_at = self.quiet_since + Duration::from_secs(self.heartbeat_s.into());
        // With nobody to hear them, heartbeats would only push older changes out of its memory. To the others they are
        // promised, so that one is due even of a board that has sensed little.
        let is_due = self.session.is_some() && at + SAMPLE_EVERY > due_at;
        let has_changed = || self.states().iter().zip(before).any(|(after, before)| after.high != before.high);
        is_due || self.samples == SAMPLES_MIN || self.samples > SAMPLES_MIN && has_changed()
    }

    fn states(&self) -> Vec<ChannelReport> {
        self.windows.iter().map(Window::report).collect()
    }

    fn note_event(&mut self, at: Duration) {
        self.last_n += 1;
        self.quiet_since = at;
        let (id, channels) = (EventId { boot: self.boot, n: self.last_n }, self.states());
        let (battery_mv, rssi_dbm) = (self.vitals.battery_mv(at), self.vitals.rssi_dbm());
        self.outbox.push(Event { id, at, channels, battery_mv, rssi_dbm, gap: 0 });
    }

    /// The server has let it in, and wants to be told how things are.
    pub fn begin_session(&mut self, heartbeat_s: u16, window_s: u16, now: Duration) {
        self.session = Some(Session::default());
        self.quiet_since = now;
        self.configure(heartbeat_s, window_s);
        if self.samples >= SAMPLES_MIN {
            self.note_event(now);
        }
    }

    /// The connection is gone.
    pub fn end_session(&mut self) {
        self.session = None;
        self.outbox.recall();
    }

    fn configure(&mut self, heartbeat_s: u16, window_s: u16) {
        (self.heartbeat_s, self.window_s) = (heartbeat_s, window_s);
        self.windows.iter_mut().for_each(|window| window.resize(window_s));
    }

    /// What is to be sent next; asked again until there is nothing.
    pub fn next_report(&mut self, now: Duration) -> Option<Report> {
        let session = self.session.as_mut()?;
        let seq = session.seq + 1;
        let event = self.outbox.send_next(seq, now)?.clone();
        session.seq = seq;
        let Event { id, at, channels, battery_mv, rssi_dbm, gap } = event;
        let age_ms = u32::try_from(now.saturating_sub(at).as_millis()).unwrap_or(u32::MAX);
        let up_s = u32::try_from(now.saturating_sub(self.woken_at).as_secs()).unwrap_or(u32::MAX);
        Some(Report { seq, event: id, age_ms, channels, battery_mv, rssi_dbm, up_s, gap })
    }

    /// Whether the server has left an event without an answer for too long.
    pub fn is_left_alone(&self, now: Duration) -> bool {
        self.outbox.unanswered_since().is_some_and(|since| now >= since + ANSWER_WITHIN)
    }

    /// Takes a line that the server has signed in this session, or a refusal.
    pub fn take(&mut self, line: ServerLine, now: Duration) -> Reaction {
        match line {
            ServerLine::Stored { seq, event } => self.outbox.remove(seq, event),
            ServerLine::NotStored { seq, retry_ms } => {
                self.outbox.postpone(seq, now + Duration::from_millis(retry_ms.into()));
            }
            ServerLine::Command { k, command } => return self.obey(k, Some(&command), now),
            ServerLine::Refused { code } => return Reaction { reply: None, then: Then::Close(Some(code)) },
            ServerLine::Challenge { .. } | ServerLine::Ok { .. } => {
                return Reaction { reply: None, then: Then::Close(None) };
            }
        }
        Reaction::default()
    }

    /// Takes a command that is none of those that it knows. It has the number that is next.
    pub fn take_unknown_command(&mut self, now: Duration) -> Reaction {
        let k = self.session.map_or(0, |session| session.k) + 1;
        self.obey(k, None, now)
    }

    fn obey(&mut self, k: u32, command: Option<&Command>, now: Duration) -> Reaction {
        let Some(session) = self.session.as_mut().filter(|session| session.k + 1 == k) else {
            return Reaction { reply: None, then: Then::Close(None) };
        };
        session.k = k;
        let mut reply = Reply { k, error: None, sleep_s: None, battery_mv: None };
        let mut then = Then::GoOn;
        match command {
            Some(Command::Sleep { seconds }) => {
                let seconds = (*seconds).min(SLEEP_S_MAX);
                (reply.sleep_s, reply.battery_mv) = (Some(seconds), Some(self.vitals.battery_mv(now)));
                then = Then::Sleep { seconds };
            }
            Some(Command::Configure { heartbeat_s, window_s }) => self.configure(*heartbeat_s, *window_s),
            // It would blink; there is nobody to see it.
            Some(Command::Identify) => {}
            Some(Command::Reboot) => then = Then::Restart,
            Some(Command::Update { .. }) | None => reply.error = Some("unknown".to_owned()),
        }
        Reaction { reply: Some(reply), then }
    }

    /// It has woken up or was started anew. Only the memory of its clock has lasted: the numbers and the newest events.
    pub fn restart(&mut self, reason: ResetReason, now: Duration) {
        self.end_session();
        self.outbox.keep_over_sleep();
        self.reset_reason = reason;
        (self.woken_at, self.sampled_at, self.samples) = (now, now, 0);
        self.windows.iter_mut().for_each(|window| *window = Window::new(self.window_s));
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
