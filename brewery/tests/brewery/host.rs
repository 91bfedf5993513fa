//! A stub on a port of its own, with a clock that stands still unless it is moved, and a client for it.

use brewery::hosting::{Brewery, HostClock, InstanceName, InstanceSettings, Later, OpenError, Store, Stored};
use brewery::http::{AdminToken, router, router_of, serve};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

const DEADLINE: Duration = Duration::from_secs(20);

/// Milliseconds.
#[derive(Default)]
pub(crate) struct HandClock(AtomicU64);

impl HandClock {
    pub(crate) fn pass_ms(&self, ms: u64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

impl HostClock for HandClock {
    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }

    fn unix_s(&self) -> f64 {
        1_795_233_600.5
    }
}

#[derive(Default)]
pub(crate) struct MemoryStore(Mutex<Vec<Stored>>);

impl MemoryStore {
    pub(crate) fn rows(&self) -> Vec<Stored> {
        let mut rows = self.0.lock().expect("the rows").clone();
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        rows
    }
}

impl Store for MemoryStore {
    fn list(&self) -> Later<'_, Vec<Stored>> {
        Box::pin(async { Ok(self.rows()) })
    }

    fn save(&self, stored: Stored) -> Later<'_, ()> {
        Box::pin(async move {
            let mut rows = self.0.lock().expect("the rows");
            rows.retain(|row| row.name != stored.name);
            rows.push(stored);
            Ok(())
        })
    }

    fn remove(&self, name: String) -> Later<'_, ()> {
        Box::pin(async move {
            self.0.lock().expect("the rows").retain(|row| row.name != name);
            Ok(())
        })
    }
}

pub(crate) struct Stub {
    pub(crate) address: SocketAddr,
    pub(crate) brewery: Brewery,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) token: String,
    shutdown: CancellationToken,
    runtime: Runtime,
}

impl Stub {
    pub(crate) fn start() -> Self {
        Self::open(Arc::default(), InstanceSettings::default()).expect("a stub")
    }

    pub(crate) fn open(store: Arc<MemoryStore>, settings: InstanceSettings) -> Result<Self, OpenError> {
        let runtime = Runtime::new().expect("a runtime");
        let (clock, shutdown) = (Arc::<HandClock>::default(), CancellationToken::new());
        let brewery = runtime.block_on(Brewery::open(store, clock.clone(), settings))?;
        let token = AdminToken::from_bytes([7; 32]);
        let routes = router(brewery.clone(), token.clone(), shutdown.clone());
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(serve(listener, routes, shutdown.clone()));
        let (running, ending) = (brewery.clone(), shutdown.clone());
        runtime.spawn(async move { running.run(ending).await });
        Ok(Self { address, brewery, clock, token: token.to_hex().to_owned(), shutdown, runtime })
    }

    /// A listener of its own for one plant.
    pub(crate) fn listen_for(&self, name: &str) -> SocketAddr {
        let routes = router_of(self.brewery.clone(), name.parse::<InstanceName>().expect("a name"));
        let listener = self.runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let address = listener.local_addr().expect("an address");
        self.runtime.spawn(serve(listener, routes, self.shutdown.clone()));
        address
    }

    /// Keeps what there is, as at the end of the program.
    pub(crate) fn stop(self) {
        self.shutdown.cancel();
        self.runtime.block_on(self.brewery.run(self.shutdown.clone()));
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        ask(self.address, "GET", path, "", "")
    }

    /// With the token.
    pub(crate) fn admin(&self, method: &str, path: &str, body: &str) -> Answer {
        let authorization = format!("Authorization: Bearer {}\r\n", self.token);
        ask(self.address, &method.to_uppercase(), &format!("/admin/api{path}"), &authorization, body)
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a text")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
    stream
}

/// One request and its whole answer, by HTTP/1.0.
pub(crate) fn ask(address: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    speak(address, &format!("{method} {path} HTTP/1.0\r\n{headers}{length}\r\n{body}"))
}

/// Whatever bytes, and all that comes back.
pub(crate) fn speak(address: SocketAddr, said: &str) -> Answer {
    let mut stream = connect(address);
    stream.write_all(said.as_bytes()).expect("it is sent");
    let mut heard = Vec::new();
    stream.read_to_end(&mut heard).expect("an answer");
    let end = heard.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8(heard[..end].to_vec()).expect("a text");
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    Answer { status, head, body: heard[end + 4..].to_vec() }
}
