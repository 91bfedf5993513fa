//! What is written down, and that it cannot be changed unseen.

use super::visitor::{PASSWORD, Visitor, create_account, start_with_accounts, succeed};
use crate::building::Place;
use crate::process::TempDir;
use serde_json::Value;

#[test]
fn every_change_is_in_the_log_and_tampering_is_found() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut root = Visitor::signed_in(server.web, "root");
    let fields = [("id", "2"), ("name", "ann"), ("display_name", "Ann O."), ("roles[]", "editor")];
    assert_eq!(root.ask("POST", "/api/change_account", &[], &super::visitor::encode_form(&fields)).status, 200);
    create_account(&dir, "by-command", "operator");

    let page = root.get("/admin/audit").body;
    for (actor, action) in
        [("root", "changed the account"), ("root", "signed in"), ("command line", "made the account")]
    {
        assert!(page.contains(actor) && page.contains(action), "{actor} {action}: {page}");
    }
    assert!(page.contains("Ann O.") && page.contains("viewer") && page.contains("editor"), "before and after");
    let filtered = root.get("/admin/audit?action=account.changed").body;
    assert_eq!(filtered.matches("data-entry=").count(), 1, "{filtered}");
    assert_eq!(root.get("/admin/audit?actor=eve").body.matches("data-entry=").count(), 0);
    assert_eq!(root.get("/admin/audit?from=2999-01-01").body.matches("data-entry=").count(), 0);
    let all = root.get("/admin/audit?from=2001-01-01&to=2999-12-31").body.matches("data-entry=").count();

    let lines = root.get("/admin/audit/export.jsonl").body;
    let entries: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(entries.len(), all);
    assert!(entries.iter().is_sorted_by(|a, b| a["seq"].as_i64() > b["seq"].as_i64()));
    assert!(!lines.contains(PASSWORD) && !lines.contains("argon2"), "{lines}");
    let table = root.get("/admin/audit/export.csv");
    assert!(table.header("content-type").is_some_and(|kind| kind.starts_with("text/csv")));
    assert_eq!(table.body.lines().count(), all + 1);

    assert!(root.get("/admin/audit?check=1").body.contains("data-audit-check=\"done\""));
    let copy = dir.path().join("log.jsonl");
    let head = succeed(&dir, &["audit", "verify", "--export", copy.to_str().expect("a path")]);
    assert!(head.starts_with(&format!("{all} ")), "{head}");
    assert_eq!(std::fs::read_to_string(&copy).expect("a copy").lines().count(), all);

    let place = Place::embedded(&dir);
    place.sql(&["UPDATE audit_entry SET actor = 'eve' WHERE action = 'account.changed'"]);
    assert!(root.get("/admin/audit?check=1").body.contains("was altered"));
    let broken = place.command(&["audit", "verify"]);
    assert!(!broken.status.success() && String::from_utf8_lossy(&broken.stderr).contains("was altered"), "{broken:?}");
}
