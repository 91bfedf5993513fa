//! What is kept over a restart.

use crate::host::{MemoryStore, Stub};
use brewery::hosting::{InstanceSettings, LoadError, OpenError};
use brewery::plant::ValveMode;
use std::sync::Arc;

#[test]
fn a_restart_changes_nothing() {
    let store = Arc::<MemoryStore>::default();
    let settings =
        InstanceSettings { valves: Some(ValveMode::Enforced), rate: Some(60.0), ..InstanceSettings::default() };
    let stub = Stub::open(store.clone(), settings).expect("a stub");
    stub.admin("PUT", "/instances/second", "{\"seed_text\":true,\"rate\":7}");
    for path in
        ["/startPID1.py", "/startA.py", "/startB.py", "/startP1.py", "/setCible2_66.6.py", "/i/second/startB1.py"]
    {
        assert_eq!(stub.get(path).status, 200);
    }
    stub.admin("PUT", "/instances/main/faults/process", r#"[{"part":"Ebu","fault":"noise","k":0.7}]"#);
    stub.admin("POST", "/instances/main/clock/step", r#"{"steps":12345}"#);
    let before = [stub.brewery.main().expect("it").snapshot(), stub.brewery.find("second").expect("it").snapshot()];
    assert!(before[0].pipes.iter().any(|flow| *flow > 0.0), "something flows");
    stub.stop();

    let again = Stub::open(store.clone(), InstanceSettings::default()).expect("a stub");
    let after = [again.brewery.main().expect("it").snapshot(), again.brewery.find("second").expect("it").snapshot()];
    assert_eq!(before, after);
    assert!(again.get("/i/second/setCible3_60.py").text().contains("Ebu"), "it answers as it did");
    let rows = store.rows();
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["main", "second"]);
    assert_eq!(rows[0].data.lines().count(), 26);

    assert_eq!(again.admin("DELETE", "/instances/second", "").status, 204);
    let began = std::time::Instant::now();
    while store.rows().len() > 1 {
        assert!(began.elapsed().as_secs() < 20, "it is still kept");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn what_was_removed_at_once_does_not_come_back() {
    let store = Arc::<MemoryStore>::default();
    let stub = Stub::open(store.clone(), InstanceSettings::default()).expect("a stub");
    stub.admin("PUT", "/instances/second", "{}");
    stub.stop();
    assert_eq!(store.rows().len(), 2);

    let again = Stub::open(store.clone(), InstanceSettings::default()).expect("a stub");
    again.brewery.remove(&"second".parse().expect("a name")).expect("removed");
    again.stop();
    assert_eq!(store.rows().iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["main"]);
}

#[test]
fn the_rest_of_the_run_is_the_same() {
    let run = |restart: bool| {
        let store = Arc::<MemoryStore>::default();
        let mut stub = Stub::open(store.clone(), InstanceSettings::default()).expect("a stub");
        for path in ["/startPID1.py", "/startPID2.py", "/startA.py", "/startB.py"] {
            stub.get(path);
        }
        stub.admin("PUT", "/instances/main/faults/process", r#"[{"part":"HotTank","fault":"noise","k":0.7}]"#);
        stub.admin("POST", "/instances/main/clock/step", r#"{"steps":20003}"#);
        if restart {
            stub.stop();
            stub = Stub::open(store, InstanceSettings::default()).expect("a stub");
        }
        stub.admin("POST", "/instances/main/clock/step", r#"{"steps":20003}"#);
        stub.brewery.main().expect("it").snapshot()
    };
    assert_eq!(run(false), run(true));
}

#[test]
fn what_cannot_be_read_is_not_overwritten() {
    let store = Arc::<MemoryStore>::default();
    Stub::open(store.clone(), InstanceSettings::default()).expect("a stub").stop();
    let mut row = store.rows().remove(0);
    for model in ["", "{}", &row.model.replacen("\"version\":1", "\"version\":9", 1)] {
        let spoilt = Arc::<MemoryStore>::default();
        row.model = model.to_owned();
        let saved = row.clone();
        tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
            brewery::hosting::Store::save(spoilt.as_ref(), saved).await.expect("saved");
        });
        let refused = Stub::open(spoilt.clone(), InstanceSettings::default()).map(drop);
        assert!(matches!(refused, Err(OpenError::Load(LoadError::Unreadable { .. }))), "{model:?}");
        assert_eq!(spoilt.rows(), [row.clone()]);
    }
}
