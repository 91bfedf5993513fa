//! `dispobox`: the program. The only crate that reads the environment, and the one that joins all others.

mod accounts;
mod alerts;
mod any_certificate;
mod audit_command;
mod backend;
mod boards_command;
mod building_copy;
mod building_memory;
mod building_now;
mod card_history;
mod cli;
mod clock;
mod descriptors;
mod fleet;
mod floor_guide;
mod french_holidays;
mod healthcheck;
mod hours_now;
mod http_client;
mod live;
mod logging;
mod master_key;
mod moderation;
mod notices;
mod plans;
mod push;
mod recorded;
mod screens;
mod serve;
mod simulate;
mod site_files;
mod storage_target;
mod storing;
mod stub;
mod tls;
mod user_command;
mod walk_maps;
mod web;
mod wiring_board;

use anyhow::Context;
use cli::{Cli, Command};
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;

fn main() -> ExitCode {
    let cli = Cli::read();
    logging::init(&cli.logging);
    cli::warn_of_unknown_variables();
    run(cli.command).unwrap_or_else(|error| {
        // Not a log line: no filter may hide why the program has ended.
        eprintln!("dispobox: {}", format!("{error:#}").replace('\n', " "));
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("while starting the runtime")?;
    let code = runtime.block_on(async {
        let shutdown = CancellationToken::new();
        cancel_on_signal(shutdown.clone());
        match command {
            // The largest of them by far: in its place it would be in the way of all others.
            Command::Serve(options) => Box::pin(serve::serve(options, shutdown)).await.map(|()| ExitCode::SUCCESS),
            Command::Migrate(options) => storage_target::migrate(&options, &shutdown).await.map(|()| ExitCode::SUCCESS),
            Command::Healthcheck(options) => {
                let checked = shutdown.run_until_cancelled(healthcheck::healthcheck(&options)).await;
                Ok(checked.unwrap_or(ExitCode::FAILURE))
            }
            Command::Keys(options) => {
                boards_command::keys(&options.storage, options.action).await.map(|()| ExitCode::SUCCESS)
            }
            Command::Boards(options) => {
                boards_command::boards(&options.storage, options.action).await.map(|()| ExitCode::SUCCESS)
            }
            Command::Brewery(options) => stub::brewery(options, shutdown).await,
            Command::User(options) => user_command::run(options).await.map(|()| ExitCode::SUCCESS),
            Command::Audit(options) => audit_command::run(options).await.map(|()| ExitCode::SUCCESS),
            Command::Simulate(options) => simulate::run(options, shutdown).await.map(|()| ExitCode::SUCCESS),
        }
    });
    // Blocking work that nobody waits for any more must not hold the program back.
    runtime.shutdown_timeout(std::time::Duration::from_millis(100));
    code
}

/// Asks for a graceful stop at the first SIGTERM or SIGINT; at the second, the program ends on the spot.
fn cancel_on_signal(shutdown: CancellationToken) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::warn!("signals cannot be listened to: only a kill will end this program");
        return;
    };
    let mut next = async move || {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    tokio::spawn(async move {
        next().await;
        shutdown.cancel();
        tracing::info!("stopping");
        next().await;
        std::process::exit(1);
    });
}
