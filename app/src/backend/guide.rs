//! Which booth to go to, and how.

use super::Answer;
use domain::{BoothNumber, FloorNumber};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The server's side of "a free box now".
pub trait Guide: Send + Sync {
    /// The nearest booth that is free on fresh data at this moment.
    fn choose(&self, wish: Wish) -> Answer<Choice>;

    /// The way to a booth from another of its floor, or from the floor's entrance; none where the plan knows no way.
    fn find_walk(&self, booth: BoothNumber, from: Option<BoothNumber>) -> Option<WalkDetail>;
}

/// The [`Guide`], as it stands in the context of the server's side.
#[derive(Clone)]
pub struct GuideHandle(pub Arc<dyn Guide>);

/// From where a booth is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// The reader's floor; the first one if it is not known.
    pub floor: Option<FloorNumber>,
    /// Where the reader is; the entrance of the floor if that is not known. Not chosen itself, unless it alone is free.
    pub from: Option<BoothNumber>,
}

/// Where to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The floor that was looked for.
    pub asked: FloorNumber,
    /// Where the reader is, if that is a booth of that floor.
    pub from: Option<BoothNumber>,
    /// What there is.
    pub found: Found,
}

/// What there is to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// This booth is free.
    Free {
        /// The booth.
        booth: BoothNumber,
        /// Its floor: the one that was asked for, if any booth of it is free.
        floor: FloorNumber,
    },
    /// None is free. By its history, this one will be before the others.
    Likely {
        /// The booth.
        booth: BoothNumber,
        /// Its floor.
        floor: FloorNumber,
        /// In so many minutes, rounded; at least one.
        minutes: u32,
    },
    /// None is free, and history says nothing of the next.
    Nothing,
}

impl Choice {
    /// The page that shows it.
    #[must_use]
    pub fn address(&self) -> String {
        let Self { asked, from, found } = *self;
        let from = from.map(|from| format!("&from={from}")).unwrap_or_default();
        match found {
            Found::Free { booth, floor } if floor == asked => format!("/floor/{floor}?booth={booth}&go=1{from}"),
            Found::Free { booth, floor } => format!("/floor/{floor}?booth={booth}&go=1&asked={asked}"),
            Found::Likely { .. } | Found::Nothing => format!("/floor/{asked}?go=1{from}"),
        }
    }
}

/// The way to a booth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkDetail {
    /// Where it leads.
    pub booth: BoothNumber,
    /// How long it is.
    pub metres: u32,
    /// Whole minutes of walking; 0 of less than one.
    pub minutes: u32,
    /// The way as the `d` of an SVG path, in the units of the plan.
    pub path: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let (booth, floor) = (BoothNumber(61), FloorNumber(6));
        let check = |asked, from: Option<u32>, found, expect: &str| {
            let choice = Choice { asked: FloorNumber(asked), from: from.map(BoothNumber), found };
            assert_eq!(choice.address(), expect);
        };
        check(6, None, Found::Free { booth, floor }, "/floor/6?booth=61&go=1");
        check(6, Some(64), Found::Free { booth, floor }, "/floor/6?booth=61&go=1&from=64");
        check(4, Some(42), Found::Free { booth, floor }, "/floor/6?booth=61&go=1&asked=4");
        check(4, Some(42), Found::Nothing, "/floor/4?go=1&from=42");
        check(4, None, Found::Likely { booth, floor, minutes: 5 }, "/floor/4?go=1");
    }
}
