//! The keyboard on the map: arrows from booth to booth, or to move the plan; plus, minus and nought for the whole page.

use super::Placements;
use super::booth_links::booth_of;
use super::moving::Map;
use super::neighbour::{Direction, neighbour};
use super::roving::Roving;
use super::view_controls::ZOOM_STEP;
use crate::geometry::Point;
use crate::shortcuts::is_for_page;
use domain::BoothNumber;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// One press of an arrow key, in CSS pixels.
const PAN_STEP_PX: f64 = 80.0;

#[derive(Clone, Copy)]
pub(super) struct MapKeys {
    pub(super) map: Map,
    pub(super) roving: Roving,
    pub(super) placements: StoredValue<Placements>,
}

impl MapKeys {
    /// A key goes down on the map or on a booth.
    pub(super) fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let from = booth_of(event).map(|(number, _)| number).filter(|_| !event.shift_key());
        match (Direction::of_key(&key), from, key.as_str()) {
            (Some(direction), Some(from), _) => self.go(self.neighbour(from, direction)),
            (Some(direction), None, _) => {
                let Point { x, y } = direction.step();
                self.map.pan(Point { x: -x * PAN_STEP_PX, y: -y * PAN_STEP_PX });
            }
            (None, _, "Home") => self.go(self.placements.with_value(|booths| Some(booths.first()?.0))),
            (None, _, "End") => self.go(self.placements.with_value(|booths| Some(booths.last()?.0))),
            _ => return,
        }
        // The page does not scroll as well.
        event.prevent_default();
    }

    fn neighbour(self, from: BoothNumber, direction: Direction) -> Option<BoothNumber> {
        self.placements.with_value(|booths| {
            let from = booths.iter().position(|(number, _)| *number == from)?;
            let placements: Vec<_> = booths.iter().map(|(_, placement)| *placement).collect();
            Some(booths.get(neighbour(&placements, from, direction)?)?.0)
        })
    }

    fn go(self, to: Option<BoothNumber>) {
        if let Some(number) = to {
            self.roving.focus(number);
        }
    }
}

/// Plus, minus and nought zoom wherever the focus is, except where one types.
pub(super) fn follow_page_keys(map: Map) {
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            if !is_for_page(&event) {
                return;
            }
            match event.key().as_str() {
                // The second is the first without Shift, on many keyboards.
                "+" | "=" => map.zoom_by_step(ZOOM_STEP),
                "-" => map.zoom_by_step(1.0 / ZOOM_STEP),
                "0" => map.fit(),
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || handle.remove());
    });
}
