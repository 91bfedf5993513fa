//! SVG files.

use crate::attributes::{Value, write_matrix};
use crate::elements::SVG;
use crate::lines::choose_lines;
use crate::outline::Survey;
use crate::proposals::{BoothProposal, propose};
use crate::rebuilding::Rebuilding;
use crate::references::References;
use crate::refusal::PlanRefusal;
use crate::scan::{ELEMENTS_MAX, check};
use crate::style_sheet::StyleSheet;
use crate::view::View;
use domain::{FloorPlan, ViewBox};
use drafting::PlanLine;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeSet;

/// A drawing that can be kept and shown.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDrawing {
    /// The clean drawing in plan units.
    pub plan: FloorPlan,
    /// Booths that may be meant by it, by number, those without one last.
    pub proposals: Vec<BoothProposal>,
    /// Level and upright lines to snap to, longest first.
    pub lines: Vec<PlanLine>,
    /// Names of elements that were left out, to be told.
    pub left_out: Vec<String>,
}

impl PlanDrawing {
    /// The drawing as a file of its own.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let ViewBox { x, y, width, height } = self.plan.view_box;
        let drawing = &self.plan.drawing;
        format!("<svg xmlns='{SVG}' viewBox='{x} {y} {width} {height}'>{drawing}</svg>")
    }
}

pub(crate) fn read(file: &[u8]) -> Result<PlanDrawing, PlanRefusal> {
    let text = check(file)?;
    let nodes_limit = u32::try_from(ELEMENTS_MAX * 4).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: false, nodes_limit, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| refusal_of(&error))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(SVG) {
        return Err(PlanRefusal::UnknownKind);
    }
    let view = View::read(root)?;
    let sheet = read_style_sheets(&document);
    let references = References::new(&document, &sheet)?;
    let (drawing, left_out) = rebuild(root, view, &references, &sheet)?;
    let survey = Survey::new(root, view.matrix, &references);
    Ok(PlanDrawing {
        plan: FloorPlan { view_box: view.view_box, drawing },
        lines: choose_lines(&survey, view.view_box),
        proposals: propose(survey, view.view_box),
        left_out: left_out.into_iter().collect(),
    })
}

fn rebuild(
    root: Node<'_, '_>,
    view: View,
    references: &References<'_, '_>,
    sheet: &StyleSheet,
) -> Result<(String, BTreeSet<String>), PlanRefusal> {
    let mut rebuilding =
        Rebuilding { references, sheet, output: String::new(), left_out: BTreeSet::new(), has_shapes: false };
    let scale = write_matrix(view.matrix);
    if let Some(Value::Text(matrix)) = &scale {
        rebuilding.output = format!("<g transform='{matrix}'>");
    }
    rebuilding.write_children(root)?;
    if scale.is_some() {
        rebuilding.output.push_str("</g>");
    }
    if rebuilding.has_shapes { Ok((rebuilding.output, rebuilding.left_out)) } else { Err(PlanRefusal::Empty) }
}

fn read_style_sheets(document: &Document<'_>) -> StyleSheet {
    let mut sheet = StyleSheet::default();
    for node in document.descendants().filter(|node| node.has_tag_name((SVG, "style"))) {
        let text: String = node.children().filter_map(|child| child.text()).collect();
        sheet.read(&text);
    }
    sheet
}

fn refusal_of(error: &roxmltree::Error) -> PlanRefusal {
    match error {
        roxmltree::Error::DtdDetected
        | roxmltree::Error::EntityReferenceLoop(_)
        | roxmltree::Error::UnknownEntityReference(..) => PlanRefusal::DocumentType,
        roxmltree::Error::NodesLimitReached => PlanRefusal::TooManyElements { max: ELEMENTS_MAX },
        error => PlanRefusal::Malformed { line: error.pos().row },
    }
}
