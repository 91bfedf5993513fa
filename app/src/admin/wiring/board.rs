//! A board with its channels: each is a choice, with what its detector says.

use super::{RawSignal, STRIP_HEIGHT, STRIP_WIDTH, SignalLight, WiringBoard, WiringChannel, use_wiring_words};
use crate::erased::IntoAny;
use domain::{BoardId, Channel};
use leptos::prelude::*;

#[component]
pub(super) fn BoardField(board: WiringBoard, chosen: Option<Channel>, may_wire: bool) -> impl IntoView {
    let words = use_wiring_words();
    let WiringBoard { id, has_key, channels, .. } = board;
    let name = id.to_string();
    let hint_id = format!("hint-{id}");
    let choice = |channel: WiringChannel| {
        let is_chosen = chosen == Some(channel.channel);
        view! { <ChannelChoice board=id.clone() channel=channel is_chosen=is_chosen may_wire=may_wire /> }
    };
    let hint = (!has_key).then(|| view! { <p class="field-hint" id=hint_id.clone()>{words.no_key}</p> });
    view! {
        <fieldset class="wiring-board" data-board=name.clone() aria-describedby=(!has_key).then_some(hint_id.clone())>
            <legend>{name.clone()}</legend>
            {hint}
            {channels.into_iter().map(choice).collect_view()}
        </fieldset>
    }
    .into_any()
}

#[component]
fn ChannelChoice(board: BoardId, channel: WiringChannel, is_chosen: bool, may_wire: bool) -> impl IntoView {
    let words = use_wiring_words();
    let WiringChannel { channel, booth, signal: RawSignal { light, strip } } = channel;
    let value = format!("{board}/{channel}");
    let channel_name = value.clone();
    let watches = booth.map_or_else(|| words.nothing.to_owned(), |booth| (words.booth)(booth));
    view! {
        <label class="wiring-channel" data-channel=channel_name data-signal=light.as_str()>
            <input type="radio" name="channel" value=value required checked=is_chosen disabled=!may_wire />
            <span class="wiring-name">{(words.channel)(channel)} " → " <strong>{watches}</strong></span>
            <span class="signal-light">
                <span data-when="high">{(words.light)(SignalLight::High)}</span>
                <span data-when="low">{(words.light)(SignalLight::Low)}</span>
                <span data-when="silent">{(words.light)(SignalLight::Silent)}</span>
            </span>
            <svg class="signal-strip" viewBox=format!("0 0 {STRIP_WIDTH} {STRIP_HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
                <path d=strip />
            </svg>
        </label>
    }
    .into_any()
}
