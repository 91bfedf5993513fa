//! What is written on the plan at which zoom. A text appears once it can be read, by the width that the whole plan has
//! then: each text has the class of its width, and the map names the widths that it has reached (`style/detail.css`).
//! So zooming measures nothing and touches no text, except where one of the widths is passed.

use super::moving::Map;
use crate::geometry::ScreenRect;
use leptos::prelude::*;

/// Widths of the whole plan in CSS pixels, three to the octave; `style/detail.css` has the same.
const WIDTHS_PX: [u32; 22] = [
    256, 323, 406, 512, 645, 813, 1024, 1290, 1625, 2048, 2580, 3251, 4096, 5161, 6502, 8192, 10321, 13004, 16384,
    20643, 26008, 32768,
];

/// The width from which on a text of this size is at least `min_px` high; none when it never is.
pub(super) fn readable_from(size: f64, plan_width: f64, min_px: f64) -> Option<u32> {
    let width_px = plan_width * min_px / size;
    WIDTHS_PX.into_iter().find(|reached| f64::from(*reached) >= width_px)
}

/// Where the map stands on the screen, as often as the window changes; none until the page is alive.
pub(super) fn follow_screen(map: Map) -> RwSignal<Option<ScreenRect>> {
    let screen = RwSignal::new(None);
    Effect::new(move |_| {
        map.element.track();
        screen.set(map.rect());
        let handle = window_event_listener(leptos::ev::resize, move |_| screen.set(map.rect()));
        on_cleanup(move || handle.remove());
    });
    screen
}

/// The widths that the map has reached, for its `data-detail`; none until the page is alive.
pub(super) fn use_detail(map: Map, screen: RwSignal<Option<ScreenRect>>) -> impl Fn() -> Option<String> {
    let reached = Memo::new(move |_| {
        let width_px = screen.get()?.fitted_scale(map.view_box) * map.view_box.width * map.view.get().scale;
        Some(WIDTHS_PX.into_iter().filter(|reached| f64::from(*reached) <= width_px).count())
    });
    move || reached.get().map(|count| WIDTHS_PX.map(|width| width.to_string())[..count].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_waits_until_it_can_be_read() {
        // A plan of 1,500 units: a name of 13 units is 7 px high when the plan is 808 px wide.
        assert_eq!(readable_from(13.0, 1_500.0, 7.0), Some(813));
        assert_eq!(readable_from(40.0, 1_500.0, 5.0), Some(256));
        assert_eq!(readable_from(0.01, 1_500.0, 7.0), None);
        assert_eq!(readable_from(0.0, 1_500.0, 7.0), None);
    }

    #[test]
    fn the_style_sheet_has_the_same_widths() {
        let css = include_str!("../../../style/detail.css");
        for width in WIDTHS_PX {
            assert!(css.contains(&format!(r#":not([data-detail~="{width}"])"#)), "{width}");
        }
    }
}
