//! A booth's presence filter: tried on what was recorded, applied while the server runs.

use crate::accounts::visitor::{Visitor, create_account};
use crate::building::Place;
use crate::process::{Server, TempDir, eventually};
use crate::stream::EventStream;
use crate::v2_session::{Report, Session};
use std::net::Ipv4Addr;

fn changes(page: &str, name: &str) -> Option<String> {
    let rest = page.split(&format!("data-filter=\"{name}\" data-changes=\"")).nth(1)?;
    Some(rest.split('"').next()?.to_owned())
}

#[test]
fn it_is_tried_and_then_applied_without_a_false_change() {
    let dir = TempDir::new().with_site();
    for (name, roles) in [("ann", "viewer"), ("olga", "operator"), ("root", "admin")] {
        create_account(&dir, name, roles);
    }
    let who = Place::embedded(&dir).identify("board-2");
    let server = Server::start(&dir);
    let mut olga = Visitor::signed_in(server.web, "olga");
    assert_eq!(olga.get("/admin/booths").header("location"), Some("/admin/booths/41"));
    assert!(olga.get("/admin/booths/46").body.contains("Nothing is recorded"));
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut session = Session::open(Ipv4Addr::LOCALHOST, server.boards, &who).expect("a session");
    let report = |n: u32, count: u16| Report { event: who.event(n), age_ms: 0, counts: vec![0, count, 0], gap: 0 };
    // By the usual rule: free, occupied above five. Three movements are nothing.
    for (n, count) in [(1, 0), (2, 3), (3, 0), (4, 20)] {
        session.report_until_stored(&report(n, count));
    }
    stream.wait_for_status(46, "occupied");
    let tried = "/admin/booths/46?hold_s=30&above=1&below=1";
    eventually("it is recorded", || {
        let page = olga.get(tried).body;
        (changes(&page, "now").as_deref() == Some("1") && changes(&page, "tried").as_deref() == Some("3")).then_some(())
    });
    assert!(olga.get("/admin/booths/46?hold_s=1&above=5&below=2").body.contains("do not go together"));
    assert_eq!(olga.get("/admin/booths/999").status, 404);

    let fields = [("hold_s", "30"), ("above", "1"), ("below", "1")];
    let mut ann = Visitor::signed_in(server.web, "ann");
    assert_eq!(ann.post("/admin/booths/46", &fields).status, 403);
    assert!(!ann.get("/admin/booths/46").body.contains("formmethod"));
    olga.post("/admin/booths/46", &[("hold_s", "x"), ("above", "1"), ("below", "1")]);
    assert!(olga.get("/admin/booths/46").body.contains("do not go together"));
    assert_eq!(olga.post("/admin/booths/46", &fields).status, 303);
    let page = eventually("the server follows", || {
        let page = olga.get("/admin/booths/46").body;
        page.contains("name=\"above\" value=\"1\"").then_some(page)
    });
    assert!(changes(&page, "tried").is_none());
    // Nothing has changed by that; the next report is judged by the new rule.
    let shown = crate::api::read(server.web, "/api/v1/booths/46");
    assert_eq!(shown["status"], "occupied", "{shown}");
    session.report_until_stored(&report(5, 0));
    assert_eq!(stream.next_change_of(46), "free", "the first change since");
    session.report_until_stored(&report(6, 2));
    assert_eq!(stream.next_change_of(46), "occupied");
    let log = Visitor::signed_in(server.web, "root").get("/admin/audit?action=booth.").body;
    assert!(log.contains("changed the filter") && log.contains("booth:46"), "{log}");
}
