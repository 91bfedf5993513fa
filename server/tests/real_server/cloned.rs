//! Two boards of one name: the newest wins; when they take turns, neither does.

use crate::api::{find_board, wait_for_reason};
use crate::building::Place;
use crate::metrics::Metrics;
use crate::process::{Server, TempDir, within};
use crate::soak::{figure, short_or_long};
use crate::v2_session::{Over, Report, Session};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

/// So many takeovers in a minute are borne.
const TAKEOVERS_MAX: u32 = 15;
const QUARANTINE: Duration = Duration::from_secs(5 * 60);

#[test]
fn the_newest_wins_until_they_take_turns() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let (who, other) = (place.identify("board-1"), place.identify("board-2"));
    let server = Server::start(&dir);
    let open = || Session::open(Ipv4Addr::LOCALHOST, server.boards, &who);

    let mut current = open().expect("a session");
    let mut slowest = Duration::ZERO;
    let mut takeovers = 0;
    let refused = loop {
        assert!(takeovers <= TAKEOVERS_MAX, "no quarantine after {takeovers} takeovers");
        let taking_over = Instant::now();
        let mut newest = match open() {
            Ok(session) => session,
            Err(over) => break over,
        };
        takeovers += 1;
        if takeovers > TAKEOVERS_MAX {
            break newest.end(Duration::from_secs(1));
        }
        assert_eq!(current.end(Duration::from_secs(1)), Over::Refused(409), "at takeover {takeovers}");
        slowest = slowest.max(taking_over.elapsed());
        let report = Report { event: who.event(takeovers), age_ms: 0, counts: vec![0; 4], gap: 0 };
        newest.report_until_stored(&report);
        current = newest;
    };
    assert!(takeovers >= TAKEOVERS_MAX, "quarantine after {takeovers} takeovers already");
    assert_eq!(refused, Over::Refused(429));
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");

    let over = current.end(Duration::from_secs(1));
    assert!(matches!(over, Over::Refused(409 | 429)), "the one before goes as well: {over:?}");
    assert_eq!(open().err(), Some(Over::Refused(429)));
    let reason = wait_for_reason(server.web, Duration::from_secs(2), &["board-1"]);
    assert_eq!(find_board(server.web, "board-1")["state"], "quarantined");
    let metrics = Metrics::read(server.web);
    assert!(metrics.value("dispobox_alerts{kind=\"quarantine\"}") > 0.0);
    assert!(metrics.value("dispobox_sessions_replaced_total") >= f64::from(TAKEOVERS_MAX));
    let mut innocent = Session::open(Ipv4Addr::LOCALHOST, server.boards, &other).expect("another board gets in");
    innocent.report_until_stored(&Report { event: other.event(1), age_ms: 0, counts: vec![0; 3], gap: 0 });
    figure("22", &format!("the older one is gone {slowest:?} after the newer came; {takeovers} takeovers; {reason:?}"));

    if short_or_long(false, true) {
        let started = Instant::now();
        within(QUARANTINE + Duration::from_secs(10), "the end of the quarantine", || open().ok());
        figure("22", &format!("the quarantine has ended after {:?} more", started.elapsed()));
    }
}
