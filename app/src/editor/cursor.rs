//! What the pointer looks like over something.

use super::hand::Hand;
use drafting::{Frame, Interaction, Target, Tool};

/// The word for the style sheet.
pub(super) fn cursor_of(
    tool: Tool,
    interaction: &Interaction,
    hand: Hand,
    pans: bool,
    over: Option<(Target, Option<Frame>)>,
) -> &'static str {
    match hand {
        Hand::Pans(_) | Hand::Pinches(_) => return "grabbing",
        _ if pans => return "grab",
        _ => {}
    }
    match (tool, interaction, over) {
        (Tool::Rectangle | Tool::Polygon, ..) => "crosshair",
        (_, Interaction::Dragging { .. }, _) => "move",
        (_, Interaction::Turning { .. }, _) | (.., Some((Target::Turning, _))) => "turn",
        (_, Interaction::Resizing { handle, frame, .. }, _) => resizing(handle.direction(), frame.rotation_deg),
        (_, Interaction::Reshaping { .. }, _) | (.., Some((Target::Corner(_), _))) => "corner",
        (.., Some((Target::Handle(handle), frame))) => {
            resizing(handle.direction(), frame.map_or(0.0, |frame| frame.rotation_deg))
        }
        (.., Some((Target::Booth(_), _))) => "booth",
        _ => "plan",
    }
}

/// The arrow that lies nearest to the direction in which a handle pulls.
fn resizing((x, y): (f64, f64), rotation_deg: f64) -> &'static str {
    const ARROWS: [&str; 4] = ["ew", "nwse", "ns", "nesw"];
    let eighths = ((y.atan2(x).to_degrees() + rotation_deg) / 45.0).round().rem_euclid(4.0);
    // Three at the most.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    ARROWS[eighths as usize % 4]
}

#[cfg(test)]
mod tests {
    use super::*;
    use drafting::Handle;

    #[test]
    fn arrows_turn_with_the_frame() {
        let check = |handle: Handle, rotation_deg: f64, expect: &str| {
            assert_eq!(resizing(handle.direction(), rotation_deg), expect, "{handle:?} {rotation_deg}");
        };
        check(Handle::Left, 0.0, "ew");
        check(Handle::Top, 0.0, "ns");
        check(Handle::TopLeft, 0.0, "nwse");
        check(Handle::TopRight, 0.0, "nesw");
        check(Handle::Top, 90.0, "ew");
        check(Handle::Top, 50.0, "nesw");
        check(Handle::BottomRight, 350.0, "nwse");
    }

    #[test]
    fn tools_go_before_what_is_under_them() {
        let over = Some((Target::Plan, None));
        assert_eq!(cursor_of(Tool::Rectangle, &Interaction::Idle, Hand::Free, false, over), "crosshair");
        assert_eq!(cursor_of(Tool::Rectangle, &Interaction::Idle, Hand::Free, true, over), "grab");
        assert_eq!(cursor_of(Tool::Select, &Interaction::Idle, Hand::Free, false, over), "plan");
    }
}
