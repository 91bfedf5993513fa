//! What was copied, for the editors of other floors: in the browser's own storage, where the next tab finds it.

use drafting::{Command, Event, Key, KeyPress, LayoutBooth};
use leptos::prelude::*;

const KEY: &str = "dispobox.copied_booths";

/// Whether something is copied or cut by this.
pub(super) fn copies(event: &Event) -> bool {
    matches!(event, Event::Do(Command::Copy | Command::Cut)) || is_control(event, 'c') || is_control(event, 'x')
}

/// Whether what was copied is asked for.
pub(super) fn pastes(event: &Event) -> bool {
    matches!(event, Event::Do(Command::Paste(_))) || is_control(event, 'v')
}

fn is_control(event: &Event, wanted: char) -> bool {
    matches!(event, Event::Key(KeyPress { key: Key::Letter(letter), modifiers, .. }) if *letter == wanted && modifiers.ctrl)
}

/// Keeps a copy for other floors. A browser that keeps nothing has it on this floor only.
pub(super) fn keep(booths: &[LayoutBooth]) {
    if let (Ok(Some(storage)), Ok(text)) = (window().local_storage(), serde_json::to_string(booths)) {
        drop(storage.set_item(KEY, &text));
    }
}

/// What was copied on another floor, if anything was.
pub(super) fn find() -> Option<Vec<LayoutBooth>> {
    let text = window().local_storage().ok()??.get_item(KEY).ok()??;
    serde_json::from_slice(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use drafting::Modifiers;

    #[test]
    fn which_keys_copy() {
        let key = |letter, ctrl| {
            let modifiers = Modifiers { ctrl, ..Modifiers::default() };
            Event::Key(KeyPress { key: Key::Letter(letter), modifiers, is_repeated: false })
        };
        assert!(copies(&key('c', true)) && copies(&key('x', true)) && copies(&Event::Do(Command::Cut)));
        assert!(!copies(&key('c', false)) && !copies(&key('v', true)));
        assert!(pastes(&key('v', true)) && !pastes(&key('v', false)));
    }
}
