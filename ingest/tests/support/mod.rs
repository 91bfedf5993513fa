//! A server of boards on a loopback port, with booths 41 to 44, and the far end of its connections.

use domain::{
    Booth, BoothNumber, BoothStatus, FloorNumber, LocalMoment, Moment, MonoMs, Observation, Placement, PresenceRule,
    ServiceHours, StatusChange, Tracker, Transition, UtcMs, Weekday,
};
use ingest::{Audience, Clock, Counters, HISTORY_MAX, HistoryStore, Live, Settings, history, serve};
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
        LocalMoment { weekday: Weekday::Monday, second_of_day: 12 * 3_600 }
    }
}

/// Panics at its first change, if it is told to, and then hears of all others.
struct Screens {
    panics: AtomicBool,
}

impl Audience for Screens {
    fn publish(&self, _: &[StatusChange], _: Option<std::time::Instant>) {
        assert!(!self.panics.swap(false, Ordering::Relaxed), "a fault that a test has asked for");
    }
}

#[derive(Clone, Default)]
struct Rows(Arc<Mutex<Vec<(u32, Observation)>>>);

impl HistoryStore for Rows {
    type Error = Infallible;

    async fn append(&self, transitions: &[Transition]) -> Result<(), Infallible> {
        let rows = transitions.iter().map(|transition| (transition.booth.0, transition.observation));
        self.0.lock().expect("not poisoned").extend(rows);
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
        let booths: Vec<_> = (41..=44).map(booth).collect();
        let tracker = Tracker::new(&booths, true, clock.now());
        let (counters, rows, shutdown) = (Arc::<Counters>::default(), Rows::default(), CancellationToken::new());
        let audience = Arc::new(Screens { panics: faulty.into() });
        let (queue, writer) = history(HISTORY_MAX, Arc::clone(&counters));
        let live = Arc::new(Live::new(tracker, ServiceHours::ALWAYS, clock, audience, queue));
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

    /// Stops it and returns what it has stored.
    pub async fn stop(self) -> Vec<(u32, Observation)> {
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

/// All that comes until the server closes.
pub async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut text)).await.expect("closed in time").expect("text");
    text
}

fn booth(number: u32) -> Booth {
    let placement = Placement { x: 0.0, y: 0.0, width: 1.0, height: 1.0, rotation_deg: 0.0 };
    let presence_rule = PresenceRule::default();
    Booth { number: BoothNumber(number), floor: FloorNumber(4), name: String::new(), placement, presence_rule }
}
