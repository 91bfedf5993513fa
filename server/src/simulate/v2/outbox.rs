//! The events that the server has not acknowledged yet.

use domain::{ChannelReport, EventId};
use std::collections::VecDeque;
use std::time::Duration;

/// Events that a board keeps while it is awake.
const AWAKE_MAX: usize = 256;
/// Events that fit into the memory that outlives its sleep.
const ASLEEP_MAX: usize = 24;

/// An event, as it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub id: EventId,
    /// When it happened, after the start of the simulation.
    pub at: Duration,
    pub channels: Vec<ChannelReport>,
    pub battery_mv: u16,
    pub rssi_dbm: i16,
    /// Older events that had to be dropped, as far as no earlier one tells of them.
    pub gap: u32,
}

/// A ring of events, by age.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    kept: VecDeque<Kept>,
    /// Events that were dropped and that no kept one tells of yet.
    dropped: u32,
}

#[derive(Debug, Clone)]
struct Kept {
    event: Event,
    progress: Progress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// To be sent from then on.
    Due(Duration),
    /// Sent under this number, and not answered.
    Sent { seq: u32, at: Duration },
}

impl Outbox {
    /// Adds an event. The oldest is dropped where there are too many.
    pub fn push(&mut self, event: Event) {
        let progress = Progress::Due(event.at);
        self.kept.push_back(Kept { event, progress });
        self.shorten(AWAKE_MAX);
    }

    /// The oldest event that is due, which goes out as line `seq`.
    pub fn send_next(&mut self, seq: u32, now: Duration) -> Option<&Event> {
        let is_due = |kept: &&mut Kept| matches!(kept.progress, Progress::Due(at) if at <= now);
        let next = self.kept.iter_mut().find(is_due)?;
        next.progress = Progress::Sent { seq, at: now };
        next.event.gap += std::mem::take(&mut self.dropped);
        Some(&next.event)
    }

    /// The event that went out as line `seq` is stored. An acknowledgement that fits none is passed over.
    pub fn remove(&mut self, seq: u32, id: EventId) {
        self.kept.retain(|kept| !(kept.is_sent_as(seq) && kept.event.id == id));
    }

    /// The event that went out as line `seq` is to be sent again from `at` on.
    pub fn postpone(&mut self, seq: u32, at: Duration) {
        if let Some(kept) = self.kept.iter_mut().find(|kept| kept.is_sent_as(seq)) {
            kept.progress = Progress::Due(at);
        }
    }

    /// The session is over: everything is to be sent again.
    pub fn recall(&mut self) {
        self.kept.iter_mut().for_each(|kept| kept.progress = Progress::Due(Duration::ZERO));
    }

    /// Only what outlives a sleep is left.
    pub fn keep_over_sleep(&mut self) {
        self.shorten(ASLEEP_MAX);
    }

    /// When the line was sent that has been waiting longest for its answer.
    pub fn unanswered_since(&self) -> Option<Duration> {
        let sent = self.kept.iter().filter_map(|kept| match kept.progress {
            Progress::Sent { at, .. } => Some(at),
            Progress::Due(_) => None,
        });
        sent.min()
    }

    fn shorten(&mut self, max: usize) {
        while self.kept.len() > max {
            let gap = self.kept.pop_front().map_or(0, |kept| kept.event.gap);
            self.dropped = self.dropped.saturating_add(gap).saturating_add(1);
        }
    }
}

impl Kept {
    fn is_sent_as(&self, line: u32) -> bool {
        matches!(self.progress, Progress::Sent { seq, .. } if seq == line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn id(n: u32) -> EventId {
        EventId { boot: 7, n }
    }

    fn outbox(numbers: std::ops::RangeInclusive<u32>) -> Outbox {
        let mut outbox = Outbox::default();
        for n in numbers {
            let (id, at) = (id(n), Duration::from_secs(n.into()));
            outbox.push(Event { id, at, channels: Vec::new(), battery_mv: 3_700, rssi_dbm: -60, gap: 0 });
        }
        outbox
    }

    /// Sends all that is due at `now_s`, from line `seq` on: the number and the gap of each event.
    fn send(outbox: &mut Outbox, seq: u32, now_s: u64) -> Vec<(u32, u32)> {
        let mut sent = Vec::new();
        while let Some(event) =
            outbox.send_next(seq + u32::try_from(sent.len()).expect("few"), Duration::from_secs(now_s))
        {
            sent.push((event.id.n, event.gap));
        }
        sent
    }

    #[test]
    fn sent_until_acknowledged() {
        let mut outbox = outbox(1..=3);
        assert_eq!(send(&mut outbox, 1, 10), [(1, 0), (2, 0), (3, 0)]);
        assert_eq!(outbox.unanswered_since(), Some(Duration::from_secs(10)));
        outbox.remove(2, id(2));
        // Neither the line nor the event of anything that is on its way.
        outbox.remove(1, id(3));
        outbox.remove(9, id(1));
        outbox.postpone(3, Duration::from_secs(12));
        assert_eq!(send(&mut outbox, 4, 11), []);
        assert_eq!(send(&mut outbox, 4, 12), [(3, 0)]);
        outbox.recall();
        assert_eq!(outbox.unanswered_since(), None);
        assert_eq!(send(&mut outbox, 1, 13), [(1, 0), (3, 0)]);
        outbox.remove(1, id(1));
        outbox.remove(2, id(3));
        outbox.recall();
        assert_eq!(send(&mut outbox, 1, 14), []);
    }

    #[test]
    fn the_oldest_give_way() {
        let mut kept = outbox(1..=300);
        let sent = send(&mut kept, 1, 300);
        assert_eq!((sent.len(), sent[0], sent[1]), (256, (45, 44), (46, 0)));
        // What told of the gap gives way itself.
        kept.recall();
        kept.keep_over_sleep();
        let sent = send(&mut kept, 1, 300);
        assert_eq!((sent.len(), sent[0], sent[1]), (24, (277, 276), (278, 0)));
    }
}
