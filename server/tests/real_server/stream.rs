//! A reader of the live stream.

use crate::http::connect;
use crate::process::DEADLINE;
use serde_json::Value;
use std::io::{BufRead, BufReader, ErrorKind, Write};
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
        Self::try_open(web, path, last_id).expect("a stream begins")
    }

    /// The same, where the connection may break.
    pub(crate) fn try_open(web: SocketAddr, path: &str, last_id: Option<u64>) -> std::io::Result<Self> {
        let mut stream = connect(web);
        let resume = last_id.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
        // HTTP/1.0: the body is the stream itself, without chunks.
        let head = format!("GET {path} HTTP/1.0\r\nHost: {web}\r\nAccept: text/event-stream\r\n{resume}\r\n");
        stream.write_all(head.as_bytes())?;
        let mut reader = Self { lines: BufReader::new(stream) };
        let status = reader.line()?.ok_or(ErrorKind::UnexpectedEof)?;
        assert!(status.contains(" 200 "), "{status}");
        while !reader.line()?.ok_or(ErrorKind::UnexpectedEof)?.is_empty() {}
        Ok(reader)
    }

    fn line(&mut self) -> std::io::Result<Option<String>> {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line)?;
        Ok((read > 0).then(|| line.trim_end().to_owned()))
    }

    /// The next event; none when the server has ended the stream.
    pub(crate) fn next_event(&mut self) -> Option<Event> {
        self.try_next_event().expect("the stream goes on")
    }

    /// The same, where the connection may break. An event counts once its empty line is there.
    pub(crate) fn try_next_event(&mut self) -> std::io::Result<Option<Event>> {
        let (mut id, mut kind, mut data) = (None, None, None);
        while let Some(line) = self.line()? {
            match line.split_once(": ") {
                Some(("id", text)) => id = text.parse().ok(),
                Some(("event", text)) => kind = Some(text.to_owned()),
                Some(("data", text)) => data = Some(text.to_owned()),
                _ => {}
            }
            if let Some(data) = data.take_if(|_| line.is_empty()) {
                let data = serde_json::from_str(&data).expect("JSON");
                return Ok(Some(Event { id: id.expect("an id"), kind: kind.expect("a kind"), data }));
            }
        }
        Ok(None)
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

    /// What the next change of a booth says.
    pub(crate) fn next_change_of(&mut self, booth: u32) -> String {
        self.wait_for("change", |data| data["number"] == booth).data["status"].as_str().expect("a status").to_owned()
    }
}
