//! The server's end of a v2 session, once it is open: lines in both directions.

use super::decode::{decode_board_line, verify};
use super::encode::{encode_command, encode_ok, encode_verdict};
use super::handshake::handshake;
use super::message::{BoardLine, Command, Hello, MessageError, Reply, Report};
use super::{LineError, Lines, SessionKeys};
use crate::admission::Permit;
use crate::boards::{Notice, Opened, Order, UNKEPT_MAX};
use crate::journal::{Receipt, Verdict};
use crate::live::Sensed;
use crate::wiring::SAMPLES_PER_S;
use crate::write::write;
use crate::{CommandStep, DialectName, HandshakeRefusal, LineRefusal, Live, SessionEnd};
use bytes::BytesMut;
use domain::{
    BoardEvent, BoardSession, BoardSessionEnd, BoothNumber, CommandState, EventId, Record, SensorCount, Service, UtcMs,
};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, Sleep, sleep_until};

/// When a board should send again what could not be kept.
const RETRY_MS: u32 = 2_000;
/// How long a board may take to answer that it goes to sleep, and then to go.
const SLEEP_ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// A board that has nothing to report may be sent to sleep after this.
const BEDTIME_AFTER: Duration = Duration::from_secs(2);
/// The longest sleep that a board takes at once.
const SLEEP_S_MAX: u32 = 10_800;
/// Letters of a board's word for why it refuses that are kept.
const WORD_LENGTH_MAX: usize = 16;
/// Of the time that a report is fresh, this is left for the ticker and the way to the screen.
const MARGIN_MS: u64 = 750;

/// What a session needs of the world.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) live: &'a Live,
    pub(crate) permit: &'a Permit,
    pub(crate) peer: SocketAddr,
    /// When the deadlines of the handshake began.
    pub(crate) accepted_at: Instant,
}

/// Serves a board whose `first` bytes have been read, until the connection ends.
pub(crate) async fn serve<IO>(io: &mut IO, first: &[u8], around: Surroundings<'_>) -> SessionEnd
where
    IO: AsyncRead + AsyncWrite + Unpin,
{
    let mut lines = Lines::new(io, first);
    let (hello, keys, opened) = match handshake(&mut lines, around).await {
        Ok(open) => open,
        Err(end) => return end,
    };
    let mut session = Session::new(lines, around, hello, keys, opened);
    session.end = session.run().await;
    session.end
}

/// An open session.
struct Session<'a, IO> {
    lines: Lines<'a, IO>,
    around: Surroundings<'a>,
    hello: Hello,
    keys: SessionKeys,
    opened: Opened,
    heartbeat_s: u16,
    started_at: UtcMs,
    /// The number of the next line of the board, and of the next command.
    next_seq: u32,
    next_k: u32,
    /// Commands that the board has not answered yet.
    asked: VecDeque<Asked>,
    /// Events that wait for the disk; when they are too many, no more are read.
    unkept: usize,
    service: Service,
    /// When the last valid line came.
    heard_at: Instant,
    /// Wakes up when the board may have been silent for too long; set anew only then, not with every line.
    quiet: Pin<Box<Sleep>>,
    bedtime: Bedtime,
    /// What the board has said of its battery as it agreed to sleep.
    bedtime_mv: Option<u16>,
    slept: Option<Slept>,
    out: String,
    /// Why it is over; until it is, what is true if it is simply dropped.
    end: SessionEnd,
}

/// A command that the board has not answered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    k: u32,
    command: Command,
    /// By what number whoever asked for it knows it, if anybody did.
    ticket: Option<i32>,
}

/// A sleep that the board has begun.
#[derive(Debug, Clone, Copy)]
struct Slept {
    until_at: UtcMs,
    battery_mv: Option<u16>,
}

/// How far the board is on its way to sleep.
#[derive(Debug, Clone, Copy)]
enum Bedtime {
    /// It may be sent to sleep from then on, if it is not within the service hours.
    From(Instant),
    /// It was told, and has to answer by then.
    Asked { k: u32, seconds: u32, until: Instant },
    /// It said that it will, and has to go by then.
    Agreed { seconds: u32, until: Instant },
    /// It will not.
    Refused,
}

impl<'a, IO: AsyncRead + AsyncWrite + Unpin> Session<'a, IO> {
    fn new(lines: Lines<'a, IO>, around: Surroundings<'a>, hello: Hello, keys: SessionKeys, opened: Opened) -> Self {
        let now = Instant::now();
        Self {
            heartbeat_s: opened.heartbeat_s,
            started_at: around.live.now().at,
            service: around.live.service(),
            next_seq: 1,
            next_k: 1,
            asked: VecDeque::new(),
            unkept: 0,
            heard_at: now,
            quiet: Box::pin(sleep_until(now)),
            bedtime: Bedtime::From(now + BEDTIME_AFTER),
            bedtime_mv: None,
            slept: None,
            out: String::new(),
            end: SessionEnd::Shutdown,
            lines,
            around,
            hello,
            keys,
            opened,
        }
    }

    async fn run(&mut self) -> SessionEnd {
        self.note_start();
        let Opened { window_s, last, .. } = self.opened;
        let (now, last) = (self.around.live.now().at, last.unwrap_or(EventId::NONE));
        encode_ok(&mut self.out, &self.keys, now, self.heartbeat_s, window_s, last);
        loop {
            if let Err(end) = self.flush().await {
                return if let SessionEnd::Broken(kind) = end { self.broken(kind) } else { end };
            }
            if let Err(end) = self.step().await {
                return end;
            }
        }
    }

    /// Waits for whatever comes first, and does what it asks for.
    async fn step(&mut self) -> Result<(), SessionEnd> {
        let may_read = self.unkept < UNKEPT_MAX;
        let bedtime_at = self.bedtime_at();
        tokio::select! {
            biased;
            // Before the notices: a board that has gone by itself need not be told to. It cannot talk them away, since
            // before long it has to wait for the disk.
            line = self.lines.next(), if may_read => self.take_line(line),
            notice = self.opened.notices.recv() => self.take_notice(notice),
            () = sleep_until(bedtime_at.unwrap_or(self.heard_at)), if bedtime_at.is_some() => self.go_to_bed(),
            () = &mut self.quiet => self.look_for_silence(),
        }
    }

    /// Also takes what else there is, so that it is written at once.
    fn take_notice(&mut self, first: Option<Notice>) -> Result<(), SessionEnd> {
        let mut next = Some(first.ok_or(SessionEnd::Replaced)?);
        while let Some(notice) = next {
            match notice {
                Notice::Verdict(verdict) => self.answer(verdict),
                Notice::Order(order) => self.obey(order)?,
            }
            next = self.opened.notices.try_recv().ok();
        }
        Ok(())
    }

    fn look_for_silence(&mut self) -> Result<(), SessionEnd> {
        let silent_at = self.heard_at + Duration::from_millis(u64::from(self.heartbeat_s) * 2_500);
        if Instant::now() >= silent_at {
            return Err(SessionEnd::Quiet);
        }
        self.quiet.as_mut().reset(silent_at);
        // Should it not have been told.
        self.service = self.around.live.service();
        self.tell_waiting();
        Ok(())
    }

    fn take_line(&mut self, line: Option<Result<BytesMut, LineError>>) -> Result<(), SessionEnd> {
        let received = Instant::now();
        let line = match line {
            None => return Err(self.closed()),
            Some(Err(LineError::Io(error))) => return Err(self.broken(error.kind())),
            Some(Err(LineError::TooLong)) => return Err(SessionEnd::LineRefused(LineRefusal::TooLong)),
            Some(Err(LineError::NotText)) => return Err(SessionEnd::LineRefused(LineRefusal::Malformed)),
            Some(Ok(line)) => line,
        };
        let body = verify(&line, &self.keys.from_board).map_err(refuse_line)?;
        match decode_board_line(body, self.hello.channels).map_err(refuse_line)? {
            BoardLine::Report(report) => self.take_report(report, received)?,
            BoardLine::Reply(reply) => self.take_reply(&reply)?,
        }
        self.heard_at = received;
        Ok(())
    }

    fn take_report(&mut self, report: Report, received: Instant) -> Result<(), SessionEnd> {
        if report.seq != self.next_seq || report.event.boot != self.hello.boot {
            return Err(SessionEnd::LineRefused(LineRefusal::Order));
        }
        if let Bedtime::Agreed { seconds, .. } = self.bedtime {
            return Err(SessionEnd::StaysAwake { seconds });
        }
        self.next_seq = self.next_seq.checked_add(1).ok_or(SessionEnd::LineRefused(LineRefusal::Order))?;
        let counters = self.around.live.counters();
        counters.count_frame(DialectName::V2);
        counters.events_missing.add(report.gap as usize);
        if Some(report.event) <= self.opened.last {
            counters.events_repeated.increment();
        }
        let (seq, counts, age_ms) = (report.seq, self.counts(&report), u64::from(report.age_ms));
        let event = self.event(report);
        let id = event.id;
        let fresh_for_ms = u64::from(self.heartbeat_s) * 2_500 - MARGIN_MS;
        let Some(answer) = self.opened.verdicts.upgrade() else {
            // A newer session is open; it says why this one is over.
            let notice = self.opened.notices.try_recv().ok();
            return self.take_notice(notice);
        };
        let receipt = Receipt { seq, received: received.into_std(), answer };
        self.unkept += 1;
        let sensed = Sensed { event, counts: &counts, age_ms, fresh_for_ms };
        if self.around.live.record_event(sensed, receipt).is_err() {
            self.answer(Verdict { seq, event: id, kept: false });
        }
        Ok(())
    }

    /// What the channels have counted, for each booth that they look at.
    fn counts(&self, report: &Report) -> Vec<SensorCount> {
        let window_samples = self.opened.window_s.saturating_mul(SAMPLES_PER_S);
        let since_woken = u16::try_from(report.up_s).unwrap_or(u16::MAX).saturating_mul(SAMPLES_PER_S);
        let wired = report.channels.iter().zip(&self.opened.sensors);
        let of_channel = wired.flat_map(|(channel, sensors)| sensors.iter().map(move |wire| (channel, wire)));
        of_channel
            .map(|(channel, (sensor, booth))| {
                // A board that has only just woken up has seen little; that nothing at all has moved may be believed.
                let still = !channel.high && channel.high_samples == 0;
                let seen_samples = if still { window_samples } else { since_woken.min(window_samples) };
                let high_samples = channel.high_samples;
                SensorCount { booth: *booth, sensor: *sensor, high_samples, seen_samples, window_samples }
            })
            .collect()
    }

    fn event(&self, report: Report) -> BoardEvent {
        let received_at = self.around.live.now().at;
        BoardEvent {
            board: self.hello.board.clone(),
            era: self.opened.era,
            id: report.event,
            at: received_at.minus(u64::from(report.age_ms)),
            received_at,
            channels: report.channels,
            battery_mv: report.battery_mv,
            rssi_dbm: report.rssi_dbm,
            up_s: report.up_s,
            gap: report.gap,
        }
    }

    fn answer(&mut self, verdict: Verdict) {
        let Verdict { seq, event, kept } = verdict;
        self.unkept -= 1;
        let counters = self.around.live.counters();
        if kept {
            counters.acknowledged.increment();
            self.opened.last = self.opened.last.max(Some(event));
            self.around.live.boards().note_kept(&self.hello.board, self.opened.era, event);
            // It has said what woke it up.
            if matches!(self.bedtime, Bedtime::From(_)) {
                self.bedtime = Bedtime::From(Instant::now());
            }
        } else {
            counters.not_acknowledged.increment();
        }
        encode_verdict(&mut self.out, &self.keys, seq, event, (!kept).then_some(RETRY_MS));
    }

    fn take_reply(&mut self, reply: &Reply) -> Result<(), SessionEnd> {
        let Some(Asked { k, command, ticket }) = self.asked.pop_front_if(|asked| asked.k == reply.k) else {
            return Err(SessionEnd::LineRefused(LineRefusal::Order));
        };
        if let Some(ticket) = ticket {
            let refused = |word: &String| CommandState::Refused { word: word.chars().take(WORD_LENGTH_MAX).collect() };
            self.note_step(ticket, reply.error.as_ref().map_or(CommandState::Done, refused));
        }
        if let (Command::Configure { heartbeat_s, .. }, None) = (&command, &reply.error) {
            self.heartbeat_s = *heartbeat_s;
            self.quiet.as_mut().reset(Instant::now() + Duration::from_millis(u64::from(*heartbeat_s) * 2_500));
        }
        if let Some(error) = &reply.error {
            tracing::warn!(board = %self.hello.board, ?command, error, "a board refuses a command");
        }
        if let Bedtime::Asked { k: asked, seconds, .. } = self.bedtime
            && asked == k
        {
            let until = Instant::now() + SLEEP_ANSWER_WITHIN;
            let seconds = reply.sleep_s.unwrap_or(seconds).min(seconds);
            let agreed = Bedtime::Agreed { seconds, until };
            self.bedtime_mv = reply.battery_mv;
            if let Some(battery_mv) = reply.battery_mv {
                self.around.live.boards().note_battery(&self.hello.board, battery_mv);
            }
            self.bedtime = if reply.error.is_none() { agreed } else { Bedtime::Refused };
        }
        Ok(())
    }

    fn obey(&mut self, order: Order) -> Result<(), SessionEnd> {
        match order {
            Order::Replaced => return Err(SessionEnd::Replaced),
            Order::Quarantined => return Err(SessionEnd::Refused(HandshakeRefusal::Quarantine)),
            Order::Revoked => return Err(SessionEnd::Refused(HandshakeRefusal::Auth)),
            Order::Hours(service) => self.service = service,
            Order::Command(command) => self.tell(command, None),
            Order::Look => self.tell_waiting(),
            Order::Heartbeat(heartbeat_s) => self.change_heartbeat(heartbeat_s),
        }
        Ok(())
    }

    /// Tells the board what somebody has asked for. One that is about to sleep hears it when it wakes up.
    fn tell_waiting(&mut self) {
        if matches!(self.bedtime, Bedtime::Asked { .. } | Bedtime::Agreed { .. }) {
            return;
        }
        for waiting in self.around.live.boards().take_waiting(&self.hello.board, self.opened.number) {
            self.note_step(waiting.ticket, CommandState::Sent);
            self.tell(waiting.command, Some(waiting.ticket));
        }
    }

    fn tell(&mut self, command: Command, ticket: Option<i32>) {
        match command {
            Command::Sleep { seconds } => self.send_to_bed(seconds, ticket),
            command => _ = self.command(command, ticket),
        }
    }

    /// Until the board has agreed, the longer of the two is what it may be silent for.
    fn change_heartbeat(&mut self, heartbeat_s: u16) {
        if heartbeat_s != self.heartbeat_s {
            self.heartbeat_s = self.heartbeat_s.max(heartbeat_s);
            self.command(Command::Configure { heartbeat_s, window_s: self.opened.window_s }, None);
        }
    }

    fn command(&mut self, command: Command, ticket: Option<i32>) -> u32 {
        let k = self.next_k;
        self.next_k = k.saturating_add(1);
        encode_command(&mut self.out, &self.keys, k, &command);
        self.asked.push_back(Asked { k, command, ticket });
        k
    }

    /// When something is due on the board's way to sleep.
    fn bedtime_at(&self) -> Option<Instant> {
        match self.bedtime {
            Bedtime::From(at) => (self.service != Service::Open && self.unkept == 0).then_some(at),
            Bedtime::Asked { until, .. } | Bedtime::Agreed { until, .. } => Some(until),
            Bedtime::Refused => None,
        }
    }

    fn go_to_bed(&mut self) -> Result<(), SessionEnd> {
        match self.bedtime {
            Bedtime::From(_) => {
                match self.around.live.until_open_s() {
                    // The hours have begun at this very moment.
                    Some(0) => self.bedtime = Bedtime::From(Instant::now() + BEDTIME_AFTER),
                    seconds => self.send_to_bed(seconds.unwrap_or(SLEEP_S_MAX), None),
                }
                Ok(())
            }
            Bedtime::Asked { seconds, .. } | Bedtime::Agreed { seconds, .. } => Err(SessionEnd::StaysAwake { seconds }),
            Bedtime::Refused => Ok(()),
        }
    }

    fn send_to_bed(&mut self, seconds: u32, ticket: Option<i32>) {
        let seconds = seconds.clamp(1, SLEEP_S_MAX);
        let k = self.command(Command::Sleep { seconds }, ticket);
        self.bedtime = Bedtime::Asked { k, seconds, until: Instant::now() + SLEEP_ANSWER_WITHIN };
    }

    /// The board has closed the connection: it may have said before that it goes to sleep.
    fn closed(&mut self) -> SessionEnd {
        let Bedtime::Agreed { seconds, .. } = self.bedtime else { return SessionEnd::PeerClosed };
        if !self.around.live.boards().is_current(&self.hello.board, self.opened.number) {
            return SessionEnd::PeerClosed;
        }
        let booths: Vec<BoothNumber> = self.opened.sensors.iter().flatten().map(|(_, booth)| *booth).collect();
        let (until_at, late_at) = self.around.live.sleep(&booths, seconds);
        self.around.live.boards().note_asleep(&self.hello.board, until_at, late_at);
        self.slept = Some(Slept { until_at, battery_mv: self.bedtime_mv });
        SessionEnd::Asleep { seconds }
    }

    fn broken(&mut self, kind: std::io::ErrorKind) -> SessionEnd {
        match self.closed() {
            SessionEnd::PeerClosed => SessionEnd::Broken(kind),
            asleep => asleep,
        }
    }

    async fn flush(&mut self) -> Result<(), SessionEnd> {
        if !self.out.is_empty() {
            write(self.lines.io(), self.out.as_bytes()).await?;
            self.out.clear();
        }
        Ok(())
    }

    fn note_start(&self) {
        let Hello { board, key_version, boot, channels, firmware, reset_reason, .. } = self.hello.clone();
        tracing::info!(%board, peer = %self.around.peer, firmware, reset_reason, "board session opened");
        let peer = self.around.peer.ip().to_canonical().to_string();
        let started_at = self.started_at;
        let session = BoardSession { board, started_at, boot, key_version, firmware, reset_reason, channels, peer };
        self.around.live.keep(Record::SessionStarted(session));
    }
}

impl<IO> Session<'_, IO> {
    fn note_step(&self, ticket: i32, state: CommandState) {
        let live = self.around.live;
        live.boards().command_news().push(CommandStep { ticket, state, at: live.now().at });
    }
}

/// Also when the server stops, which ends a session wherever it is.
impl<IO> Drop for Session<'_, IO> {
    fn drop(&mut self) {
        let live = self.around.live;
        let closed_by_board = matches!(self.end, SessionEnd::PeerClosed | SessionEnd::Broken(_));
        live.boards().close(&self.hello.board, self.opened.number, closed_by_board);
        for ticket in self.asked.iter().filter_map(|asked| asked.ticket) {
            self.note_step(ticket, CommandState::Unanswered);
        }
        let board = self.hello.board.clone();
        let (started_at, ended_at, reason) = (self.started_at, live.now().at, self.end.word().to_owned());
        let asleep_until_at = self.slept.map(|slept| slept.until_at);
        let battery_mv = self.slept.and_then(|slept| slept.battery_mv);
        let end = BoardSessionEnd { board, started_at, ended_at, reason, asleep_until_at, battery_mv };
        live.keep(Record::SessionEnded(end));
    }
}

fn refuse_line(error: MessageError) -> SessionEnd {
    SessionEnd::LineRefused(match error {
        MessageError::WrongMac => LineRefusal::Mac,
        MessageError::NoMac | MessageError::Malformed(_) => LineRefusal::Malformed,
    })
}

#[cfg(test)]
#[path = "session_tests/mod.rs"]
mod tests;
