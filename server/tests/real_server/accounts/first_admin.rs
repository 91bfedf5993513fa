//! Without a default password, somebody has to come in first.

use super::visitor::{PASSWORD, Visitor, create_account, succeed};
use crate::process::{Server, TempDir};

/// The path of a link that was printed.
fn path_of(line: &str) -> String {
    let at = line.find("/setup/").unwrap_or_else(|| panic!("no link in {line}"));
    line[at..].trim().to_owned()
}

#[test]
fn the_first_administrator_comes_by_a_link() {
    let dir = TempDir::new().with_site();
    let mut server = Server::start(&dir);
    let path = path_of(&server.printed(2)[1]);
    assert!(!server.log().contains(&path), "the log has no secrets");
    let mut visitor = Visitor::new(server.web);
    let form = visitor.get(&path);
    assert_eq!((form.status, form.header("cache-control")), (200, Some("no-store")));
    assert!(form.body.contains("First administrator") && form.body.contains("autocomplete=\"new-password\""));
    for (name, password, problem) in [
        ("root", "short", "too short"),
        ("root", "aaaaaaaaaaaaaaaa", "too easy"),
        ("r o o t", PASSWORD, "does not do"),
        ("root", &"x".repeat(300), "too long"),
    ] {
        let refused = visitor.post(&path, &[("name", name), ("password", password)]);
        assert!(
            refused.status == 422 && refused.body.contains(problem),
            "{problem}: {} {}",
            refused.status,
            refused.body
        );
        assert!(!refused.body.contains(password) || password == "short", "no password comes back");
    }
    let done = visitor.post(&path, &[("name", "Root"), ("password", PASSWORD)]);
    assert_eq!((done.status, done.header("location")), (303, Some("/admin")), "{}", done.body);
    assert!(visitor.get("/admin/accounts").body.contains("data-account=\"root\""));
    assert_eq!(Visitor::new(server.web).get(&path).status, 404, "it is used up");
    assert_eq!(Visitor::new(server.web).get("/setup/nonsense").status, 404);
    let mut again = Visitor::signed_in(server.web, " ROOT ");
    assert!(again.is_signed_in());
}

#[test]
fn no_link_where_there_is_an_administrator() {
    let dir = TempDir::new().with_site();
    let mut first = Server::start(&dir);
    let old = path_of(&first.printed(2)[1]);
    create_account(&dir, "root", "admin");
    assert_eq!(Visitor::new(first.web).get(&old).status, 404, "nobody else becomes the first one");
    first.stop();
    let server = Server::start(&dir);
    let mut visitor = Visitor::signed_in(server.web, "root");
    assert_eq!(visitor.get("/admin/accounts").status, 200);
    let output = server.log();
    assert!(!output.contains("/setup/"), "{output}");
}

#[test]
fn accounts_by_command() {
    let dir = TempDir::new().with_site();
    let link = path_of(&succeed(&dir, &["user", "create", "--admin", "boss", "--display-name", "Ann Onyme"]));
    let listed = succeed(&dir, &["user", "list"]);
    assert!(listed.contains("boss") && listed.contains("admin") && listed.contains("waiting"), "{listed}");
    let server = Server::start(&dir);
    let mut boss = Visitor::new(server.web);
    assert!(boss.get(&link).body.contains("boss"));
    assert_eq!(boss.post(&link, &[("name", "eve"), ("password", PASSWORD)]).status, 303);
    assert!(succeed(&dir, &["user", "list"]).contains("open"), "as boss, and no eve");
    assert!(boss.is_signed_in());
    let last = crate::building::Place::embedded(&dir).command(&["user", "disable", "boss"]);
    assert!(!last.status.success() && String::from_utf8_lossy(&last.stderr).contains("last administrator"), "{last:?}");
    let new = path_of(&succeed(&dir, &["user", "password", "boss"]));
    assert!(boss.is_signed_in(), "the old password is good until the link is used");
    let other = "une autre phrase longue";
    assert_eq!(Visitor::new(server.web).post(&new, &[("password", other)]).status, 303);
    assert!(!boss.is_signed_in(), "all sessions end with a new password");
    assert_eq!(Visitor::new(server.web).sign_in("boss", PASSWORD).status, 401);
}
