//! `dispobox healthcheck`.

use crate::cli::HealthcheckOptions;
use crate::http_client;
use std::process::ExitCode;
use std::time::Duration;

const DEADLINE: Duration = Duration::from_secs(3);

/// Prints what the server says of its health; the exit code is 0 when it is well or degraded, 1 when it is down or
/// does not answer.
pub(crate) async fn healthcheck(options: &HealthcheckOptions) -> ExitCode {
    let scheme = if options.tls { "https" } else { "http" };
    let url = format!("{scheme}://{}/health", options.http);
    match http_client::get(&url, DEADLINE).await {
        Ok((status, body)) => {
            println!("{}", String::from_utf8_lossy(&body));
            if status == 200 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{url}: {error}");
            ExitCode::FAILURE
        }
    }
}
