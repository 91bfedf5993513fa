//! From an SVG file to what a plan keeps of it.

/// An SVG without its root element.
#[derive(Debug, PartialEq)]
pub(crate) struct Drawing<'a> {
    /// Left edge, upper edge, width and height of the user space.
    pub(crate) view_box: [f64; 4],
    /// What was between `<svg ...>` and `</svg>`, without the white space around it.
    pub(crate) inner: &'a str,
}

/// What is missing in a text that should be an SVG.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum DrawingError {
    /// There is no `<svg ...>` with a `</svg>` after it.
    Root,
    /// The root has no `viewBox` of four numbers with a width and a height above zero.
    ViewBox,
}

/// Splits an SVG of our own making: one root element, no `>` in its attributes.
pub(crate) fn decode_drawing(svg: &str) -> Result<Drawing<'_>, DrawingError> {
    let (_, root) = svg.split_once("<svg").ok_or(DrawingError::Root)?;
    let (attributes, rest) = root.split_once('>').ok_or(DrawingError::Root)?;
    let (inner, _) = rest.rsplit_once("</svg>").ok_or(DrawingError::Root)?;
    let view_box = find_view_box(attributes).ok_or(DrawingError::ViewBox)?;
    Ok(Drawing { view_box, inner: inner.trim() })
}

fn find_view_box(attributes: &str) -> Option<[f64; 4]> {
    let (_, after) = attributes.split_once(" viewBox=")?;
    let quote = after.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let (value, _) = after[1..].split_once(quote)?;
    let numbers: Vec<f64> = value.split_whitespace().map(str::parse).collect::<Result<_, _>>().ok()?;
    let view_box: [f64; 4] = numbers.try_into().ok()?;
    let [_, _, width, height] = view_box;
    (view_box.iter().all(|number| number.is_finite()) && width > 0.0 && height > 0.0).then_some(view_box)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings() {
        let path = Drawing { view_box: [0.0, -5.0, 1500.0, 840.5], inner: "<path d='M0 0'/>" };
        let valid = [
            "<svg xmlns='x' viewBox='0 -5 1500 840.5'>\n<path d='M0 0'/>\n</svg>\n",
            "<?xml version='1.0'?><svg viewBox=\"0 -5 1500 840.5\" xmlns='x'><path d='M0 0'/></svg>",
        ];
        for svg in valid {
            assert_eq!(decode_drawing(svg).as_ref(), Ok(&path), "{svg}");
        }
        let invalid = [
            ("", DrawingError::Root),
            ("<svg viewBox='0 0 1 1'", DrawingError::Root),
            ("<svg viewBox='0 0 1 1'>", DrawingError::Root),
            ("<svg></svg>", DrawingError::ViewBox),
            ("<svg viewBox=0></svg>", DrawingError::ViewBox),
            ("<svg viewBox=></svg>", DrawingError::ViewBox),
            ("<svg viewBox='0 0 1'></svg>", DrawingError::ViewBox),
            ("<svg viewBox='0 0 0 1'></svg>", DrawingError::ViewBox),
            ("<svg viewBox='0 0 inf 1'></svg>", DrawingError::ViewBox),
        ];
        for (svg, error) in invalid {
            assert_eq!(decode_drawing(svg), Err(error), "{svg}");
        }
    }
}
