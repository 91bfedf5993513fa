//! What the plan editor and the server tell each other: what is on the table, and what has become of a publication.

use crate::findings::Finding;
use crate::layout::{BoothId, WiredChannel};
use crate::merging::{Choice, Choices, Clash};
use crate::publishing::{Draft, DraftRevision, LayoutVersion, Published};
use crate::surroundings::{PlanLine, Surroundings};
use domain::{BoardId, BoothNumber, FloorPlan, UtcMs, ViewBox};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Which plan, by the SHA-256 of what is kept of its file: 64 hexadecimal digits in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlanSha(String);

/// A text that names no plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a plan is named by 64 hexadecimal digits in lower case")]
pub struct PlanShaError;

impl PlanSha {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PlanSha {
    type Err = PlanShaError;

    fn from_str(text: &str) -> Result<Self, PlanShaError> {
        let is_sha = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_sha { Ok(Self(text.to_owned())) } else { Err(PlanShaError) }
    }
}

impl TryFrom<String> for PlanSha {
    type Error = PlanShaError;

    fn try_from(text: String) -> Result<Self, PlanShaError> {
        text.parse()
    }
}

impl From<PlanSha> for String {
    fn from(sha: PlanSha) -> Self {
        sha.0
    }
}

impl fmt::Display for PlanSha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A plan that booths are put on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanSheet {
    /// Its file; none of a first drawing that was never replaced.
    pub sha: Option<PlanSha>,
    /// The drawing.
    pub plan: FloorPlan,
    /// Its lines, to snap to.
    pub lines: Vec<PlanLine>,
}

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptDraft {
    /// The draft. Its layout is in the units of `sheet`, or of the published plan.
    pub draft: Draft,
    /// The plan, where it is to be another one.
    pub sheet: Option<PlanSheet>,
    /// When it was saved.
    pub saved_at: UtcMs,
}

/// Somebody else who is at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Who.
    pub name: String,
    /// When their draft was saved, if they have one.
    pub saved_at: Option<UtcMs>,
    /// Whether they have the editor open at this moment.
    pub is_here: bool,
}

/// All that an editor of a floor begins with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftingTable {
    /// What everybody sees.
    pub published: Published,
    /// The plan that everybody sees.
    pub sheet: PlanSheet,
    /// One's own draft, if there is one.
    pub draft: Option<KeptDraft>,
    /// The numbers of the booths of other floors.
    pub numbers_elsewhere: BTreeSet<BoothNumber>,
    /// The channels that watch booths of other floors.
    pub wires_elsewhere: BTreeSet<WiredChannel>,
    /// The boards that there are, to wire their channels.
    pub boards: BTreeSet<BoardId>,
    /// Who else is editing this floor.
    pub colleagues: Vec<Colleague>,
}

impl DraftingTable {
    /// What stands still around the layout that is edited.
    #[must_use]
    pub fn surroundings(&self) -> Surroundings {
        let sheet = self.draft.as_ref().and_then(|draft| draft.sheet.as_ref()).unwrap_or(&self.sheet);
        Surroundings {
            view_box: sheet.plan.view_box,
            lines: sheet.lines.clone(),
            numbers_elsewhere: self.numbers_elsewhere.clone(),
            wires_elsewhere: self.wires_elsewhere.clone(),
        }
    }
}

/// Answers to what a publication asks. They hold against one version only: a later one may ask otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The published version that they were asked against.
    pub against: LayoutVersion,
    /// Of the booths.
    pub choices: Choices,
    /// Of the plan.
    #[serde(default)]
    pub plan: Option<Choice>,
}

/// What has become of a publication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publishing {
    /// It is what everybody sees now. The draft is gone.
    Published {
        /// The new version.
        version: LayoutVersion,
        /// Whether what others have published meanwhile is in it, too.
        is_merged: bool,
    },
    /// It is what everybody sees already.
    Nothing,
    /// Somebody has to decide. The draft is as it was.
    Asks {
        /// The version to answer against.
        against: LayoutVersion,
        /// What to decide of booths.
        clashes: Vec<Clash>,
        /// Whether both have replaced the plan.
        is_plan_asked: bool,
        /// Who has published that version; empty where nobody knows.
        by: String,
        /// When.
        at: Option<UtcMs>,
    },
    /// It cannot be: a number or a channel is there twice.
    Refused(Vec<Finding>),
    /// It was begun on a version that there is not.
    UnknownBase,
    /// It names a booth that this floor has never had.
    UnknownBooth(BoothId),
    /// Another window of the same person has saved meanwhile.
    Behind(DraftRevision),
    /// There is no draft.
    NoDraft,
}

/// A version in the list of a floor's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionEntry {
    /// Which.
    pub version: LayoutVersion,
    /// What it was called; may be empty.
    pub name: String,
    /// Who has published it; empty of the first.
    pub author: String,
    /// When; none of a first one that nobody has published.
    pub published_at: Option<UtcMs>,
    /// The older version that it brings back.
    pub restores: Option<LayoutVersion>,
}

/// A version as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastVersion {
    /// The booths.
    pub published: Published,
    /// On which plan.
    pub sheet: PlanSheet,
}

/// A publication that waits for its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledEntry {
    /// Which.
    pub id: i32,
    /// What the version will be called.
    pub name: String,
    /// Who has planned it.
    pub author: String,
    /// When it will be published.
    pub due_at: UtcMs,
    /// Why it was not, when its time had come. It waits for somebody to take it back.
    pub problem: Option<ScheduleProblem>,
}

/// Why a scheduled publication was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleProblem {
    /// Somebody has to decide between it and what was published meanwhile.
    Asks,
    /// A number or a channel is there twice by now, or a booth is unknown.
    Refused,
    /// Whoever planned it may not publish any more.
    Right,
}

impl ScheduleProblem {
    /// The word for it in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asks => "asks",
            Self::Refused => "refused",
            Self::Right => "right",
        }
    }

    /// What a table's word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Asks, Self::Refused, Self::Right].into_iter().find(|problem| problem.as_str() == word)
    }
}

/// The plan of a floor that has none: an empty sheet of about 30 by 17 metres.
pub const EMPTY_SHEET: ViewBox = ViewBox { x: 0.0, y: 0.0, width: 1_500.0, height: 840.0 };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_plans() {
        let good = "0123456789abcdef".repeat(4);
        assert_eq!(good.parse::<PlanSha>().map(String::from), Ok(good.clone()));
        for bad in ["", &good[1..], &good.to_uppercase(), &format!("{good}0"), &good.replace('0', "/")] {
            assert_eq!(bad.parse::<PlanSha>(), Err(PlanShaError), "{bad}");
        }
    }
}
