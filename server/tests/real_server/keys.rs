//! `dispobox keys` and `dispobox boards`, beside a running server.

use crate::building::Place;
use crate::metrics::Metrics;
use crate::process::{Server, TempDir, within};
use crate::v2_session::{Identity, Over, Report, Session};
use crate::v2_wire::decode_key;
use std::fs::Permissions;
use std::net::Ipv4Addr;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

/// A running server has noticed by then what a command has changed.
const NOTICED_MAX: Duration = Duration::from_secs(2);

fn open(server: &Server, who: &Identity) -> Result<Session, Over> {
    Session::open(Ipv4Addr::LOCALHOST, server.boards, who)
}

#[test]
fn keys_come_and_go_while_the_server_runs() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let server = Server::start(&dir);
    let first = place.identify("board-1");
    assert_eq!(place.issue_key("board-1"), first.key, "the same until another is asked for");
    let _used_at_once = open(&server, &first).expect("a session");

    let rotated = decode_key(place.succeed(&["keys", "rotate", "board-1"]).trim());
    let second = Identity { key: rotated, key_version: 2, ..first.clone() };
    assert_ne!(first.key, second.key);
    let _both_are_good = (open(&server, &second).expect("a session"), open(&server, &first).expect("a session"));

    let doomed = open(&server, &first).expect("a session");
    place.succeed(&["keys", "revoke", "board-1", "--key-version", "1"]);
    let revoked_at = Instant::now();
    assert_eq!(doomed.end(2 * NOTICED_MAX), Over::Refused(401));
    assert!(revoked_at.elapsed() < NOTICED_MAX, "{:?}", revoked_at.elapsed());
    assert_eq!(open(&server, &first).err(), Some(Over::Refused(401)));
    assert_eq!(Identity { key: place.issue_key("board-1"), ..second.clone() }.key, second.key);
    let session = open(&server, &second).expect("a session");

    let list = place.succeed(&["keys", "list"]);
    assert_eq!(list.lines().filter(|line| line.contains("board-1")).count(), 2, "{list}");
    place.succeed(&["keys", "revoke", "board-1"]);
    assert_eq!(session.end(2 * NOTICED_MAX), Over::Refused(401));
    let nobody = place.command(&["keys", "rotate", "board-77"]);
    assert!(!nobody.status.success() && String::from_utf8_lossy(&nobody.stderr).contains("board-77"), "{nobody:?}");
}

#[test]
fn the_master_key_is_for_the_owner_alone() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let key = place.issue_key("board-1");
    let file = dir.path().join("data/master.key");
    let mode = || std::fs::metadata(&file).expect("the master key").permissions().mode() & 0o777;
    let content = std::fs::read_to_string(&file).expect("the master key");
    assert_eq!((mode(), content.len(), content.ends_with('\n')), (0o600, 65, true));
    std::fs::set_permissions(&file, Permissions::from_mode(0o644)).expect("loosened");
    let server = Server::start(&dir);
    assert_eq!(mode(), 0o600, "tightened");
    assert!(server.log().contains("master.key"), "{}", server.log());
    assert_eq!(place.issue_key("board-1"), key);
    assert!(!server.log().contains(content.trim()), "no secret in the log");
    let broken = "not a key";
    std::fs::write(&file, broken).expect("written");
    let refused = place.command(&["keys", "issue", "board-1"]);
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("master.key"));
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), broken, "nothing is overwritten");
}

#[test]
fn a_board_whose_counter_went_back_waits_for_an_admin() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let old = Identity { boot: 7, ..place.identify("board-1") };
    let server = Server::start(&dir);
    let report = |who: &Identity| Report { event: who.event(1), age_ms: 0, counts: vec![0; 4], gap: 0 };
    open(&server, &old).expect("a session").report_until_stored(&report(&old));
    let young = Identity { boot: 3, ..old.clone() };
    assert_eq!(open(&server, &young).err(), Some(Over::Refused(409)));
    assert!(Metrics::read(server.web).value("dispobox_alerts{kind=\"boot_went_back\"}") > 0.0, "an alert");
    place.succeed(&["boards", "confirm", "board-1"]);
    let mut session = within(NOTICED_MAX, "the confirmed board gets in", || open(&server, &young).ok());
    session.report_until_stored(&report(&young));
    drop(session);
    assert_eq!(open(&server, &young).expect("a session").last, young.event(1));
}
