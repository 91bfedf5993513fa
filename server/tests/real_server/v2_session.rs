//! One connection of a version 2 board, after both sides have proven who they are. Lines may also be sent as they are.

use crate::chance::Chance;
use crate::sockets::connect_from;
use crate::v2_wire::{EventName, Key, Said, SessionKeys, encode_hex, sign};
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// How long a board waits for a valid OK, or for the answer to an event.
pub(crate) const ANSWER_MAX: Duration = Duration::from_secs(5);
const LINE_BYTES_MAX: usize = 256;

/// Who a board is.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    pub(crate) id: String,
    pub(crate) key: Key,
    pub(crate) key_version: u8,
    pub(crate) boot: u32,
    pub(crate) channels: usize,
}

impl Identity {
    pub(crate) fn hello(&self, chance: &mut Chance) -> String {
        let Self { id, key_version, boot, channels, .. } = self;
        let nonce = encode_hex(&chance.bytes::<16>());
        format!("DB2 HELLO id={id} kv={key_version} bn={nonce} boot={boot} n={channels} fw=2.0.0 rst=poweron")
    }

    pub(crate) fn event(&self, n: u32) -> EventName {
        EventName { boot: self.boot, n }
    }
}

/// What a board tells in one line.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) event: EventName,
    pub(crate) age_ms: u64,
    /// High samples by channel; a channel that has any is high now.
    pub(crate) counts: Vec<u16>,
    pub(crate) gap: u32,
}

impl Report {
    /// The line, without its proof.
    pub(crate) fn text(&self, seq: u32) -> String {
        let Self { event, age_ms, .. } = self;
        let (states, counts) = (self.states(), self.counts.iter().map(u16::to_string).collect::<Vec<_>>().join(","));
        // Up for an hour: its window is full.
        let line = format!("DB2 D {seq} ev={event} age={age_ms} s={states} m={counts} bat=3712 rssi=-67 up=3600");
        if self.gap > 0 { format!("{line} gap={}", self.gap) } else { line }
    }

    pub(crate) fn states(&self) -> String {
        self.counts.iter().map(|count| if *count > 0 { '1' } else { '0' }).collect()
    }
}

/// Why a session did not begin, or is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Over {
    /// By the server's error line.
    Refused(u16),
    /// Closed or broken without a word.
    Closed,
    /// The server took too long.
    Silent,
    /// The server said what it may not say, or without proof.
    Unproven(String),
}

/// An open connection.
pub(crate) struct Connection {
    stream: TcpStream,
    unread: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(from: Ipv4Addr, server: SocketAddr) -> Result<Self, Over> {
        let stream = connect_from(from, server, ANSWER_MAX).map_err(|_| Over::Closed)?;
        stream.set_write_timeout(Some(ANSWER_MAX)).map_err(|_| Over::Closed)?;
        Ok(Self { stream, unread: Vec::new() })
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) -> Result<(), Over> {
        self.stream.write_all(bytes).map_err(|_| Over::Closed)
    }

    pub(crate) fn send_line(&mut self, line: &str) -> Result<(), Over> {
        self.send(format!("{line}\n").as_bytes())
    }

    /// The next line without its end; none when there is none within that time.
    pub(crate) fn line(&mut self, within: Duration) -> Result<Option<String>, Over> {
        let deadline = Instant::now() + within;
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                assert!(line.len() <= LINE_BYTES_MAX, "the server's line is too long: {}", line.escape_ascii());
                return Ok(Some(String::from_utf8_lossy(&line[..end]).into_owned()));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            self.read_more(left)?;
        }
    }

    fn read_more(&mut self, within: Duration) -> Result<(), Over> {
        let mut buffer = [0; 1024];
        self.stream.set_read_timeout(Some(within)).map_err(|_| Over::Closed)?;
        match self.stream.read(&mut buffer) {
            Ok(0) => Err(Over::Closed),
            Ok(length) => {
                self.unread.extend_from_slice(&buffer[..length]);
                Ok(())
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Ok(()),
            Err(_) => Err(Over::Closed),
        }
    }

    /// The next line, which must come, and is no error line.
    fn answer(&mut self) -> Result<String, Over> {
        let mut line = self.line(ANSWER_MAX)?.ok_or(Over::Silent)?;
        // A server that took the board for one of 2016 has asked it; see docs/protocol.md.
        if let Some((question, rest)) = line.split_once('#') {
            assert_eq!(question, "datas", "before the first line");
            line = rest.to_owned();
        }
        match line.strip_prefix("DB2 E ").map(str::parse) {
            None => Ok(line),
            Some(Ok(code)) => Err(Over::Refused(code)),
            Some(Err(_)) => Err(Over::Unproven(line)),
        }
    }
}

/// An open session.
pub(crate) struct Session {
    pub(crate) connection: Connection,
    pub(crate) keys: SessionKeys,
    pub(crate) last: EventName,
    pub(crate) heartbeat_s: u64,
    seq: u32,
}

impl Session {
    pub(crate) fn open(from: Ipv4Addr, server: SocketAddr, who: &Identity) -> Result<Self, Over> {
        Self::open_with(from, server, who, &[])
    }

    /// Sends `first` behind the proof, without waiting for the server's.
    pub(crate) fn open_with(
        from: Ipv4Addr,
        server: SocketAddr,
        who: &Identity,
        first: &[Report],
    ) -> Result<Self, Over> {
        let mut connection = Connection::open(from, server)?;
        let hello = who.hello(&mut Chance::new());
        connection.send_line(&hello)?;
        let challenge = connection.answer()?;
        let keys = SessionKeys::derive(&who.key, &hello, &challenge);
        let mut lines = keys.auth_line() + "\n";
        for (seq, report) in (1..).zip(first) {
            lines += &(sign(&keys.to_server, &report.text(seq)) + "\n");
        }
        connection.send(lines.as_bytes())?;
        let line = connection.answer()?;
        let Some(Said::Ok { heartbeat_s, window_s, last }) = Said::read(&line, &keys.to_board) else {
            return Err(Over::Unproven(line));
        };
        assert!(heartbeat_s > 0 && window_s > 0, "{line}");
        let seq = u32::try_from(first.len()).expect("few");
        Ok(Self { connection, keys, last, heartbeat_s, seq })
    }

    /// The next line of this session, without its end.
    pub(crate) fn next_line(&mut self, report: &Report) -> String {
        self.seq += 1;
        sign(&self.keys.to_server, &report.text(self.seq))
    }

    /// Returns the number under which the answer will come.
    pub(crate) fn report(&mut self, report: &Report) -> Result<u32, Over> {
        let line = self.next_line(report);
        self.connection.send_line(&line)?;
        Ok(self.seq)
    }

    /// Sends a line with a valid proof.
    pub(crate) fn send_signed(&mut self, text: &str) -> Result<(), Over> {
        let line = sign(&self.keys.to_server, text);
        self.connection.send_line(&line)
    }

    /// What the server says next; none when it says nothing within that time.
    pub(crate) fn hear(&mut self, within: Duration) -> Result<Option<Said>, Over> {
        let Some(line) = self.connection.line(within)? else { return Ok(None) };
        match Said::read(&line, &self.keys.to_board) {
            Some(Said::Error { code }) => Err(Over::Refused(code)),
            Some(said) => Ok(Some(said)),
            None => Err(Over::Unproven(line)),
        }
    }

    /// Reports, and waits until it is stored.
    pub(crate) fn report_until_stored(&mut self, report: &Report) {
        let seq = self.report(report).expect("the session is open");
        let said = self.hear(ANSWER_MAX).expect("the session goes on");
        assert_eq!(said, Some(Said::Stored { seq, event: report.event }));
    }

    /// Closes, and waits until the server has noticed: a session that comes earlier would replace this one.
    pub(crate) fn close(self) {
        self.connection.stream.shutdown(Shutdown::Write).expect("the session is open");
        assert_eq!(self.end(ANSWER_MAX), Over::Closed);
    }

    /// Why the server ended it, which it must within that time; nothing may be acknowledged before.
    pub(crate) fn end(mut self, within: Duration) -> Over {
        let deadline = Instant::now() + within;
        loop {
            match self.hear(deadline.saturating_duration_since(Instant::now())) {
                Err(over) => return over,
                Ok(Some(Said::Command { .. })) => {}
                Ok(Some(said)) => return Over::Unproven(format!("{said:?}")),
                Ok(None) => return Over::Silent,
            }
        }
    }
}
