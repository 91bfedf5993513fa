//! Two people have changed the same layout: what both have done, and where they have to be asked.
//!
//! Merged per booth and field, and wires one by one. What only one side has changed is taken; what both have changed in the
//! same way is one change. Everything else is a [`Clash`], which is never decided here.

use crate::difference::{BoothChange, Difference, Edit, Field};
use crate::layout::{BoothId, Layout, LayoutBooth, WiredChannel};
use domain::BoothNumber;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Whose change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// That of the draft at hand.
    Mine,
    /// That of what has been published meanwhile.
    Theirs,
}

/// Who has done something.
pub type Side = Choice;

/// What cannot both be had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clash {
    /// Both have changed the same field of a booth.
    Edited {
        /// Which booth.
        id: BoothId,
        /// What the draft has made of it.
        mine: Vec<Edit>,
        /// What they have made of it.
        theirs: Vec<Edit>,
    },
    /// One has removed what the other has changed. The one who removed it wins by [`Choice`] of their side.
    Removed {
        /// As it is where it still exists.
        booth: LayoutBooth,
        /// Who has removed it.
        by: Side,
    },
    /// Both have added the same booth, each in another way.
    AddedTwice {
        /// The draft's.
        mine: LayoutBooth,
        /// Theirs.
        theirs: LayoutBooth,
    },
    /// Both have given the same number, to different booths. Who loses gets the number of before back; a booth that is new is
    /// not added.
    Number {
        /// The number.
        number: BoothNumber,
        /// The draft's booth.
        mine: BoothId,
        /// Theirs.
        theirs: BoothId,
    },
    /// Both have wired the same channel, to different booths. Who loses has it not.
    Channel {
        /// The channel.
        wire: WiredChannel,
        /// The draft's booth.
        mine: BoothId,
        /// Theirs.
        theirs: BoothId,
    },
}

/// What a clash is about, to answer it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClashKey {
    /// A field of a booth; of several that go together, the first.
    Field(BoothId, Field),
    /// Whether there is such a booth.
    Booth(BoothId),
    /// Who has this number.
    Number(BoothNumber),
    /// Who has this channel.
    Channel(WiredChannel),
}

impl Clash {
    /// What it is about.
    #[must_use]
    pub fn key(&self) -> ClashKey {
        match self {
            Self::Edited { id, mine, .. } => ClashKey::Field(*id, mine.first().map_or(Field::Outline, Edit::field)),
            Self::Removed { booth, .. } | Self::AddedTwice { mine: booth, .. } => ClashKey::Booth(booth.id),
            Self::Number { number, .. } => ClashKey::Number(*number),
            Self::Channel { wire, .. } => ClashKey::Channel(wire.clone()),
        }
    }
}

/// The answers given so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(ClashKey, Choice)>", into = "Vec<(ClashKey, Choice)>")]
pub struct Choices(BTreeMap<ClashKey, Choice>);

impl Choices {
    /// Answers one; a later answer counts.
    pub fn choose(&mut self, key: ClashKey, choice: Choice) {
        self.0.insert(key, choice);
    }
}

impl From<Vec<(ClashKey, Choice)>> for Choices {
    fn from(choices: Vec<(ClashKey, Choice)>) -> Self {
        Self(choices.into_iter().collect())
    }
}

impl From<Choices> for Vec<(ClashKey, Choice)> {
    fn from(choices: Choices) -> Self {
        choices.0.into_iter().collect()
    }
}

/// What has become of two layouts.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// Both together. Where a clash is open, it is as they have it: that is what everybody sees already.
    pub layout: Layout,
    /// What has to be asked. Only without any of these may the layout be published.
    pub clashes: Vec<Clash>,
}

/// Puts together what two sides have made of `base`.
#[must_use]
pub fn merge(base: &Layout, mine: &Layout, theirs: &Layout, choices: &Choices) -> Merged {
    let mut merging = Merging { base, mine, theirs, choices, layout: base.clone(), clashes: Vec::new() };
    let [my_changes, their_changes] = [mine, theirs].map(|side| by_booth(Difference::between(base, side)));
    let ids: BTreeSet<BoothId> = my_changes.keys().chain(their_changes.keys()).copied().collect();
    for id in ids {
        merging.merge_booth(my_changes.get(&id), their_changes.get(&id));
    }
    merging.share_out_numbers();
    merging.share_out_channels();
    Merged { layout: merging.layout, clashes: merging.clashes }
}

fn by_booth(difference: Difference) -> BTreeMap<BoothId, BoothChange> {
    difference.changes.into_iter().map(|change| (change.id(), change)).collect()
}

struct Merging<'a> {
    base: &'a Layout,
    mine: &'a Layout,
    theirs: &'a Layout,
    choices: &'a Choices,
    layout: Layout,
    clashes: Vec<Clash>,
}

impl Merging<'_> {
    /// Whose side stands: as chosen, else theirs, and the clash is asked.
    fn decide(&mut self, clash: Clash) -> Side {
        let choice = self.choices.0.get(&clash.key()).copied();
        if choice.is_none() {
            self.clashes.push(clash);
        }
        choice.unwrap_or(Side::Theirs)
    }

    fn merge_booth(&mut self, mine: Option<&BoothChange>, theirs: Option<&BoothChange>) {
        match (mine, theirs) {
            (Some(change), None) | (None, Some(change)) => self.make(change),
            (Some(mine), Some(theirs)) if mine == theirs => self.make(mine),
            (Some(BoothChange::Changed { id, edits: mine }), Some(BoothChange::Changed { edits: theirs, .. })) => {
                self.merge_edits(*id, mine, theirs);
            }
            (Some(mine), Some(theirs)) => {
                let side = clash_of(self, mine, theirs).map_or(Side::Theirs, |clash| self.decide(clash));
                self.make(if side == Side::Mine { mine } else { theirs });
            }
            (None, None) => {}
        }
    }

    fn make(&mut self, change: &BoothChange) {
        Difference { changes: vec![change.clone()] }.apply(&mut self.layout);
    }

    fn merge_edits(&mut self, id: BoothId, mine: &[Edit], theirs: &[Edit]) {
        let mut stand: Vec<Edit> = mine.iter().filter(|edit| !is_disturbed(edit, theirs)).cloned().collect();
        stand.extend(theirs.iter().filter(|edit| !is_disturbed(edit, mine) || mine.contains(edit)).cloned());
        for (mine, theirs) in pair_up(mine, theirs) {
            if let ([Edit::Wires(mine)], [Edit::Wires(theirs)]) = (mine.as_slice(), theirs.as_slice()) {
                let both = merge_wires(&mine.before, &mine.after, &theirs.after);
                stand.push(Edit::Wires(crate::difference::Change { before: mine.before.clone(), after: both }));
                continue;
            }
            let side = self.decide(Clash::Edited { id, mine: mine.clone(), theirs: theirs.clone() });
            stand.extend(if side == Side::Mine { mine } else { theirs });
        }
        self.make(&BoothChange::Changed { id, edits: stand });
    }

    /// No number twice because two people have given it.
    fn share_out_numbers(&mut self) {
        let mut holders: BTreeMap<BoothNumber, Vec<BoothId>> = BTreeMap::new();
        for booth in self.layout.booths() {
            holders.entry(booth.number).or_default().push(booth.id);
        }
        for (number, ids) in holders {
            let has = |layout: &Layout, id| layout.find(id).is_some_and(|booth| booth.number == number);
            let Some((mine, theirs)) = find_rivals(&ids, |id| has(self.mine, id), |id| has(self.theirs, id)) else {
                continue;
            };
            let side = self.decide(Clash::Number { number, mine, theirs });
            self.take_number_back(if side == Side::Mine { theirs } else { mine });
        }
    }

    fn take_number_back(&mut self, id: BoothId) {
        match (self.base.find(id), self.layout.find_mut(id)) {
            (Some(before), Some(booth)) => booth.number = before.number,
            _ => drop(self.layout.remove(id)),
        }
    }

    /// No channel twice because two people have wired it.
    fn share_out_channels(&mut self) {
        let mut holders: BTreeMap<WiredChannel, Vec<BoothId>> = BTreeMap::new();
        for booth in self.layout.booths() {
            for wire in &booth.wires {
                holders.entry(wire.clone()).or_default().push(booth.id);
            }
        }
        for (wire, ids) in holders {
            let has = |layout: &Layout, id| layout.find(id).is_some_and(|booth| booth.wires.contains(&wire));
            let Some((mine, theirs)) = find_rivals(&ids, |id| has(self.mine, id), |id| has(self.theirs, id)) else {
                continue;
            };
            let side = self.decide(Clash::Channel { wire: wire.clone(), mine, theirs });
            if let Some(booth) = self.layout.find_mut(if side == Side::Mine { theirs } else { mine }) {
                booth.wires.remove(&wire);
            }
        }
    }
}

/// Two of those that share something, and share it on neither side.
fn find_rivals(
    ids: &[BoothId],
    is_mine: impl Fn(BoothId) -> bool,
    is_theirs: impl Fn(BoothId) -> bool,
) -> Option<(BoothId, BoothId)> {
    let mine = ids.iter().copied().find(|id| is_mine(*id) && !is_theirs(*id))?;
    let theirs = ids.iter().copied().find(|id| is_theirs(*id) && !is_mine(*id))?;
    Some((mine, theirs))
}

fn is_disturbed(edit: &Edit, others: &[Edit]) -> bool {
    others.iter().any(|other| edit.field().disturbs(other.field()))
}

/// Edits of both sides that cannot both be had, those of a shape together where one of them is of all of it.
fn pair_up(mine: &[Edit], theirs: &[Edit]) -> Vec<(Vec<Edit>, Vec<Edit>)> {
    let differs = |edit: &&Edit, others: &[Edit]| is_disturbed(edit, others) && !others.contains(edit);
    let mine: Vec<&Edit> = mine.iter().filter(|edit| differs(edit, theirs)).collect();
    let theirs: Vec<&Edit> =
        theirs.iter().filter(|edit| mine.iter().any(|other| edit.field().disturbs(other.field()))).collect();
    let is_whole = |edit: &&Edit| edit.field() == Field::Outline;
    let together = mine.iter().any(is_whole) || theirs.iter().any(is_whole);
    let key = |edit: &Edit| if together && edit.field().is_of_shape() { Field::Outline } else { edit.field() };
    let keys: BTreeSet<Field> = mine.iter().map(|edit| key(edit)).collect();
    let of = |edits: &[&Edit], wanted| edits.iter().filter(|edit| key(edit) == wanted).copied().cloned().collect();
    keys.into_iter().map(|wanted| (of(&mine, wanted), of(&theirs, wanted))).collect()
}

fn merge_wires(
    base: &BTreeSet<WiredChannel>,
    mine: &BTreeSet<WiredChannel>,
    theirs: &BTreeSet<WiredChannel>,
) -> BTreeSet<WiredChannel> {
    let kept = base.iter().filter(|wire| mine.contains(*wire) && theirs.contains(*wire));
    let added = mine.iter().chain(theirs).filter(|wire| !base.contains(*wire));
    kept.chain(added).cloned().collect()
}

fn clash_of(merging: &Merging<'_>, mine: &BoothChange, theirs: &BoothChange) -> Option<Clash> {
    match (mine, theirs) {
        (BoothChange::Removed(_), changed) => {
            Some(Clash::Removed { booth: merging.theirs.find(changed.id())?.clone(), by: Side::Mine })
        }
        (changed, BoothChange::Removed(_)) => {
            Some(Clash::Removed { booth: merging.mine.find(changed.id())?.clone(), by: Side::Theirs })
        }
        (BoothChange::Added(mine), BoothChange::Added(theirs)) => {
            Some(Clash::AddedTwice { mine: mine.clone(), theirs: theirs.clone() })
        }
        _ => None,
    }
}

#[cfg(test)]
#[path = "merging_tests.rs"]
mod tests;
