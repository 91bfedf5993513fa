//! What was acknowledged is stored, once, whatever kills the server.

use crate::audit::settle_accounts;
use crate::building::Place;
use crate::chance::Chance;
use crate::chaos::{Chaos, Weather};
use crate::process::{DEADLINE, Server, TempDir, serve_command_at, wait_for_end};
use crate::soak::{alone, figure, short_or_long};
use crate::sockets::reserve_port;
use crate::v2_board::{Habits, V2Board};
use std::net::SocketAddr;
use std::time::Duration;

const BOARDS: usize = 8;
const EVENTS_PER_SECOND: u32 = 20;

#[test]
fn kill_9_at_random_moments() {
    let _alone = alone();
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    let address = reserve_port();
    let habits = Habits { back_off_max: Duration::from_millis(300), ..Habits::events_per_second(EVENTS_PER_SECOND) };
    let boards: Vec<V2Board> =
        place.identify_many(BOARDS).into_iter().map(|who| V2Board::start(address, who, habits.clone())).collect();
    let mut chance = Chance::new();
    let kills = short_or_long(6, 50);
    for kill in 0..kills {
        if kill % 3 == 2 {
            kill_while_starting(&dir, address, &mut chance);
        } else {
            kill_while_serving(&dir, address, &boards, &mut chance);
        }
        boards[kill % BOARDS].restart();
    }

    let server = Server::start_command(serve_command_at(&dir, address));
    let account = settle_accounts(server.web, &boards, DEADLINE);
    let rows = place.sql(&["select count(*), count(distinct board_id || '/' || boot || '.' || n) from board_event"]);
    let (all, distinct) = rows.trim_matches(['[', '(', ')', ']', ',']).split_once(", ").expect("two counts");
    assert_eq!(all, distinct, "rows and different events");
    assert!(account.acknowledged > kills * BOARDS, "the boards hardly got through: {account}");
    figure("1", &format!("{kills} kills of the server, {BOARDS} boards: {account}"));
}

/// Small pieces, late, and every connection broken again and again; once all of it vanishes without a word.
#[test]
fn a_bad_network() {
    let dir = TempDir::new().with_site();
    let identities = Place::embedded(&dir).identify_many(4);
    let server = Server::start(&dir);
    let chaos = Chaos::before(server.boards);
    let habits = Habits { back_off_max: Duration::from_millis(300), ..Habits::events_per_second(EVENTS_PER_SECOND) };
    let boards: Vec<V2Board> =
        identities.into_iter().map(|who| V2Board::start(chaos.address, who, habits.clone())).collect();
    let mut chance = Chance::new();
    let breaks = short_or_long(12, 200);
    for turn in 0..breaks {
        chaos.set(Weather {
            latency: Duration::from_millis(chance.within(0..4)),
            slice_max: (turn % 2 == 0).then_some(50),
            bytes_per_second: (turn % 3 == 0).then_some(20_000),
            refuse: turn % 4 == 3,
            black_hole: turn == 5,
            break_after_bytes: (turn % 5 == 4).then_some(1_000),
        });
        // A board gives a connection up after 5 s without an answer.
        std::thread::sleep(Duration::from_millis(if turn == 5 { 6_000 } else { chance.within(200..600) }));
        chaos.break_all();
    }
    chaos.set(Weather::default());
    let account = settle_accounts(server.web, &boards, DEADLINE);
    let sessions: u32 = boards.iter().map(|board| board.ledger().sessions).sum();
    assert!(sessions > 20, "{sessions} sessions");
    figure("1", &format!("{breaks} breaks of the network, {sessions} sessions: {account}"));
}

/// Between 0.2 and 1.5 s after it was ready, and not before it has stored something.
fn kill_while_serving(dir: &TempDir, address: SocketAddr, boards: &[V2Board], chance: &mut Chance) {
    let server = Server::start_command(serve_command_at(dir, address));
    boards[0].wait_until_acknowledged(1);
    std::thread::sleep(Duration::from_millis(chance.within(0..1_300)));
    server.kill();
}

fn kill_while_starting(dir: &TempDir, address: SocketAddr, chance: &mut Chance) {
    let mut child = serve_command_at(dir, address).spawn().expect("the program starts");
    std::thread::sleep(Duration::from_millis(chance.within(0..500)));
    child.kill().expect("it is killed");
    wait_for_end(&mut child);
}
