//! What has come of a recipe.

use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// A recipe's phases that are over, and the one that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The recipe.
    pub name: String,
    /// The phase that runs.
    pub running: Option<String>,
    /// Those that are over, in order.
    pub phases: Vec<PhaseReport>,
}

/// A phase that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseReport {
    /// Its name.
    pub name: String,
    /// Seconds of plant time.
    pub took_s: u64,
    /// What was not as expected, 20 at most.
    pub failures: Vec<String>,
}

impl Report {
    /// Whether nothing has failed so far.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.phases.iter().all(|phase| phase.failures.is_empty())
    }

    /// As JUnit's XML, which build servers read: a phase is a test case.
    #[must_use]
    pub fn junit(&self) -> String {
        let failed = self.phases.iter().filter(|phase| !phase.failures.is_empty()).count();
        let took_s: u64 = self.phases.iter().map(|phase| phase.took_s).sum();
        let (name, tests) = (escape(&self.name), self.phases.len());
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"{name}\" tests=\"{tests}\" \
             failures=\"{failed}\" errors=\"0\" skipped=\"0\" time=\"{took_s}\">\n"
        );
        for phase in &self.phases {
            // Writing to a text cannot fail.
            let _ = writeln!(xml, "{}", phase.junit(&name));
        }
        xml + "</testsuite>\n</testsuites>\n"
    }
}

impl PhaseReport {
    fn junit(&self, recipe: &str) -> String {
        let (name, took_s) = (escape(&self.name), self.took_s);
        let case = format!("<testcase classname=\"{recipe}\" name=\"{name}\" time=\"{took_s}\"");
        let Some(first) = self.failures.first() else { return case + "/>" };
        let all = escape(&self.failures.join("\n"));
        format!("{case}><failure message=\"{}\">{all}</failure></testcase>", escape(first))
    }
}

/// For text and attributes. What XML cannot hold becomes a question mark.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' => escaped += "&#10;",
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => escaped.push('?'),
            c => escaped.push(c),
        }
    }
    escaped
}
