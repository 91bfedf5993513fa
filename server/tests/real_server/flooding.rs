//! Those who flood the port of the boards, from everywhere in 127.0.0.0/8.

use crate::chance::Chance;
use crate::sockets::connect_from;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

const THREADS: usize = 4;
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// A slow one sends a byte each so often.
const SLOW_STEP: Duration = Duration::from_millis(100);

/// One in four comes from the address that the real boards have too.
fn any_address(chance: &mut Chance) -> Ipv4Addr {
    let [own, a, b, c] = chance.bytes();
    if own < 64 { Ipv4Addr::LOCALHOST } else { Ipv4Addr::new(127, a, b, c.clamp(1, 254)) }
}

/// Many connections of all kinds of rubbish, one after the other on each thread.
pub(crate) struct Junk {
    threads: Vec<JoinHandle<usize>>,
}

impl Junk {
    pub(crate) fn start(server: SocketAddr, connections: usize) -> Self {
        let share = connections.div_ceil(THREADS);
        let threads = (0..THREADS).map(|_| std::thread::spawn(move || send_junk(server, share))).collect();
        Self { threads }
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.threads.iter().all(JoinHandle::is_finished)
    }

    /// How many connections were made.
    pub(crate) fn join(self) -> usize {
        self.threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    }
}

fn send_junk(server: SocketAddr, connections: usize) -> usize {
    let mut chance = Chance::new();
    let mut made = 0;
    while made < connections {
        let Ok(mut stream) = connect_from(any_address(&mut chance), server, CONNECT_MAX) else { continue };
        made += 1;
        // The server may have closed it already; that is its good right.
        if stream.write_all(&rubbish(&mut chance)).is_ok() && chance.within(0..8) == 0 {
            drop(stream.set_read_timeout(Some(Duration::from_millis(50))));
            drop(stream.read(&mut [0; 256]));
        }
    }
    made
}

fn rubbish(chance: &mut Chance) -> Vec<u8> {
    let noise: [u8; 600] = chance.bytes();
    let proof = "0".repeat(32);
    match chance.within(0..8) {
        0 => noise.to_vec(),
        1 => b"GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
        2 => format!("DB2 HELLO id=nobody kv=1 bn={proof} boot=1 n=4 fw=1 rst=x\nDB2 AUTH mac={proof}\n").into_bytes(),
        3 => [b"DB2 ".as_slice(), &[b'x'; 600]].concat(),
        4 => Vec::new(),
        5 => b"410421430440".repeat(20),
        // Whoever listens on the network knows which boards there are.
        6 => {
            let id = if chance.within(0..2) == 0 { "newcomer" } else { "board-1" };
            format!("DB2 HELLO id={id} kv=1 bn={proof} boot=1 n=4 fw=1 rst=x\n").into_bytes()
        }
        _ => b"DB2 HELLO id=board-1".to_vec(),
    }
}

/// Many connections at a time, each a first line that never ends, a byte at a time. What the server closes is opened
/// anew.
pub(crate) struct Slow {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<usize>>,
}

impl Slow {
    pub(crate) fn start(server: SocketAddr, connections: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let share = connections.div_ceil(THREADS);
        let threads = (0..THREADS).map(|_| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || trickle(server, share, &stop))
        });
        Self { threads: threads.collect(), stop }
    }

    /// How many connections were opened.
    pub(crate) fn stop(self) -> usize {
        self.stop.store(true, Ordering::Relaxed);
        self.threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    }
}

fn trickle(server: SocketAddr, connections: usize, stop: &AtomicBool) -> usize {
    let mut chance = Chance::new();
    let line: Vec<u8> = b"DB2 HELLO id=board-1 kv=1 bn=".iter().copied().chain([b'0'; 200]).collect();
    let mut open: Vec<(TcpStream, usize)> = Vec::new();
    let mut opened = 0;
    while !stop.load(Ordering::Relaxed) {
        while open.len() < connections && !stop.load(Ordering::Relaxed) {
            let Ok(stream) = connect_from(any_address(&mut chance), server, CONNECT_MAX) else { continue };
            open.push((stream, 0));
            opened += 1;
        }
        open.retain_mut(|(stream, at)| {
            *at += 1;
            stream.write_all(&line[*at - 1..*at]).is_ok()
        });
        std::thread::sleep(SLOW_STEP);
    }
    opened
}
