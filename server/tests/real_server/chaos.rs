//! A bad network between a client and a server, which can get worse at any time.

use crate::chance::Chance;
use crate::sockets::break_at_close;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What is held of each direction at most.
const PIECE_BYTES_MAX: usize = 4096;
const CONNECTIONS_MAX: usize = 64;
const POLL: Duration = Duration::from_millis(10);

/// How bad it is. The default is a good network.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weather {
    /// Each piece arrives that much later.
    pub(crate) latency: Duration,
    /// Bytes travel in pieces of 1 to this many.
    pub(crate) slice_max: Option<usize>,
    pub(crate) bytes_per_second: Option<u32>,
    /// What is sent vanishes, and neither side is told, not even of an end.
    pub(crate) black_hole: bool,
    /// New connections are broken at once.
    pub(crate) refuse: bool,
    /// New connections break after so many bytes from the server.
    pub(crate) break_after_bytes: Option<u64>,
}

impl Weather {
    /// How long a piece is on its way.
    fn travel(&self, bytes: usize) -> Duration {
        let bytes = u32::try_from(bytes).expect("a small piece");
        let passage = self.bytes_per_second.map(|rate| Duration::from_secs(1) * bytes / rate.max(1));
        self.latency + passage.unwrap_or_default()
    }
}

/// Listens, and hands on to a server.
pub(crate) struct Chaos {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    server: SocketAddr,
    weather: Mutex<Weather>,
    /// Raised to break all connections of before.
    age: AtomicU64,
    stop: AtomicBool,
    /// When something was last handed on to the server.
    handed_on: Mutex<Option<Instant>>,
}

impl Chaos {
    pub(crate) fn before(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener that can be asked");
        let address = listener.local_addr().expect("its address");
        let (weather, handed_on) = (Mutex::default(), Mutex::default());
        let shared =
            Arc::new(Shared { server, weather, age: AtomicU64::new(0), stop: AtomicBool::new(false), handed_on });
        let inside = Arc::clone(&shared);
        Self { address, shared, thread: Some(std::thread::spawn(move || listen(&listener, &inside))) }
    }

    pub(crate) fn set(&self, weather: Weather) {
        *self.shared.weather.lock().expect("the weather") = weather;
    }

    /// Breaks every open connection.
    pub(crate) fn break_all(&self) {
        self.shared.age.fetch_add(1, Ordering::Relaxed);
    }

    /// When the server last got something.
    pub(crate) fn handed_on_at(&self) -> Instant {
        self.shared.handed_on.lock().expect("an instant").expect("something was handed on")
    }
}

impl Drop for Chaos {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut pumps: Vec<JoinHandle<()>> = Vec::new();
    while !shared.stop.load(Ordering::Relaxed) {
        match listener.accept() {
            Ok((client, _)) => {
                pumps.retain(|pump| !pump.is_finished());
                assert!(pumps.len() < 2 * CONNECTIONS_MAX, "too many connections");
                pumps.extend(connect(&client, shared));
            }
            Err(_) => std::thread::sleep(POLL),
        }
    }
    pumps.into_iter().for_each(|pump| drop(pump.join()));
}

/// One connection: both ends, and what both directions must agree on.
struct Link {
    client: TcpStream,
    server: TcpStream,
    age: u64,
    break_after_bytes: Option<u64>,
    broken: AtomicBool,
}

fn connect(client: &TcpStream, shared: &Arc<Shared>) -> Vec<JoinHandle<()>> {
    let weather = shared.weather.lock().expect("the weather").clone();
    let server = if weather.refuse { None } else { TcpStream::connect(shared.server).ok() };
    let Some(server) = server else {
        break_at_close(client);
        return Vec::new();
    };
    let client = client.try_clone().expect("a socket");
    for stream in [&client, &server] {
        stream.set_nonblocking(false).expect("a socket");
        stream.set_nodelay(true).expect("a socket");
        stream.set_read_timeout(Some(POLL)).expect("a socket");
        stream.set_write_timeout(Some(Duration::from_secs(1))).expect("a socket");
    }
    let age = shared.age.load(Ordering::Relaxed);
    let break_after_bytes = weather.break_after_bytes;
    let link = Arc::new(Link { client, server, age, break_after_bytes, broken: AtomicBool::new(false) });
    [true, false]
        .map(|to_server| {
            let (link, shared) = (Arc::clone(&link), Arc::clone(shared));
            std::thread::spawn(move || {
                if !pump(&link, &shared, to_server) {
                    link.broken.store(true, Ordering::Relaxed);
                    break_at_close(&link.client);
                    break_at_close(&link.server);
                }
            })
        })
        .into()
}

/// Hands one direction on, to its end or until the connection is broken; whether it was an end in peace.
fn pump(link: &Link, shared: &Shared, to_server: bool) -> bool {
    let (from, mut to) = if to_server { (&link.client, &link.server) } else { (&link.server, &link.client) };
    let mut left = link.break_after_bytes.filter(|_| !to_server).unwrap_or(u64::MAX);
    let mut buffer = [0; PIECE_BYTES_MAX];
    while !is_broken(link, shared) {
        let weather = shared.weather.lock().expect("the weather").clone();
        let bytes = match read_piece(from, &mut buffer, weather.slice_max) {
            Piece::None => continue,
            _ if weather.black_hole => {
                std::thread::sleep(POLL);
                continue;
            }
            Piece::Bytes(bytes) => bytes,
            Piece::End => return to.shutdown(Shutdown::Write).is_ok(),
            Piece::Broken => return false,
        };
        std::thread::sleep(weather.travel(bytes.len()));
        let kept = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if to.write_all(&bytes[..kept]).is_err() || kept < bytes.len() {
            return false;
        }
        left -= u64::try_from(kept).expect("a small piece");
        if to_server {
            *shared.handed_on.lock().expect("an instant") = Some(Instant::now());
        }
    }
    false
}

fn is_broken(link: &Link, shared: &Shared) -> bool {
    let stop = shared.stop.load(Ordering::Relaxed) || link.broken.load(Ordering::Relaxed);
    stop || shared.age.load(Ordering::Relaxed) > link.age
}

enum Piece<'a> {
    Bytes(&'a [u8]),
    /// Nothing just now.
    None,
    End,
    Broken,
}

fn read_piece<'a>(mut from: &TcpStream, buffer: &'a mut [u8], slice_max: Option<usize>) -> Piece<'a> {
    let length = slice_max.map_or(buffer.len(), |longest| any_length(longest.min(buffer.len())));
    match from.read(&mut buffer[..length]) {
        Ok(0) => Piece::End,
        Ok(length) => Piece::Bytes(&buffer[..length]),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Piece::None,
        Err(_) => Piece::Broken,
    }
}

/// 1 to `longest`, another each time.
fn any_length(longest: usize) -> usize {
    let longest = u64::try_from(longest).expect("a length");
    usize::try_from(Chance::new().within(1..longest.max(1) + 1)).expect("a length")
}
