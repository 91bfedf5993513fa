//! The brewery stub of the real program.

use crate::http::{connect, get, request, send};
use crate::process::{Server, TempDir, dispobox, eventually, run, serve_command, terminate, wait_for_end, within};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A running `dispobox brewery`.
struct Stub {
    child: Child,
    address: SocketAddr,
}

impl Stub {
    fn start(dir: &TempDir, flags: &[&str]) -> Self {
        let mut command = command(dir);
        let mut child = command.args(flags).spawn().expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("its log")).lines().map_while(Result::ok);
        let hearing = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&hearing);
        std::thread::spawn(move || lines.for_each(|line| log.lock().expect("the log").push(line)));
        let address =
            eventually("it listens", || hearing.lock().expect("the log").iter().find_map(|line| listening(line)));
        Self { child, address }
    }

    fn stop(mut self) {
        terminate(&self.child);
        assert!(wait_for_end(&mut self.child).success());
    }

    fn kill(mut self) {
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it has ended");
    }
}

impl Drop for Stub {
    /// Whatever a test has done: nothing outlives it. What has ended already cannot be killed.
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn command(dir: &TempDir) -> Command {
    let mut command = dispobox();
    command.args(["brewery", "--brewery", "127.0.0.1:0", "--log-format", "json"]);
    command.arg("--data-dir").arg(dir.path().join("data"));
    command
}

fn listening(line: &str) -> Option<SocketAddr> {
    let json: Value = serde_json::from_str(line).ok()?;
    json["fields"]["brewery"].as_str()?.parse().ok()
}

fn token(dir: &TempDir) -> String {
    let text = std::fs::read_to_string(dir.path().join("data/brewery.token")).expect("the token");
    format!("Bearer {}", text.trim())
}

fn admin(dir: &TempDir, address: SocketAddr, path: &str) -> Value {
    let answer =
        request(address, "GET", &format!("/admin/api/instances/main{path}"), &[("Authorization", &token(dir))]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

fn ask(stub: &Stub, names: &[&str]) {
    for name in names {
        assert_eq!(get(stub.address, &format!("/{name}.py")).status, 200, "{name}");
    }
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("a file");
}

#[test]
fn state_survives_a_stop_and_a_kill() {
    let dir = TempDir::new();
    let stub = Stub::start(&dir, &["--rate", "3600", "--valves", "enforced"]);
    ask(&stub, &["startPID1", "startA", "setCible2_66.6", "startB1"]);
    within(Duration::from_secs(20), "it warms up", || {
        (admin(&dir, stub.address, "")["step"].as_u64()? > 20_000).then_some(())
    });
    stub.stop();
    let stub = Stub::start(&dir, &["--rate", "1"]);
    let again = admin(&dir, stub.address, "");
    assert!(again["step"].as_u64().expect("steps") > 20_000, "{again}");
    assert_eq!((&again["valve_mode"], &again["vessels"][1]["setpoint_c"]), (&"enforced".into(), &66.6.into()));
    assert!(get(stub.address, "/getA.py").body.contains("\"State\":1"));
    ask(&stub, &["startC"]);
    // What somebody did is kept within a second or so; a copy of the database shows when.
    within(Duration::from_secs(20), "it is kept", || {
        let out = dir.path().join("out");
        let mut export = command(&dir);
        export.arg("--export").arg(&out);
        assert!(run(export).status.success());
        (std::fs::read_to_string(&out).expect("26 lines").lines().nth(17) == Some("1")).then_some(())
    });
    stub.kill();
    let stub = Stub::start(&dir, &[]);
    assert!(get(stub.address, "/getC.py").body.contains("\"State\":1"));
    assert_eq!(get(stub.address, "/getCible2.py").body, "{\"Sensor\":\"Ebu\",\"Cible\":66.6}\n\n\n");
    stub.stop();
}

#[test]
fn the_first_stubs_file_goes_in_and_comes_out() {
    let dir = TempDir::new();
    let file = "66.25\n70.0\n52.5\n78.0\n60.0\n50\n0\n0\n0\n1\n0\n1\n0\n0\n0\n1\n1\n0\n0\n0\n0\n0\n0\n0\n0\n";
    let (data, out) = (dir.path().join("data.txt"), dir.path().join("out.txt"));
    write(&data, &format!("{file}1479731612.3456\n"));
    let mut both = command(&dir);
    both.arg("--import").arg(&data).arg("--export").arg(&out);
    assert!(run(both).status.success());
    assert!(std::fs::read_to_string(&out).expect("26 lines").starts_with(file));
    let mut export = command(&dir);
    export.arg("--export").arg(&out);
    assert!(run(export).status.success());
    assert!(std::fs::read_to_string(&out).expect("26 lines").starts_with(file), "what was imported is kept");
    write(&data, file);
    let mut import = command(&dir);
    import.arg("--import").arg(&data);
    let refused = run(import);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("25 lines: the file has 26"), "{said}");
}

/// Opens a connection, says this and hears nothing for now.
fn begin(address: SocketAddr, said: &str) -> TcpStream {
    let mut stream = connect(address);
    stream.write_all(said.as_bytes()).expect("it is sent");
    stream
}

#[test]
fn it_stops_within_two_seconds_however_slow_others_are() {
    const SLOW: [&str; 4] = [
        "GET /getTemp1.py HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /getCible1.py HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /getA.py HTT",
        "POST /startA.py HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n",
    ];
    let dir = TempDir::new();
    let stub = Stub::start(&dir, &["--rate", "3600"]);
    let token = token(&dir);
    let change = |path: &str, body: &str| {
        let whole = format!("/admin/api/instances{path}");
        let headers = [("Authorization", token.as_str())];
        let answer = send(connect(stub.address), stub.address, ("PUT", &whole), &headers, body);
        assert!(answer.status < 300, "{path}: {}", answer.body);
    };
    (2..=16).for_each(|number| change(&format!("/p{number}"), "{\"rate\":3600}"));
    let dribble = r#"{"path":"/getTemp*","fault":"dribble","ms_per_byte":5000}"#;
    let delay = r#"{"path":"/getCible*","fault":"delay","distribution":"fixed","ms":60000}"#;
    change("/main/faults/http", &format!("{{\"rules\":[{dribble},{delay}]}}"));
    let slow: Vec<_> = SLOW.iter().cycle().take(80).map(|said| begin(stub.address, said)).collect();
    let ask = |method: &str, path: &str, body: &str| {
        let headers = format!("Host: x\r\nAuthorization: {token}\r\nContent-Length: {}\r\n", body.len());
        begin(stub.address, &format!("{method} /admin/api/instances{path} HTTP/1.1\r\n{headers}\r\n{body}"))
    };
    let mut streams: Vec<_> = (0..20).map(|_| ask("GET", "/main/events", "")).collect();
    // They stand by now, and so do those before them.
    streams.iter_mut().for_each(|stream| assert_eq!(stream.read(&mut [0; 12]).expect("a stream"), 12));
    let days = |number| ask("POST", &format!("/p{number}/clock/step"), "{\"steps\":864000}");
    let steps: Vec<_> = (2..=9).map(days).collect();
    let asked = Instant::now();
    stub.stop();
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    drop((slow, streams, steps));
}

#[test]
fn it_stops_when_nobody_reads_its_log_any_more() {
    let dir = TempDir::new();
    let mut child = command(&dir).spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines().map_while(Result::ok);
    assert!(lines.any(|line| listening(&line).is_some()));
    drop(lines);
    let asked = Instant::now();
    terminate(&child);
    while child.try_wait().expect("a child").is_none() && asked.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let took = asked.elapsed();
    drop(child.kill());
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(child.wait().expect("how it ended").success());
}

#[test]
fn beside_the_map() {
    let dir = TempDir::new().with_site();
    let mut command = serve_command(&dir);
    command.args(["--brewery", "127.0.0.1:0"]);
    let server = Server::start_command(command);
    let address = eventually("the stub listens", || server.log().lines().find_map(listening));
    assert_eq!(get(address, "/startR1.py").body, "{\"Sensor\":\"Resistance1\",\"State\":1}\n\n\n");
    assert_eq!(get(server.web, "/health").status, 200);
    assert_eq!(get(server.web, "/getR1.py").status, 404, "not on the map's origin");
    assert!(server.stop() < Duration::from_secs(2));
    let mut command = serve_command(&dir);
    command.args(["--brewery", "127.0.0.1:0"]);
    let server = Server::start_command(command);
    let address = eventually("the stub listens", || server.log().lines().find_map(listening));
    assert_eq!(get(address, "/getR1.py").body, "{\"Sensor\":\"Resistance1\",\"State\":1}\n\n\n");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let dir = TempDir::new();
    let stub = Stub::start(&dir, &[]);
    let mut second = dispobox();
    second.args(["brewery", "--brewery", &stub.address.to_string(), "--data-dir"]).arg(dir.path().join("data"));
    let refused = run(second);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains(&format!("brewing screens on {}", stub.address)), "{said}");
}

#[test]
fn plants_on_ports_of_their_own() {
    let dir = TempDir::new();
    let stub = Stub::start(&dir, &["--instance", "second", "--instance", "third=127.0.0.1:0", "--seed-text"]);
    ask(&stub, &["startR1", "i/second/startB1"]);
    assert!(get(stub.address, "/i/third/getR1.py").body.contains("\"State\":0"));
    assert!(get(stub.address, "/setCible3_60.py").body.contains("Ebu"));
    stub.stop();
}

#[test]
fn recipes_and_recordings_without_a_port() {
    let dir = TempDir::new();
    let (recipe, xml) = (dir.path().join("recipe.toml"), dir.path().join("out.xml"));
    let text = "name = \"r\"\n[[phase]]\nname = \"heat\"\ncalls = [\"startR1.py\"]\nfor_s = 3600\nexpect = [\"getTemp1 > 90\"]\n";
    write(&recipe, text);
    let follow = || {
        let mut command = dispobox();
        command.args(["brewery", "run"]).arg(&recipe).args(["--rate", "3600", "--junit"]).arg(&xml);
        run(command)
    };
    let good = follow();
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    assert!(std::fs::read_to_string(&xml).expect("a report").contains("tests=\"1\" failures=\"0\""));
    write(&recipe, &text.replace("> 90", "> 96"));
    let bad = follow();
    assert_eq!(bad.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&bad.stdout).contains("FAILED"));
    assert!(std::fs::read_to_string(&xml).expect("a report").contains("failures=\"1\""));

    let stub = Stub::start(&dir, &["--rate", "3600"]);
    let ask_admin = |method: &str, path: &str| {
        request(
            stub.address,
            method,
            &format!("/admin/api/instances/main/recorder{path}"),
            &[("Authorization", &token(&dir))],
        )
    };
    assert_eq!(ask_admin("POST", "/start").status, 200);
    ask(&stub, &["startPID1", "startB1", "getTemp1"]);
    within(Duration::from_secs(20), "a minute passes", || {
        (admin(&dir, stub.address, "/recorder")["lines"].as_u64()? > 10).then_some(())
    });
    ask(&stub, &["getTemp1", "getTemp2"]);
    assert_eq!(ask_admin("POST", "/stop").status, 200);
    let recording = dir.path().join("recording.ndjson");
    write(&recording, &ask_admin("GET", "/recording").body);
    let play = || {
        let mut command = dispobox();
        command.args(["brewery", "replay"]).arg(&recording);
        run(command)
    };
    let same = play();
    assert!(same.status.success(), "{}", String::from_utf8_lossy(&same.stdout));
    let text = std::fs::read_to_string(&recording).expect("a recording");
    write(&recording, &text.replace("startB1.py", "startB2.py"));
    let different = play();
    assert_eq!(different.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&different.stdout).contains("different: step"));
}
