//! Every server function there is, held against those who may not use it.

use super::visitor::{Visitor, encode_form, start_with_accounts};
use crate::process::{TempDir, eventually};
use leptos::server_fn::axum::server_fn_paths;
use std::collections::BTreeSet;

/// What anybody may ask.
const PUBLIC: [&str; 8] = [
    "/api/choose_booth",
    "/api/find_floor",
    "/api/find_walk",
    "/api/open_plant",
    "/api/read_directory",
    "/api/read_plant_trends",
    "/api/read_status",
    "/api/read_usual",
];

/// All others, with a request that makes sense, which `root` may ask and `ann` may not.
const GUARDED: [(&str, &[(&str, &str)]); 7] = [
    ("/api/create_account", &[("name", "new"), ("display_name", "New"), ("roles[]", "viewer")]),
    ("/api/change_account", &[("id", "2"), ("name", "ann"), ("display_name", "Ann"), ("roles[]", "viewer")]),
    ("/api/set_account_closed", &[("id", "2"), ("closed", "false")]),
    ("/api/make_link", &[("id", "2")]),
    ("/api/sign_out_account", &[("id", "2")]),
    ("/api/forget_totp", &[("id", "2")]),
    ("/api/act_on_plant", &[("plant", "main"), ("act", "startA")]),
];

/// Those about plans, in an order in which `root` can ask all of them: JSON for those that change something, else a query.
const PLANS: [(&str, &str, &str); 12] = [
    ("POST", "/api/create_floor", r#"{"number":9}"#),
    ("POST", "/api/note_editing", r#"{"floor":9}"#),
    ("POST", "/api/save_draft", r#"{"floor":9,"base":1,"revision":0,"layout":[],"plan":null}"#),
    ("POST", "/api/schedule_layout", r#"{"floor":9,"revision":1,"name":"","due_at":DUE}"#),
    ("GET", "/api/list_schedules", "floor=9"),
    ("POST", "/api/take_schedule_back", r#"{"id":1}"#),
    ("POST", "/api/publish_layout", r#"{"floor":9,"revision":1,"name":"","answers":null}"#),
    ("POST", "/api/discard_draft", r#"{"floor":9,"revision":1}"#),
    ("POST", "/api/restore_version", r#"{"floor":9,"version":1,"name":""}"#),
    ("GET", "/api/read_layout", "floor=9"),
    ("GET", "/api/list_versions", "floor=9"),
    ("GET", "/api/read_version", "floor=9&version=1"),
];

const EVIL: [&[(&str, &str)]; 3] = [
    &[("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")],
    &[("Origin", "https://evil.example")],
    &[("Sec-Fetch-Site", "cross-site")],
];

#[test]
fn every_one_is_known_and_guarded() {
    let _linked = app::PAGE_PATHS;
    let registered: BTreeSet<&str> = server_fn_paths().map(|(path, _)| path).collect();
    let known: BTreeSet<&str> =
        PUBLIC.into_iter().chain(GUARDED.map(|(path, _)| path)).chain(PLANS.map(|(_, path, _)| path)).collect();
    assert_eq!(registered, known, "a new function belongs into one of the lists above");

    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &["--brewery", "127.0.0.1:0"]);
    let (mut root, mut ann) = (Visitor::signed_in(server.web, "root"), Visitor::signed_in(server.web, "ann"));
    let mut nobody = Visitor::new(server.web);
    for (path, fields) in GUARDED {
        let body = encode_form(fields);
        for headers in EVIL {
            assert_eq!(root.ask("POST", path, headers, &body).status, 403, "{path} from another origin: {headers:?}");
        }
        assert_eq!(nobody.ask("POST", path, &[], &body).status, 401, "{path} without a session");
        assert_eq!(nobody.ask("POST", path, &[], "nonsense").status, 401, "{path}: before anything is looked at");
        assert_eq!(ann.ask("POST", path, &[], &body).status, 403, "{path} as a viewer");
        assert_eq!(root.get(path).status, 405, "{path} by GET");
    }
    for (method, path, arguments) in PLANS {
        let arguments = arguments.replace("DUE", "4102444800000");
        let (whole, body) = whole(method, path, &arguments);
        let other = if method == "GET" { "POST" } else { "GET" };
        for headers in EVIL.into_iter().filter(|_| method == "POST") {
            assert_eq!(root.ask(method, path, headers, body).status, 403, "{path} from another origin: {headers:?}");
        }
        assert_eq!(nobody.ask(method, &whole, &[], body).status, 401, "{path} without a session");
        assert_eq!(ann.ask(method, &whole, &[], body).status, 403, "{path} as a viewer");
        assert_eq!(root.ask(other, path, &[], "").status, 405, "{path} by {other}");
    }
    let before = root.get("/admin/audit").body;
    assert!(!before.contains("data-action=\"floor.created\""), "nothing was done");
    assert!(
        !before.contains("account:new") && !before.contains("data-action=\"account.link_made\""),
        "nothing was done"
    );
    eventually("the plant is there", || (root.get("/api/open_plant").status == 200).then_some(()));
    for (path, fields) in GUARDED {
        let answer = root.ask("POST", path, &[], &encode_form(fields));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    }
    for (method, path, arguments) in PLANS {
        let arguments = arguments.replace("DUE", &in_a_day().to_string());
        let (whole, body) = whole(method, path, &arguments);
        let answer = root.ask(method, &whole, &[], body);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    }
    let methods = server_fn_paths().filter(|(path, _)| PUBLIC.contains(path)).map(|(_, method)| method);
    assert!(methods.into_iter().all(|method| method == "GET"), "what anybody may ask changes nothing");
}

/// The address and the body of a question.
fn whole<'a>(method: &str, path: &str, arguments: &'a str) -> (String, &'a str) {
    if method == "GET" { (format!("{path}?{arguments}"), "") } else { (path.to_owned(), arguments) }
}

fn in_a_day() -> u128 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    now.as_millis() + 86_400_000
}

#[test]
fn forms_of_strangers_and_viewers_are_led_away() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut nobody = Visitor::new(server.web);
    let fields = [("name", "new"), ("display_name", ""), ("roles[]", "admin")];
    assert_eq!(nobody.post("/api/create_account", &fields).header("location"), Some("/login?to=/admin"));
    for path in ["/account/password", "/account/totp/start", "/account/sessions/end_others"] {
        assert_eq!(nobody.post(path, &[]).status, 401, "{path}");
        let evil = Visitor::signed_in(server.web, "ann").ask("POST", path, EVIL[0], "");
        assert_eq!(evil.status, 403, "{path}");
    }
    let mut ann = Visitor::signed_in(server.web, "ann");
    for path in ["/admin/accounts", "/admin/accounts/1", "/admin/audit", "/admin/audit/export.csv"] {
        let page = ann.get(path);
        assert!(page.status == 403 && page.body.contains("not for this account"), "{path}: {}", page.status);
        assert_eq!(nobody.get(path).status, 303, "{path}");
    }
    assert_eq!(ann.post("/api/create_account", &fields).status, 303);
    assert!(ann.get("/account").body.contains("does not allow that"));
    let mut root = Visitor::signed_in(server.web, "root");
    assert!(!root.get("/admin/accounts").body.contains("data-account=\"new\""));
    assert_eq!(root.get("/admin/accounts/999").status, 404);
    assert_eq!(root.get("/admin/accounts/x").status, 404);
}

#[test]
fn accounts_are_kept_by_forms() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut root = Visitor::signed_in(server.web, "root");
    root.headers.push(("Referer".to_owned(), format!("http://{}/admin/accounts", server.web)));
    let bad = [("name", "Léa <b>"), ("display_name", "Léa & Co"), ("roles[]", "editor")];
    assert_eq!(root.post("/api/create_account", &bad).header("location"), Some("/admin/accounts"));
    let page = root.get("/admin/accounts").body;
    assert!(page.contains("This account name does not do"), "{page}");
    assert!(
        page.contains("value=\"Léa &lt;b&gt;\"") || page.contains("value=\"Léa <b>\""),
        "what was typed stays: {page}"
    );
    let none = [("name", "lea"), ("display_name", "")];
    root.post("/api/create_account", &none);
    assert!(root.get("/admin/accounts").body.contains("Choose one role at least"));
    let good = [("name", "lea"), ("display_name", "Léa"), ("roles[]", "editor"), ("roles[]", "operator")];
    let made = root.post("/api/create_account", &good);
    let page = root.get(made.header("location").expect("the account"));
    let link = page.body.split("/setup/").nth(1).and_then(|rest| rest.get(..43)).expect("a link").to_owned();
    assert!(!root.get(made.header("location").expect("the account")).body.contains(&link), "shown once");
    let mut lea = Visitor::new(server.web);
    assert_eq!(lea.post(&format!("/setup/{link}"), &[("password", super::visitor::PASSWORD)]).status, 303);
    assert_eq!(lea.get("/admin/accounts").status, 403);
    root.post("/api/create_account", &good);
    assert!(root.get("/admin/accounts").body.contains("This account name is taken"));
    let last = [("id", "1"), ("closed", "true")];
    root.post("/api/set_account_closed", &last);
    assert!(root.get("/admin/accounts").body.contains("must always be one"));
    root.post("/api/set_account_closed", &[("id", "3"), ("closed", "true")]);
    assert!(root.get("/admin/accounts").body.contains("Closed") && !lea.is_signed_in());
}
