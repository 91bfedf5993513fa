//! What has come with the page for the views that are made later.

use super::Parts;
use leptos::prelude::*;
use std::collections::VecDeque;

/// What the server has handed over and nobody has taken yet, in its order; for the page at this path.
pub(super) struct Handed {
    path: String,
    values: VecDeque<String>,
}

impl Handed {
    /// Read while the page is taken over, after all that takes part in that; nothing at another time.
    pub(super) fn read() -> Self {
        let page = Owner::current_shared_context();
        let next = || page.as_ref().and_then(|page| page.read_data(&page.next_id()));
        Self { path: current_path(), values: std::iter::from_fn(next).collect() }
    }
}

fn current_path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The next value that has come with the page, if that is still the page; `None` as long as the page is being taken over
/// itself.
pub(crate) fn take_handed() -> Option<Option<String>> {
    let Parts { handed, .. } = use_context()?;
    handed.try_update_value(|handed| {
        let Handed { path, values } = handed.as_mut()?;
        Some(values.pop_front().filter(|_| *path == current_path()))
    })?
}
