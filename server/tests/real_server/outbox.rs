//! The events that a board keeps until the server has them.

use crate::v2_session::Report;
use crate::v2_wire::EventName;
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

/// A board that is awake keeps so many.
const KEPT_MAX: usize = 256;

/// Oldest first.
pub(crate) struct Outbox {
    channels: usize,
    every: Duration,
    next_at: Instant,
    newest: u32,
    kept: VecDeque<Kept>,
    /// Which event went out under which number, in this session.
    numbers: BTreeMap<u32, EventName>,
    made: Vec<EventName>,
    dropped: u32,
    gap: u32,
}

struct Kept {
    event: EventName,
    made_at: Instant,
    gap: u32,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    Due { at: Instant },
    Sent { at: Instant },
}

/// What the channels of a board count at its event `n`: every event differs, so that none can pass for another.
pub(crate) fn counts_of(event: EventName, channels: usize) -> Vec<u16> {
    let count = |channel: u32| u16::try_from((event.n * 7 + event.boot + channel * 13) % 61).expect("below 61");
    (0..u32::try_from(channels).expect("eight at most")).map(count).collect()
}

impl Outbox {
    pub(crate) fn new(channels: usize, every: Duration) -> Self {
        let (kept, numbers, made) = (VecDeque::new(), BTreeMap::new(), Vec::new());
        Self { channels, every, next_at: Instant::now(), newest: 0, kept, numbers, made, dropped: 0, gap: 0 }
    }

    /// Makes the events that are due.
    pub(crate) fn make(&mut self, boot: u32, now: Instant) {
        while self.next_at <= now {
            self.newest += 1;
            let event = EventName { boot, n: self.newest };
            self.make_room();
            let gap = std::mem::take(&mut self.gap);
            self.kept.push_back(Kept { event, made_at: self.next_at, gap, state: State::Due { at: self.next_at } });
            self.made.push(event);
            self.next_at += self.every;
        }
    }

    fn make_room(&mut self) {
        if self.kept.len() == KEPT_MAX {
            let oldest = self.kept.pop_front().expect("a full outbox");
            self.gap += 1 + oldest.gap;
            self.dropped += 1;
        }
    }

    pub(crate) fn drain_made(&mut self) -> Vec<EventName> {
        std::mem::take(&mut self.made)
    }

    pub(crate) fn newest(&self) -> u32 {
        self.newest
    }

    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    pub(crate) fn dropped(&self) -> u32 {
        self.dropped
    }

    /// A session has ended: everything is to be sent again.
    pub(crate) fn forget_sent(&mut self) {
        self.numbers.clear();
        for kept in &mut self.kept {
            kept.state = State::Due { at: kept.made_at };
        }
    }

    /// The events that are to go out now.
    pub(crate) fn take_due(&self, now: Instant) -> Vec<Report> {
        let due = self.kept.iter().filter(|kept| matches!(kept.state, State::Due { at } if at <= now));
        let report = |kept: &Kept| {
            let age_ms = u64::try_from(now.duration_since(kept.made_at).as_millis()).expect("young");
            Report { event: kept.event, age_ms, counts: counts_of(kept.event, self.channels), gap: kept.gap }
        };
        due.map(report).collect()
    }

    /// These went out, the first of them under the number `seq`.
    pub(crate) fn sent(&mut self, seq: u32, reports: &[Report]) {
        let now = Instant::now();
        for (seq, report) in (seq..).zip(reports) {
            self.numbers.insert(seq, report.event);
            if let Some(kept) = self.find(report.event) {
                kept.state = State::Sent { at: now };
            }
        }
    }

    fn find(&mut self, event: EventName) -> Option<&mut Kept> {
        self.kept.iter_mut().find(|kept| kept.event == event)
    }

    /// The server has it; returns how long that took, unless it was told before.
    pub(crate) fn stored(&mut self, seq: u32, event: EventName) -> Result<Option<Duration>, String> {
        if self.numbers.get(&seq) != Some(&event) {
            return Err(format!("acknowledged {event} as {seq}, which was {:?}", self.numbers.get(&seq)));
        }
        let at = self.kept.iter().position(|kept| kept.event == event);
        let kept = at.and_then(|at| self.kept.remove(at));
        Ok(kept.map(|kept| kept.made_at.elapsed()))
    }

    /// The server could not take it.
    pub(crate) fn put_off(&mut self, seq: u32, by: Duration) {
        let Some(event) = self.numbers.get(&seq).copied() else { return };
        if let Some(kept) = self.find(event) {
            kept.state = State::Due { at: Instant::now() + by };
        }
    }

    /// Whether an event has been without an answer for longer than that.
    pub(crate) fn is_kept_waiting(&self, longest: Duration) -> bool {
        self.kept.iter().any(|kept| matches!(kept.state, State::Sent { at } if at.elapsed() > longest))
    }
}
