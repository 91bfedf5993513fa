//! How large a plan is, in which units.

use crate::matrix::Matrix;
use crate::refusal::PlanRefusal;
use crate::values::{read_numbers, take_number};
use domain::ViewBox;
use roxmltree::Node;

/// The longer side of a plan whose own units are much smaller or larger than ours.
const USUAL_SIDE: f64 = 1_500.0;
/// Within these, a plan keeps its units: a booth is then some tens or hundreds of units wide.
const USUAL_SIDES: std::ops::RangeInclusive<f64> = 700.0..=6_000.0;
/// CSS pixels of units.
const UNITS: [(&str, f64); 6] =
    [("px", 1.0), ("pt", 4.0 / 3.0), ("pc", 16.0), ("mm", 96.0 / 25.4), ("cm", 96.0 / 2.54), ("in", 96.0)];

/// The extent of a plan, and what brings its own units there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct View {
    pub(crate) view_box: ViewBox,
    pub(crate) matrix: Matrix,
}

impl View {
    /// Scaled to usual units where its own are not.
    pub(crate) fn new(own: ViewBox) -> Self {
        let side = own.width.max(own.height);
        let factor = if USUAL_SIDES.contains(&side) { 1.0 } else { USUAL_SIDE / side };
        let [x, y, width, height] = [own.x, own.y, own.width, own.height].map(|length| round(length * factor));
        Self { view_box: ViewBox { x, y, width, height }, matrix: Matrix::scale(factor, factor) }
    }

    /// From the `viewBox` of the file, or from its width and height.
    pub(crate) fn read(root: Node<'_, '_>) -> Result<Self, PlanRefusal> {
        let own = match root.attribute("viewBox").and_then(read_numbers).as_deref() {
            Some(&[x, y, width, height]) => ViewBox { x, y, width, height },
            _ => {
                let length = |name| root.attribute(name).and_then(read_pixels);
                let (width, height) = length("width").zip(length("height")).ok_or(PlanRefusal::NoSize)?;
                ViewBox { x: 0.0, y: 0.0, width, height }
            }
        };
        // A strip of one to a thousand is no plan, and nobody could see it.
        let is_plan = own.width > 0.0 && own.height > 0.0 && (0.001..=1_000.0).contains(&(own.width / own.height));
        if is_plan { Ok(Self::new(own)) } else { Err(PlanRefusal::NoSize) }
    }
}

fn read_pixels(text: &str) -> Option<f64> {
    let (number, unit) = take_number(text.trim())?;
    if unit.is_empty() {
        return Some(number);
    }
    UNITS.iter().find(|(known, _)| *known == unit).map(|(_, factor)| number * factor)
}

fn round(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let read = |attributes: &str| {
            let text = format!("<svg {attributes}/>");
            let document = roxmltree::Document::parse(&text).expect("XML");
            View::read(document.root_element()).map(|view| (view.view_box.width, view.view_box.height))
        };
        assert_eq!(read("viewBox='0 0 1500 840'"), Ok((1500.0, 840.0)));
        assert_eq!(read("viewBox='0 0 24 12' width='5'"), Ok((1500.0, 750.0)));
        assert_eq!(read("viewBox='5,5,50000,25000'"), Ok((1500.0, 750.0)));
        assert_eq!(read("width='297mm' height='210mm'"), Ok((1122.52, 793.7)));
        assert_eq!(read("width='800' height='600px'"), Ok((800.0, 600.0)));
        for attributes in
            ["", "width='100%' height='100%'", "viewBox='0 0 0 5'", "viewBox='0 0 1e9 5'", "viewBox='0 0 9000 1'"]
        {
            assert_eq!(read(attributes), Err(PlanRefusal::NoSize), "{attributes}");
        }
    }
}
