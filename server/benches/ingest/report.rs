//! The table.

use crate::plan::{Case, Results, Subject};

const HEAD: [&str; 8] =
    ["accepted/s", "durable/s", "stored/s", "ack p50 ms", "ack p99 ms", "CPU us/frame", "kB/connection", "RSS MB"];

/// Prints the medians of all rounds.
pub(crate) fn print(results: &Results) {
    println!("\n| what | boards | {} |\n|---|--:|{}", HEAD.join(" | "), "--:|".repeat(HEAD.len()));
    for (case, medians) in results.medians() {
        let cells: Vec<_> = medians.into_iter().map(|median| median.map_or("-".to_owned(), show)).collect();
        println!("| {} | {} | {} |", name(case), case.boards, cells.join(" | "));
    }
    println!("{NOTES}");
}

const NOTES: &str = "
- 10/s: every board sends ten frames a second, each with three booths, one of which changes now and then. saturated: every
  board has 16 frames under way, always. v1 boards are asked by the server, twice a second each, whatever they could do;
  nothing is acknowledged to them, and what is stored is what changes.
- accepted, durable, stored: taken from the wire; acknowledged, which is after the disk has it; in the main database.
- CPU is that of the process under load, in user and system mode, in steps of 10 ms: for 10 boards that is coarse. It
  counts everything that the server does meanwhile, also storing what came before. A database server's own is not in it.
- A group commit's p50 and p99 are those of one commit; its CPU includes making the group's JSON.";

fn name(case: Case) -> String {
    let load = if case.saturated { "saturated" } else { "10/s" };
    match case.subject {
        Subject::Commits(1) => "limit: one commit per frame".to_owned(),
        Subject::Commits(events) => format!("limit: a commit per {events} frames"),
        Subject::Echo => format!("limit: echo, {load}"),
        Subject::Mosquitto => format!("peer: Mosquitto QoS 1, {load}"),
        Subject::Sqlite => format!("v2, SQLite, {load}"),
        Subject::Mysql => format!("v2, MySQL, {load}"),
        Subject::V1 => "v1, SQLite, polled 2/s".to_owned(),
        Subject::AtRest => "at rest, with 1,000 viewers".to_owned(),
    }
}

/// Three digits are all that such a measurement has.
fn show(number: f64) -> String {
    match number {
        1_000.0.. => format!("{number:.0}"),
        10.0.. => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}
