//! Which booth is looked at.

use crate::navigation::use_query_map;
use domain::BoothNumber;
use leptos::prelude::*;

/// The booth under the pointer or the focus, else the one that the address names.
#[derive(Clone, Copy)]
pub(crate) struct Attention {
    pointed: RwSignal<Option<BoothNumber>>,
    /// The booth in the address.
    pub(crate) chosen: Memo<Option<BoothNumber>>,
}

impl Attention {
    /// Follows the address, for the components below.
    pub(crate) fn provide_context() {
        let query = use_query_map();
        let chosen = Memo::new(move |_| query.with(|query| query.get("booth")?.parse::<BoothNumber>().ok()));
        let attention = Self { pointed: RwSignal::new(None), chosen };
        // Going back from a booth also ends what the pointer or the focus began there.
        Effect::new(move |before: Option<Option<BoothNumber>>| {
            let now = chosen.get();
            if before.flatten().is_some() && now.is_none() {
                attention.pointed.set(None);
            }
            now
        });
        provide_context(attention);
    }

    /// The booth whose card is shown.
    pub(crate) fn booth(self) -> Option<BoothNumber> {
        self.pointed.try_get().flatten().or_else(|| self.chosen())
    }

    /// The booth in the address. What is about to leave the page may still ask, when the address and the floor change at
    /// once: it is told of none.
    pub(crate) fn chosen(self) -> Option<BoothNumber> {
        self.chosen.try_get().flatten()
    }

    /// The pointer or the focus is on the booth.
    pub(crate) fn point_at(self, number: BoothNumber) {
        // Rows and shapes that are removed lose pointer and focus after the page that looked at them is gone.
        let _ = self.pointed.try_set(Some(number));
    }

    /// The pointer or the focus has left the booth.
    pub(crate) fn leave(self, number: BoothNumber) {
        if self.pointed.try_get_untracked().flatten() == Some(number) {
            let _ = self.pointed.try_set(None);
        }
    }

    /// Looks at nothing; true when the address still names a booth.
    pub(crate) fn put_away(self) -> bool {
        self.pointed.set(None);
        self.chosen.get_untracked().is_some()
    }
}
