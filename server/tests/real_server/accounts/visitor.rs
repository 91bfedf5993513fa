//! Somebody with a browser: forms and cookies, no scripts.

use crate::building::Place;
use crate::http::{Answer, connect, send};
use crate::process::{Server, TempDir, dispobox, serve_command};
use std::io::Write;
use std::net::SocketAddr;
use std::process::Stdio;

pub(crate) const PASSWORD: &str = "quatre mots sans lien";

/// A browser, with the cookie that it was given.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) web: SocketAddr,
    pub(crate) cookie: Option<String>,
    /// Headers with every request.
    pub(crate) headers: Vec<(String, String)>,
}

impl Visitor {
    pub(crate) fn new(web: SocketAddr) -> Self {
        Self { web, cookie: None, headers: Vec::new() }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// Sends a form as a page does.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask("POST", path, &[("Accept", "text/html"), ("Sec-Fetch-Site", "same-origin")], &encode_form(fields))
    }

    pub(crate) fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let cookie = self.cookie.clone().unwrap_or_default();
        let own: Vec<_> = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let mut all = [headers, own.as_slice()].concat();
        all.push(("Accept-Language", "en"));
        all.extend((!cookie.is_empty()).then_some(("Cookie", cookie.as_str())));
        all.extend((!body.is_empty()).then_some(("Content-Type", "application/x-www-form-urlencoded")));
        let answer = send(connect(self.web), self.web, (method, path), &all, body);
        if let Some(set) = answer.header("set-cookie") {
            let pair = set.split(';').next().unwrap_or_default();
            self.cookie = Some(pair.to_owned()).filter(|pair| !pair.ends_with('='));
        }
        answer
    }

    pub(crate) fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.post("/login", &[("name", name), ("password", password)])
    }

    /// The same; it must succeed.
    pub(crate) fn signed_in(web: SocketAddr, name: &str) -> Self {
        let mut visitor = Self::new(web);
        let answer = visitor.sign_in(name, PASSWORD);
        assert_eq!(answer.status, 303, "{name}: {}", answer.body);
        assert!(visitor.cookie.is_some(), "a cookie");
        visitor
    }

    /// Whether the server still knows them.
    pub(crate) fn is_signed_in(&mut self) -> bool {
        let answer = self.get("/account");
        assert!(matches!(answer.status, 200 | 303), "{}", answer.status);
        answer.status == 200
    }
}

pub(crate) fn encode_form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        let byte = |b: u8| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") };
        text.bytes().map(byte).collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

/// Makes an account with [`PASSWORD`].
pub(crate) fn create_account(dir: &TempDir, name: &str, roles: &str) {
    let mut command = dispobox();
    command.args(["user", "create", name, "--roles", roles, "--password-stdin"]);
    command.arg("--data-dir").arg(dir.path().join("data")).stdin(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("its input").write_all(PASSWORD.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("its output");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A server with an administrator `root` and a viewer `ann`.
pub(crate) fn start_with_accounts(dir: &TempDir, flags: &[&str]) -> Server {
    create_account(dir, "root", "admin");
    create_account(dir, "ann", "viewer");
    let mut command = serve_command(dir);
    command.args(flags);
    Server::start_command(command)
}

/// Runs one of our own commands.
pub(crate) fn succeed(dir: &TempDir, words: &[&str]) -> String {
    Place::embedded(dir).succeed(words)
}
