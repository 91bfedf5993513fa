//! A board of version 2 that lives by itself: makes events, keeps them until they are acknowledged, comes back when its
//! connection breaks, and notes everything in its ledger.

use crate::chance::Chance;
use crate::ledger::Ledger;
use crate::outbox::Outbox;
use crate::process::{DEADLINE, eventually};
use crate::v2_session::{ANSWER_MAX, Identity, Over, Session};
use crate::v2_wire::Said;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const BACK_OFF_MIN: Duration = Duration::from_millis(500);
/// How long it looks away from its other affairs.
const GLANCE: Duration = Duration::from_millis(20);

/// How a board lives.
#[derive(Debug, Clone)]
pub(crate) struct Habits {
    pub(crate) from: Ipv4Addr,
    /// One event each.
    pub(crate) every: Duration,
    /// Longest time before it tries again; a real board takes 30 s.
    pub(crate) back_off_max: Duration,
}

impl Habits {
    pub(crate) fn events_per_second(events: u32) -> Self {
        let every = Duration::from_secs(1) / events;
        Self { from: Ipv4Addr::LOCALHOST, every, back_off_max: Duration::from_secs(1) }
    }
}

/// Lives on a thread of its own until it is dropped.
pub(crate) struct V2Board {
    pub(crate) id: String,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    ledger: Mutex<Ledger>,
    quiet: AtomicBool,
    stop: AtomicBool,
    restart: AtomicBool,
}

impl V2Board {
    pub(crate) fn start(server: SocketAddr, who: Identity, habits: Habits) -> Self {
        let shared = Arc::new(Shared::default());
        let id = who.id.clone();
        let outbox = Outbox::new(who.channels, habits.every);
        let mut life = Life { server, who, habits, shared: Arc::clone(&shared), outbox, chance: Chance::new() };
        Self { id, shared, thread: Some(std::thread::spawn(move || life.run())) }
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.shared.ledger.lock().expect("the ledger")
    }

    /// Takes its power away for a moment: what it has not got rid of is gone, and its numbers begin anew.
    pub(crate) fn restart(&self) {
        self.shared.restart.store(true, Ordering::Relaxed);
    }

    /// Makes no more events, and gets rid of those it has.
    pub(crate) fn settle(&self) {
        self.shared.quiet.store(true, Ordering::Relaxed);
        let settled = || self.ledger().waiting == 0 && !self.shared.restart.load(Ordering::Relaxed);
        let started = Instant::now();
        while !settled() {
            assert!(started.elapsed() < DEADLINE, "{} keeps its events: {:?}", self.id, *self.ledger());
            std::thread::sleep(GLANCE);
        }
    }

    pub(crate) fn wait_until_acknowledged(&self, more: usize) {
        let before = self.ledger().acknowledged();
        eventually("acknowledgements", || (self.ledger().acknowledged() >= before + more).then_some(()));
    }
}

impl Drop for V2Board {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

struct Life {
    server: SocketAddr,
    who: Identity,
    habits: Habits,
    shared: Arc<Shared>,
    outbox: Outbox,
    chance: Chance,
}

impl Life {
    fn run(&mut self) {
        let mut attempts = 0;
        while !self.is_over() {
            self.restart_if_asked();
            self.outbox.forget_sent();
            // Like a real board, it may be so sure of itself that its events go out with its proof.
            let first = if self.chance.within(0..2) == 0 { self.outbox.take_due(Instant::now()) } else { Vec::new() };
            let opened = Session::open_with(self.habits.from, self.server, &self.who, &first);
            let over = opened.and_then(|mut session| {
                attempts = 0;
                self.note(|ledger| ledger.sessions += 1);
                self.outbox.sent(1, &first);
                self.converse(&mut session)
            });
            match over {
                Ok(()) => {}
                Err(over) => self.note(|ledger| ledger.ends.push(over)),
            }
            attempts += 1;
            self.back_off(attempts);
        }
    }

    /// Until it is asked to stop, or told to sleep, or to restart; an error is what else ended it.
    fn converse(&mut self, session: &mut Session) -> Result<(), Over> {
        while !self.is_over() && !self.shared.restart.load(Ordering::Relaxed) {
            self.live();
            for report in self.outbox.take_due(Instant::now()) {
                let seq = session.report(&report)?;
                self.outbox.sent(seq, &[report]);
            }
            if self.outbox.is_kept_waiting(ANSWER_MAX) {
                return Err(Over::Silent);
            }
            match session.hear(GLANCE.min(self.habits.every))? {
                None | Some(Said::Ok { .. } | Said::Error { .. }) => {}
                Some(Said::Stored { seq, event }) => match self.outbox.stored(seq, event) {
                    Ok(waited) => self.note(|ledger| {
                        ledger.acknowledged.insert(event);
                        ledger.waited.extend(waited);
                    }),
                    Err(fault) => self.note(|ledger| ledger.faults.push(fault)),
                },
                Some(Said::NotStored { seq, retry_ms }) => {
                    self.outbox.put_off(seq, Duration::from_millis(retry_ms));
                    self.note(|ledger| ledger.refused += 1);
                }
                Some(Said::Command { k, order }) => self.obey(session, k, &order)?,
            }
        }
        Ok(())
    }

    fn obey(&mut self, session: &mut Session, k: u32, order: &str) -> Result<(), Over> {
        let Some(seconds) = order.strip_prefix("sleep=") else {
            return session.send_signed(&format!("DB2 R {k} ok"));
        };
        let last = self.who.event(self.outbox.newest());
        session.send_signed(&format!("DB2 R {k} ok sleep={seconds} ev={last} bat=3712"))?;
        self.note(|ledger| ledger.slept_s = seconds.parse().ok());
        // Nobody wakes it in these tests.
        self.shared.stop.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Full jitter, while life goes on.
    fn back_off(&mut self, attempts: u32) {
        let longest = (BACK_OFF_MIN * 2_u32.pow(attempts.min(6))).min(self.habits.back_off_max);
        let until = Instant::now() + self.chance.up_to(longest);
        while Instant::now() < until && !self.is_over() {
            self.live();
            std::thread::sleep(GLANCE.min(until.saturating_duration_since(Instant::now())));
        }
    }

    fn live(&mut self) {
        if !self.shared.quiet.load(Ordering::Relaxed) {
            self.outbox.make(self.who.boot, Instant::now());
        }
        let mut ledger = self.shared.ledger.lock().expect("the ledger");
        ledger.made.extend(self.outbox.drain_made());
        ledger.waiting = self.outbox.len();
        ledger.dropped = self.outbox.dropped();
    }

    fn restart_if_asked(&mut self) {
        if self.shared.restart.load(Ordering::Relaxed) {
            self.who.boot += 1;
            self.outbox = Outbox::new(self.who.channels, self.habits.every);
            self.live();
            self.shared.restart.store(false, Ordering::Relaxed);
        }
    }

    fn is_over(&self) -> bool {
        self.shared.stop.load(Ordering::Relaxed)
    }

    fn note(&self, write: impl FnOnce(&mut Ledger)) {
        write(&mut self.shared.ledger.lock().expect("the ledger"));
    }
}
