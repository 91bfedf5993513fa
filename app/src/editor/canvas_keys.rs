//! Keys on the canvas, and those that work beside it.

use super::pointing::Pointing;
use super::studio::Studio;
use crate::settings::current_value;
use drafting::{Command, Event, Key, KeyPress, Modifiers, SnapRules, Tool};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What a step of the zoom is.
pub(super) const ZOOM_STEP: f64 = 1.25;

/// The keys of the canvas.
#[derive(Clone, Copy)]
pub(super) struct CanvasKeys {
    pub(super) pointing: Pointing,
    pub(super) help: RwSignal<bool>,
    /// Escape has found nothing to do: the next Tab leaves the plan.
    leaves: StoredValue<bool>,
    /// Nothing was dragged since Space went down.
    taps: StoredValue<bool>,
}

impl CanvasKeys {
    pub(super) fn new(pointing: Pointing, help: RwSignal<bool>) -> Self {
        Self { pointing, help, leaves: StoredValue::new(false), taps: StoredValue::new(false) }
    }

    /// A key goes down on the canvas.
    pub(super) fn down(self, event: &KeyboardEvent) {
        let Some(key) = Key::from_name(&event.key()) else {
            if self.look(event) {
                event.prevent_default();
            }
            return;
        };
        if key == Key::Space {
            if !event.repeat() {
                self.pointing.pans.set(true);
                self.taps.set_value(true);
            }
            event.prevent_default();
            return;
        }
        if key == Key::Tab && self.leaves.get_value() || self.take_tool(key, event) || self.look(event) {
            self.leaves.set_value(false);
            if key != Key::Tab {
                event.prevent_default();
            }
            return;
        }
        let is_taken = self.send(key, event);
        self.leaves.set_value(key == Key::Escape && !is_taken);
        if is_taken {
            event.prevent_default();
        }
    }

    /// Space that was not held for a drag is a key like any other.
    pub(super) fn up(self, event: &KeyboardEvent) {
        if event.key() == " " {
            self.pointing.pans.set(false);
            if self.taps.get_value() {
                self.send(Key::Space, event);
            }
        }
    }

    /// A drag has begun while Space was held.
    pub(super) fn dragged(self) {
        self.taps.set_value(false);
    }

    /// The focus has gone elsewhere: a key that is held is not heard to go up.
    pub(super) fn blurred(self) {
        self.pointing.pans.set(false);
    }

    fn send(self, key: Key, event: &KeyboardEvent) -> bool {
        let press = KeyPress { key, modifiers: modifiers(event), is_repeated: event.repeat() };
        self.pointing.studio.send(Event::Key(press)).is_taken
    }

    fn take_tool(self, key: Key, event: &KeyboardEvent) -> bool {
        if modifiers(event) != Modifiers::default() {
            return false;
        }
        let studio = self.pointing.studio;
        match key {
            Key::Letter('v') => studio.run(Command::Take(Tool::Select)),
            Key::Letter('u') => studio.run(Command::Take(Tool::Rectangle)),
            Key::Letter('g') => studio.run(Command::Take(Tool::Polygon)),
            Key::Letter('s') => toggle_snapping(studio),
            _ => return false,
        }
        true
    }

    /// Keys that change how the plan is looked at.
    fn look(self, event: &KeyboardEvent) -> bool {
        let studio = self.pointing.studio;
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return false;
        }
        match event.key().as_str() {
            "+" | "=" => studio.zoom_at(ZOOM_STEP, studio.middle()),
            "-" => studio.zoom_at(1.0 / ZOOM_STEP, studio.middle()),
            "0" => studio.fit(),
            "?" => self.help.set(true),
            _ => return false,
        }
        true
    }

    /// A key goes down somewhere else on the page, such as on a button or in the list of booths: what needs the control key
    /// works there, too, and what moves or deletes.
    pub(super) fn beside(self, event: &KeyboardEvent) {
        if event.default_prevented() || is_of_field(event) {
            return;
        }
        let is_command = event.ctrl_key() || event.meta_key();
        match Key::from_name(&event.key()) {
            Some(key @ Key::Letter(_)) if is_command && self.send(key, event) => event.prevent_default(),
            Some(key @ (Key::Arrow(..) | Key::Delete | Key::Escape)) if self.send(key, event) => {
                event.prevent_default();
            }
            None if event.key() == "?" && current_value("shortcuts") != Some("off".to_owned()) => {
                self.help.set(true);
                event.prevent_default();
            }
            _ => {}
        }
    }
}

pub(super) fn toggle_snapping(studio: Studio) {
    let rules = studio.editor.with_untracked(|editor| *editor.rules());
    let other = if rules == SnapRules::NONE { SnapRules::ALL } else { SnapRules::NONE };
    studio.run(Command::Snap(other));
}

/// Whether the key belongs to where it went down: the canvas, a field, a dialog.
fn is_of_field(event: &KeyboardEvent) -> bool {
    const OWN: &str = ".editor-canvas, input, textarea, select, dialog[open]";
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(OWN).ok().flatten().is_some())
}

fn modifiers(event: &KeyboardEvent) -> Modifiers {
    Modifiers { shift: event.shift_key(), ctrl: event.ctrl_key() || event.meta_key(), alt: event.alt_key() }
}
