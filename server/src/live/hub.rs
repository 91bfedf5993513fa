//! Numbers changes, encodes each once, and keeps the newest for readers who come back.
//!
//! A reader is nothing but a [`Cursor`]: it asks for what has come since. So a reader that lags costs no memory, and
//! one that lags further than the ring reaches is given a snapshot instead of old news.

use bytes::Bytes;
use domain::{
    BoothState, Change, FloorNumber, FloorVersion, Heartbeat, LayoutChange, LiveMap, Snapshot, TicketName, UtcMs,
};
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How many changes a reader may miss and still go on without a snapshot.
const RING_MAX: usize = 4_096;

/// How many notices a reader may miss; a page that lags so far asks again by itself.
const NOTICES_MAX: usize = 256;

/// The stream's one source.
pub(crate) struct Hub {
    inner: Mutex<Inner>,
    news: watch::Sender<u64>,
}

struct Inner {
    map: LiveMap,
    layouts: Vec<FloorVersion>,
    run: u64,
    seq: u64,
    build: String,
    ring: VecDeque<Frame>,
    snapshots: BTreeMap<Option<FloorNumber>, (u64, Bytes)>,
    heartbeat: Beat,
    notices: VecDeque<Notice>,
}

/// Word for those who wait for a booth, as it goes over every wire.
struct Notice {
    count: u64,
    bytes: Bytes,
}

/// The last sign of life, as it goes over every wire.
struct Beat {
    count: u64,
    /// The newest change when it was encoded.
    seq: u64,
    bytes: Bytes,
}

/// One change, as it goes over every wire.
struct Frame {
    seq: u64,
    floor: FloorNumber,
    /// Whether all of the floor has changed: who hears of that gets a snapshot behind it.
    is_layout: bool,
    bytes: Bytes,
}

/// Where a reader of the stream stands.
#[derive(Debug, Clone)]
pub(crate) struct Cursor {
    floor: Option<FloorNumber>,
    /// The newest change it has; none before its first snapshot.
    seq: Option<u64>,
    /// The last sign of life that it was shown; none before its first.
    heartbeat: Option<u64>,
    /// The last notice that it was shown or that was before its time; none before its first look.
    notice: Option<u64>,
}

impl Cursor {
    /// A reader of one floor or all, who has everything up to `seq`.
    pub(crate) fn new(floor: Option<FloorNumber>, seq: Option<u64>) -> Self {
        Self { floor, seq, heartbeat: None, notice: None }
    }
}

impl Hub {
    /// Starts from these states. Numbers begin at the start time in milliseconds: those of a later run are greater,
    /// so a reader who comes back after a restart is never taken for one who is up to date.
    pub(crate) fn new(booths: Vec<BoothState>, build: String, started_at: UtcMs) -> Self {
        let run = u64::try_from(started_at.0).unwrap_or(0);
        let mut map = LiveMap::default();
        map.apply_snapshot(&Snapshot { seq: run, run, build: build.clone(), booths, layouts: Vec::new() });
        let heartbeat = Beat { count: 0, seq: run, bytes: encode_heartbeat(run, &build, started_at) };
        let inner = Inner {
            map,
            layouts: Vec::new(),
            run,
            seq: run,
            build,
            ring: VecDeque::new(),
            snapshots: BTreeMap::new(),
            heartbeat,
            notices: VecDeque::new(),
        };
        Self { inner: Mutex::new(inner), news: watch::Sender::new(0) }
    }

    /// The versions of the floors that it starts with.
    pub(crate) fn with_layouts(self, layouts: Vec<FloorVersion>) -> Self {
        self.lock().layouts = layouts;
        self
    }

    /// Goes on with these floors and booths. Who follows is told of each floor that has another version, and gets a snapshot
    /// behind it, with its number or a later one: pages that know nothing of layouts miss no number.
    pub(crate) fn rearrange(&self, layouts: Vec<FloorVersion>, booths: &[BoothState]) {
        let mut inner = self.lock();
        let Inner { run, build, .. } = &*inner;
        let seq = inner.seq + 1;
        let all = Snapshot { seq, run: *run, build: build.clone(), booths: booths.to_vec(), layouts: Vec::new() };
        inner.map.apply_snapshot(&all);
        inner.seq = seq;
        for layout in &layouts {
            if !inner.layouts.contains(layout) {
                let bytes = encode("layout", seq, &LayoutChange { seq, layout: *layout });
                inner.keep(Frame { seq, floor: layout.floor, is_layout: true, bytes });
            }
        }
        inner.layouts = layouts;
        drop(inner);
        self.wake();
    }

    /// Numbers and sends changes, in their order.
    pub(crate) fn publish(&self, changes: &[BoothState]) {
        if changes.is_empty() {
            return;
        }
        let mut inner = self.lock();
        for booth in changes {
            inner.push(*booth);
        }
        drop(inner);
        self.wake();
    }

    /// Sends a sign of life.
    pub(crate) fn beat(&self, now: UtcMs) {
        let mut inner = self.lock();
        inner.heartbeat.count += 1;
        inner.encode_heartbeat(now);
        drop(inner);
        self.wake();
    }

    /// Tells the holders of these tickets that it is their turn; of what, they ask with the secret behind the name.
    pub(crate) fn tell(&self, tickets: &[TicketName]) {
        let mut inner = self.lock();
        let count = inner.notices.back().map_or(0, |notice| notice.count) + 1;
        let bytes = encode("notice", inner.seq, &Tickets { tickets });
        if inner.notices.len() == NOTICES_MAX {
            inner.notices.pop_front();
        }
        inner.notices.push_back(Notice { count, bytes });
        drop(inner);
        self.wake();
    }

    /// The state of all booths, or of those of one floor.
    pub(crate) fn snapshot(&self, floor: Option<FloorNumber>) -> Snapshot {
        self.lock().snapshot(floor)
    }

    /// Tells when there is news for [`Self::catch_up`].
    pub(crate) fn subscribe(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// How many readers there are.
    pub(crate) fn reader_count(&self) -> usize {
        self.news.receiver_count()
    }

    /// What has come since the cursor, as events of the stream; moves the cursor. Empty when there is nothing new. A new
    /// reader is also shown a sign of life with `now`, by which it sets its clock. The bytes are shared by all readers.
    pub(crate) fn catch_up(&self, cursor: &mut Cursor, now: UtcMs) -> Vec<Bytes> {
        let mut inner = self.lock();
        let mut events = Vec::new();
        match cursor.seq.filter(|seq| inner.reaches_back_to(*seq)) {
            Some(seq) => {
                let missing = inner.ring.iter().rev().take_while(|frame| frame.seq > seq).count();
                let frames = inner.ring.range(inner.ring.len() - missing..);
                let frames = frames.filter(|frame| cursor.floor.is_none_or(|floor| floor == frame.floor));
                let frames: Vec<_> = frames.collect();
                let is_rearranged = frames.iter().any(|frame| frame.is_layout);
                let told = frames.iter().filter(|frame| frame.is_layout == is_rearranged);
                events.extend(told.map(|frame| frame.bytes.clone()));
                if is_rearranged {
                    events.push(inner.encoded_snapshot(cursor.floor));
                }
            }
            None => events.push(inner.encoded_snapshot(cursor.floor)),
        }
        cursor.seq = Some(inner.seq);
        match cursor.heartbeat {
            None => events.push(encode_heartbeat(inner.seq, &inner.build, now)),
            Some(shown) if shown != inner.heartbeat.count => {
                // It stands behind the changes that came since it was made, and must not count back.
                if inner.heartbeat.seq < inner.seq {
                    inner.encode_heartbeat(now);
                }
                events.push(inner.heartbeat.bytes.clone());
            }
            Some(_) => {}
        }
        cursor.heartbeat = Some(inner.heartbeat.count);
        let newest = inner.notices.back().map_or(0, |notice| notice.count);
        let shown = cursor.notice.replace(newest).unwrap_or(newest);
        let missing = inner.notices.iter().filter(|notice| notice.count > shown);
        events.extend(missing.map(|notice| notice.bytes.clone()));
        events
    }

    fn wake(&self) {
        self.news.send_modify(|count| *count = count.wrapping_add(1));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn push(&mut self, booth: BoothState) {
        self.seq += 1;
        let change = Change { seq: self.seq, booth };
        self.map.apply_change(&change);
        let bytes = encode("change", self.seq, &change);
        self.keep(Frame { seq: self.seq, floor: booth.floor, is_layout: false, bytes });
    }

    fn keep(&mut self, frame: Frame) {
        if self.ring.len() == RING_MAX {
            self.ring.pop_front();
        }
        self.ring.push_back(frame);
    }

    fn encode_heartbeat(&mut self, now: UtcMs) {
        self.heartbeat.seq = self.seq;
        self.heartbeat.bytes = encode_heartbeat(self.seq, &self.build, now);
    }

    /// Whether the ring holds everything after `seq`.
    fn reaches_back_to(&self, seq: u64) -> bool {
        let oldest = self.ring.front().map_or(self.seq + 1, |frame| frame.seq);
        (oldest..=self.seq + 1).contains(&seq.saturating_add(1))
    }

    fn snapshot(&self, floor: Option<FloorNumber>) -> Snapshot {
        let booths = self.map.booths().filter(|booth| floor.is_none_or(|floor| floor == booth.floor));
        let layouts = self.layouts.iter().filter(|layout| floor.is_none_or(|floor| floor == layout.floor));
        Snapshot {
            seq: self.seq,
            run: self.run,
            build: self.build.clone(),
            booths: booths.copied().collect(),
            layouts: layouts.copied().collect(),
        }
    }

    fn encoded_snapshot(&mut self, floor: Option<FloorNumber>) -> Bytes {
        if let Some((seq, bytes)) = self.snapshots.get(&floor)
            && *seq == self.seq
        {
            return bytes.clone();
        }
        let bytes = encode("snapshot", self.seq, &self.snapshot(floor));
        // Floors that do not exist must not grow the memory.
        if floor.is_none_or(|floor| self.map.booths().any(|booth| booth.floor == floor)) {
            self.snapshots.insert(floor, (self.seq, bytes.clone()));
        }
        bytes
    }
}

#[derive(Serialize)]
struct Tickets<'a> {
    tickets: &'a [TicketName],
}

fn encode_heartbeat(seq: u64, build: &str, now: UtcMs) -> Bytes {
    encode("hb", seq, &Heartbeat { seq, build: build.to_owned(), now })
}

/// One event of the stream: its kind, its number, its data on one line.
fn encode(kind: &str, id: u64, data: &impl Serialize) -> Bytes {
    let json = serde_json::to_string(data).unwrap_or_else(|error| {
        // Our own types of numbers and strings always encode; a reader would skip an empty event.
        tracing::error!(kind, %error, "an event cannot be encoded");
        String::new()
    });
    Bytes::from(format!("id: {id}\nevent: {kind}\ndata: {json}\n\n"))
}

#[cfg(test)]
#[path = "hub_tests.rs"]
mod tests;
