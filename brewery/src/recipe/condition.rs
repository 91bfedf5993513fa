//! What a recipe waits for, or expects.

use crate::brewhouse::Brewhouse;
use crate::contract::{Call, Point, show_number};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A reading compared with a number: `getTemp1 >= 77.5`, `getR1 == 0`, `getTemp3 == 66 +- 0.5`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Condition {
    text: String,
    point: Point,
    comparison: Comparison,
    number: f64,
    tolerance: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    Different,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

/// Why a text is no condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no condition: one reads `getTemp1 >= 77.5` or `getTemp1 == 78 +- 0.3`")]
pub struct ConditionError {
    /// What was written, shortened.
    pub text: String,
}

impl Condition {
    /// Whether it holds now.
    #[must_use]
    pub fn holds(&self, brewhouse: &Brewhouse) -> bool {
        let value = value(self.point, brewhouse);
        match self.comparison {
            Comparison::Equal => (value - self.number).abs() <= self.tolerance,
            Comparison::Different => (value - self.number).abs() > self.tolerance,
            Comparison::Less => value < self.number,
            Comparison::LessOrEqual => value <= self.number,
            Comparison::More => value > self.number,
            Comparison::MoreOrEqual => value >= self.number,
        }
    }

    /// What is the case instead, in words.
    pub(super) fn refute(&self, brewhouse: &Brewhouse) -> String {
        format!("{}: it is {}", self.text, show_number(value(self.point, brewhouse)))
    }
}

fn value(point: Point, brewhouse: &Brewhouse) -> f64 {
    match point {
        Point::Switch(switch) => f64::from(u8::from(brewhouse.is_on(switch))),
        Point::Setpoint(vessel) => brewhouse.loops()[vessel.index()].setpoint.celsius(),
        Point::Temperature(vessel) => brewhouse.plant().probes[vessel.index()].reading_c,
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        read(text).ok_or_else(|| ConditionError { text: text.chars().take(60).collect() })
    }
}

fn read(text: &str) -> Option<Condition> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (name, sign, number, tolerance) = match words[..] {
        [name, sign, number] => (name, sign, number, "0"),
        [name, sign @ ("==" | "!="), number, "+-", tolerance] => (name, sign, number, tolerance),
        _ => return None,
    };
    let comparison = match sign {
        "==" => Comparison::Equal,
        "!=" => Comparison::Different,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::More,
        ">=" => Comparison::MoreOrEqual,
        _ => return None,
    };
    let Ok(Call::Get(point)) = format!("{name}.py").parse() else { return None };
    let finite = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
    let text = words.join(" ");
    Some(Condition { text, point, comparison, number: finite(number)?, tolerance: finite(tolerance)? })
}

impl TryFrom<String> for Condition {
    type Error = ConditionError;

    fn try_from(text: String) -> Result<Self, ConditionError> {
        text.parse()
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plant::PlantConfig;

    #[test]
    fn conditions() {
        let brewhouse = Brewhouse::new(PlantConfig::default(), 0);
        for (text, expect) in [
            ("getTemp1 == 15", true),
            ("getTemp1 == 15.2 +- 0.3", true),
            ("getTemp1 != 15.2 +- 0.3", false),
            ("getTemp1 < 15", false),
            ("getTemp1 <= 15", true),
            ("getCible1 > 77", true),
            ("getCible2 >= 50.5", false),
            ("getPID1  ==  0", true),
            ("getR1 == 1", false),
        ] {
            assert_eq!(text.parse::<Condition>().map(|it| it.holds(&brewhouse)), Ok(expect), "{text}");
        }
        let refuted = "getTemp1 >= 20".parse::<Condition>().map(|it| it.refute(&brewhouse));
        assert_eq!(refuted.as_deref(), Ok("getTemp1 >= 20: it is 15.0"));
        for text in ["", "getTemp1", "getTemp1 = 15", "getTemp9 == 1", "startA == 1", "getA == nan", "getA < 1 +- 1"] {
            assert!(text.parse::<Condition>().is_err(), "{text}");
        }
    }
}
