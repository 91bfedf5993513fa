//! Files that administrators send as plans: SVG, PNG, JPEG. Trusted in nothing.
//!
//! What leaves here is not the file but a new one with what was understood of it. An SVG is rebuilt from lists of what is
//! allowed; an image keeps the parts that are needed to show it.

mod attributes;
mod elements;
mod image;
mod jpeg;
mod lines;
mod matrix;
mod outline;
mod path;
mod png;
mod proposals;
mod rebuilding;
mod references;
mod refusal;
mod scan;
mod style_sheet;
mod svg;
mod values;
mod view;

pub use image::{ImageKind, PlanImage};
pub use proposals::{BoothProposal, Evidence};
pub use refusal::PlanRefusal;
pub use scan::{ATTRIBUTES_MAX, DEPTH_MAX, ELEMENTS_MAX, SVG_BYTES_MAX};
pub use svg::PlanDrawing;

/// A plan that can be kept.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanFile {
    /// It is drawn.
    Drawing(PlanDrawing),
    /// It is an image.
    Image(PlanImage),
}

/// Reads a file. What it is, its first bytes say, never its name.
///
/// # Errors
/// When it is none of the three, is too large, or is broken or built to break something.
pub fn read_plan(file: &[u8]) -> Result<PlanFile, PlanRefusal> {
    if file.starts_with(&png::SIGNATURE) {
        return png::read(file).map(PlanFile::Image);
    }
    if file.starts_with(&jpeg::SIGNATURE) {
        return jpeg::read(file).map(PlanFile::Image);
    }
    svg::read(file).map(PlanFile::Drawing)
}
