//! Words of the plan editor. No field of `Texts`, so that they come with the editor's part of the wasm alone.

mod en;
mod fr;

use crate::reader::{Locale, use_reader};
use domain::FloorNumber;
use drafting::{Alignment, Axis, ExactField, Field, Refusal, SameSize, StepName, Tool};

/// The words of one language.
pub(crate) struct EditorTexts {
    pub(crate) title: fn(FloorNumber) -> String,
    pub(crate) loading: &'static str,
    pub(crate) needs_scripts: &'static str,
    pub(crate) signed_out: &'static str,
    pub(crate) forbidden: &'static str,
    pub(crate) unreachable: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) not_understood: &'static str,
    /// Follows any of the above where work is unsaved.
    pub(crate) work_is_kept: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) new_tab: &'static str,

    pub(crate) to_map: &'static str,
    pub(crate) tools: &'static str,
    pub(crate) tool: fn(Tool) -> &'static str,
    pub(crate) undo: &'static str,
    pub(crate) redo: &'static str,
    pub(crate) zoom_in: &'static str,
    pub(crate) zoom_out: &'static str,
    pub(crate) fit: &'static str,
    pub(crate) zoom: &'static str,
    pub(crate) snap: &'static str,
    pub(crate) add: &'static str,
    pub(crate) duplicate: &'static str,
    pub(crate) delete: &'static str,
    pub(crate) end_polygon: &'static str,

    pub(crate) publish: &'static str,
    pub(crate) versions: &'static str,
    pub(crate) plan: &'static str,
    pub(crate) discard: &'static str,
    pub(crate) discard_title: &'static str,
    pub(crate) discard_what: &'static str,
    pub(crate) discard_yes: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) close: &'static str,

    pub(crate) saved_never: &'static str,
    pub(crate) saved_at: fn(&str) -> String,
    pub(crate) waiting: &'static str,
    pub(crate) sending: &'static str,
    pub(crate) not_saved: &'static str,
    pub(crate) behind: &'static str,
    pub(crate) behind_what: &'static str,
    pub(crate) take_newer: &'static str,
    pub(crate) keep_this: &'static str,

    pub(crate) colleagues: &'static str,
    pub(crate) is_here: fn(&str) -> String,
    pub(crate) has_draft: fn(&str, &str) -> String,

    pub(crate) published_meanwhile: fn(&str, u32) -> String,
    pub(crate) published_by_nobody: fn(u32) -> String,
    pub(crate) merge_now: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) merge_at_publication: &'static str,
    pub(crate) merged: &'static str,
    pub(crate) clashes_title: &'static str,
    pub(crate) clashes_what: fn(&str) -> String,
    pub(crate) mine: &'static str,
    pub(crate) theirs: &'static str,
    pub(crate) all_mine: &'static str,
    pub(crate) all_theirs: &'static str,
    pub(crate) merge: &'static str,
    pub(crate) field: fn(Field) -> &'static str,
    pub(crate) removed: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) shape_of: fn(&str, &str) -> String,
    pub(crate) clash_number: fn(u32) -> String,
    pub(crate) clash_channel: fn(&str) -> String,
    pub(crate) nothing: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,

    pub(crate) canvas_hint: &'static str,
    pub(crate) canvas_role: &'static str,
    pub(crate) booth: fn(u32) -> String,
    pub(crate) booths: &'static str,
    pub(crate) selected: &'static str,
    pub(crate) locked: &'static str,
    pub(crate) polygon: &'static str,
    pub(crate) no_booths: &'static str,

    pub(crate) properties: &'static str,
    pub(crate) nothing_selected: &'static str,
    pub(crate) nothing_selected_what: &'static str,
    pub(crate) selected_count: fn(usize) -> String,
    pub(crate) exact: fn(ExactField) -> (&'static str, &'static str),
    pub(crate) mixed: &'static str,
    pub(crate) number: &'static str,
    pub(crate) name: &'static str,
    pub(crate) lock: &'static str,
    pub(crate) arrange: &'static str,
    pub(crate) align: fn(Alignment) -> &'static str,
    pub(crate) distribute: fn(Axis) -> &'static str,
    pub(crate) same: fn(SameSize) -> &'static str,
    pub(crate) channels: &'static str,
    pub(crate) no_channels: &'static str,
    pub(crate) board: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) wire: &'static str,
    pub(crate) unwire: &'static str,
    pub(crate) no_boards: &'static str,
    pub(crate) corners: &'static str,
    pub(crate) corner: fn(usize) -> String,
    pub(crate) insert_corner: &'static str,
    pub(crate) remove_corner: &'static str,
    pub(crate) into_polygon: &'static str,

    pub(crate) history: &'static str,
    pub(crate) beginning: &'static str,
    pub(crate) earlier: fn(usize) -> String,
    pub(crate) step: fn(StepName) -> &'static str,
    pub(crate) findings: &'static str,
    pub(crate) no_findings: &'static str,
    pub(crate) fault: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) same_number: fn(u32) -> String,
    pub(crate) number_elsewhere: fn(u32) -> String,
    pub(crate) same_channel: fn(&str) -> String,
    pub(crate) channel_elsewhere: fn(&str) -> String,
    pub(crate) outside: &'static str,
    pub(crate) overlap: fn(u32, u32) -> String,
    pub(crate) not_wired: &'static str,

    pub(crate) did: fn(StepName, usize) -> String,
    pub(crate) undid: fn(StepName) -> String,
    pub(crate) redid: fn(StepName) -> String,
    pub(crate) copied: fn(usize) -> String,
    pub(crate) now_selected: fn(usize) -> String,
    pub(crate) booth_selected: fn(&str) -> String,
    pub(crate) refused: fn(Refusal) -> String,
    pub(crate) ready: &'static str,

    pub(crate) keys: &'static str,
    pub(crate) key_rows: &'static [(&'static [&'static str], &'static str)],
}

/// The words of the reader's language.
pub(crate) fn use_editor_texts() -> &'static EditorTexts {
    texts_of(use_reader().locale)
}

/// The words of a language.
pub(crate) const fn texts_of(locale: Locale) -> &'static EditorTexts {
    match locale {
        Locale::Fr => &fr::TEXTS,
        Locale::En => &en::TEXTS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_list_the_same_keys() {
        let keys = |texts: &EditorTexts| texts.key_rows.iter().map(|(keys, _)| keys.len()).collect::<Vec<_>>();
        assert_eq!(keys(&fr::TEXTS), keys(&en::TEXTS));
    }

    #[test]
    fn plurals() {
        let did = |texts: &EditorTexts, count| (texts.did)(StepName::Moved, count);
        assert_eq!([1, 2].map(|count| did(&fr::TEXTS, count)), ["Déplacement", "Déplacement de 2 box"]);
        assert_eq!([1, 2].map(|count| did(&en::TEXTS, count)), ["Moved", "Moved: 2 boxes"]);
        assert_eq!((fr::TEXTS.now_selected)(0), "Rien n’est sélectionné.");
    }
}
