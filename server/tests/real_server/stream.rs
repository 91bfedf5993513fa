//! A reader of the live stream.

use crate::http::connect;
use crate::process::DEADLINE;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) id: u64,
    pub(crate) kind: String,
    pub(crate) data: Value,
}

pub(crate) struct EventStream {
    lines: BufReader<TcpStream>,
}

impl EventStream {
    pub(crate) fn open(web: SocketAddr, path: &str, last_id: Option<u64>) -> Self {
        let mut stream = connect(web);
        let resume = last_id.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
        // HTTP/1.0: the body is the stream itself, without chunks.
        let head = format!("GET {path} HTTP/1.0\r\nHost: {web}\r\nAccept: text/event-stream\r\n{resume}\r\n");
        stream.write_all(head.as_bytes()).expect("a request is sent");
        let mut reader = Self { lines: BufReader::new(stream) };
        assert!(reader.line().expect("a status line").contains(" 200 "));
        while !reader.line().expect("a head").is_empty() {}
        reader
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line).expect("the stream goes on");
        (read > 0).then(|| line.trim_end().to_owned())
    }

    /// The next event; none when the server has ended the stream.
    pub(crate) fn next_event(&mut self) -> Option<Event> {
        let (mut id, mut kind) = (None, None);
        loop {
            let line = self.line()?;
            if let Some(text) = line.strip_prefix("id: ") {
                id = text.parse().ok();
            } else if let Some(text) = line.strip_prefix("event: ") {
                kind = Some(text.to_owned());
            } else if let Some(text) = line.strip_prefix("data: ") {
                let data = serde_json::from_str(text).expect("JSON");
                return Some(Event { id: id.expect("an id"), kind: kind.expect("a kind"), data });
            }
        }
    }

    /// Reads until an event is of this kind and fits.
    pub(crate) fn wait_for(&mut self, kind: &str, fits: impl Fn(&Value) -> bool) -> Event {
        let started = Instant::now();
        while started.elapsed() < DEADLINE {
            let event = self.next_event().expect("the stream goes on");
            if event.kind == kind && fits(&event.data) {
                return event;
            }
        }
        panic!("no such {kind} in time");
    }

    pub(crate) fn wait_for_status(&mut self, booth: u32, status: &str) -> Event {
        self.wait_for("change", |data| data["number"] == booth && data["status"] == status)
    }
}
