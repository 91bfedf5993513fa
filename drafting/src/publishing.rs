//! Drafts, versions, and what happens when one is published.

use crate::findings::{Finding, list_findings};
use crate::layout::Layout;
use crate::merging::{Choices, Clash, merge};
use crate::surroundings::Surroundings;
use serde::{Deserialize, Serialize};

/// Counts the publications of a floor's layout. Restoring an old one is a publication too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LayoutVersion(pub u32);

/// Counts how often a draft was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftRevision(pub u32);

/// What everybody sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// Its version.
    pub version: LayoutVersion,
    /// The booths.
    pub layout: Layout,
}

/// What one administrator is drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The version that it was begun on.
    pub base: LayoutVersion,
    /// How often it was saved.
    pub revision: DraftRevision,
    /// The booths.
    pub layout: Layout,
}

/// What has become of a draft that was sent to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SavedDraft {
    /// It is kept, under this revision.
    Saved(DraftRevision),
    /// Another window of the same person has saved meanwhile: nothing was written over.
    Behind(DraftRevision),
}

impl SavedDraft {
    /// What to answer to a draft that was begun on revision `known`, when `stored` is kept.
    #[must_use]
    pub const fn judge(stored: DraftRevision, known: DraftRevision) -> Self {
        if stored.0 == known.0 { Self::Saved(DraftRevision(stored.0.wrapping_add(1))) } else { Self::Behind(stored) }
    }
}

/// Answers to clashes, which hold against one version only: a later one may clash otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// The published version that they were asked against.
    pub against: LayoutVersion,
    /// The answers.
    pub choices: Choices,
}

/// What happens when a draft is published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publication {
    /// It becomes this version, unless somebody else is quicker; then it is judged anew.
    Ready {
        /// The new version with its layout.
        published: Published,
        /// Whether others have published since it was begun, and their changes are in it.
        is_merged: bool,
    },
    /// It is what everybody sees already.
    Nothing,
    /// Somebody has to decide.
    Asks {
        /// The version to answer against.
        against: LayoutVersion,
        /// What to decide.
        clashes: Vec<Clash>,
    },
    /// It cannot be: a number or a channel is there twice.
    Refused(Vec<Finding>),
    /// It was begun on a version that there is not.
    UnknownBase,
}

impl Publication {
    /// Judges a draft against what is published. `base` is the layout of the version that the draft was begun on.
    #[must_use]
    pub fn judge(
        draft: &Draft,
        base: &Layout,
        current: &Published,
        resolution: Option<&Resolution>,
        surroundings: &Surroundings,
    ) -> Self {
        if draft.base > current.version {
            return Self::UnknownBase;
        }
        let choices = resolution.filter(|given| given.against == current.version).map(|given| given.choices.clone());
        let merged = merge(base, &draft.layout, &current.layout, &choices.unwrap_or_default());
        if !merged.clashes.is_empty() {
            return Self::Asks { against: current.version, clashes: merged.clashes };
        }
        if merged.layout == current.layout {
            return Self::Nothing;
        }
        let mut faults = list_findings(&merged.layout, surroundings);
        faults.retain(Finding::is_fault);
        if !faults.is_empty() {
            return Self::Refused(faults);
        }
        let version = LayoutVersion(current.version.0.saturating_add(1));
        let published = Published { version, layout: merged.layout };
        Self::Ready { published, is_merged: draft.base != current.version }
    }
}

#[cfg(test)]
#[path = "publishing_tests.rs"]
mod tests;
