//! What is being done and how long it took. Written to standard error: standard output belongs to results.

use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// The steps of one task.
pub(crate) struct Steps {
    started: Instant,
    done: Vec<Done>,
}

struct Done {
    name: String,
    took: Duration,
    failed: bool,
}

impl Steps {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), done: Vec::new() }
    }

    /// Does one step and notes its time; `name` says what it is about ("server"), `doing` what is done ("compiling").
    pub(crate) fn step<T>(&mut self, name: &str, doing: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.say(&format!("{name}: {doing} ..."));
        let started = Instant::now();
        let result = work().with_context(|| format!("while {doing} ({name})"));
        self.done.push(Done { name: format!("{name}: {doing}"), took: started.elapsed(), failed: result.is_err() });
        result
    }

    /// One line with the time since the start.
    pub(crate) fn say(&self, line: &str) {
        eprintln!("[{:5.1} s] {line}", self.started.elapsed().as_secs_f64());
    }

    /// The closing table.
    pub(crate) fn print_table(&self) {
        eprint!("{}", table(&self.done, self.started.elapsed()));
    }
}

fn table(done: &[Done], total: Duration) -> String {
    let width = done.iter().map(|step| step.name.chars().count()).max().unwrap_or(0).max("total".len());
    let mut text = String::new();
    let mut row = |name: &str, took: Duration, mark: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name:width$} {:7.1} s{mark}", took.as_secs_f64());
    };
    for step in done {
        row(&step.name, step.took, if step.failed { "  FAILED" } else { "" });
    }
    row("total", total, "");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_rows() {
        let done = [
            Done { name: "server: compiling".to_owned(), took: Duration::from_millis(12_340), failed: false },
            Done { name: "css".to_owned(), took: Duration::from_millis(60), failed: true },
        ];
        let expect =
            "  server: compiling    12.3 s\n  css                   0.1 s  FAILED\n  total                12.4 s\n";
        assert_eq!(table(&done, Duration::from_millis(12_400)), expect);
    }
}
