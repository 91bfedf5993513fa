//! Without its database the server loses nothing, and the map stays live.

use crate::api::{wait_for_reason, wait_until_well};
use crate::audit::{settle_accounts, wait_until_stored};
use crate::building::Place;
use crate::mariadb::MariaDb;
use crate::probe::Probe;
use crate::process::{Server, TempDir, serve_command_at};
use crate::soak::{figure, median_and_p99, short_or_long};
use crate::sockets::reserve_port;
use crate::v2_board::{Habits, V2Board};
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

const EVENTS_PER_SECOND: u32 = 20;
/// Within so long of its return everything that waited must be stored.
const CATCH_UP_MAX: Duration = Duration::from_secs(60);

#[test]
fn the_database_is_killed_frozen_and_outlives_the_server() {
    let away = short_or_long(Duration::from_secs(15), Duration::from_secs(600));
    let dir = TempDir::new().with_site();
    let mut database = MariaDb::start(&dir);
    let url = database.url();
    let place = Place { dir: &dir, database_url: Some(&url) };
    let mut identities = place.identify_many(4);
    let probing = identities.remove(0);
    let address = reserve_port();
    let habits = Habits::events_per_second(EVENTS_PER_SECOND);
    let boards: Vec<V2Board> = identities.into_iter().map(|who| V2Board::start(address, who, habits.clone())).collect();

    let server = Server::start_command(command(&dir, address, &url));
    let mut probe = Probe::start(server.web, address, probing, 41);
    let before = median_and_p99(&probe.measure(Duration::from_secs(4))).0;
    database.kill();
    let killed = go_on_without(&server, &mut probe, &boards, away, before);
    database.start_again();
    let killed = format!("{killed}, stored {:?} after", catch_up(&server));
    database.freeze();
    let frozen = go_on_without(&server, &mut probe, &boards, away, before);
    database.thaw();
    let frozen = format!("{frozen}, stored {:?} after", catch_up(&server));

    database.kill();
    boards[0].wait_until_acknowledged(40);
    server.kill();
    database.start_again();
    let server = Server::start_command(command(&dir, address, &url));
    let account = settle_accounts(server.web, &boards, CATCH_UP_MAX);
    figure(
        "2",
        &format!("live latency {before:?} before; killed for {away:?}: {killed}; frozen for {away:?}: {frozen}"),
    );
    figure("2", &format!("at the end, after the server was killed without its database: {account}"));
}

fn command(dir: &TempDir, boards: SocketAddr, url: &str) -> Command {
    let mut command = serve_command_at(dir, boards);
    command.args(["--database-url", url]);
    command
}

/// The map must be as quick as before, and every board acknowledged as before; returns how quick it was.
fn go_on_without(server: &Server, probe: &mut Probe, boards: &[V2Board], away: Duration, before: Duration) -> String {
    let count = || boards.iter().map(|board| board.ledger().acknowledged()).collect::<Vec<_>>();
    let counts_before = count();
    let during = probe.measure(away);
    let (median, p99) = median_and_p99(&during);
    assert!(median <= before * 3 + Duration::from_millis(20), "from {before:?} to {median:?}");
    let events = usize::try_from(away.as_secs() * u64::from(EVENTS_PER_SECOND)).expect("a count");
    for ((board, before), after) in boards.iter().zip(counts_before).zip(count()) {
        let more = after - before;
        assert!(more * 10 >= events * 9, "{}: {more} of {events} acknowledged", board.id);
        assert_eq!(board.ledger().refused, 0, "{}: told to try again", board.id);
    }
    wait_for_reason(server.web, Duration::from_secs(1), &["database"]);
    format!("median {median:?}, p99 {p99:?}")
}

fn catch_up(server: &Server) -> Duration {
    let took = wait_until_stored(server.web, CATCH_UP_MAX);
    wait_until_well(server.web, Duration::from_secs(5));
    took
}
