//! The project's own commands: `cargo xtask help`.

mod apt;
mod arguments;
mod bench;
mod bench_web;
mod browser_tests;
mod build;
mod checks;
mod demo;
#[cfg(test)]
mod documents;
mod firmware;
#[cfg(test)]
mod light_pages;
mod mariadb;
mod process;
mod site;
mod soak;
mod soak_kiosk;
mod steps;
mod test;
mod toolchain;
mod workspace;

use arguments::{Benchmark, Task};
use std::process::ExitCode;
use workspace::Workspace;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let task = arguments::parse(std::env::args().skip(1))?;
    process::watch_signals()?;
    let workspace = Workspace::find()?;
    match task {
        Task::Help => {
            print!("{}", arguments::HELP);
            Ok(())
        }
        Task::Build(profile) => build::run(&workspace, profile),
        Task::Demo(options) => demo::run(&workspace, &options),
        Task::Test(groups) => test::run(&workspace, &groups),
        Task::Bench { what: Benchmark::Ingest, quick } => bench::run(&workspace, quick),
        Task::Bench { what: Benchmark::Web, quick } => bench_web::run(&workspace, quick),
        Task::Soak(only) => soak::run(&workspace, only),
        Task::SoakKiosk(options) => soak_kiosk::run(&workspace, options),
    }
}
