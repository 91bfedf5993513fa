//! Guessing passwords is hopeless, and tells nothing.

use super::visitor::{PASSWORD, Visitor, create_account, start_with_accounts};
use crate::http::Answer;
use crate::process::{Server, TempDir, serve_command};
use std::time::{Duration, Instant};

fn wait_of(answer: &Answer) -> Option<u64> {
    (answer.status == 429).then(|| answer.header("retry-after").and_then(|wait| wait.parse().ok()).expect("a wait"))
}

/// A visitor from an address of its own, as a proxy tells it.
fn from(server: &Server, last: usize) -> Visitor {
    let mut visitor = Visitor::new(server.web);
    let address = format!("198.51.{}.{}", last / 250, last % 250 + 1);
    visitor.headers =
        vec![("X-Forwarded-For".to_owned(), address), ("X-Forwarded-Proto".to_owned(), "https".to_owned())];
    visitor
}

#[test]
fn the_next_try_waits() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &["--behind-proxy", "127.0.0.1"]);
    for name in ["ann", "nobody", "n o t  a  n a m e"] {
        let (near, far) = (name.len(), name.len() + 100);
        assert_eq!(from(&server, near).sign_in(name, "wrong").status, 401, "{name}");
        assert_eq!(
            wait_of(&from(&server, near).sign_in(name, PASSWORD)),
            Some(1),
            "{name}: the right one is not looked at"
        );
        assert_eq!(wait_of(&from(&server, far).sign_in(name, PASSWORD)), Some(1), "{name}: from wherever");
        assert_eq!(wait_of(&from(&server, near).sign_in("root", PASSWORD)), Some(1), "the address, whoever");
        std::thread::sleep(Duration::from_millis(1_050));
        assert_eq!(from(&server, far).sign_in(name, "wrong").status, 401, "{name}");
        let locked = from(&server, near + 200).sign_in(name, PASSWORD);
        assert_eq!(wait_of(&locked), Some(3), "{name}");
        assert!(locked.body.contains("Too many tries. Try again in 3 s."), "{}", locked.body);
    }
    assert_eq!(from(&server, 240).sign_in("root", PASSWORD).status, 303, "nobody else waits");
}

#[test]
fn of_many_tries_at_one_time_one_is_looked_at() {
    let dir = TempDir::new().with_site();
    let server = start_with_accounts(&dir, &["--behind-proxy", "127.0.0.1"]);
    let tries: Vec<_> = (0..30)
        .map(|at| {
            let mut visitor = from(&server, at);
            std::thread::spawn(move || visitor.sign_in("ann", "wrong").status)
        })
        .collect();
    let statuses: Vec<u16> = tries.into_iter().map(|one| one.join().expect("an answer")).collect();
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    assert!(looked_at == 1 && statuses.iter().all(|status| matches!(status, 401 | 429)), "{statuses:?}");
}

#[test]
fn unknown_names_take_as_long_as_known_ones() {
    const COUNT: usize = 20;
    let dir = TempDir::new().with_site();
    for at in 0..COUNT {
        create_account(&dir, &format!("known-{at}"), "viewer");
    }
    let mut command = serve_command(&dir);
    command.args(["--behind-proxy", "127.0.0.1"]);
    let server = Server::start_command(command);
    let time = |name: String, at: usize| {
        let mut visitor = from(&server, at);
        let started = Instant::now();
        let answer = visitor.sign_in(&name, "a wrong password");
        let took = started.elapsed();
        assert_eq!(answer.status, 401, "{name}");
        (took, answer.body.replace(&name, "NAME"))
    };
    time("warming-up".to_owned(), 999);
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for at in 0..COUNT {
        known.push(time(format!("known-{at}"), 2 * at));
        unknown.push(time(format!("other-{at}"), 2 * at + 1));
    }
    let text = |answers: &[(Duration, String)]| {
        let nonce = |body: &str| body.split("nonce").next().unwrap_or_default().to_owned();
        answers.iter().map(|(_, body)| nonce(body)).collect::<Vec<_>>()
    };
    assert_eq!(text(&known), text(&unknown), "the same words");
    // The lower quartile: what else the machine does makes answers slower, and never faster.
    let quartile = |answers: &mut Vec<(Duration, String)>| {
        answers.sort();
        answers[COUNT / 4].0
    };
    let (known, unknown) = (quartile(&mut known), quartile(&mut unknown));
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.7..1.43).contains(&ratio), "known {known:?}, unknown {unknown:?}");
    assert!(unknown > Duration::from_millis(5), "it was hashed: {unknown:?}");
}
