//! The frame around what is selected, with the handles to pull and turn it by. In CSS pixels.

use super::numbers::write_size;
use super::studio::use_studio;
use crate::erased::IntoAny;
use crate::geometry::Point;
use crate::reader::use_reader;
use domain::PlanPoint;
use drafting::{Frame, Handle, Interaction, Shape, Tool};
use leptos::prelude::*;

/// As far as `drafting` puts it from the frame.
const TURNING_PX: f64 = 28.0;
/// A frame that is smaller than this has no room for handles on its sides.
const SIDES_MIN_PX: f64 = 40.0;
const HANDLE_PX: f64 = 9.0;

#[component]
pub(super) fn SelectionFrame() -> impl IntoView {
    let studio = use_studio();
    let locale = use_reader().locale;
    let frame = Memo::new(move |_| studio.editor.with(drafting::Editor::frame));
    // While something is moved, the handles would hide where it comes to rest.
    let has_handles = Memo::new(move |_| {
        studio.editor.with(|editor| {
            let rests = matches!(
                editor.interaction(),
                Interaction::Idle | Interaction::Pressed { .. } | Interaction::Typing | Interaction::Resizing { .. }
            );
            rests && editor.tool() == Tool::Select
        })
    });
    // What is dragged shows how far it is from others instead.
    let has_size =
        Memo::new(move |_| studio.editor.with(|editor| !matches!(editor.interaction(), Interaction::Dragging { .. })));
    let corners = Memo::new(move |_| {
        studio.editor.with(|editor| {
            let mut selected = editor.selection().iter().filter_map(|id| editor.layout().find(*id));
            match (selected.next(), selected.next()) {
                (Some(booth), None) if !booth.is_locked => match &booth.shape {
                    Shape::Polygon(corners) => corners.clone(),
                    Shape::Rectangle(_) => Vec::new(),
                },
                _ => Vec::new(),
            }
        })
    });
    let drawn = move || {
        frame.get().map(|frame| {
            let view = studio.view.get();
            let screen = move |point: PlanPoint| view.to_screen(point);
            let outline: Vec<Point> = [Handle::TopLeft, Handle::TopRight, Handle::BottomRight, Handle::BottomLeft]
                .map(|handle| screen(frame.place(handle)))
                .to_vec();
            let below =
                outline.iter().fold(Point { x: 0.0, y: f64::MIN }, |low, at| if at.y > low.y { *at } else { low });
            let middle = screen(frame.middle);
            let badge = write_size(frame.width, frame.height, locale);
            view! {
                <polygon class="frame" points=points(&outline) />
                {has_size.get().then(|| view! { <Badge x=middle.x y=below.y + 16.0 text=badge /> })}
                {has_handles.get().then(|| view_handles(frame, view))}
            }
        })
    };
    let dots = move || {
        let view = studio.view.get();
        let dot = move |at: PlanPoint| {
            let at = view.to_screen(at);
            view! { <circle class="corner" cx=at.x cy=at.y r="5" /> }
        };
        has_handles.get().then(|| corners.get().into_iter().map(dot).collect_view())
    };
    view! { <g class="selection">{drawn} {dots}</g> }.into_any()
}

fn view_handles(frame: Frame, view: super::sheet_view::SheetView) -> impl IntoView {
    let is_small = frame.width.min(frame.height) * view.scale < SIDES_MIN_PX;
    let top = view.to_screen(frame.place(Handle::Top));
    let turning = view.to_screen(frame.turning_place(TURNING_PX / view.scale));
    let is_corner = |handle: &Handle| {
        let (x, y) = handle.direction();
        x != 0.0 && y != 0.0
    };
    let square = |handle: Handle| {
        let at = view.to_screen(frame.place(handle));
        let half = HANDLE_PX / 2.0;
        let turned = format!("rotate({:.2} {:.2} {:.2})", frame.rotation_deg, at.x, at.y);
        view! { <rect class="handle" x=at.x - half y=at.y - half width=HANDLE_PX height=HANDLE_PX transform=turned /> }
    };
    view! {
        <line class="frame" x1=top.x y1=top.y x2=turning.x y2=turning.y />
        <circle class="handle turning" cx=turning.x cy=turning.y r="6" />
        {Handle::ALL.into_iter().filter(|handle| !is_small || is_corner(handle)).map(square).collect_view()}
    }
}

/// A number beside what it measures.
#[component]
pub(super) fn Badge(x: f64, y: f64, text: String, #[prop(default = "")] kind: &'static str) -> impl IntoView {
    /// About as wide as a letter is.
    const LETTER_PX: f64 = 6.8;
    // A badge has few letters.
    #[allow(clippy::cast_precision_loss)]
    let width = text.chars().count() as f64 * LETTER_PX + 10.0;
    view! {
        <g class="badge" data-kind=kind>
            <rect x=x - width / 2.0 y=y - 9.0 width=width height="18" rx="4" />
            <text x=x y=y>{text}</text>
        </g>
    }
    .into_any()
}

/// The value of the SVG `points` attribute.
pub(super) fn points(corners: &[Point]) -> String {
    corners.iter().map(|at| format!("{:.1},{:.1}", at.x, at.y)).collect::<Vec<_>>().join(" ")
}
