//! What taking events in costs, beside what nothing can beat on this machine and beside Mosquitto, in one run.
//!
//! `cargo xtask bench ingest` starts it. The server and its peers are processes of their own; the load is one thread of this
//! one. Everything is on the loopback. Rounds are interleaved, so that what disturbs the machine disturbs all alike; the
//! figures are medians of the rounds, and a ratio is the median of the rounds' ratios.

#![allow(missing_docs)]

mod echo;
mod figures;
mod installation;
mod limits;
mod load;
mod metrics;
mod mosquitto;
mod mqtt;
mod plan;
mod process;
mod report;
mod server;
mod v1;
mod v2;
mod verdicts;
mod viewers;

use anyhow::Context;
use plan::Plan;
use std::process::ExitCode;
use tokio::runtime::{Builder, Runtime};

fn main() -> anyhow::Result<ExitCode> {
    // cargo says `--bench` to every benchmark.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => bench(Plan::FULL),
        ["--quick"] => bench(Plan::QUICK),
        [echo::ROLE] => several_threads()?.block_on(echo::serve()).map(|()| ExitCode::SUCCESS),
        _ => anyhow::bail!("this benchmark knows --quick, not {words:?}"),
    }
}

fn bench(plan: Plan) -> anyhow::Result<ExitCode> {
    rlimit::increase_nofile_limit(rlimit::INFINITY).context("while raising the limit of open files")?;
    // One thread: the load must not take both cores from what it loads.
    let figures = Builder::new_current_thread().enable_all().build()?.block_on(plan::run(plan))?;
    report::print(&figures);
    Ok(if verdicts::print(&figures) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The runtime of the product.
fn several_threads() -> anyhow::Result<Runtime> {
    Ok(Builder::new_multi_thread().enable_all().build()?)
}
