//! A server of boards on a loopback port, with booths 41 to 45 of which `b-4a`, a board with a key, watches the last, and
//! the far end of its connections.

use domain::{
    Board, BoardId, BoardKey, Booth, BoothNumber, BoothState, BoothStatus, Building, Channel, Chronicle, FloorNumber,
    LocalDay, LocalMoment, Moment, MonoMs, Observation, Opening, Placement, PresenceRule, Record, RegisteredBoard,
    Registry, Service, ServiceHours, Tracker, UtcMs, Wire,
};
use ingest::v2::MasterSecret;
use ingest::{Audience, Boards, Clock, Counters, Journal, Live, RECORDS_MAX, Settings, journal, serve};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

const PATIENCE: Duration = Duration::from_secs(10);

struct SteadyClock(Instant);

impl Clock for SteadyClock {
    fn now(&self) -> Moment {
        let passed = u64::try_from(self.0.elapsed().as_millis()).expect("a short test");
        Moment { at: UtcMs(i64::try_from(passed).expect("a short test")), mono: MonoMs(passed) }
    }

    fn local(&self, _: UtcMs) -> LocalMoment {
        LocalMoment { day: LocalDay(4), second_of_day: 12 * 3_600 }
    }

    fn utc(&self, _: Opening) -> UtcMs {
        UtcMs(0)
    }
}

/// Panics at its first change, if it is told to, and then hears of all others.
struct Screens {
    panics: AtomicBool,
}

impl Audience for Screens {
    fn publish(&self, _: &[BoothState], _: Option<Instant>) {
        assert!(!self.panics.swap(false, Ordering::Relaxed), "a fault that a test has asked for");
    }
}

#[derive(Clone, Default)]
struct Rows(Arc<Mutex<Vec<Record>>>);

impl Journal for Rows {
    type Error = Infallible;

    async fn append(&self, records: &[Record]) -> Result<(), Infallible> {
        self.0.lock().expect("not poisoned").extend_from_slice(records);
        Ok(())
    }
}

/// The whole of ingest, running.
pub struct Server {
    /// What it has counted.
    pub counters: Arc<Counters>,
    address: SocketAddr,
    live: Arc<Live>,
    rows: Rows,
    shutdown: CancellationToken,
    tasks: [JoinHandle<()>; 2],
}

impl Server {
    /// Starts it on a port of its own.
    pub async fn start(settings: Settings) -> Self {
        Self::start_faulty(settings, false).await
    }

    /// Starts it; the first change of status then makes a session panic, if it is to be `faulty`.
    pub async fn start_faulty(settings: Settings, faulty: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
        let address = listener.local_addr().expect("bound");
        let clock = Arc::new(SteadyClock(Instant::now()));
        let (building, now) = (building(), clock.now());
        let state = (Tracker::new(&building.booths, Service::Open, now), Chronicle::new(now.at, now));
        let (counters, rows, shutdown) = (Arc::<Counters>::default(), Rows::default(), CancellationToken::new());
        let audience = Arc::new(Screens { panics: faulty.into() });
        let (queue, writer) = journal(RECORDS_MAX, Arc::clone(&counters));
        let boards = Arc::new(Boards::new(master(), 30, &building, &registry()));
        let live = Arc::new(Live::new(state, ServiceHours::ALWAYS, clock, audience, queue, boards));
        let writing = tokio::spawn(writer.run(rows.clone()));
        let serving = tokio::spawn(serve(listener, Arc::clone(&live), settings, shutdown.clone()));
        Self { counters, address, live, rows, shutdown, tasks: [serving, writing] }
    }

    /// How a booth is shown.
    pub fn status(&self, booth: u32) -> BoothStatus {
        let states = self.live.states();
        states.iter().find(|state| state.number == BoothNumber(booth)).expect("a booth of this building").status
    }

    /// Waits until something is so.
    pub async fn wait_for(&self, so: impl Fn(&Self) -> bool) {
        let wait = async {
            while !so(self) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, wait).await.expect("it comes to be so");
    }

    /// Stops it and returns what it has kept.
    pub async fn stop(self) -> Vec<Record> {
        self.shutdown.cancel();
        for task in self.tasks {
            timeout(PATIENCE, task).await.expect("it stops").expect("no panic");
        }
        std::mem::take(&mut *self.rows.0.lock().expect("not poisoned"))
    }
}

/// Loopback may speak v1.
pub fn settings() -> Settings {
    Settings { v1_allow: "127.0.0.0/8".parse().expect("a range"), ..Settings::default() }
}

/// The secret that the key of `b-4a` is made from.
pub fn master() -> MasterSecret {
    MasterSecret::new([7; 32])
}

/// The board that has a key.
pub fn board() -> BoardId {
    BoardId::new("b-4a").expect("a name")
}

/// What was known of booths, in order.
pub fn observations(records: &[Record]) -> Vec<(u32, Observation)> {
    let observation = |record: &Record| match record {
        Record::Transition(transition) => Some((transition.booth.0, transition.observation)),
        _ => None,
    };
    records.iter().filter_map(observation).collect()
}

/// A new connection.
pub async fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.address).await.expect("connects")
}

/// Reads one request for readings.
pub async fn poll(board: &mut TcpStream) {
    let mut request = [0; 6];
    timeout(PATIENCE, board.read_exact(&mut request)).await.expect("a request in time").expect("a request");
    assert_eq!(&request, b"datas#");
}

/// Reads one line, without its end.
pub async fn read_line(board: &mut TcpStream) -> String {
    let read = async {
        let mut line = String::new();
        while !line.ends_with('\n') {
            line.push(board.read_u8().await.expect("a line").into());
        }
        line.trim_end().to_owned()
    };
    timeout(PATIENCE, read).await.expect("a line in time")
}

/// All that comes until the server closes.
pub async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut text)).await.expect("closed in time").expect("text");
    text
}

fn registry() -> Registry {
    let keys = vec![BoardKey { version: 1, revoked: false }];
    Registry {
        boards: vec![RegisteredBoard { id: board(), era: 0, keys, last: None, heartbeat_s: None }],
        v0_wires: Vec::new(),
    }
}

fn building() -> Building {
    Building {
        floors: Vec::new(),
        booths: (41..=45).map(booth).collect(),
        boards: vec![Board { id: board() }],
        wires: vec![Wire { board: board(), channel: Channel(0), booth: BoothNumber(45) }],
    }
}

fn booth(number: u32) -> Booth {
    let placement = Placement { x: 0.0, y: 0.0, width: 1.0, height: 1.0, rotation_deg: 0.0 };
    let presence_rule = PresenceRule::default();
    Booth { number: BoothNumber(number), floor: FloorNumber(4), name: String::new(), placement, presence_rule }
}
