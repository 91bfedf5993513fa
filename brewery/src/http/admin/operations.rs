//! Every operation of the admin API.

/// An operation, as `openapi.json` tells of it. Paths are below `/admin/api`.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// `get`, `put`, `post` or `delete`.
    pub method: &'static str,
    /// With `{name}` for the plant.
    pub path: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// The type of its body and an example; none without it.
    pub body: Option<(&'static str, &'static str)>,
    /// The type of its answer; none when there is nothing to say.
    pub answer: Option<&'static str>,
}

const JSON: &str = "application/json";
const TEXT: &str = "text/plain";

const fn get(path: &'static str, summary: &'static str, answer: &'static str) -> Operation {
    Operation { method: "get", path, summary, body: None, answer: Some(answer) }
}

const fn put(path: &'static str, summary: &'static str, example: &'static str) -> Operation {
    Operation { method: "put", path, summary, body: Some((JSON, example)), answer: Some(JSON) }
}

const fn post(path: &'static str, summary: &'static str, body: Option<(&'static str, &'static str)>) -> Operation {
    Operation { method: "post", path, summary, body, answer: Some(JSON) }
}

const fn delete(path: &'static str, summary: &'static str) -> Operation {
    Operation { method: "delete", path, summary, body: None, answer: None }
}

/// A recipe for examples.
const RECIPE: &str = "name = \"Hot water\"\n[[phase]]\nname = \"heat\"\ncalls = [\"startPID1.py\"]\nfor_s = 2450\nuntil = \"getTemp1 >= 77.7\"\n";

/// All of them.
pub const OPERATIONS: [Operation; 28] = [
    get("/instances", "The names of all plants", JSON),
    put("/instances/{name}", "Make a plant", r#"{"seed":7,"valves":"enforced","rate":60,"seed_text":false}"#),
    get("/instances/{name}", "How a plant is", JSON),
    get("/instances/{name}/events", "How it is, as a stream: an event `snapshot` after changes", "text/event-stream"),
    get("/instances/{name}/trends", "Samples of the last 24 h of plant time; `?after_s=` leaves older ones out", JSON),
    get("/instances/{name}/data", "The 26 lines of the first stub", TEXT),
    Operation {
        method: "put",
        path: "/instances/{name}/data",
        summary: "Take over the 26 lines of the first stub",
        body: Some((TEXT, "78.0\n...")),
        answer: None,
    },
    put("/instances/{name}/clock", "Set the rate, pause, go on", r#"{"rate":60,"paused":false}"#),
    post("/instances/{name}/clock/step", "Make steps of 0.1 s at once", Some((JSON, r#"{"steps":600}"#))),
    put("/instances/{name}/valves", "What valves do: advisory or enforced", r#"{"mode":"enforced"}"#),
    put(
        "/instances/{name}/tuning",
        "Tune a loop",
        r#"{"vessel":"HotTank","tuning":{"gain_per_k":0.5,"integral_s":600,"derivative_s":0}}"#,
    ),
    put("/instances/{name}/content", "Fill a vessel", r#"{"vessel":"Ebu","volume_l":40,"celsius":65}"#),
    post("/instances/{name}/alarms/acknowledge", "See an alarm, or all", Some((JSON, r#"{"id":null}"#))),
    get("/instances/{name}/faults/process", "What is broken", JSON),
    put("/instances/{name}/faults/process", "Break these and nothing else", r#"[{"part":"R1","fault":"welded"}]"#),
    get("/instances/{name}/faults/http", "How answers go wrong", JSON),
    put(
        "/instances/{name}/faults/http",
        "Let answers go wrong like this and not otherwise",
        r#"{"seed":7,"rules":[{"path":"/get*","probability":0.5,"fault":"delay","distribution":"fixed","ms":1}]}"#,
    ),
    post("/instances/{name}/recipe", "Follow a recipe, from a reset on", Some(("application/toml", RECIPE))),
    get("/instances/{name}/recipe", "What has come of the recipe so far", JSON),
    get("/instances/{name}/recipe/junit", "The same, for build servers", "application/xml"),
    delete("/instances/{name}/recipe", "Follow it no more"),
    get("/instances/{name}/recorder", "Whether it records", JSON),
    post("/instances/{name}/recorder/start", "Record from now on", None),
    post("/instances/{name}/recorder/stop", "Record no more", None),
    get("/instances/{name}/recorder/recording", "What was recorded", "application/x-ndjson"),
    post("/replay", "Play a recording on a plant of its own, and compare", Some(("application/x-ndjson", "..."))),
    delete("/instances/{name}", "Take a plant away; the main one stays"),
    get("/openapi.json", "This description; needs no token", JSON),
];
