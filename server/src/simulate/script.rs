//! A script of who sits where when.
//!
//! Shape: steps separated by `;` or line ends, each `<time> <booth> occupied` or `<time> <booth> free`: `2s 42 occupied;
//! 9s 42 free`. The time counts from the start, as `1500ms`, `2s`, `2.5s` or `1m`. `#` begins a comment to the end of
//! the line. Booths that are not named stay free.

use std::time::Duration;

/// The longest time, in seconds: a day.
const TIME_S_MAX: f64 = 86_400.0;

/// What happens when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// By time; steps of the same time as they were written.
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    at: Duration,
    booth: u8,
    occupied: bool,
}

/// Why a text is no script.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem} in {step:?}")]
pub struct ScriptError {
    /// From 1.
    pub line: usize,
    /// Of the step's first character, from 1.
    pub column: usize,
    /// The step as it was written.
    pub step: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not three words.
    #[error("a step is <time> <booth> occupied|free, such as 2s 42 occupied; that is not so")]
    Words,
    /// Not a time.
    #[error("the first word must be a time such as 1500ms, 2s, 2.5s or 1m; that is not so")]
    Time,
    /// Not a booth that v1 can name.
    #[error("the second word must be a booth from 0 to 99; that is not so")]
    Booth,
    /// Neither of the two states.
    #[error("the third word must be occupied or free; that is not so")]
    State,
}

impl Script {
    /// Whether the booth is occupied `elapsed` after the start.
    #[must_use]
    pub fn is_occupied(&self, booth: u8, elapsed: Duration) -> bool {
        let past = self.steps.iter().take_while(|step| step.at <= elapsed);
        past.filter(|step| step.booth == booth).last().is_some_and(|step| step.occupied)
    }
}

impl std::str::FromStr for Script {
    type Err = ScriptError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut steps = Vec::new();
        for (at_line, line) in text.lines().enumerate() {
            let line = line.split_once('#').map_or(line, |(code, _)| code);
            for part in line.split(';').filter(|part| !part.trim().is_empty()) {
                let step = part.trim();
                // Parts are slices of the line, so their distance is where they stand in it.
                let before = &line[..step.as_ptr() as usize - line.as_ptr() as usize];
                let (at_line, column) = (at_line + 1, before.chars().count() + 1);
                let wrong = |problem| ScriptError { line: at_line, column, step: step.to_owned(), problem };
                steps.push(parse_step(step).map_err(wrong)?);
            }
        }
        steps.sort_by_key(|step: &Step| step.at);
        Ok(Self { steps })
    }
}

fn parse_step(step: &str) -> Result<Step, Problem> {
    let words: Vec<_> = step.split_whitespace().collect();
    let [time, booth, state] = words[..] else { return Err(Problem::Words) };
    let at = parse_time(time).ok_or(Problem::Time)?;
    let booth = booth.parse().ok().filter(|booth| *booth <= 99).ok_or(Problem::Booth)?;
    let occupied = match state {
        "occupied" => true,
        "free" => false,
        _ => return Err(Problem::State),
    };
    Ok(Step { at, booth, occupied })
}

fn parse_time(text: &str) -> Option<Duration> {
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit_at);
    let unit_s = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        _ => return None,
    };
    let seconds = number.parse::<f64>().ok()? * unit_s;
    (0.0..=TIME_S_MAX).contains(&seconds).then(|| Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_when() {
        let text =
            "# a visit\n9s 42 free; 2s 42 occupied;;\n 0.5s 41 occupied # at once\n1m 41 free; 1500ms 43 occupied";
        let script: Script = text.parse().expect("a script");
        let occupied = |at_ms| {
            let at = Duration::from_millis(at_ms);
            (40..=44).filter(|booth| script.is_occupied(*booth, at)).collect::<Vec<_>>()
        };
        assert!(occupied(499).is_empty());
        assert_eq!(occupied(500), [41]);
        assert_eq!(occupied(1_999), [41, 43]);
        assert_eq!(occupied(2_000), [41, 42, 43]);
        assert_eq!(occupied(9_000), [41, 43]);
        assert_eq!(occupied(60_000), [43]);
        assert_eq!("".parse(), Ok(Script::default()));
    }

    #[test]
    fn mistakes_and_where_they_stand() {
        let cases = [
            ("2s 42", 1, 1, Problem::Words),
            ("2s 42 occupied; 9s 42 free now", 1, 17, Problem::Words),
            ("2s 42 occupied\n  soon 42 free", 2, 3, Problem::Time),
            ("2 42 free", 1, 1, Problem::Time),
            ("-2s 42 free", 1, 1, Problem::Time),
            ("2h 42 free", 1, 1, Problem::Time),
            ("NaNs 42 free", 1, 1, Problem::Time),
            ("1441m 42 free", 1, 1, Problem::Time),
            ("2s 142 free", 1, 1, Problem::Booth),
            ("2s box free", 1, 1, Problem::Booth),
            ("# ok\n\n;2s 42 busy", 3, 2, Problem::State),
        ];
        for (text, line, column, problem) in cases {
            let error = text.parse::<Script>().expect_err(text);
            assert_eq!((error.line, error.column, error.problem), (line, column, problem), "{text}");
        }
        let error = "2s 42 busy".parse::<Script>().expect_err("no state");
        let expect = r#"line 1, column 1: the third word must be occupied or free; that is not so in "2s 42 busy""#;
        assert_eq!(error.to_string(), expect);
    }
}
