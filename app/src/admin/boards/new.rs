use super::use_board_words;
use super::view::NewBoardView;
use crate::admin::fields::TextField;
use crate::erased::IntoAny;
use domain::BoardId;
use leptos::prelude::*;

/// The most detectors of our boards.
const CHANNELS_MAX: u8 = 4;

/// `/admin/boards/new`: a form for a board that comes into the house.
#[component]
pub(super) fn NewBoardPage(view: NewBoardView) -> impl IntoView {
    let words = use_board_words();
    let NewBoardView { id, channels, problem } = view;
    let chosen = if channels == 0 { CHANNELS_MAX } else { channels };
    let option = |count: u8| view! { <option value=count selected=count == chosen>{count}</option> };
    let problem = problem.map(|problem| {
        view! { <p class="told" data-told="refused" role="alert">{(words.refused)(problem)}</p> }
    });
    view! {
        <p><a href="/admin/boards">{words.all_boards}</a></p>
        <h1>{words.new_board}</h1>
        {problem}
        <form class="admin-form admin-part" method="post" action="/admin/boards/new">
            <TextField
                label=words.id
                name="id"
                hint=words.id_hint
                value=id
                required=true
                focused=true
                length_max=BoardId::LENGTH_MAX
            />
            <label class="field">
                <span class="field-label">{words.channels}</span>
                <select name="channels">{(1..=CHANNELS_MAX).map(option).collect_view()}</select>
            </label>
            <p class="field-hint">{words.create_what}</p>
            <button class="main-button" type="submit">{words.create}</button>
        </form>
    }
    .into_any()
}
