//! Who may act on the brewing plant.

use super::visitor::{Visitor, create_account, start_with_accounts};
use crate::http::{get, request};
use crate::process::{Server, TempDir, eventually, serve_command};

const ACT: &str = "/api/act_on_plant";
const BREWERY: [&str; 2] = ["--brewery", "127.0.0.1:0"];

fn wait_for_plant(server: &Server) {
    let is_there = || (get(server.web, "/api/open_plant").status == 200).then_some(());
    eventually("the plant is there", is_there);
}

/// Whether a part of the list is on, as the page says.
fn is_on(page: &str, part: &str) -> bool {
    let row = page.split(&format!("data-part-row=\"{part}\"")).nth(1).expect("the part's row");
    row.split('>').next().expect("its attributes").contains("data-on=\"true\"")
}

#[test]
fn operators_act_by_forms_and_others_look() {
    let dir = TempDir::new().with_site();
    create_account(&dir, "olga", "operator");
    let server = start_with_accounts(&dir, &BREWERY);
    wait_for_plant(&server);
    let (mut nobody, mut ann) = (Visitor::new(server.web), Visitor::signed_in(server.web, "ann"));
    let mut olga = Visitor::signed_in(server.web, "olga");
    for visitor in [&mut nobody, &mut ann, &mut olga] {
        visitor.headers.push(("Referer".to_owned(), format!("http://{}/brewery", server.web)));
    }
    let open = [("plant", "main"), ("act", "startA")];

    let page = nobody.get("/brewery").body;
    assert!(page.contains("Sign in to act") && page.contains("/login?to=%2Fbrewery"), "{page}");
    assert_eq!(nobody.post(ACT, &open).header("location"), Some("/login?to=/brewery"));
    let page = ann.get("/brewery").body;
    assert!(page.contains("acting is for operators") && !page.contains("Sign in to act"), "{page}");
    assert_eq!(ann.post(ACT, &open).header("location"), Some("/brewery?refused=not-allowed"));
    assert!(ann.get("/brewery?refused=not-allowed").body.contains("Acting is for operators. Nothing has changed."));

    let page = olga.get("/brewery").body;
    assert!(!is_on(&page, "A") && !page.contains("Sign in to act"), "{page}");
    assert_eq!(olga.post(ACT, &open).header("location"), Some("/brewery"));
    assert!(is_on(&olga.get("/brewery").body, "A"));
    let setpoint = |celsius| [("plant", "main"), ("act", "setCible3"), ("celsius", celsius)];
    assert_eq!(olga.post(ACT, &setpoint(" 66,5 ")).header("location"), Some("/brewery"));
    assert!(olga.get("/brewery").body.contains("66.5"), "as it was typed");
    assert_eq!(olga.post(ACT, &setpoint("hot")).header("location"), Some("/brewery?refused=senseless"));
    assert!(olga.get("/brewery?refused=senseless").body.contains("The plant cannot do that."));
    for act in ["pause", "rate 60", "step 60", "seen", "Reset"] {
        let answer = olga.post(ACT, &[("plant", "main"), ("act", act)]);
        assert_eq!(answer.header("location"), Some("/brewery"), "{act}");
    }
    assert!(!is_on(&olga.get("/brewery").body, "A"), "it was reset");
    assert_eq!(olga.ask("POST", ACT, &[], "plant=other&act=startA").status, 404);
    assert_eq!(olga.ask("POST", ACT, &[], "plant=main&act=startX").status, 422);
    assert_eq!(olga.ask("POST", ACT, &[], "plant=main").status, 422);
    assert!(server.log().contains("olga"), "who has acted stands in the server's log");
}

#[test]
fn everybody_acts_in_a_demonstration_but_other_sites() {
    let dir = TempDir::new().with_site();
    let mut command = serve_command(&dir);
    command.arg("--demo").args(BREWERY);
    let server = Server::start_command(command);
    wait_for_plant(&server);
    let act = |headers: &[(&str, &str)]| {
        let mut nobody = Visitor::new(server.web);
        nobody.ask("POST", ACT, headers, "plant=main&act=startA").status
    };
    assert_eq!(act(&[("Sec-Fetch-Site", "cross-site")]), 403);
    assert_eq!(act(&[("Origin", "https://evil.example")]), 403);
    assert!(!is_on(&get(server.web, "/brewery").body, "A"));
    assert_eq!(act(&[]), 200);
    assert!(is_on(&get(server.web, "/brewery").body, "A"));
    assert_eq!(request(server.web, "GET", ACT, &[]).status, 405);
}

#[test]
fn a_server_without_a_plant_leads_to_none() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &[]);
    let mut root = Visitor::signed_in(server.web, "root");
    assert!(!root.get("/admin/accounts").body.contains("href=\"/brewery\""));
    assert!(!root.get("/floor/4").body.contains("href=\"/brewery\""));
    assert_eq!(root.ask("POST", ACT, &[], "plant=main&act=startA").status, 404);
    assert!(get(server.web, "/brewery").body.contains("--brewery"), "how to start one");
}
