//! The admin API.

use crate::host::{Stub, ask, connect};
use brewery::http::admin::operations::OPERATIONS;
use std::io::{BufRead, BufReader, Write};

#[test]
fn every_operation_is_there_and_needs_the_token() {
    let stub = Stub::start();
    let recorded = record(&stub);
    for operation in OPERATIONS {
        let name = if (operation.method, operation.path) == ("put", "/instances/{name}") { "second" } else { "main" };
        let name = if operation.method == "delete" && operation.path.ends_with("{name}") { "second" } else { name };
        let path = operation.path.replace("{name}", name);
        let method = operation.method.to_uppercase();
        let stranger = ask(stub.address, &method, &format!("/admin/api{path}"), "", "");
        if path == "/openapi.json" {
            assert_eq!(stranger.status, 200);
            continue;
        }
        assert_eq!(stranger.status, 401, "{method} {path}");
        assert_eq!(stranger.header("Www-Authenticate"), Some("Bearer"));
        let body = match operation.body {
            Some(("text/plain", _)) => stub.admin("GET", "/instances/main/data", "").text().to_owned(),
            Some((_, "...")) => recorded.clone(),
            Some((_, example)) => example.to_owned(),
            None => String::new(),
        };
        if path.ends_with("/events") {
            continue;
        }
        let answer = stub.admin(&method, &path, &body);
        assert!((200..300).contains(&answer.status), "{method} {path}: {} {:?}", answer.status, answer.text());
        assert_eq!(answer.header("Access-Control-Allow-Origin"), None, "{path}");
    }
    let wrong =
        ask(stub.address, "GET", "/admin/api/instances", &format!("Authorization: Bearer {}\r\n", "0".repeat(64)), "");
    assert_eq!(wrong.status, 401);
}

/// Also so that there is something to download.
fn record(stub: &Stub) -> String {
    assert_eq!(stub.admin("POST", "/instances/main/recorder/start", "").json()["on"], true);
    stub.get("/startPID1.py");
    assert_eq!(stub.admin("POST", "/instances/main/clock/step", r#"{"steps":6000}"#).json()["step"], 6_000);
    stub.get("/getTemp1.py");
    let stopped = stub.admin("POST", "/instances/main/recorder/stop", "").json();
    assert_eq!(stopped, serde_json::json!({ "on": false, "lines": 14 }));
    stub.admin("GET", "/instances/main/recorder/recording", "").text().to_owned()
}

#[test]
fn a_recording_is_played_back() {
    let stub = Stub::start();
    let replay = stub.admin("POST", "/replay", &record(&stub)).json();
    assert_eq!(replay, serde_json::json!({ "steps": 6000, "requests": 2, "states": 11, "differences": [] }));
    assert_eq!(stub.admin("POST", "/replay", "nonsense").status, 400);
}

#[test]
fn the_description_lists_every_operation() {
    let stub = Stub::start();
    let document = stub.get("/admin/api/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    for operation in OPERATIONS {
        let described = &document["paths"][operation.path][operation.method];
        assert_eq!(described["summary"], operation.summary, "{} {}", operation.method, operation.path);
    }
    let count: usize =
        document["paths"].as_object().expect("paths").values().map(|it| it.as_object().expect("methods").len()).sum();
    assert_eq!(count, OPERATIONS.len());
}

#[test]
fn errors_are_told() {
    let stub = Stub::start();
    for (method, path, body, status, expect) in [
        ("GET", "/instances/nobody", "", 404, "there is no plant nobody"),
        ("PUT", "/instances/Bad_Name", "", 400, "a name has 1 to 24 characters of a-z, 0-9 and -"),
        ("PUT", "/instances/main", "", 409, "there is a plant main already"),
        ("DELETE", "/instances/main", "", 404, "there is no plant main that could be removed"),
        ("PUT", "/instances/main/clock", "{\"rate\":0,\"paused\":false}", 400, "a rate is a number from 1 to 3600"),
        ("PUT", "/instances/main/clock", "{", 400, "the body cannot be read"),
        ("POST", "/instances/main/clock/step", "{\"steps\":864001}", 400, "steps are a number from 1 to 864000"),
        ("PUT", "/instances/main/data", "1\n2", 400, "2 lines: the file has 26"),
        ("GET", "/instances/main/recipe", "", 404, "there is no recipe"),
        ("POST", "/instances/main/recipe", "name=1", 400, "the recipe cannot be read"),
        ("GET", "/instances/main/recorder/recording", "", 404, "there is no recording"),
        ("POST", "/instances/main/alarms/acknowledge", "{\"id\":\"x\"}", 404, "there is no alarm \"x\""),
        ("PUT", "/instances/main/faults/http", "{\"rules\":[{\"path\":\"x\",\"fault\":\"empty\"}]}", 400, "rule 0 (x)"),
    ] {
        let answer = stub.admin(method, path, body);
        let said = answer.json()["error"].as_str().expect("an error").to_owned();
        assert!(answer.status == status && said.contains(expect), "{method} {path}: {} {said}", answer.status);
    }
    for n in 0..15 {
        assert_eq!(stub.admin("PUT", &format!("/instances/n{n}"), "").status, 201);
    }
    assert_eq!(stub.admin("PUT", "/instances/n15", "").status, 409);
}

#[test]
fn the_stream_tells_of_changes() {
    let stub = Stub::start();
    let mut stream = connect(stub.address);
    let head = format!("GET /admin/api/instances/main/events HTTP/1.0\r\nAuthorization: Bearer {}\r\n\r\n", stub.token);
    stream.write_all(head.as_bytes()).expect("it is sent");
    let lines = BufReader::new(stream).lines().map(|line| line.expect("a line"));
    let mut snapshots =
        lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(line.strip_prefix("data: ")?).ok());
    let first = snapshots.next().expect("a snapshot");
    assert_eq!((&first["step"], &first["vessels"][0]["heater_on"]), (&0.into(), &false.into()));
    stub.get("/startR1.py");
    let next = snapshots.next().expect("another one");
    assert_eq!(next["vessels"][0]["heater_on"], true);
    stub.clock.pass_ms(1_000);
    let later = snapshots.next().expect("a third one");
    assert_eq!(later["step"], 10);
}

#[test]
fn a_recipe_on_a_plant_that_is_served() {
    let stub = Stub::start();
    let recipe = "name=\"r\"\n[[phase]]\nname=\"one\"\ncalls=[\"startR1.py\"]\nfor_s=600\nexpect=[\"getR1 == 1\"]\n\
                  [[phase]]\nname=\"two\"\nfor_s=60\nexpect=[\"getTemp1 > 90\"]\n";
    assert_eq!(stub.admin("POST", "/instances/main/recipe", recipe).json()["running"], "one");
    stub.admin("POST", "/instances/main/clock/step", r#"{"steps":6100}"#);
    assert_eq!(stub.admin("GET", "/instances/main/recipe", "").json()["running"], "two");
    stub.admin("POST", "/instances/main/clock/step", r#"{"steps":1000}"#);
    let report = stub.admin("GET", "/instances/main/recipe", "").json();
    assert_eq!(report["running"], serde_json::Value::Null);
    assert_eq!(report["phases"][0]["failures"], serde_json::json!([]));
    assert!(stub.admin("GET", "/instances/main/recipe/junit", "").text().contains("failures=\"1\""));
}

#[test]
fn trends_of_a_day() {
    let stub = Stub::start();
    stub.get("/startPID1.py");
    for _ in 0..2 {
        stub.admin("POST", "/instances/main/clock/step", r#"{"steps":500000}"#);
    }
    let samples = stub.admin("GET", "/instances/main/trends", "").json();
    let samples = samples.as_array().expect("samples");
    assert_eq!(samples.len(), 8_640);
    assert_eq!((&samples[8_639]["at_s"], &samples[0]["at_s"]), (&100_000.into(), &13_610.into()));
    assert_eq!(samples[8_639]["setpoints_c"], serde_json::json!([78.0, 50.0, 50.0]));
    assert!(samples[8_639]["energy_kwh"].as_f64().expect("a number") > 10.0);
    let few = stub.admin("GET", "/instances/main/trends?after_s=99900", "").json();
    assert_eq!(few.as_array().map(Vec::len), Some(10));
}
