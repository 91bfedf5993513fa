//! Recipes and recordings without a port.

use super::command::read_file;
use anyhow::Context;
use brewery::recipe::{Recipe, Report};
use brewery::recorder::Recording;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// `dispobox brewery run FILE`: 0 when all is as expected, 1 when not.
pub(super) async fn run_recipe(
    file: &Path,
    rate: Option<f64>,
    seed: u64,
    junit: Option<&Path>,
    shutdown: CancellationToken,
) -> anyhow::Result<ExitCode> {
    let named = || format!("while following {}", file.display());
    let recipe = Recipe::from_toml(&read_file(file)?).with_context(named)?;
    let running = tokio::task::spawn_blocking(move || follow(&recipe, rate, seed));
    let Some(report) = shutdown.run_until_cancelled(running).await else {
        anyhow::bail!("stopped before the recipe was over");
    };
    let report = report.context("while following a recipe")?.with_context(named)?;
    if let Some(out) = junit {
        std::fs::write(out, report.junit()).with_context(|| format!("while writing {}", out.display()))?;
    }
    print(&report);
    Ok(if report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// At a rate, or as fast as the machine can.
fn follow(recipe: &Recipe, rate: Option<f64>, seed: u64) -> Result<Report, brewery::recipe::RecipeError> {
    let began = Instant::now();
    let mut seconds: f64 = 0.0;
    recipe.run(seed, || {
        seconds += 1.0;
        if let Some(rate) = rate {
            let due = Duration::from_secs_f64(seconds / rate);
            std::thread::sleep(due.saturating_sub(began.elapsed()));
        }
    })
}

fn print(report: &Report) {
    for phase in &report.phases {
        let verdict = if phase.failures.is_empty() { "ok" } else { "FAILED" };
        println!("{verdict:<6}  {:>7} s  {}", phase.took_s, phase.name);
        for failure in &phase.failures {
            println!("        {failure}");
        }
    }
}

/// `dispobox brewery replay FILE`: 0 when all comes out the same, 1 when not.
pub(super) async fn replay(file: PathBuf, shutdown: CancellationToken) -> anyhow::Result<ExitCode> {
    let text = read_file(&file)?;
    let playing =
        tokio::task::spawn_blocking(move || Recording::from_text(&text).and_then(|recording| recording.replay()));
    let replay = shutdown.run_until_cancelled(playing).await.context("stopped before the recording was over")?;
    let replay = replay.context("while playing a recording")?;
    let replay = replay.with_context(|| format!("while playing {}", file.display()))?;
    println!("{} steps, {} requests, {} states compared", replay.steps, replay.requests, replay.states);
    for difference in &replay.differences {
        println!("different: {difference}");
    }
    Ok(if replay.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
