//! The booths of all floors, fetched when somebody begins to search or lists all of them.

use crate::api::read_directory;
use crate::backend::{BoothEntry, use_backend};
use crate::booth_list::use_list_query;
use crate::deadline::within;
use crate::handed_over::hand_over;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How far the browser has got with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Fetched {
    /// Nobody has asked for it yet.
    #[default]
    No,
    /// It is on its way.
    Asked,
    /// Here it is.
    Here(Arc<[BoothEntry]>),
    /// The server does not answer; it is asked again at the next key.
    Failed,
}

impl Fetched {
    /// The booths, by number, once they are here.
    pub(crate) fn booths(&self) -> Option<Arc<[BoothEntry]>> {
        match self {
            Self::Here(booths) => Some(Arc::clone(booths)),
            Self::No | Self::Asked | Self::Failed => None,
        }
    }
}

#[derive(Clone, Copy)]
struct DirectoryContext(RwSignal<Fetched>);

/// Begins with what has come with the page, which is nothing unless the list beside the map shows all floors.
pub(super) fn provide_directory_context() {
    let all_floors = use_list_query().with_untracked(|list| list.all_floors);
    let booths = hand_over(|| use_backend().ok().filter(|_| all_floors).map(|backend| backend.list_booths()));
    let fetched = booths.map_or(Fetched::No, |booths| Fetched::Here(booths.into()));
    provide_context(DirectoryContext(RwSignal::new(fetched)));
}

/// What has been fetched so far.
pub(crate) fn use_directory() -> RwSignal<Fetched> {
    expect_context::<DirectoryContext>().0
}

/// Fetches it unless it is here or on its way. Only the browser has somebody who types.
pub(crate) fn fetch(directory: RwSignal<Fetched>) {
    if directory.with_untracked(|fetched| matches!(fetched, Fetched::Asked | Fetched::Here(_))) {
        return;
    }
    directory.set(Fetched::Asked);
    spawn_local(async move {
        let answer = within(read_directory()).await;
        directory.set(answer.map_or(Fetched::Failed, |directory| Fetched::Here(directory.booths.into())));
    });
}
