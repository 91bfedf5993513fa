//! What watches a booth: channels of boards.

use super::studio::use_studio;
use super::words::name_wire;
use crate::erased::IntoAny;
use domain::{BoardId, Channel};
use drafting::{BoothId, Command, WiredChannel};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A board has as many inputs at the most.
const CHANNELS: u8 = 8;

#[component]
pub(super) fn Channels(id: BoothId) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let booth = studio.booth(id);
    let wires =
        Memo::new(move |_| booth.with(|booth| booth.as_ref().map(|booth| booth.wires.clone()).unwrap_or_default()));
    let wired = move |wire: WiredChannel| {
        let name = name_wire(&wire);
        let label = format!("{} {name}", texts.unwire);
        view! {
            <li>
                <span>{name}</span>
                <button
                    type="button"
                    class="icon-button"
                    data-action="unwire"
                    title=texts.unwire
                    aria-label=label
                    on:click=move |_| studio.run(Command::Unwire(wire.clone()))
                >
                    "×"
                </button>
            </li>
        }
    };
    let list = move || {
        let wires: BTreeSet<WiredChannel> = wires.get();
        if wires.is_empty() {
            return view! { <p class="soft">{texts.no_channels}</p> }.into_any();
        }
        view! { <ul class="wires">{wires.into_iter().map(wired).collect_view()}</ul> }.into_any()
    };
    view! {
        <fieldset class="channels">
            <legend>{texts.channels}</legend>
            {list}
            <NewWire id=id />
        </fieldset>
    }
    .into_any()
}

#[component]
fn NewWire(id: BoothId) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let boards: Vec<BoardId> = studio.boards.with_value(|boards| boards.iter().cloned().collect());
    let Some(first) = boards.first().cloned() else {
        return view! { <p class="soft">{texts.no_boards}</p> }.into_any();
    };
    let board = RwSignal::new(first);
    let channel = RwSignal::new(Channel(0));
    let choose_board = move |name: String| BoardId::new(name).into_iter().for_each(|name| board.set(name));
    let choose_channel =
        move |number: String| number.parse().into_iter().for_each(|number| channel.set(Channel(number)));
    let wire = move |_| {
        let wire = WiredChannel { board: board.get_untracked(), channel: channel.get_untracked() };
        studio.run(Command::Wire(id, wire));
    };
    let board_option = |board: BoardId| {
        let (name, text) = (board.to_string(), board.to_string());
        view! { <option value=name>{text}</option> }
    };
    view! {
        <div class="new-wire">
            <select aria-label=texts.board data-field="board" on:change=move |event| choose_board(event_target_value(&event))>
                {boards.into_iter().map(board_option).collect_view()}
            </select>
            <select
                aria-label=texts.channel
                data-field="channel"
                on:change=move |event| choose_channel(event_target_value(&event))
            >
                {(0..CHANNELS).map(|number| view! { <option value=number>{number}</option> }).collect_view()}
            </select>
            <button type="button" class="plain-button" data-action="wire" on:click=wire>{texts.wire}</button>
        </div>
    }
    .into_any()
}
