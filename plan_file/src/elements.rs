//! Which elements stay.

use roxmltree::Node;

pub(crate) const SVG: &str = "http://www.w3.org/2000/svg";
pub(crate) const XLINK: &str = "http://www.w3.org/1999/xlink";

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// It stays, under this name.
    Keep(&'static str),
    /// A group takes its place: of links, of choices, of drawings in the drawing.
    Group,
    /// It goes, with all that is in it.
    Drop,
}

/// Elements that draw.
const SHAPES: [&str; 7] = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"];
/// Elements that hold or describe what is drawn.
const OTHERS: [&str; 11] =
    ["g", "text", "tspan", "title", "defs", "symbol", "use", "clipPath", "linearGradient", "radialGradient", "stop"];
const GROUPS: [&str; 3] = ["a", "switch", "svg"];

/// What becomes of this node. Whatever is of another namespace goes, also if its name is the same.
pub(crate) fn treat(node: Node<'_, '_>) -> Treatment {
    let tag = node.tag_name();
    if !node.is_element() || tag.namespace() != Some(SVG) {
        return Treatment::Drop;
    }
    let known = SHAPES.iter().chain(&OTHERS).find(|name| **name == tag.name());
    match known {
        Some(name) => Treatment::Keep(name),
        None if GROUPS.contains(&tag.name()) => Treatment::Group,
        None => Treatment::Drop,
    }
}

/// Whether it draws by itself.
pub(crate) fn is_shape(name: &str) -> bool {
    SHAPES.contains(&name)
}

/// Whether what is in it is only drawn where it is used.
pub(crate) fn is_hidden(name: &str) -> bool {
    matches!(name, "defs" | "symbol" | "clipPath" | "linearGradient" | "radialGradient")
}

/// Whether text in it is shown.
pub(crate) fn has_text(name: &str) -> bool {
    matches!(name, "text" | "tspan" | "title")
}
