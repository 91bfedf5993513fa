//! "Tell me when free": who waits for which booth, and whose turn it is.
//!
//! First come, first served. Whoever is told of a booth has it to themselves for a while, the hold: the next in line is told
//! only if the booth is still free after it. A request that was told is done. Nothing here knows who asks: a ticket is a
//! number that means nothing to anybody else.

use crate::{BoothNumber, BoothState, BoothStatus, FloorNumber, Moment, MonoMs, TicketName, UtcMs};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// What somebody waits for: `"any"`, `{"floor":4}`, `{"booth":42}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeTarget {
    /// Any booth of the building.
    Any,
    /// Any booth of a floor.
    Floor(FloorNumber),
    /// One booth.
    Booth(BoothNumber),
}

/// How long and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeRule {
    /// For how long others are not told of a booth that somebody was told of.
    pub hold_ms: u64,
    /// Requests of one ticket.
    pub per_ticket_max: usize,
    /// Requests from one source, whatever their tickets.
    pub per_source_max: usize,
    /// Requests of all.
    pub requests_max: usize,
    /// How long anybody waits at most.
    pub waiting_ms_max: u64,
}

/// Where a request comes from, as a number that means nothing to anybody else: whoever asks in the name of ever new tickets
/// is one source. Forgotten with the request, and at the end of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeSource(pub u64);

/// A request, before it stands in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeWish {
    /// Who asks.
    pub ticket: TicketName,
    /// For what.
    pub target: NoticeTarget,
    /// From where.
    pub source: NoticeSource,
    /// From then on it is forgotten.
    pub until: MonoMs,
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// There is no such booth, or the floor has none.
    #[error("there is no such box")]
    NoSuchTarget,
    /// The ticket waits for so many already.
    #[error("one browser may wait for {max} at a time")]
    TooManyOfTicket {
        /// The limit.
        max: usize,
    },
    /// So many wait already, from the same source.
    #[error("{max} are waiting already from the same address")]
    TooManyOfSource {
        /// The limit.
        max: usize,
    },
    /// So many wait already, of all tickets.
    #[error("{max} are waiting already")]
    TooMany {
        /// The limit.
        max: usize,
    },
}

/// A request in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Who asks.
    pub ticket: TicketName,
    /// For what.
    pub target: NoticeTarget,
    /// From where; not known of those that were kept over a restart.
    pub source: Option<NoticeSource>,
    /// From then on it is forgotten.
    pub until: MonoMs,
}

/// Somebody's turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whose.
    pub ticket: TicketName,
    /// The booth that is free.
    pub booth: BoothNumber,
    /// The floor it stands on.
    pub floor: FloorNumber,
    /// Until then nobody else is told of it.
    pub until: MonoMs,
    /// Whether it is free at this moment: what is grey for a while stays held.
    pub free: bool,
}

/// The line, and the booths that are held.
#[derive(Debug, Clone)]
pub struct NoticeQueue {
    rule: NoticeRule,
    waiting: VecDeque<Waiting>,
    booths: BTreeMap<BoothNumber, WatchedBooth>,
    holds: BTreeMap<BoothNumber, Hold>,
}

#[derive(Debug, Clone, Copy)]
struct WatchedBooth {
    floor: FloorNumber,
    free: bool,
}

#[derive(Debug, Clone, Copy)]
struct Hold {
    ticket: TicketName,
    until: MonoMs,
}

impl NoticeQueue {
    /// An empty line before these booths.
    #[must_use]
    pub fn new(rule: NoticeRule, booths: &[BoothState]) -> Self {
        let booths = booths.iter().map(|booth| (booth.number, WatchedBooth::of(booth))).collect();
        Self { rule, waiting: VecDeque::new(), booths, holds: BTreeMap::new() }
    }

    /// Joins the line; who has asked the same before keeps their place. A booth that is free and not held is told of at
    /// once.
    ///
    /// # Errors
    /// When there is nothing to wait for, or too many wait.
    pub fn ask(&mut self, wish: NoticeWish, now: MonoMs) -> Result<Vec<Told>, NoticeError> {
        self.forget_expired(now);
        let NoticeWish { ticket, target, source, until } = wish;
        if !self.booths.iter().any(|(number, booth)| target.includes(*number, booth.floor)) {
            return Err(NoticeError::NoSuchTarget);
        }
        let until = until.min(now.plus(self.rule.waiting_ms_max));
        if let Some(same) = self.waiting.iter_mut().find(|other| other.ticket == ticket && other.target == target) {
            same.until = same.until.max(until);
        } else {
            self.check_room(ticket, source)?;
            self.waiting.push_back(Waiting { ticket, target, source: Some(source), until });
        }
        Ok(self.serve_all(now))
    }

    fn check_room(&self, ticket: TicketName, source: NoticeSource) -> Result<(), NoticeError> {
        let NoticeRule { per_ticket_max, per_source_max, requests_max, .. } = self.rule;
        let of_source = self.waiting.iter().filter(|other| other.source == Some(source)).count();
        if self.waiting_of(ticket).count() >= per_ticket_max {
            Err(NoticeError::TooManyOfTicket { max: per_ticket_max })
        } else if of_source >= per_source_max {
            Err(NoticeError::TooManyOfSource { max: per_source_max })
        } else if self.waiting.len() >= requests_max {
            Err(NoticeError::TooMany { max: requests_max })
        } else {
            Ok(())
        }
    }

    /// Leaves the line: with one request, or with all.
    pub fn cancel(&mut self, ticket: TicketName, target: Option<NoticeTarget>) {
        self.waiting.retain(|other| other.ticket != ticket || target.is_some_and(|target| target != other.target));
    }

    /// Gives back a booth that one was told of; the next in line has it.
    pub fn release(&mut self, ticket: TicketName, booth: BoothNumber, now: MonoMs) -> Vec<Told> {
        let mut told = self.tick(now);
        if self.holds.get(&booth).is_some_and(|hold| hold.ticket == ticket) {
            self.holds.remove(&booth);
            told.extend(self.serve(booth, now));
        }
        told
    }

    /// Booths look different now, in this order.
    pub fn note(&mut self, changes: &[BoothState], now: MonoMs) -> Vec<Told> {
        let mut told = self.tick(now);
        for change in changes {
            self.booths.insert(change.number, WatchedBooth::of(change));
            // Taken, by whoever was told or by somebody else. A booth that is grey for a moment stays held.
            if change.status == BoothStatus::Occupied {
                self.holds.remove(&change.number);
            }
            told.extend(self.serve(change.number, now));
        }
        told
    }

    /// Time has passed: requests expire, and what was held and is still free goes to the next in line.
    pub fn tick(&mut self, now: MonoMs) -> Vec<Told> {
        self.forget_expired(now);
        let over: Vec<_> = self.holds.iter().filter(|(_, hold)| hold.until <= now).map(|(number, _)| *number).collect();
        self.holds.retain(|_, hold| hold.until > now);
        over.into_iter().filter_map(|number| self.serve(number, now)).collect()
    }

    /// What a ticket waits for, in the order in which it asked.
    pub fn waiting_of(&self, ticket: TicketName) -> impl Iterator<Item = &Waiting> {
        self.waiting.iter().filter(move |request| request.ticket == ticket)
    }

    /// What a ticket was told of and nobody else is.
    pub fn told_of(&self, ticket: TicketName) -> impl Iterator<Item = Told> {
        self.holds.iter().filter(move |(_, hold)| hold.ticket == ticket).filter_map(move |(number, hold)| {
            let WatchedBooth { floor, free } = *self.booths.get(number)?;
            Some(Told { ticket, booth: *number, floor, until: hold.until, free })
        })
    }

    /// Whether somebody was told of a booth and still has it to themselves.
    #[must_use]
    pub fn is_held(&self, booth: BoothNumber, now: MonoMs) -> bool {
        self.holds.get(&booth).is_some_and(|hold| hold.until > now)
    }

    /// Whether anything is known of a ticket: one that waits for nothing and was told of nothing is forgotten.
    #[must_use]
    pub fn knows(&self, ticket: TicketName) -> bool {
        self.waiting_of(ticket).next().is_some() || self.holds.values().any(|hold| hold.ticket == ticket)
    }

    /// How many requests wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether nobody waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// All of it, to be kept while the server is away.
    #[must_use]
    pub fn keep(&self, now: Moment) -> KeptNotices {
        let waiting = self.waiting.iter().map(|request| KeptRequest {
            ticket: request.ticket,
            target: request.target,
            until_at: wall(request.until, now),
        });
        let holds = self.holds.iter().map(|(booth, hold)| KeptHold {
            ticket: hold.ticket,
            booth: *booth,
            until_at: wall(hold.until, now),
        });
        KeptNotices { waiting: waiting.collect(), holds: holds.collect() }
    }

    /// Goes on from what was kept, without what is over by now. Nobody is told anything yet. Nothing lasts longer than the
    /// rule says, although the clock may have been set back meanwhile.
    pub fn restore(&mut self, kept: &KeptNotices, now: Moment) {
        let steady = |until_at: UtcMs, ms_max: u64| now.mono.plus(until_at.since(now.at).min(ms_max));
        for request in kept.waiting.iter().filter(|request| request.until_at > now.at) {
            let KeptRequest { ticket, target, until_at } = *request;
            let until = steady(until_at, self.rule.waiting_ms_max);
            self.waiting.push_back(Waiting { ticket, target, source: None, until });
        }
        for hold in kept.holds.iter().filter(|hold| hold.until_at > now.at) {
            let until = steady(hold.until_at, self.rule.hold_ms);
            self.holds.insert(hold.booth, Hold { ticket: hold.ticket, until });
        }
    }

    fn forget_expired(&mut self, now: MonoMs) {
        self.waiting.retain(|request| request.until > now);
    }

    fn serve_all(&mut self, now: MonoMs) -> Vec<Told> {
        let free: Vec<_> = self.booths.iter().filter(|(_, booth)| booth.free).map(|(number, _)| *number).collect();
        free.into_iter().filter_map(|number| self.serve(number, now)).collect()
    }

    /// Tells the first in line of a booth, if it is free and nobody else's.
    fn serve(&mut self, number: BoothNumber, now: MonoMs) -> Option<Told> {
        let floor = self.booths.get(&number).filter(|booth| booth.free)?.floor;
        if self.holds.contains_key(&number) {
            return None;
        }
        let ticket = self.waiting.iter().find(|request| request.target.includes(number, floor))?.ticket;
        let until = now.plus(self.rule.hold_ms);
        self.holds.insert(number, Hold { ticket, until });
        // One notice answers all that the ticket has asked and that this booth fulfils.
        self.waiting.retain(|request| request.ticket != ticket || !request.target.includes(number, floor));
        Some(Told { ticket, booth: number, floor, until, free: true })
    }
}

impl NoticeTarget {
    fn includes(self, booth: BoothNumber, floor: FloorNumber) -> bool {
        match self {
            Self::Any => true,
            Self::Floor(wanted) => wanted == floor,
            Self::Booth(wanted) => wanted == booth,
        }
    }
}

impl WatchedBooth {
    fn of(booth: &BoothState) -> Self {
        Self { floor: booth.floor, free: booth.status == BoothStatus::Free }
    }
}

fn wall(until: MonoMs, now: Moment) -> UtcMs {
    now.at.plus(until.since(now.mono))
}

/// The line as it is kept while the server is away, on the wall's clock: the steady one does not outlive it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeptNotices {
    waiting: Vec<KeptRequest>,
    holds: Vec<KeptHold>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct KeptRequest {
    ticket: TicketName,
    target: NoticeTarget,
    until_at: UtcMs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct KeptHold {
    ticket: TicketName,
    booth: BoothNumber,
    until_at: UtcMs,
}

#[cfg(test)]
#[path = "notice_tests.rs"]
mod tests;
