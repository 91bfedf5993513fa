//! Pages, files and headers.

use crate::http::{get, request};
use crate::process::{Server, TempDir, dispobox, run};

#[test]
fn pages_files_and_headers() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let web = server.web;

    let page = get(web, "/");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("data-floor=\"4\""), "the first floor");
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert!(!page.body.contains(" style=\""), "the policy forbids inline styles");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));

    let last_floor = request(web, "GET", "/", &[("Cookie", "floor=6; lang=en")]);
    assert!(last_floor.body.contains("data-floor=\"6\"") && last_floor.body.contains("<html lang=\"en\" "));
    let english = request(web, "GET", "/floor/4", &[("Accept-Language", "en-GB,en;q=0.9")]);
    assert!(english.body.contains("Unknown") && !english.body.contains("Inconnu"));
    assert!(get(web, "/floor/4").body.contains("Inconnu"));
    assert!(get(web, "/floor/4?booth=42").body.contains("data-card=\"42\""), "a card without scripts");

    let script = get(web, "/pkg/a.123.js");
    assert_eq!(script.body, "export const plain = 1;");
    assert_eq!(script.header("cache-control"), Some("public, max-age=31536000, immutable"));
    let compressed = request(web, "GET", "/pkg/a.123.js", &[("Accept-Encoding", "gzip, br")]);
    assert_eq!(compressed.header("content-encoding"), Some("br"));
    assert_eq!(compressed.body, "not really brotli");

    for path in ["/nowhere", "/floor/5", "/floor/x", "/pkg/nothing.js", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        assert_eq!(get(web, path).status, 404, "{path}");
    }
    let language = get(web, "/lang/en?to=/floor/6%3Fbooth%3D61");
    assert_eq!((language.status, language.header("location")), (303, Some("/floor/6?booth=61")));
    assert!(language.header("set-cookie").is_some_and(|cookie| cookie.starts_with("lang=en;")));
    assert_eq!(get(web, "/lang/en?to=//evil.example").header("location"), Some("/"));
    assert_eq!(get(web, "/lang/xx").status, 404);

    let unknown = get(web, "/dispobox/index.php?action=xyz");
    assert_eq!(unknown.body, r#"{"code":-1,"message":"Action xyz not found"}"#);
    assert_eq!(get(web, "/dispobox/").body, r#"{"code":-1,"message":"undefined action"}"#);
    let twice = get(web, "/dispobox/?action=x&action=getAllBoxes&action");
    assert_eq!(twice.body, r#"{"code":-1,"message":"Action  not found"}"#);
    assert!(get(web, "/dispobox/?action=x&action=getAllBoxes").body.starts_with(r#"{"code":0,"#));
    let asks = [("Origin", "http://app.example"), ("Access-Control-Request-Headers", "x-requested-with")];
    let allowed = request(web, "OPTIONS", "/dispobox/index.php", &asks);
    assert_eq!((allowed.status, allowed.body.as_str()), (204, ""));
    let header = |name| allowed.header(name).unwrap_or_default();
    assert_eq!(header("access-control-allow-origin"), "*");
    assert_eq!(header("access-control-allow-methods"), "GET");
    assert_eq!(header("access-control-allow-headers"), "x-requested-with");
    let any = request(web, "OPTIONS", "/dispobox/", &[]);
    assert_eq!(any.header("access-control-allow-headers"), Some("*"));

    assert_eq!(get(web, "/api/v1/booths/99").status, 404);
    assert!(get(web, "/api/v1/booths/42").body.contains("Mark Zuckerberg"));
    let functions = get(web, "/api/find_floor?number=5");
    assert!(functions.status == 404 && functions.body.contains("FloorNotFound"), "{}", functions.body);
    let cross_site = request(web, "POST", "/api/read_status", &[("Sec-Fetch-Site", "cross-site")]);
    assert_eq!(cross_site.status, 403);
}

#[test]
fn names_that_never_change_are_asked_for_again() {
    let dir = TempDir::new().with_site();
    let site = dir.path().join("site");
    std::fs::remove_file(site.join("manifest.json")).expect("a file");
    std::fs::write(site.join("pkg/dispobox.js"), "export const plain = 2;").expect("a file");
    let server = Server::start(&dir);
    let script = get(server.web, "/pkg/dispobox.js");
    assert_eq!((script.status, script.header("cache-control")), (200, Some("no-cache")));
}

#[test]
fn healthcheck_tells_by_its_exit_code() {
    let dir = TempDir::new().with_site();
    let server = Server::start(&dir);
    let check = || {
        let mut command = dispobox();
        command.args(["healthcheck", "--http", &server.web.to_string()]);
        run(command)
    };
    let well = check();
    assert!(well.status.success());
    assert_eq!(
        String::from_utf8_lossy(&well.stdout).trim(),
        r#"{"status":"ok","reasons":[],"alerts":{"open":0,"waiting":0}}"#
    );
    let web = server.web.to_string();
    server.stop();
    let mut command = dispobox();
    command.args(["healthcheck", "--http", &web]);
    let gone = run(command);
    assert_eq!(gone.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&gone.stderr).contains(&web), "{gone:?}");
}
