//! Measures how long it takes from a board's line to the change in the live stream.

use crate::process::DEADLINE;
use crate::stream::EventStream;
use crate::v2_session::{ANSWER_MAX, Identity, Report, Session};
use crate::v2_wire::Said;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

/// Between two steps.
const PAUSE: Duration = Duration::from_millis(150);

/// A board whose first booth somebody enters and leaves all day long.
pub(crate) struct Probe {
    session: Session,
    stream: EventStream,
    who: Identity,
    booth: u32,
    n: u32,
    occupied: bool,
}

/// One step of the probe.
pub(crate) struct Step {
    /// From the line to the change.
    pub(crate) took: Duration,
    /// Whether the server said that it is stored; it may also have said that it is not.
    pub(crate) stored: bool,
}

impl Probe {
    /// `booth` is what the board's channel 0 watches.
    pub(crate) fn start(web: SocketAddr, boards: SocketAddr, who: Identity, booth: u32) -> Self {
        let session = Session::open(Ipv4Addr::LOCALHOST, boards, &who).expect("a session");
        let stream = EventStream::open(web, "/events", None);
        let mut probe = Self { session, stream, who, booth, n: 0, occupied: true };
        probe.step();
        probe
    }

    pub(crate) fn step(&mut self) -> Step {
        self.n += 1;
        self.occupied = !self.occupied;
        let mut counts = vec![0; self.who.channels];
        counts[0] = if self.occupied { 60 } else { 0 };
        let event = self.who.event(self.n);
        let sent_at = Instant::now();
        let seq = self.session.report(&Report { event, age_ms: 0, counts, gap: 0 }).expect("the session goes on");
        self.stream.wait_for_status(self.booth, if self.occupied { "occupied" } else { "free" });
        let took = sent_at.elapsed();
        let stored = match self.session.hear(ANSWER_MAX).expect("the session goes on") {
            Some(Said::Stored { seq: of, .. }) if of == seq => true,
            Some(Said::NotStored { seq: of, .. }) if of == seq => false,
            other => panic!("instead of an answer to {seq}: {other:?}"),
        };
        Step { took, stored }
    }

    /// Steps for that long.
    pub(crate) fn measure(&mut self, length: Duration) -> Vec<Duration> {
        let started = Instant::now();
        let mut measured = Vec::new();
        while started.elapsed() < length {
            let step = self.step();
            assert!(step.stored && step.took < DEADLINE, "after {:?}", step.took);
            measured.push(step.took);
            std::thread::sleep(PAUSE);
        }
        measured
    }
}
