//! What is drawn where: the closed outlines, the lines and the numbers of a file, in plan units.

use crate::elements::{SVG, Treatment, is_hidden, is_shape, treat};
use crate::matrix::Matrix;
use crate::path::{PathPart, read_path};
use crate::proposals::{Label, find_label};
use crate::rebuilding::inner_matrix;
use crate::references::References;
use crate::values::{read_local, read_numbers, take_number};
use domain::PlanPoint;
use roxmltree::Node;

/// Shapes of a file are looked at up to so many; a plan with more has no booths to be guessed.
const SHAPES_MAX: usize = 20_000;

/// A closed outline of straight lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outline {
    pub(crate) corners: Vec<PlanPoint>,
    pub(crate) label: Option<Label>,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) outlines: Vec<Outline>,
    pub(crate) lines: Vec<(PlanPoint, PlanPoint)>,
    /// Where texts are that are nothing but a number.
    pub(crate) numbers: Vec<(PlanPoint, u32)>,
    seen: usize,
}

impl Survey {
    pub(crate) fn new(root: Node<'_, '_>, matrix: Matrix, references: &References<'_, '_>) -> Self {
        let mut survey = Self::default();
        for child in root.children() {
            survey.visit(child, matrix, None, references);
        }
        survey
    }

    fn visit(&mut self, node: Node<'_, '_>, outer: Matrix, label: Option<&Label>, references: &References<'_, '_>) {
        let name = match treat(node) {
            Treatment::Keep(name) if !is_hidden(name) => name,
            Treatment::Group => "g",
            _ => return,
        };
        self.seen += 1;
        let is_shown = node.attribute("display") != Some("none");
        if self.seen > SHAPES_MAX || !is_shown {
            return;
        }
        let own = node.attribute("transform").and_then(Matrix::read).unwrap_or(Matrix::SAME);
        let matrix = outer.of(own).of(inner_matrix(node));
        let own_label = find_label(node);
        let label = own_label.as_ref().or(label);
        match name {
            "text" => self.read_number(node, matrix),
            "use" => self.visit_used(node, matrix, label, references),
            name if is_shape(name) => self.read_shape(node, name, matrix, label),
            _ => {
                for child in node.children() {
                    self.visit(child, matrix, label, references);
                }
            }
        }
    }

    fn visit_used(
        &mut self,
        node: Node<'_, '_>,
        matrix: Matrix,
        label: Option<&Label>,
        references: &References<'_, '_>,
    ) {
        let href = node.attribute("href").or_else(|| node.attribute((crate::elements::XLINK, "href")));
        let Some(target) = href.and_then(read_local).and_then(|id| references.target(id)) else { return };
        let matrix = matrix.of(Matrix::shift(length(node, "x"), length(node, "y")));
        if target.has_tag_name((SVG, "symbol")) {
            for child in target.children() {
                self.visit(child, matrix, label, references);
            }
        } else {
            self.visit(target, matrix, label, references);
        }
    }

    fn read_shape(&mut self, node: Node<'_, '_>, name: &str, matrix: Matrix, label: Option<&Label>) {
        for mut part in list_parts(node, name) {
            for point in &mut part.points {
                *point = matrix.place(*point);
            }
            self.lines.extend(part.lines());
            if part.points.first() == part.points.last() && part.points.len() > 3 {
                part.points.pop();
                part.is_straight.pop();
                part.is_closed = true;
            }
            let is_straight = part.is_straight.iter().all(|is_straight| *is_straight);
            if part.is_closed && is_straight && (3..=64).contains(&part.points.len()) {
                self.outlines.push(Outline { corners: part.points, label: label.cloned() });
            }
        }
    }

    fn read_number(&mut self, node: Node<'_, '_>, matrix: Matrix) {
        let text: String =
            node.descendants().filter_map(|inner| inner.is_text().then(|| inner.text()).flatten()).collect();
        let Ok(number) = text.trim().parse::<u32>() else { return };
        // The first place that is given, in the text or in its first part.
        let placed = node.descendants().find(|inner| inner.has_attribute("x")).unwrap_or(node);
        let at = PlanPoint { x: length(placed, "x"), y: length(placed, "y") };
        self.numbers.push((matrix.place(at), number));
    }
}

fn length(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|text| take_number(text.trim())).map_or(0.0, |(number, _)| number)
}

fn list_parts(node: Node<'_, '_>, name: &str) -> Vec<PathPart> {
    let at = |x, y| PlanPoint { x, y };
    let straight =
        |points: Vec<PlanPoint>, is_closed| vec![PathPart { is_straight: vec![true; points.len()], points, is_closed }];
    match name {
        "path" => node.attribute("d").and_then(read_path).map(|path| path.parts).unwrap_or_default(),
        "rect" => {
            let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| length(node, name));
            straight(vec![at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)], true)
        }
        "line" => {
            let [x1, y1, x2, y2] = ["x1", "y1", "x2", "y2"].map(|name| length(node, name));
            straight(vec![at(x1, y1), at(x2, y2)], false)
        }
        "polygon" | "polyline" => {
            let numbers = node.attribute("points").and_then(read_numbers).unwrap_or_default();
            let points = numbers.chunks_exact(2).map(|pair| at(pair[0], pair[1])).collect();
            straight(points, name == "polygon")
        }
        _ => Vec::new(),
    }
}
