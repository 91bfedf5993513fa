//! The floor plan with its booths.

mod booth_shape;
mod gesture;
mod kept_view;
mod labels;
mod view_controls;

use crate::attention::Attention;
use crate::backend::{BoothDetail, FloorDetail, drawable};
use crate::erased::IntoAny;
use crate::geometry::{Point, ScreenRect, View};
use crate::screen::screen_rect;
use crate::texts::use_texts;
use booth_shape::BoothShape;
use domain::{BoothNumber, ViewBox};
use gesture::Gesture;
use kept_view::use_kept_view;
use leptos::ev::{FocusEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;
use leptos::svg::Svg;
use view_controls::ViewControls;
use wasm_bindgen::JsCast;
use web_sys::SvgElement;

/// Zoom per pixel of the wheel.
const WHEEL_ZOOM: f64 = 0.0015;
/// How far from the edge of the map a booth that takes the focus stands, in CSS pixels.
const FOCUS_MARGIN_PX: f64 = 24.0;

/// A floor as an interactive map: wheel and drag to look closer, booths to hover, focus and choose.
#[component]
pub(crate) fn FloorMap(floor: FloorDetail) -> impl IntoView {
    let texts = use_texts();
    let view_box = drawable(floor.plan.view_box);
    let middle = middle_of(&floor.booths, view_box);
    let map = Map { element: NodeRef::new(), view_box, view: use_kept_view(floor.number) };
    let Map { element, view, .. } = map;
    let gesture = RwSignal::new(Gesture::Idle);
    focus_chosen(element);

    view! {
        <div class="map-frame" on:wheel=move |event| map.zoom_by_wheel(&event)>
            <svg
                node_ref=element
                class="floor-map"
                role="group"
                aria-label=(texts.floor)(floor.number)
                viewBox=view_box_value(view_box)
                data-dragging=move || gesture.get().is_dragging().then_some("")
                data-zoomed=move || (view.get().scale >= 2.0).then_some("")
                data-closer=move || (view.get().scale > 1.0).then_some("")
                on:pointerdown=move |event| gesture.update(|gesture| gesture.pressed(&event))
                on:pointermove=move |event| map.drag(gesture, &event)
                on:pointerup=move |_| gesture.update(Gesture::released)
                on:pointercancel=move |_| gesture.update(Gesture::released)
                on:lostpointercapture=move |_| gesture.update(Gesture::released)
                on:focusin=move |event| map.bring_into_sight(&event)
            >
                <defs>
                    <pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <line class="hatch-line" x1="0" y1="0" x2="0" y2="9" />
                    </pattern>
                </defs>
                <g class="view" transform=move || view.get().transform() data-view=move || view.get().to_data()>
                    <g class="plan" aria-hidden="true" inner_html=floor.plan.drawing></g>
                    <g class="booths">
                        {floor
                            .booths
                            .into_iter()
                            .map(|booth| view! { <BoothShape floor=floor.number booth=booth gesture=gesture /> })
                            .collect_view()}
                    </g>
                </g>
            </svg>
            <ViewControls view=view view_box=view_box middle=middle rect=Callback::new(move |()| map.rect()) />
        </div>
    }
    .into_any()
}

/// The map's element and how it is looked at.
#[derive(Clone, Copy)]
struct Map {
    element: NodeRef<Svg>,
    view_box: ViewBox,
    view: RwSignal<View>,
}

impl Map {
    fn rect(self) -> Option<ScreenRect> {
        self.element.get_untracked().map(|svg| screen_rect(&svg))
    }

    fn zoom_by_wheel(self, event: &WheelEvent) {
        event.prevent_default();
        if let Some(rect) = self.rect() {
            let fixed = rect.to_view_box(self.view_box, screen_point(event));
            let factor = (-event.delta_y() * WHEEL_ZOOM).exp();
            self.view.update(|view| *view = view.zoomed(factor, fixed).panned(0.0, 0.0, self.view_box));
        }
    }

    fn drag(self, gesture: RwSignal<Gesture>, event: &PointerEvent) {
        // A finger on the whole plan scrolls the page; it moves the plan once there is more of it than is seen.
        let scrolls = event.pointer_type() == "touch" && self.view.get_untracked().scale <= 1.0;
        if scrolls || !event.is_primary() {
            return;
        }
        if let Some(moved) = gesture.try_update(|gesture| gesture.moved(event)).flatten() {
            // Only now: a captured pointer would take the click away from the booth that it is on.
            capture_pointer(self.element, event);
            self.pan(moved);
        }
    }

    /// Moves the plan by CSS pixels.
    fn pan(self, by: Point) {
        if let Some(rect) = self.rect() {
            let scale = rect.fitted_scale(self.view_box);
            self.view.update(|view| *view = view.panned(by.x / scale, by.y / scale, self.view_box));
        }
    }

    /// A booth that takes the focus by keyboard must be seen.
    fn bring_into_sight(self, event: &FocusEvent) {
        let focused = event.target().and_then(|target| target.dyn_into::<SvgElement>().ok());
        if let (Some(frame), Some(booth)) = (self.rect(), focused) {
            let missing = frame.missing(screen_rect(&booth), FOCUS_MARGIN_PX);
            if missing != (Point { x: 0.0, y: 0.0 }) {
                self.pan(missing);
            }
        }
    }
}

/// Moves the focus to the booth that the address names, when the page is opened with one.
fn focus_chosen(map: NodeRef<Svg>) {
    let attention: Attention = expect_context();
    Effect::new(move |focused: Option<Option<BoothNumber>>| {
        let svg = map.get()?;
        let number = attention.chosen.get_untracked();
        if let (None | Some(None), Some(number)) = (focused, number) {
            let booth = svg.query_selector(&format!("[data-booth='{number}']")).ok().flatten();
            if let Some(booth) = booth.and_then(|booth| booth.dyn_into::<SvgElement>().ok()) {
                // An element that cannot take the focus leaves it where it is.
                drop(booth.focus());
            }
        }
        number
    });
}

fn capture_pointer(map: NodeRef<Svg>, event: &PointerEvent) {
    if let Some(svg) = map.get_untracked() {
        // Fails when the pointer is gone already; the gesture then ends at the edge of the map.
        drop(svg.set_pointer_capture(event.pointer_id()));
    }
}

/// The middle of the booths, which is where people want to look closer; of the plan where there are none.
fn middle_of(booths: &[BoothDetail], view_box: ViewBox) -> Point {
    let edges = booths.iter().map(|booth| booth.placement).map(|at| (at.x, at.y, at.x + at.width, at.y + at.height));
    let plan = (view_box.x, view_box.y, view_box.x + view_box.width, view_box.y + view_box.height);
    let (left, top, right, bottom) =
        edges.reduce(|a, b| (a.0.min(b.0), a.1.min(b.1), a.2.max(b.2), a.3.max(b.3))).unwrap_or(plan);
    Point { x: f64::midpoint(left, right), y: f64::midpoint(top, bottom) }
}

fn screen_point(event: &web_sys::MouseEvent) -> Point {
    Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) }
}

fn view_box_value(view_box: ViewBox) -> String {
    let ViewBox { x, y, width, height } = view_box;
    format!("{x} {y} {width} {height}")
}
