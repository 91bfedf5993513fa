//! The booths of a floor as they are drawn up: a draft, or a published version.

use crate::shape::Shape;
use domain::{BoardId, BoothNumber, Channel, PlanPoint, ViewBox};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a booth stays, whatever its number becomes.
///
/// Stored booths have the number of their row. Those that an editor makes have the editor's session in the upper half, so
/// that two administrators never make the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BoothId(pub u64);

impl BoothId {
    /// The booth that a session of an editor (from 1) has made as the `serial`th.
    #[must_use]
    pub const fn made(session: u32, serial: u32) -> Self {
        Self((session as u64) << 32 | serial as u64)
    }

    /// Whether an editor has made it, and no row has its number yet.
    #[must_use]
    pub const fn is_made(self) -> bool {
        self.0 >> 32 != 0
    }
}

/// An input of a board, as one end of a wire.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WiredChannel {
    /// The board.
    pub board: BoardId,
    /// Its input.
    pub channel: Channel,
}

/// A booth of a layout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayoutBooth {
    /// What it stays.
    pub id: BoothId,
    /// The number on its door.
    pub number: BoothNumber,
    /// What people call it; may be empty.
    pub name: String,
    /// Where it is drawn.
    pub shape: Shape,
    /// What watches it.
    pub wires: BTreeSet<WiredChannel>,
    /// Whether the editor leaves it where it is.
    pub is_locked: bool,
}

/// The booths of a floor.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<LayoutBooth>", into = "Vec<LayoutBooth>")]
pub struct Layout {
    booths: BTreeMap<BoothId, LayoutBooth>,
}

/// Why booths are no layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LayoutError {
    /// More than [`Layout::BOOTHS_MAX`].
    TooMany,
    /// Two with the same identity.
    Twice(BoothId),
    /// Too small, too large, too far away, or a polygon with too few or too many corners.
    Shape(BoothId),
    /// A name of more than [`Layout::NAME_MAX`] characters, or with characters that are not written.
    Name(BoothId),
    /// A number that is zero or above [`Layout::NUMBER_MAX`].
    Number(BoothId),
    /// More than [`Layout::WIRES_MAX`].
    Wires(BoothId),
}

impl std::fmt::Display for LayoutError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no layout: {self:?}")
    }
}

impl std::error::Error for LayoutError {}

impl Layout {
    /// The most booths of a floor.
    pub const BOOTHS_MAX: usize = 500;
    /// The longest name, in characters.
    pub const NAME_MAX: usize = 80;
    /// The highest number: it has to be written on a door, and on the map.
    pub const NUMBER_MAX: u32 = 999_999;
    /// The most sensors of a booth.
    pub const WIRES_MAX: usize = 16;

    /// Takes booths that are allowed, each once. Numbers may be there twice while somebody is drawing; see
    /// [`crate::list_findings`].
    ///
    /// # Errors
    /// With the first booth that is not allowed.
    pub fn new(booths: impl IntoIterator<Item = LayoutBooth>) -> Result<Self, LayoutError> {
        let mut layout = Self::default();
        for mut booth in booths {
            let id = booth.id;
            check(&booth)?;
            booth.shape = booth.shape.rounded();
            if layout.booths.insert(id, booth).is_some() {
                return Err(LayoutError::Twice(id));
            }
            if layout.booths.len() > Self::BOOTHS_MAX {
                return Err(LayoutError::TooMany);
            }
        }
        Ok(layout)
    }

    /// The booths, by identity.
    pub fn booths(&self) -> impl ExactSizeIterator<Item = &LayoutBooth> + DoubleEndedIterator {
        self.booths.values()
    }

    /// One booth.
    #[must_use]
    pub fn find(&self, id: BoothId) -> Option<&LayoutBooth> {
        self.booths.get(&id)
    }

    pub(crate) fn find_mut(&mut self, id: BoothId) -> Option<&mut LayoutBooth> {
        self.booths.get_mut(&id)
    }

    pub(crate) fn put(&mut self, booth: LayoutBooth) {
        self.booths.insert(booth.id, booth);
    }

    pub(crate) fn remove(&mut self, id: BoothId) -> Option<LayoutBooth> {
        self.booths.remove(&id)
    }

    /// Booths as people look for them: by number.
    #[must_use]
    pub fn by_number(&self) -> Vec<&LayoutBooth> {
        let mut booths: Vec<_> = self.booths().collect();
        booths.sort_by_key(|booth| (booth.number, booth.id));
        booths
    }

    /// The layout for another drawing of the same floor: middles keep their places relative to the plan, and sizes follow
    /// the smaller of the two scales, so that nothing is stretched.
    #[must_use]
    pub fn moved_onto(&self, from: ViewBox, to: ViewBox) -> Self {
        let (factor_x, factor_y) = (to.width / from.width, to.height / from.height);
        let factor = factor_x.min(factor_y);
        let origin = PlanPoint { x: from.x, y: from.y };
        let mut layout = self.clone();
        for booth in layout.booths.values_mut() {
            let middle = booth.shape.middle();
            let way = middle.minus(origin);
            let target = PlanPoint { x: to.x + way.x * factor_x, y: to.y + way.y * factor_y };
            booth.shape = booth.shape.scaled(middle, factor, factor).moved(target.minus(middle));
        }
        layout
    }
}

fn check(booth: &LayoutBooth) -> Result<(), LayoutError> {
    let id = booth.id;
    if !booth.shape.is_allowed() {
        return Err(LayoutError::Shape(id));
    }
    if !is_name(&booth.name) {
        return Err(LayoutError::Name(id));
    }
    if !is_number(booth.number) {
        return Err(LayoutError::Number(id));
    }
    if booth.wires.len() > Layout::WIRES_MAX { Err(LayoutError::Wires(id)) } else { Ok(()) }
}

/// Whether a booth may have this name.
pub(crate) fn is_name(name: &str) -> bool {
    name.chars().count() <= Layout::NAME_MAX && !name.chars().any(char::is_control)
}

/// Whether a booth may have this number.
pub(crate) fn is_number(number: BoothNumber) -> bool {
    (1..=Layout::NUMBER_MAX).contains(&number.0)
}

impl TryFrom<Vec<LayoutBooth>> for Layout {
    type Error = LayoutError;

    fn try_from(booths: Vec<LayoutBooth>) -> Result<Self, LayoutError> {
        Self::new(booths)
    }
}

impl From<Layout> for Vec<LayoutBooth> {
    fn from(layout: Layout) -> Self {
        layout.booths.into_values().collect()
    }
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
