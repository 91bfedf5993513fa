//! The plan editor: the page around `drafting::Editor`, which decides everything that happens to a layout.
//!
//! A part of the wasm of its own; nothing but [`crate::parts::editor`] may mention what is in here. The server writes a page that
//! says that it is loading.

mod arrange;
mod booth_list;
mod booth_shapes;
mod canvas;
mod canvas_keys;
mod channels;
mod clash_dialog;
mod clash_words;
mod clipboard;
mod corners;
mod cursor;
mod dialogs;
mod exact_fields;
mod failure;
mod findings_panel;
mod gesture_marks;
mod guide_marks;
mod hand;
mod header;
mod history_panel;
mod icons;
mod inspector;
mod keeping;
mod key_help;
mod measures;
mod news;
mod notices;
mod numbers;
mod page;
mod pointing;
mod presence;
mod ruler_ticks;
mod rulers;
mod selection_frame;
mod sheet_view;
mod status_bar;
mod studio;
mod tool_bar;
mod words;
mod workshop;

pub(crate) use page::EditorPage;
