//! What is said of an action.

use crate::texts::editor::EditorTexts;
use drafting::{Editor, LayoutBooth, Reaction, Said, WiredChannel};

/// The words for the status bar; nothing where nothing is to be said.
pub(super) fn say(texts: &EditorTexts, editor: &Editor, reaction: Reaction, has_focus_moved: bool) -> Option<String> {
    let focus = || editor.focus().and_then(|id| editor.layout().find(id));
    match reaction.said {
        Some(Said::Selected(1)) => {
            let booth = editor.selection().first().and_then(|id| editor.layout().find(*id))?;
            Some((texts.booth_selected)(&name_booth(texts, booth)))
        }
        Some(Said::Selected(count)) => Some((texts.now_selected)(count)),
        Some(Said::Did(name, count)) => Some((texts.did)(name, count)),
        Some(Said::Undid(name)) => Some((texts.undid)(name)),
        Some(Said::Redid(name)) => Some((texts.redid)(name)),
        Some(Said::Copied(count)) => Some((texts.copied)(count)),
        Some(Said::Refused(refusal)) => Some((texts.refused)(refusal)),
        None if has_focus_moved => focus().map(|booth| name_booth(texts, booth)),
        None => None,
    }
}

/// "Box 42, Ada Lovelace".
pub(super) fn name_booth(texts: &EditorTexts, booth: &LayoutBooth) -> String {
    let number = (texts.booth)(booth.number.0);
    if booth.name.is_empty() { number } else { format!("{number}, {}", booth.name) }
}

/// "board-1 · 0".
pub(super) fn name_wire(wire: &WiredChannel) -> String {
    format!("{} · {}", wire.board, wire.channel)
}
