//! Where elements stand on the screen.

use crate::geometry::ScreenRect;
use web_sys::Element;

/// The element's rectangle, in CSS pixels from the window's corner.
pub(crate) fn screen_rect(element: &Element) -> ScreenRect {
    let rect = element.get_bounding_client_rect();
    ScreenRect { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}
