//! A start while the database server does not answer.

use crate::api::{read, wait_for_reason, wait_until_well};
use crate::audit::settle_accounts;
use crate::building::Place;
use crate::http::get;
use crate::mariadb::MariaDb;
use crate::probe::Probe;
use crate::process::{Server, TempDir, eventually, run, serve_command_at};
use crate::soak::figure;
use crate::sockets::reserve_port;
use crate::v2_board::{Habits, V2Board};
use crate::v2_session::{Identity, Over, Session};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Within so long of its return everything that waited must be stored.
const CATCH_UP_MAX: Duration = Duration::from_secs(60);
const STOP_MAX: Duration = Duration::from_secs(2);
const COPIED: [&str; 2] = ["started from a copy of 20", "because the database did not answer"];

struct Scene {
    dir: TempDir,
    database: MariaDb,
    address: SocketAddr,
    probing: Identity,
}

impl Scene {
    fn new() -> (Self, Vec<Identity>) {
        let dir = TempDir::new().with_site();
        let database = MariaDb::start(&dir);
        let scene = Self { address: reserve_port(), probing: nobody(), dir, database };
        let mut identities = scene.place(&scene.database.url()).identify_many(4);
        let probing = identities.remove(0);
        (Self { probing, ..scene }, identities)
    }

    fn place<'a>(&'a self, url: &'a str) -> Place<'a> {
        Place { dir: &self.dir, database_url: Some(url) }
    }

    fn command(&self, url: &str) -> Command {
        let mut command = serve_command_at(&self.dir, self.address);
        command.args(["--database-url", url, "--brewery", "127.0.0.1:0"]);
        command
    }

    fn start(&self) -> Server {
        Server::start_command(self.command(&self.database.url()))
    }

    /// The map must follow the board of the first booths, which starts anew for it; and it is told that all is kept.
    fn check_live(&mut self, server: &Server) {
        self.probing.boot += 1;
        let mut probe = Probe::start(server.web, self.address, self.probing.clone(), 41);
        for _ in 0..4 {
            let step = probe.step();
            assert!(step.stored && step.took < Duration::from_secs(1), "{:?}", step.took);
        }
    }

    /// Started without its database, the server is live, keeps what comes, and says what it lacks.
    fn check_without(&mut self, server: &Server) {
        self.check_live(server);
        wait_for_reason(server.web, Duration::from_secs(10), &COPIED);
        assert_eq!(get(server.web, &history(41)).status, 503);
        assert_eq!(get(server.web, "/floor/4").status, 200);
        assert!(get(server.web, "/brewery").body.contains("data-plant-error=\"not-yet\""), "the plant is to come");
        assert_eq!(get(server.web, "/api/open_plant").status, 503);
        assert_eq!(get(server.web, "/brewery/events").status, 503);
    }

    fn sql(&self, statement: &str) -> String {
        let url = self.database.url();
        let (_, place) = url.rsplit_once('@').expect("a URL with a user");
        let (address, name) = place.split_once('/').expect("a database");
        let address: SocketAddr = address.parse().expect("an address");
        let mut command = Command::new("mariadb");
        command.args(["--no-defaults", "--user=root", "--protocol=tcp", "--host=127.0.0.1", "--skip-column-names"]);
        command.arg(format!("--port={}", address.port())).args(["--execute", statement, name]);
        let output = command.output().expect("the client runs");
        assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }
}

fn nobody() -> Identity {
    Identity { id: String::new(), key: [0; 32], key_version: 1, boot: 1, channels: 0 }
}

/// All of the last hour.
fn history(booth: u32) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    format!("/api/v1/booths/{booth}/history?from={}&until={}", now - 3_600_000, now + 1_000)
}

/// Killed with its database, killed again without it, and stopped while it is frozen: the server starts each time.
#[test]
fn from_a_copy_again_and_again() {
    let (mut scene, identities) = Scene::new();
    let revoked = identities[2].clone();
    let boards: Vec<V2Board> = identities[..2]
        .iter()
        .map(|who| V2Board::start(scene.address, who.clone(), Habits::events_per_second(20)))
        .collect();
    let acknowledged = || boards.iter().for_each(|board| board.wait_until_acknowledged(20));

    let server = scene.start();
    scene.check_live(&server);
    acknowledged();
    scene.place(&scene.database.url()).succeed(&["keys", "revoke", &revoked.id]);
    let copy = scene.dir.path().join("data/building.json");
    eventually("the copy follows", || std::fs::read_to_string(&copy).ok()?.contains("\"revoked\":true").then_some(()));
    scene.database.kill();
    acknowledged();
    server.kill();

    let server = scene.start();
    scene.check_without(&server);
    let refused = Session::open(Ipv4Addr::LOCALHOST, scene.address, &revoked).err();
    assert_eq!(refused, Some(Over::Refused(401)), "what was revoked stays so");
    acknowledged();
    server.kill();

    let server = scene.start();
    scene.check_without(&server);
    acknowledged();
    let never_there = server.stop();

    scene.database.start_again();
    scene.sql("update booth set name = 'Quiet' where number = 41");
    scene.database.freeze();
    let server = scene.start();
    scene.check_without(&server);
    let frozen = server.stop();
    let server = scene.start();
    scene.check_without(&server);
    acknowledged();
    scene.database.thaw();
    let thawed = Instant::now();
    let account = settle_accounts(server.web, &boards, CATCH_UP_MAX);
    wait_until_well(server.web, Duration::from_secs(10));
    let caught_up = thawed.elapsed();
    eventually("the building is shown as it is", || {
        get(server.web, "/api/v1/booths/41").body.contains("Quiet").then_some(())
    });
    eventually("the plant is there", || (get(server.web, "/api/open_plant").status == 200).then_some(()));
    check_history(&scene, &server);
    scene.database.freeze();
    let back_and_gone = server.stop();
    for took in [never_there, frozen, back_and_gone] {
        assert!(took < STOP_MAX, "{took:?}");
    }
    scene.database.thaw();
    figure("2", &format!("started 4 times without the database: {account}; stored {caught_up:?} after its return"));
    figure(
        "8",
        &format!("stopped in {never_there:?} without it, {frozen:?} and {back_and_gone:?} while it was frozen"),
    );
}

/// Between what one run sensed and what the next did, nothing was known; and no session is left open but those that are.
fn check_history(scene: &Scene, server: &Server) {
    let intervals = read(server.web, &history(41));
    let intervals = intervals["intervals"].as_array().expect("intervals").clone();
    let count = |reason: &str| {
        let observation = serde_json::json!({ "unknown": reason });
        intervals.iter().filter(|interval| interval["observation"] == observation).count()
    };
    // Before the first run, after the two that were killed, and from now on; the others were stopped.
    assert!(count("no_data") >= 3, "{intervals:?}");
    assert!(count("stopped") >= 1, "{intervals:?}");
    let ends: Vec<_> = intervals.iter().map(|interval| interval["until"].as_i64()).collect();
    let starts: Vec<_> = intervals.iter().map(|interval| interval["from"].as_i64()).collect();
    assert_eq!(ends[..ends.len() - 1], starts[1..], "without gap or overlap");
    let killed: u32 =
        scene.sql("select count(*) from board_session where end_reason = 'server_ended'").parse().expect("");
    assert!(killed >= 4, "two boards, killed twice: {killed}");
    let open: u32 = scene.sql("select count(*) from board_session where ended_at is null").parse().expect("a count");
    let online = read(server.web, "/api/v1/boards");
    let online = online["boards"].as_array().expect("boards").iter().filter(|board| board["state"] == "online");
    assert_eq!(open as usize, online.count());
}

#[test]
fn what_is_refused_is_fatal_and_so_is_silence_without_a_copy() {
    let (scene, _) = Scene::new();
    let url = scene.database.url();
    scene.start().stop();
    let unknown_database = format!("{url}_unknown");
    let (scheme, place) = url.split_once("root@").expect("a user");
    let denied = format!("{scheme}nobody:secret@{place}");
    let nobody_listens = format!("{scheme}nobody:secret@127.0.0.1:1/dispobox");
    let cases = [
        (unknown_database, "Unknown database"),
        (denied, "Access denied"),
        (nobody_listens, "cannot reach the database"),
        ("postgres://db/x".to_owned(), "unknown database scheme"),
    ];
    for (url, reason) in cases {
        let output = run(scene.command(&url));
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let last = text.lines().last().unwrap_or_default();
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(last.contains(reason) && !text.contains("secret"), "{text}");
    }
    scene.database.freeze();
    std::fs::write(scene.dir.path().join("data/building.json"), "nonsense").expect("written");
    let output = run(scene.command(&url));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("building.json") && text.contains("no answer from the database"), "{text}");
    scene.database.thaw();
}
