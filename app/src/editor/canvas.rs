//! The plan with its booths, and all that is drawn above them while one works.

use super::booth_shapes::BoothShapes;
use super::canvas_keys::CanvasKeys;
use super::cursor::cursor_of;
use super::gesture_marks::GestureMarks;
use super::guide_marks::GuideMarks;
use super::pointing::Pointing;
use super::rulers::Rulers;
use super::selection_frame::SelectionFrame;
use super::studio::{Studio, use_studio};
use crate::erased::IntoAny;
use crate::screen::screen_rect;
use drafting::{Event, SnapRules};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::svg::Svg;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

/// What the canvas is called where something refers to it.
pub(super) const CANVAS: &str = "editor-canvas";

/// The canvas. Plan units are turned into CSS pixels in one group; what has to stay sharp is drawn in pixels above it.
#[component]
pub(super) fn Canvas(help: RwSignal<bool>) -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let element: NodeRef<Svg> = NodeRef::new();
    let frame: NodeRef<Div> = NodeRef::new();
    let pointing = Pointing::new(studio, element);
    let keys = CanvasKeys::new(pointing, help);
    follow_size(studio, frame);
    follow_keys(keys);
    let drawing = studio.sheet.with_value(|sheet| sheet.plan.drawing.clone());
    let plan = studio.surroundings.with_value(|around| around.view_box);
    let transform = move || studio.view.get().transform();
    let cursor = move || {
        let (hand, pans, over) = (pointing.hand.get(), pointing.pans.get(), pointing.over.get());
        studio.editor.with(|editor| cursor_of(editor.tool(), editor.interaction(), hand, pans, over))
    };
    let focus = move || studio.editor.with(drafting::Editor::focus).map(|id| format!("booth-{}", id.0));
    view! {
        <div class="editor-stage" node_ref=frame on:wheel=move |event| pointing.wheel(&event)>
            <svg
                node_ref=element
                id=CANVAS
                class="editor-canvas"
                tabindex="0"
                role="application"
                aria-roledescription=texts.canvas_role
                aria-label=(texts.title)(studio.floor)
                aria-describedby="canvas-hint"
                aria-activedescendant=focus
                data-cursor=cursor
                on:pointerdown=move |event| {
                    keys.dragged();
                    pointing.down(&event);
                }
                on:pointermove=move |event| pointing.moved(&event)
                on:pointerup=move |event| pointing.up(&event)
                on:pointercancel=move |event| pointing.lost(&event)
                on:pointerleave=move |_| pointing.left()
                on:keydown=move |event| keys.down(&event)
                on:keyup=move |event| keys.up(&event)
                on:blur=move |_| keys.blurred()
            >
                <g transform=transform>
                    <rect class="sheet" x=plan.x y=plan.y width=plan.width height=plan.height />
                    <g class="plan" aria-hidden="true" inner_html=drawing></g>
                </g>
                <Grid />
                <g transform=transform class="editor-booths">
                    <BoothShapes />
                </g>
                <g class="editor-marks" aria-hidden="true">
                    <GuideMarks />
                    <SelectionFrame />
                    <GestureMarks />
                    <Rulers />
                </g>
            </svg>
            <p id="canvas-hint" class="visually-hidden">{texts.canvas_hint}</p>
        </div>
    }
    .into_any()
}

/// The finest grid, once its lines can be told apart.
#[component]
fn Grid() -> impl IntoView {
    let studio = use_studio();
    let step = Memo::new(move |_| {
        let scale = studio.view.get().scale;
        let rules = studio.editor.with(|editor| *editor.rules());
        rules.grid_step(scale).filter(|step| SnapRules::ALL.grid == Some(*step)).map(|step| step * scale)
    });
    let view = move || {
        step.get().map(|step| {
            let place =
                move |along: fn(super::sheet_view::SheetView) -> f64| move || along(studio.view.get()).rem_euclid(step);
            view! {
                <pattern
                    id="editor-grid"
                    width=step
                    height=step
                    x=place(|view| view.x)
                    y=place(|view| view.y)
                    patternUnits="userSpaceOnUse"
                >
                    <path class="grid-line" d=format!("M0 {step}V0H{step}") />
                </pattern>
                <rect class="grid" width="100%" height="100%" fill="url(#editor-grid)" />
            }
        })
    };
    view! { <g aria-hidden="true">{view}</g> }.into_any()
}

/// The canvas is as large as its frame; the plan is fitted the first time, and keeps its middle afterwards.
fn follow_size(studio: Studio, frame: NodeRef<Div>) {
    Effect::new(move |_| {
        let Some(div) = frame.get() else { return };
        let measured = div.clone();
        let measure = move || {
            let rect = screen_rect(&measured);
            let before = studio.size.get_untracked();
            if before == (rect.width, rect.height) {
                return;
            }
            studio.size.set((rect.width, rect.height));
            if before == (0.0, 0.0) {
                studio.fit();
            } else {
                let by = |now: f64, before: f64| (now - before) / 2.0;
                studio.pan(crate::geometry::Point { x: by(rect.width, before.0), y: by(rect.height, before.1) });
            }
        };
        measure();
        let observed = Closure::<dyn FnMut()>::new(measure);
        let Ok(observer) = ResizeObserver::new(observed.as_ref().unchecked_ref()) else { return };
        observer.observe(&div);
        let kept = StoredValue::new_local((observer, observed));
        on_cleanup(move || {
            kept.with_value(|(observer, _)| observer.disconnect());
            kept.dispose();
        });
    });
}

/// Keys beside the canvas, and a window that loses the keyboard: a gesture that is under way ends.
fn follow_keys(keys: CanvasKeys) {
    Effect::new(move |_| {
        let pressed = window_event_listener(leptos::ev::keydown, move |event| keys.beside(&event));
        let blurred = window_event_listener(leptos::ev::blur, move |_| {
            keys.blurred();
            keys.pointing.studio.send(Event::Cancel);
        });
        on_cleanup(move || {
            pressed.remove();
            blurred.remove();
        });
    });
}
