//! The contract over sockets.

use crate::host::{Stub, ask, connect, speak};
use brewery::hosting::InstanceSettings;
use std::io::{ErrorKind, Read, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

const ON: &str = "{\"Sensor\":\"Resistance1\",\"State\":1}\n\n\n";
const OFF: &str = "{\"Sensor\":\"Resistance1\",\"State\":0}\n\n\n";

#[test]
fn get_post_and_head_act() {
    let stub = Stub::start();
    for (method, path, body, read) in [
        ("GET", "/startR1.py", ON, ON),
        ("POST", "/stopR1.py", OFF, OFF),
        ("HEAD", "/startR1.py", "", ON),
        ("GET", "/stopR1.py?start=R1&x", OFF, OFF),
        ("HEAD", "/startR1.py?", "", ON),
    ] {
        let answer = ask(stub.address, method, path, "", "");
        assert_eq!((answer.status, answer.text()), (200, body), "{method} {path}");
        assert_eq!(answer.header("Content-Type"), Some("application/json"));
        assert_eq!(answer.header("Content-Length"), Some(ON.len().to_string().as_str()), "{method} {path}");
        assert_eq!(stub.get("/getR1.py").text(), read, "{method} {path}");
    }
}

#[test]
fn headers_for_pages_of_any_origin() {
    let stub = Stub::start();
    for path in ["/getR1.py", "/Reset.py", "/getB3.py", "/"] {
        let answer = stub.get(path);
        assert_eq!(answer.header("Access-Control-Allow-Origin"), Some("*"), "{path}");
        assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{path}");
        for unwanted in ["X-Frame-Options", "Content-Security-Policy", "Set-Cookie"] {
            assert_eq!(answer.header(unwanted), None, "{path}");
        }
    }
    let reset = stub.get("/Reset.py");
    assert_eq!(
        (reset.header("Content-Type"), reset.text()),
        (Some("text/html"), "<html><body>Reset fait</body></html>")
    );
    let preflight = ask(stub.address, "OPTIONS", "/startR1.py", "Origin: http://x\r\n", "");
    assert_eq!(
        (preflight.status, preflight.header("Access-Control-Allow-Methods")),
        (204, Some("GET, HEAD, POST, OPTIONS"))
    );
    assert_eq!(stub.get("/getR1.py").text(), OFF, "asking whether one may does nothing");
    let refused = ask(stub.address, "DELETE", "/startR1.py", "", "");
    assert_eq!((refused.status, refused.header("Allow")), (405, Some("GET, HEAD, POST, OPTIONS")));
}

#[test]
fn near_misses() {
    let stub = Stub::start();
    for (path, status, body) in [
        ("/getB3.py", 404, "getB3: did you mean getB2?\n"),
        ("/nothing/like/it", 404, "nothing/like/it: there is no such URL\n"),
        ("/setCible1_999.py", 400, "setCible1_999: a setpoint is a number from 0 to 150\n"),
        ("/i/nobody/getA.py", 404, "there is no plant nobody\n"),
    ] {
        let answer = stub.get(path);
        assert_eq!((answer.status, answer.text()), (status, body), "{path}");
        assert_eq!(answer.header("Content-Type"), Some("text/plain; charset=utf-8"));
    }
}

#[test]
fn clients_that_speak_plain_sockets() {
    let stub = Stub::start();
    for said in [
        "GET /startR1.py HTTP/1.0\r\n\r\n",
        "GET /startR1.py HTTP/1.0\n\n",
        "GET /startR1.py HTTP/1.1\r\nConnection: close\r\n\r\n",
    ] {
        assert_eq!(speak(stub.address, said).text(), ON, "{said:?}");
    }
    // Several requests through one connection, as browsers do.
    let mut stream = connect(stub.address);
    let close = "GET /getR1.py HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let keep = "GET /getTemp1.py HTTP/1.1\r\nHost: x\r\n\r\n".repeat(3);
    stream.write_all((keep + close).as_bytes()).expect("it is sent");
    let mut heard = String::new();
    stream.read_to_string(&mut heard).expect("answers");
    assert_eq!(heard.matches("{\"Sensor\":\"HotTank\",\"Temp\":15.0}\n\n\n").count(), 3);
    assert!(heard.ends_with(ON));
}

#[test]
fn bodies_count_for_nothing() {
    let stub = Stub::start();
    let mut stream = connect(stub.address);
    let mut heard = [0; 4_096];
    for path in ["startR1", "stopR1", "startR1"] {
        // As Python does: the body after its head, through one connection.
        let head = format!("POST /{path}.py HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("it is sent");
        std::thread::yield_now();
        stream.write_all(b"x=1").expect("it is sent");
        let count = stream.read(&mut heard).expect("an answer");
        let expect = if path == "startR1" { ON } else { OFF };
        assert!(heard[..count].ends_with(expect.as_bytes()), "{path}");
    }
    let mut stream = connect(stub.address);
    let long = format!("POST /stopR1.py HTTP/1.0\r\nContent-Length: 99000\r\n\r\n{}", "x".repeat(99_000));
    // The connection may end before all of it is sent.
    drop(stream.write_all(long.as_bytes()));
    drop(stream.read(&mut heard));
    assert_eq!(stub.get("/getR1.py").text(), ON, "too long: nothing is done");
}

#[test]
fn the_table_of_the_first_screens() {
    let stub = Stub::start();
    for (path, expect) in [("/startR1.py", ON), ("/getR1.py", ON), ("/stopR1.py", OFF), ("/getR1.py", OFF)] {
        assert_eq!(stub.get(path).text().trim(), expect.trim());
    }
}

#[test]
fn time_passes_by_the_clock_and_not_by_requests() {
    let stub = Stub::open(Arc::default(), InstanceSettings { rate: Some(1_000.0), ..InstanceSettings::default() });
    let stub = stub.expect("a stub");
    for _ in 0..50 {
        assert_eq!(stub.get("/getTemp1.py").text(), "{\"Sensor\":\"HotTank\",\"Temp\":15.0}\n\n\n");
    }
    stub.clock.pass_ms(1_000);
    assert_eq!(stub.get("/getTemp1.py").text(), "{\"Sensor\":\"HotTank\",\"Temp\":15.1875}\n\n\n");
}

#[test]
fn plants_do_not_touch_each_other() {
    let stub = Stub::start();
    assert_eq!(stub.admin("PUT", "/instances/second", "{\"seed_text\":true}").status, 201);
    assert_eq!(stub.get("/i/second/startR1.py").text(), ON);
    assert_eq!(stub.get("/getR1.py").text(), OFF);
    assert_eq!(stub.get("/i/main/getR1.py").text(), OFF);
    assert!(stub.get("/i/second/setCible3_60.py").text().contains("Ebu"));
    assert!(stub.get("/setCible3_60.py").text().contains("Mashtun"));
    let own = stub.listen_for("second");
    assert_eq!(ask(own, "GET", "/getR1.py", "", "").text(), ON);
    assert_eq!(ask(own, "GET", "/i/main/getR1.py", "", "").status, 404);
    assert_eq!(ask(own, "GET", "/admin/api/instances", "", "").status, 404);
}

fn let_go_wrong(stub: &Stub, rule: &str) {
    let answer = stub.admin("PUT", "/instances/main/faults/http", &format!("{{\"seed\":1,\"rules\":[{rule}]}}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[test]
fn answers_that_go_wrong() {
    let stub = Stub::start();
    let_go_wrong(&stub, r#"{"path":"/start*","fault":"status","status":503}"#);
    let refused = stub.get("/startR1.py");
    assert_eq!((refused.status, refused.text()), (503, "a fault that was asked for\n"));
    assert_eq!(stub.get("/getR1.py").text(), OFF, "what is refused is not done");
    let_go_wrong(&stub, r#"{"path":"/start*","fault":"empty"}"#);
    assert_eq!((stub.get("/startR1.py").status, stub.get("/startR1.py").body.len()), (200, 0));
    assert_eq!(stub.get("/getR1.py").text(), ON, "it is done, the answer is lost");
    let_go_wrong(&stub, r#"{"path":"*","fault":"garbage"}"#);
    let garbage = stub.get("/getR1.py");
    assert!(garbage.status == 200 && garbage.body.len() == ON.len() && garbage.body != ON.as_bytes());
    let_go_wrong(&stub, r#"{"path":"*","fault":"garbage"}"#);
    assert_eq!(stub.get("/getR1.py").body, garbage.body, "the same seed, the same bytes");
    let_go_wrong(&stub, r#"{"path":"*R1*","fault":"dribble","ms_per_byte":2}"#);
    let began = Instant::now();
    assert_eq!(stub.get("/getR1.py").text(), ON);
    assert!(began.elapsed() >= Duration::from_millis(2 * ON.len() as u64));
    let_go_wrong(&stub, r#"{"path":"/getR1.py","fault":"delay","distribution":"fixed","ms":60}"#);
    let began = Instant::now();
    assert_eq!(stub.get("/getR1.py").text(), ON);
    assert!(began.elapsed() >= Duration::from_millis(60));
}

#[test]
fn connections_that_are_reset() {
    let stub = Stub::start();
    let_go_wrong(&stub, r#"{"path":"/stopR1.py","fault":"reset"}"#);
    stub.get("/startR1.py");
    let mut stream = connect(stub.address);
    stream.write_all(b"GET /stopR1.py HTTP/1.1\r\nHost: x\r\n\r\n").expect("it is sent");
    let error = stream.read_to_end(&mut Vec::new()).expect_err("no answer");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    assert_eq!(stub.get("/getR1.py").text(), OFF);
}
