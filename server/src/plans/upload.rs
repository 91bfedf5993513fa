//! Plans that are sent as files. What is kept is written anew from what was understood (`plan_file`); this takes processor time, so
//! it is done beside the web's threads, for one file at a time.

use super::PlanDesk;
use super::desk::explain;
use crate::clock::utc_now;
use app::backend::PlanError;
use domain::{BoothNumber, EditPlans, FloorPlan, Holds, ViewBox};
use drafting::{PlanLine, PlanSha, Shape};
use entity::{KeptPlan, PlanKind};
use plan_file::{BoothProposal, Evidence, ImageKind, PlanDrawing, PlanFile, PlanImage, PlanRefusal, read_plan};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long a file waits for those before it.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// A plan that was sent, as it is kept.
#[derive(Debug, Serialize)]
pub(crate) struct Received {
    pub(crate) sha: PlanSha,
    /// Where it is shown from.
    address: String,
    view_box: ViewBox,
    lines: Vec<PlanLine>,
    pub(crate) proposals: Vec<Proposal>,
    /// What was left out of a drawing, by the names of elements.
    pub(crate) left_out: Vec<String>,
}

/// A booth that the drawing seems to have.
#[derive(Debug, Serialize)]
pub(crate) struct Proposal {
    pub(crate) number: Option<BoothNumber>,
    pub(crate) name: String,
    pub(crate) shape: Shape,
    /// `named`, `numbered` or `repeated`, the surest first.
    evidence: &'static str,
}

/// Why a plan is not kept.
#[derive(Debug)]
pub(crate) enum UploadError {
    /// The file is none.
    File(PlanRefusal),
    /// Something else.
    Plan(PlanError),
}

impl PlanDesk {
    /// Reads a file and keeps what is left of it.
    pub(crate) async fn receive(&self, by: &Holds<EditPlans>, file: Vec<u8>) -> Result<Received, UploadError> {
        let read = self.beside(move || read_plan(&file)).await.ok_or(UploadError::Plan(PlanError::Busy))?;
        let (kept, proposals, left_out) = match read.map_err(UploadError::File)? {
            PlanFile::Drawing(drawing) => keep_drawing(drawing),
            PlanFile::Image(image) => (keep_image(image), Vec::new(), Vec::new()),
        };
        let sha =
            self.storage.keep_plan(by, &kept, utc_now()).await.map_err(|error| UploadError::Plan(explain(error)))?;
        Ok(Received {
            address: format!("/plans/{sha}.{}", kept.kind.as_str()),
            sha,
            view_box: kept.view_box,
            lines: kept.lines,
            proposals,
            left_out,
        })
    }

    /// Works beside the web's threads when it is its turn. Nothing when that takes too long.
    async fn beside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let permit = timeout(WAIT_MAX, Arc::clone(&self.reading).acquire_owned()).await.ok()?.ok()?;
        let worked = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        worked.await.inspect_err(|error| tracing::error!(%error, "a plan could not be read")).ok()
    }
}

/// The lines of a drawing of ours, which came without.
pub(super) async fn find_lines(desk: &PlanDesk, plan: &FloorPlan) -> Vec<PlanLine> {
    let ViewBox { x, y, width, height } = plan.view_box;
    let drawing = &plan.drawing;
    if drawing.is_empty() || drawing.starts_with("<image") {
        return Vec::new();
    }
    let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='{x} {y} {width} {height}'>{drawing}</svg>")
        .into_bytes();
    match desk.beside(move || read_plan(&svg)).await {
        Some(Ok(PlanFile::Drawing(drawing))) if drawing.plan.view_box == plan.view_box => drawing.lines,
        // It can be edited without.
        _ => Vec::new(),
    }
}

fn keep_drawing(drawing: PlanDrawing) -> (KeptPlan, Vec<Proposal>, Vec<String>) {
    let content = drawing.to_svg().into_bytes();
    let PlanDrawing { plan, proposals, lines, left_out } = drawing;
    let kept = KeptPlan { kind: PlanKind::Svg, view_box: plan.view_box, lines, content };
    (kept, proposals.into_iter().map(propose).collect(), left_out)
}

fn keep_image(image: PlanImage) -> KeptPlan {
    let kind = match image.kind {
        ImageKind::Png => PlanKind::Png,
        ImageKind::Jpeg => PlanKind::Jpg,
    };
    KeptPlan { kind, view_box: image.view_box, lines: Vec::new(), content: image.bytes }
}

fn propose(proposal: BoothProposal) -> Proposal {
    let evidence = match proposal.evidence {
        Evidence::Named => "named",
        Evidence::Numbered => "numbered",
        Evidence::Repeated => "repeated",
    };
    Proposal { number: proposal.number, name: proposal.name, shape: proposal.shape, evidence }
}
