//! The map's element, how it is looked at, and the ways in which that changes.

use super::Placements;
use super::kept_view::use_kept_view;
use crate::geometry::{Point, ScreenRect, View, centre_of, middle_of};
use crate::screen::screen_rect;
use domain::{FloorNumber, ViewBox};
use leptos::ev::WheelEvent;
use leptos::prelude::*;
use leptos::svg::Svg;
use web_sys::Element;

/// Zoom per CSS pixel of the wheel.
const WHEEL_ZOOM: f64 = 0.0015;
/// The same for two fingers on a trackpad, which browsers report as a wheel with the control key.
const TRACKPAD_PINCH_ZOOM: f64 = 0.01;
/// What browsers scroll for one line of the wheel, in CSS pixels.
const LINE_PX: f64 = 32.0;
/// How far from the edge of the map a booth that takes the focus stands, in CSS pixels.
const FOCUS_MARGIN_PX: f64 = 24.0;

/// The map's element and how it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Map {
    pub(super) element: NodeRef<Svg>,
    pub(super) view_box: ViewBox,
    pub(super) view: RwSignal<View>,
    /// What people want to look closer at, in plan units.
    middle: Point,
}

impl Map {
    pub(super) fn new(floor: FloorNumber, view_box: ViewBox, placements: &Placements) -> Self {
        let middle = middle_of(placements.iter().map(|(_, placement)| *placement), view_box);
        Self { element: NodeRef::new(), view_box, view: use_kept_view(floor), middle }
    }

    /// Where the map stands on the screen; nothing before it does.
    pub(super) fn rect(self) -> Option<ScreenRect> {
        self.element.get_untracked().map(|svg| screen_rect(&svg))
    }

    pub(super) fn fit(self) {
        self.view.set(View::FIT);
    }

    pub(super) fn actual_size(self) {
        if let Some(rect) = self.rect() {
            self.view.set(View::actual_size(rect, self.view_box, self.middle));
        }
    }

    /// From the whole plan towards the booths, else about the centre of what is seen.
    pub(super) fn zoom_by_step(self, factor: f64) {
        self.view.update(|view| {
            let from_fit = *view == View::FIT && factor > 1.0;
            let zoomed = view.zoomed(factor, centre_of(self.view_box));
            *view = if from_fit { zoomed.centred(self.middle, self.view_box) } else { zoomed.kept_in(self.view_box) };
        });
    }

    pub(super) fn zoom_by_wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let Some(rect) = self.rect() else { return };
        let unit_px = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => LINE_PX,
            WheelEvent::DOM_DELTA_PAGE => rect.height,
            _ => 1.0,
        };
        let zoom = if event.ctrl_key() { TRACKPAD_PINCH_ZOOM } else { WHEEL_ZOOM };
        self.zoom_at((-event.delta_y() * unit_px * zoom).exp(), screen_point(event));
    }

    /// What is under this point of the screen stays there.
    pub(super) fn zoom_at(self, factor: f64, at: Point) {
        self.pinch(at, at, factor);
    }

    /// What is under `from` comes to `to`, larger by `factor`. CSS pixels.
    pub(super) fn pinch(self, from: Point, to: Point, factor: f64) {
        if let Some(rect) = self.rect() {
            let scale = rect.fitted_scale(self.view_box);
            let fixed = rect.to_view_box(self.view_box, from);
            self.view.update(|view| {
                let zoomed = view.zoomed(factor, fixed);
                *view = zoomed.panned((to.x - from.x) / scale, (to.y - from.y) / scale, self.view_box);
            });
        }
    }

    /// Moves the plan by CSS pixels.
    pub(super) fn pan(self, by: Point) {
        if let Some(rect) = self.rect() {
            let scale = rect.fitted_scale(self.view_box);
            self.view.update(|view| *view = view.panned(by.x / scale, by.y / scale, self.view_box));
        }
    }

    /// Moves the plan until the booth is seen.
    pub(super) fn bring_into_sight(self, booth: &Element) {
        if let Some(frame) = self.rect() {
            let missing = frame.missing(screen_rect(booth), FOCUS_MARGIN_PX);
            if missing != (Point { x: 0.0, y: 0.0 }) {
                self.pan(missing);
            }
        }
    }
}

pub(super) fn screen_point(event: &web_sys::MouseEvent) -> Point {
    Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) }
}
