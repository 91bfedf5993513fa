//! What the page of a booth's filter shows.

use domain::{BoothNumber, FilterPreview, PresenceRule, UtcMs};

/// `/admin/booths/{number}`.
#[derive(Debug, Clone)]
pub struct FilterView {
    /// The booth.
    pub number: BoothNumber,
    /// What people call it; may be empty.
    pub name: String,
    /// All booths, to go on to.
    pub booths: Vec<BoothNumber>,
    /// What it goes by.
    pub rule: PresenceRule,
    /// What stands in the form.
    pub typed: TypedRule,
    /// Another rule that is tried, if what stands in the form is one.
    pub tried: Option<PresenceRule>,
    /// What the rules make of what was recorded; none where nothing was.
    pub recorded: Option<RecordedPast>,
    /// Whether the database did not answer.
    pub is_away: bool,
    /// Whether whoever asks may change it.
    pub may_change: bool,
}

/// The numbers of a rule, as they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRule {
    /// Seconds of the window.
    pub hold_s: String,
    /// Occupied above so many high samples.
    pub above: String,
    /// Free below so many.
    pub below: String,
}

impl TypedRule {
    /// Samples that detectors are read in a second.
    pub const SAMPLES_PER_S: u16 = 2;

    /// The numbers of a rule.
    #[must_use]
    pub fn of(rule: PresenceRule) -> Self {
        let hold_s = rule.window().div_ceil(Self::SAMPLES_PER_S).to_string();
        Self { hold_s, above: rule.occupied_above().to_string(), below: rule.free_below().to_string() }
    }

    /// The rule, if the numbers make one.
    #[must_use]
    pub fn read(&self) -> Option<PresenceRule> {
        let number = |text: &str| text.trim().parse::<u16>().ok();
        let window = number(&self.hold_s)?.checked_mul(Self::SAMPLES_PER_S)?;
        PresenceRule::new(window, number(&self.above)?, number(&self.below)?).ok()
    }
}

/// What was recorded, by the rule of now and by the one that is tried.
#[derive(Debug, Clone)]
pub struct RecordedPast {
    /// From when.
    pub from: UtcMs,
    /// Until when.
    pub until: UtcMs,
    /// How many reports.
    pub reports: usize,
    /// By the rule of now.
    pub now: FilterPreview,
    /// By the one that is tried.
    pub tried: Option<FilterPreview>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed() {
        let typed = |hold_s: &str, above: &str, below: &str| TypedRule {
            hold_s: hold_s.to_owned(),
            above: above.to_owned(),
            below: below.to_owned(),
        };
        let rule = PresenceRule::default();
        assert_eq!(TypedRule::of(rule), typed("30", "5", "2"));
        assert_eq!(typed(" 30", "5", "2 ").read(), Some(rule));
        for (hold_s, above, below) in [
            ("", "5", "2"),
            ("0", "0", "1"),
            ("301", "5", "2"),
            ("40000", "5", "2"),
            ("2", "5", "2"),
            ("30", "5", "7"),
            ("30", "-1", "1"),
        ] {
            assert_eq!(typed(hold_s, above, below).read(), None, "{hold_s} {above} {below}");
        }
    }
}
