//! Mouse, pen and fingers on the canvas.

use super::hand::{Act, Finger, Hand};
use super::studio::Studio;
use crate::geometry::Point;
use crate::screen::screen_rect;
use drafting::{Contact, Event, Frame, Interaction, Modifiers, Sight, Target};
use leptos::ev::{PointerEvent, WheelEvent};
use leptos::prelude::*;
use leptos::svg::Svg;

/// Zoom per CSS pixel of a wheel that is turned with the control key; a trackpad's pinch comes as such a wheel, too.
const WHEEL_ZOOM: f64 = 0.01;
/// A wheel with notches turns by 100 pixels and more at once.
const WHEEL_MAX_PX: f64 = 30.0;
/// What browsers scroll for one line of the wheel, in CSS pixels.
const LINE_PX: f64 = 32.0;
const MIDDLE_BUTTON: i16 = 1;
const RIGHT_BUTTON: i16 = 2;

/// What is under the pointer, with the frame that its handles belong to.
type Over = Option<(Target, Option<Frame>)>;

/// The pointers of the canvas.
#[derive(Clone, Copy)]
pub(super) struct Pointing {
    pub(super) studio: Studio,
    pub(super) element: NodeRef<Svg>,
    pub(super) hand: RwSignal<Hand>,
    /// Space is held down: the next drag moves the view.
    pub(super) pans: RwSignal<bool>,
    pub(super) over: RwSignal<Over>,
    contact: StoredValue<Contact>,
}

impl Pointing {
    pub(super) fn new(studio: Studio, element: NodeRef<Svg>) -> Self {
        Self {
            studio,
            element,
            hand: RwSignal::new(Hand::Free),
            pans: RwSignal::new(false),
            over: RwSignal::new(None),
            contact: StoredValue::new(Contact::Mouse),
        }
    }

    pub(super) fn down(self, event: &PointerEvent) {
        if event.button() == RIGHT_BUTTON {
            return;
        }
        if let Some(svg) = self.element.get_untracked() {
            // Fails when the pointer is gone already; the gesture then ends at the edge of the canvas.
            drop(svg.set_pointer_capture(event.pointer_id()));
        }
        // A number that was being typed is kept: the field is left.
        self.studio.send(Event::Typed);
        self.contact.set_value(if event.pointer_type() == "touch" { Contact::Touch } else { Contact::Mouse });
        let pans = self.pans.get_untracked() || event.button() == MIDDLE_BUTTON;
        if event.button() == MIDDLE_BUTTON {
            // No wheel of the browser's that scrolls by itself.
            event.prevent_default();
        }
        let finger = self.finger(event);
        self.feel(event, |hand| hand.down(finger, pans));
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        let finger = self.finger(event);
        self.studio.pointer.set(Some(self.studio.view.get_untracked().to_plan(finger.at)));
        self.feel(event, |hand| hand.moved(finger));
    }

    pub(super) fn up(self, event: &PointerEvent) {
        self.feel(event, |hand| hand.up(event.pointer_id(), false));
    }

    /// The browser has taken the pointer.
    pub(super) fn lost(self, event: &PointerEvent) {
        self.feel(event, |hand| hand.up(event.pointer_id(), true));
    }

    pub(super) fn left(self) {
        self.studio.pointer.set(None);
        self.over.set(None);
    }

    fn feel(self, event: &PointerEvent, next: impl FnOnce(Hand) -> (Hand, Act)) {
        let (hand, act) = next(self.hand.get_untracked());
        self.hand.set(hand);
        let (at, modifiers) = (self.studio.view.get_untracked().to_plan(self.finger(event).at), modifiers(event));
        match act {
            Act::Nothing => {}
            Act::Down => {
                let contact = self.contact.get_value();
                self.studio.send(Event::Down { at, contact, modifiers });
            }
            Act::Move if self.is_idle() => self.hover(at),
            Act::Move => {
                self.studio.send(Event::Move { at, modifiers });
            }
            Act::Up => {
                self.studio.send(Event::Up);
                self.hover(at);
            }
            Act::Cancel => {
                self.studio.send(Event::Cancel);
            }
            Act::Pan(by) => self.studio.pan(by),
            Act::Pinch { from, to, factor } => self.studio.pinch(from, to, factor),
        }
    }

    fn is_idle(self) -> bool {
        let is_idle = |interaction: &Interaction| matches!(interaction, Interaction::Idle | Interaction::Typing);
        self.studio.editor.with_untracked(|editor| is_idle(editor.interaction()))
    }

    fn hover(self, at: domain::PlanPoint) {
        let (view, contact) = (self.studio.view.get_untracked(), self.contact.get_value());
        let over = self.studio.surroundings.with_value(|surroundings| {
            let sight = Sight { px_per_unit: view.scale, middle: at, surroundings };
            self.studio.editor.with_untracked(|editor| (editor.target_at(at, contact, &sight), editor.frame()))
        });
        self.over.maybe_update(|known| {
            let is_news = *known != Some(over);
            *known = Some(over);
            is_news
        });
    }

    /// With the control key it zooms at the pointer, as a trackpad's pinch does; else it moves the view.
    pub(super) fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let unit_px = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { LINE_PX };
        let (x, y) = (event.delta_x() * unit_px, event.delta_y() * unit_px);
        if event.ctrl_key() || event.meta_key() {
            let factor = (-y.clamp(-WHEEL_MAX_PX, WHEEL_MAX_PX) * WHEEL_ZOOM).exp();
            let at = self.place(f64::from(event.client_x()), f64::from(event.client_y()));
            self.studio.zoom_at(factor, at);
        } else if event.shift_key() && x == 0.0 {
            self.studio.pan(Point { x: -y, y: 0.0 });
        } else {
            self.studio.pan(Point { x: -x, y: -y });
        }
    }

    fn finger(self, event: &PointerEvent) -> Finger {
        let at = self.place(f64::from(event.client_x()), f64::from(event.client_y()));
        Finger { id: event.pointer_id(), at }
    }

    /// From the window's corner to the canvas's.
    fn place(self, x: f64, y: f64) -> Point {
        let rect = self.element.get_untracked().map(|svg| screen_rect(&svg));
        let (left, top) = rect.map_or((0.0, 0.0), |rect| (rect.left, rect.top));
        Point { x: x - left, y: y - top }
    }
}

fn modifiers(event: &PointerEvent) -> Modifiers {
    Modifiers { shift: event.shift_key(), ctrl: event.ctrl_key() || event.meta_key(), alt: event.alt_key() }
}
