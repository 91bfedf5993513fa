//! SIGTERM.

use crate::process::{Server, TempDir};
use crate::stream::EventStream;
use std::time::Duration;

#[test]
fn it_stops_within_two_seconds_with_500_streams_open() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let mut streams: Vec<_> = (0..500).map(|_| EventStream::open(server.web, "/events", None)).collect();
    for stream in &mut streams {
        assert_eq!(stream.next_event().expect("a snapshot").kind, "snapshot");
    }
    let took = server.stop();
    assert!(took < Duration::from_secs(2), "{took:?}");
    for stream in &mut streams {
        while stream.next_event().is_some() {}
    }
}
