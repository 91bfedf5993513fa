//! What was promised, and whether it is kept.

use crate::figures::{Figures, median};
use crate::plan::{Case, P5_MYSQL, P5_PEER, P5_SQLITE, P6_MYSQL, P6_PEER, P6_SQLITE, P12, Results};

/// How much of what is sent must be acknowledged, or else the server falls behind.
const KEEPS_UP: f64 = 0.98;
const P5_FRAMES_PER_S: f64 = 10_000.0;

/// A promise: what must be, and what we are after.
struct Promise {
    name: &'static str,
    /// By round; the median counts.
    rounds: Vec<f64>,
    /// Without it, missing the aim is all that can happen.
    must: Option<f64>,
    aim: f64,
    /// Larger is better.
    rises: bool,
}

/// Prints a line for each promise; `false` when one is broken that must be kept.
pub(crate) fn print(results: &Results) -> bool {
    println!();
    let kept: Vec<bool> = promises(results).iter().map(Promise::print).collect();
    kept.into_iter().all(|kept| kept)
}

fn promises(results: &Results) -> Vec<Promise> {
    let cpu = |case| ratio(results, case, P5_PEER, |figures| figures.cpu_us_per_frame);
    let p99 = |case| of(results, case, |figures| figures.p99_ms);
    let kept_up = |case| of(results, case, |figures| figures.durable.map(|rate| rate / P5_FRAMES_PER_S));
    let durable = |case| {
        // The peer keeps nothing: its acknowledgements are what there is to compare with.
        let peer = |figures: &Figures| figures.durable.or(figures.accepted);
        ratio(results, case, P6_PEER, peer)
    };
    let less = |name, rounds, must, aim| Promise { name, rounds, must, aim, rises: false };
    let more = |name, rounds, must, aim| Promise { name, rounds, must, aim, rises: true };
    vec![
        less("P5 SQLite: CPU per frame / Mosquitto", cpu(P5_SQLITE), Some(2.0), 1.0),
        less("P5 SQLite: ack p99, ms", p99(P5_SQLITE), None, 25.0),
        more("P5 SQLite: acknowledged / sent", kept_up(P5_SQLITE), Some(KEEPS_UP), KEEPS_UP),
        less("P5 MySQL: CPU per frame / Mosquitto", cpu(P5_MYSQL), Some(2.0), 1.0),
        less("P5 MySQL: ack p99, ms", p99(P5_MYSQL), None, 25.0),
        more("P5 MySQL: acknowledged / sent", kept_up(P5_MYSQL), Some(KEEPS_UP), KEEPS_UP),
        more("P6 SQLite: durable frames/s / Mosquitto", durable(P6_SQLITE), Some(1.0), 1.5),
        more("P6 MySQL: durable frames/s / Mosquitto", durable(P6_MYSQL), Some(1.0), 1.5),
        less("P12: server at rest, MB", of(results, P12, |figures| figures.resident_mb), Some(60.0), 25.0),
    ]
}

fn of(results: &Results, case: Case, figure: impl Fn(&Figures) -> Option<f64>) -> Vec<f64> {
    results.rounds(case).iter().filter_map(figure).collect()
}

/// Round by round, since what disturbs a round disturbs both.
fn ratio(results: &Results, case: Case, peer: Case, figure: impl Fn(&Figures) -> Option<f64>) -> Vec<f64> {
    let rounds = results.rounds(case).iter().zip(results.rounds(peer));
    rounds.filter_map(|(ours, theirs)| Some(figure(ours)? / figure(theirs)?)).collect()
}

impl Promise {
    /// Whether what must be is.
    fn print(&self) -> bool {
        let Self { name, must, aim, .. } = self;
        let Some(figure) = median(self.rounds.clone()) else {
            println!("{name}: not measured");
            return true;
        };
        let reaches = |limit: f64| if self.rises { figure >= limit } else { figure <= limit };
        let kept = must.is_none_or(&reaches);
        let verdict = match (kept, reaches(*aim)) {
            (false, _) => "MISSED",
            (true, false) => "kept, short of the aim",
            (true, true) => "aim reached",
        };
        let must = must.map_or(String::new(), |must| format!("must {must}, "));
        let rounds: Vec<_> = self.rounds.iter().map(|round| format!("{round:.2}")).collect();
        println!("{name}: {figure:.2} ({must}aim {aim}; rounds {}): {verdict}", rounds.join(" "));
        kept
    }
}
