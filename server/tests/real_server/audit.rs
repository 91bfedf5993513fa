//! Holds what boards were promised against what the server has stored.

use crate::api::{Listed, list_events};
use crate::ledger::Account;
use crate::metrics::Metrics;
use crate::outbox::counts_of;
use crate::process::within;
use crate::v2_board::V2Board;
use crate::v2_wire::EventName;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Waits until everything that was acknowledged is in the main database; returns how long that took.
pub(crate) fn wait_until_stored(web: SocketAddr, deadline: Duration) -> Duration {
    let started = Instant::now();
    within(deadline, "an empty spool", || (Metrics::read(web).value("dispobox_spool_records") == 0.0).then_some(()));
    started.elapsed()
}

/// Lets the boards get rid of what they have, and adds up their accounts.
pub(crate) fn settle_accounts(web: SocketAddr, boards: &[V2Board], deadline: Duration) -> Account {
    boards.iter().for_each(V2Board::settle);
    wait_until_stored(web, deadline);
    let mut sum = Account::default();
    for board in boards {
        sum.add(settle(web, board));
    }
    sum
}

fn settle(web: SocketAddr, board: &V2Board) -> Account {
    let stored = list_events(web, &board.id);
    stored.iter().for_each(check_content);
    let names: Vec<EventName> = stored.iter().map(|listed| listed.event).collect();
    let ledger = board.ledger();
    assert!(ledger.faults.is_empty(), "{}: {:?}", board.id, ledger.faults);
    let account = Account::of(&ledger, &names);
    assert!(account.is_right(), "{}: {account}; its sessions ended by {:?}", board.id, ledger.ends);
    account
}

/// What is stored under an event's name is what the board said then.
fn check_content(listed: &Listed) {
    let Listed { event, states, counts, at, received_at } = listed;
    let said = counts_of(*event, counts.len());
    assert_eq!(*counts, said, "{event}");
    let high: String = said.iter().map(|count| if *count > 0 { '1' } else { '0' }).collect();
    assert_eq!(*states, high, "{event}");
    assert!(at <= received_at, "{event} happened {} ms after it was received", at - received_at);
}
