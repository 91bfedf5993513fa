//! Boards, for those who look after them: all of them, one of them, a new one, and a key that is shown once.

mod actions;
mod board;
mod charts;
mod curve;
mod entry;
mod fleet;
mod key;
mod new;
mod past;
mod view;
mod words;

pub use view::{
    BoardEntry, BoardKeyEntry, BoardRefusal, BoardTold, BoardView, BoardWire, BoardsView, ChartRange, CommandEntry,
    FleetQuery, FleetShow, FleetSort, FleetView, NewBoardView, NewKeyView, SessionEntry, Span, Suspicion,
};
pub(super) use words::{ACTIONS, name_action, use_board_words};

use super::layout::AdminLayout;
use crate::erased::IntoAny;
use board::BoardPage;
use fleet::FleetPage;
use key::KeyPage;
use leptos::prelude::*;
use new::NewBoardPage;

/// A page about boards.
#[component]
pub(super) fn BoardsPages(view: BoardsView) -> impl IntoView {
    let words = use_board_words();
    let page = match view {
        BoardsView::Fleet(view) => view! { <FleetPage view=view /> }.into_any(),
        BoardsView::New(view) => view! { <NewBoardPage view=view /> }.into_any(),
        BoardsView::Board(view) => view! { <BoardPage view=*view /> }.into_any(),
        BoardsView::Key(view) => view! { <KeyPage view=view /> }.into_any(),
    };
    view! {
        <AdminLayout title=words.boards>
            {page}
            <script type="module" src="/page/fresh.js"></script>
        </AdminLayout>
    }
    .into_any()
}
