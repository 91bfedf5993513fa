//! What another presence rule would have made of what was sensed.

use crate::{
    Booth, BoothNumber, BoothState, BoothStatus, FloorNumber, Moment, MonoMs, Occupancy, Placement, PresenceRule,
    Reading, SensorCount, Service, Tracker, UtcMs,
};

/// Something that a booth's sensors have said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedReport {
    /// When.
    pub at: UtcMs,
    /// What.
    pub said: Recorded,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// One sample, of a board of 2016.
    Sample {
        /// Whether there was movement.
        high: bool,
    },
    /// What a sensor has counted. The booth that it names is not looked at.
    Count {
        /// The count.
        count: SensorCount,
        /// Whether there was movement at this instant.
        high: bool,
    },
}

/// What a rule makes of the reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterPreview {
    /// What would have been shown: from when on.
    pub shown: Vec<(UtcMs, BoothStatus)>,
    /// How often it would have changed between free and occupied.
    pub changes: usize,
    /// How long it would have been occupied.
    pub occupied_ms: u64,
    /// From the first movement to "occupied", on average; none where nobody has come.
    pub enter_delay_ms: Option<u64>,
    /// From the last movement to "free", on average; none where nobody has gone.
    pub leave_delay_ms: Option<u64>,
}

const BOOTH: BoothNumber = BoothNumber(1);

/// Runs `reports`, oldest first, through a tracker like the one that runs: each report stays fresh for `fresh_for_ms`. It ends at
/// `until`.
#[must_use]
pub fn preview_filter(
    rule: PresenceRule,
    reports: &[RecordedReport],
    fresh_for_ms: u64,
    until: UtcMs,
) -> FilterPreview {
    let begins = reports.first().map_or(until, |report| report.at);
    let placement = Placement { x: 0.0, y: 0.0, width: 1.0, height: 1.0, rotation_deg: 0.0 };
    let booth = Booth { number: BOOTH, floor: FloorNumber(0), name: String::new(), placement, presence_rule: rule };
    let moment = |at: UtcMs| Moment { at, mono: MonoMs(at.since(begins)) };
    let mut tracker = Tracker::new(&[booth], Service::Open, moment(begins));
    let mut run = Run {
        preview: FilterPreview::new(begins),
        known: None,
        burst: None,
        enter: Mean::default(),
        leave: Mean::default(),
    };
    let mut fresh_until = begins;
    for report in reports {
        // A booth is grey as soon as nothing is fresh, not when the next report comes.
        if report.at > fresh_until {
            run.note(tracker.tick(Service::Open, moment(fresh_until)), fresh_until);
        }
        fresh_until = fresh_until.max(report.at.plus(fresh_for_ms));
        run.feel(report);
        let now = moment(report.at);
        let changes = match &report.said {
            Recorded::Sample { high } => tracker.record(&[Reading { booth: BOOTH, high: *high }], fresh_for_ms, now),
            Recorded::Count { count, .. } => {
                tracker.record_counts(&[SensorCount { booth: BOOTH, ..*count }], 0, fresh_for_ms, now)
            }
        };
        run.note(changes, report.at);
    }
    if until > fresh_until {
        run.note(tracker.tick(Service::Open, moment(fresh_until)), fresh_until);
    }
    run.end(until)
}

impl FilterPreview {
    fn new(begins: UtcMs) -> Self {
        let shown = vec![(begins, BoothStatus::Unknown)];
        Self { shown, changes: 0, occupied_ms: 0, enter_delay_ms: None, leave_delay_ms: None }
    }
}

struct Run {
    preview: FilterPreview,
    /// What was known last.
    known: Option<Occupancy>,
    /// When movement began, and when it was last seen.
    burst: Option<(UtcMs, UtcMs)>,
    enter: Mean,
    leave: Mean,
}

#[derive(Default)]
struct Mean {
    sum_ms: u64,
    count: u64,
}

impl Run {
    fn feel(&mut self, report: &RecordedReport) {
        let (Recorded::Sample { high } | Recorded::Count { high, .. }) = report.said;
        if high {
            let began = self.burst.map_or(report.at, |(began, _)| began);
            self.burst = Some((began, report.at));
        }
    }

    fn note(&mut self, changes: Vec<BoothState>, at: UtcMs) {
        for BoothState { status, .. } in changes {
            self.preview.shown.push((at, status));
            let now = match status {
                BoothStatus::Free => Occupancy::Free,
                BoothStatus::Occupied => Occupancy::Occupied,
                _ => continue,
            };
            if let Some(before) = self.known.replace(now).filter(|before| *before != now) {
                self.preview.changes += 1;
                match (before, self.burst) {
                    (Occupancy::Free, Some((began, _))) => self.enter.add(at.since(began)),
                    (Occupancy::Occupied, Some((_, last))) => self.leave.add(at.since(last)),
                    (_, None) => {}
                }
            }
            if now == Occupancy::Free {
                self.burst = None;
            }
        }
    }

    fn end(mut self, until: UtcMs) -> FilterPreview {
        let ends = self.preview.shown.iter().skip(1).map(|(at, _)| *at).chain([until]);
        let occupied = self.preview.shown.iter().zip(ends).filter(|((_, status), _)| *status == BoothStatus::Occupied);
        self.preview.occupied_ms = occupied.map(|((from, _), until)| until.since(*from)).sum();
        (self.preview.enter_delay_ms, self.preview.leave_delay_ms) = (self.enter.get(), self.leave.get());
        self.preview
    }
}

impl Mean {
    fn add(&mut self, ms: u64) {
        self.sum_ms += ms;
        self.count += 1;
    }

    fn get(&self) -> Option<u64> {
        self.sum_ms.checked_div(self.count)
    }
}

#[cfg(test)]
#[path = "preview_tests.rs"]
mod tests;
