//! What goes wrong between the stub and its client.

use crate::plant::Chance;
use serde::{Deserialize, Serialize};

/// The most rules at one time.
pub const RULES_MAX: usize = 64;
/// No answer is held back for longer, in ms.
pub const DELAY_MAX_MS: f64 = 120_000.0;

/// How long an answer is held back, in ms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "distribution", rename_all = "kebab-case")]
pub enum Delay {
    /// Always as long.
    Fixed {
        /// So long.
        ms: f64,
    },
    /// Anything between two lengths.
    Uniform {
        /// The shortest.
        min_ms: f64,
        /// The longest.
        max_ms: f64,
    },
    /// Mostly about the median, sometimes much longer.
    Lognormal {
        /// As many are shorter as longer.
        median_ms: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
}

/// What goes wrong. A command is carried out all the same, unless its answer is a [`HttpFault::Status`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum HttpFault {
    /// The answer is late.
    Delay(Delay),
    /// The answer comes in drops.
    Dribble {
        /// Milliseconds between two bytes.
        ms_per_byte: f64,
    },
    /// The answer has no body.
    Empty,
    /// The body is bytes without a meaning.
    Garbage,
    /// The connection is reset instead of an answer.
    Reset,
    /// The server refuses, and does nothing.
    Status {
        /// 400 to 599.
        status: u16,
    },
}

/// A fault, and what it happens to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HttpRule {
    /// The paths, such as `/getTemp1.py`, `/start*` or `*`: a star stands for anything.
    pub path: String,
    /// How often, from 0 (never) to 1 (always).
    #[serde(default = "always")]
    pub probability: f64,
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: HttpFault,
}

const fn always() -> f64 {
    1.0
}

/// Why a rule cannot be.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum HttpRuleError {
    /// There are too many.
    #[error("{count} rules: {RULES_MAX} can be kept")]
    TooMany {
        /// How many.
        count: usize,
    },
    /// A number of it makes no sense.
    #[error("rule {index} ({path}): {reason}")]
    Rule {
        /// Its place, from 0.
        index: usize,
        /// Its paths.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// What happens to one answer.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Mishap {
    /// How long it is held back.
    pub delay_ms: f64,
    /// What happens to it then; never a delay.
    pub fault: Option<HttpFault>,
    /// For the bytes of garbage.
    pub seed: u64,
}

/// The rules, and the chance by which they strike: the same requests meet the same mishaps after the same seed.
#[derive(Debug, Clone, PartialEq)]
pub struct HttpFaults {
    rules: Vec<HttpRule>,
    chance: Chance,
}

impl HttpFaults {
    /// No rules.
    #[must_use]
    pub const fn none() -> Self {
        Self { rules: Vec::new(), chance: Chance::new(0) }
    }

    /// These rules, from the beginning of this seed's sequence.
    ///
    /// # Errors
    /// When one of them makes no sense.
    pub fn new(rules: Vec<HttpRule>, seed: u64) -> Result<Self, HttpRuleError> {
        if rules.len() > RULES_MAX {
            return Err(HttpRuleError::TooMany { count: rules.len() });
        }
        for (index, rule) in rules.iter().enumerate() {
            if let Some(reason) = rule.flaw() {
                return Err(HttpRuleError::Rule { index, path: rule.path.clone(), reason });
            }
        }
        Ok(Self { rules, chance: Chance::new(seed) })
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &[HttpRule] {
        &self.rules
    }

    /// What happens to the answer for this path. Delays add up; of the rest, the first that strikes counts.
    pub fn strike(&mut self, path: &str) -> Mishap {
        let mut mishap = Mishap::default();
        for rule in &self.rules {
            if !matches(&rule.path, path) || self.chance.unit() >= rule.probability {
                continue;
            }
            match rule.fault {
                HttpFault::Delay(delay) => mishap.delay_ms += delay.draw(&mut self.chance),
                fault if mishap.fault.is_none() => {
                    mishap.fault = Some(fault);
                    mishap.seed = self.chance.bits();
                }
                _ => {}
            }
        }
        mishap.delay_ms = mishap.delay_ms.min(DELAY_MAX_MS);
        mishap
    }
}

impl HttpRule {
    fn flaw(&self) -> Option<&'static str> {
        let is_length = |ms: f64| (0.0..=DELAY_MAX_MS).contains(&ms);
        let lengths_are_sound = match self.fault {
            HttpFault::Delay(Delay::Fixed { ms }) | HttpFault::Dribble { ms_per_byte: ms } => is_length(ms),
            HttpFault::Delay(Delay::Uniform { min_ms, max_ms }) => {
                is_length(min_ms) && is_length(max_ms) && min_ms <= max_ms
            }
            HttpFault::Delay(Delay::Lognormal { median_ms, sigma }) => {
                is_length(median_ms) && (0.0..=10.0).contains(&sigma)
            }
            _ => true,
        };
        if self.path.len() > 200 || !(self.path.starts_with('/') || self.path.starts_with('*')) {
            Some("a path begins with / or *, and has 200 characters at most")
        } else if !(0.0..=1.0).contains(&self.probability) {
            Some("a probability is a number from 0 to 1")
        } else if !lengths_are_sound {
            Some("a length is a number of milliseconds from 0 to 120000, and sigma one from 0 to 10")
        } else if matches!(self.fault, HttpFault::Status { status } if !(400..=599).contains(&status)) {
            Some("a status is a number from 400 to 599")
        } else {
            None
        }
    }
}

impl Delay {
    fn draw(self, chance: &mut Chance) -> f64 {
        match self {
            Self::Fixed { ms } => ms,
            Self::Uniform { min_ms, max_ms } => min_ms + (max_ms - min_ms) * chance.unit(),
            Self::Lognormal { median_ms, sigma } => median_ms * libm::exp(sigma * chance.normal()),
        }
    }
}

/// Whether a path is what a pattern with stars means.
fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, path, expect) in [
            ("*", "/getA.py", true),
            ("/getA.py", "/getA.py", true),
            ("/getA.py", "/getA.pyc", false),
            ("/get*", "/getTemp1.py", true),
            ("/get*", "/startA.py", false),
            ("/*Temp*.py", "/getTemp1.py", true),
            ("/*Temp*.py", "/getPID1.py", false),
            ("*1.py", "/getB1.py", true),
            ("*1.py", "/getB2.py", false),
            ("/a*a", "/a", false),
        ] {
            assert_eq!(matches(pattern, path), expect, "{pattern} {path}");
        }
    }

    fn rule(path: &str, probability: f64, fault: HttpFault) -> HttpRule {
        HttpRule { path: path.to_owned(), probability, fault }
    }

    #[test]
    fn the_same_seed_strikes_the_same() {
        let rules = vec![
            rule("*", 0.5, HttpFault::Delay(Delay::Lognormal { median_ms: 100.0, sigma: 0.5 })),
            rule("/get*", 0.3, HttpFault::Empty),
            rule("*", 0.2, HttpFault::Status { status: 503 }),
        ];
        let strikes = |seed| {
            let mut faults = HttpFaults::new(rules.clone(), seed).expect("good rules");
            (0..2_000).map(|_| faults.strike("/getA.py")).collect::<Vec<_>>()
        };
        let first = strikes(7);
        assert_eq!(first, strikes(7));
        assert_ne!(first, strikes(8));
        let count = |fault| first.iter().filter(|mishap| mishap.fault == Some(fault)).count();
        assert!((540..660).contains(&count(HttpFault::Empty)), "{}", count(HttpFault::Empty));
        let refused = count(HttpFault::Status { status: 503 });
        assert!((210..350).contains(&refused), "{refused}");
        let mut delays: Vec<f64> = first.iter().map(|mishap| mishap.delay_ms).filter(|ms| *ms > 0.0).collect();
        delays.sort_by(f64::total_cmp);
        assert!((940..1_060).contains(&delays.len()), "{}", delays.len());
        let median = delays[delays.len() / 2];
        assert!((90.0..110.0).contains(&median), "{median}");
    }

    #[test]
    fn nonsense_is_refused() {
        for (path, probability, fault) in [
            ("getA", 1.0, HttpFault::Empty),
            ("*", 1.5, HttpFault::Empty),
            ("*", f64::NAN, HttpFault::Empty),
            ("*", 1.0, HttpFault::Status { status: 200 }),
            ("*", 1.0, HttpFault::Delay(Delay::Fixed { ms: -1.0 })),
            ("*", 1.0, HttpFault::Delay(Delay::Uniform { min_ms: 2.0, max_ms: 1.0 })),
            ("*", 1.0, HttpFault::Dribble { ms_per_byte: f64::INFINITY }),
        ] {
            let refused = HttpFaults::new(vec![rule(path, probability, fault)], 0);
            assert!(matches!(refused, Err(HttpRuleError::Rule { index: 0, .. })), "{path} {probability} {fault:?}");
        }
        let many = vec![rule("*", 1.0, HttpFault::Empty); RULES_MAX + 1];
        assert_eq!(HttpFaults::new(many, 0), Err(HttpRuleError::TooMany { count: RULES_MAX + 1 }));
    }
}
