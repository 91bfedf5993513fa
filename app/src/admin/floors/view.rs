//! What the pages of floors show.

use crate::backend::PlanError;
use domain::{BoothNumber, FloorNumber, FloorPlan, UtcMs};
use drafting::{
    Choice, Clash, Colleague, DraftRevision, Finding, Layout, LayoutVersion, PlanSha, ScheduledEntry, Shape,
    VersionEntry,
};

/// What is on a page of floors.
#[derive(Debug, Clone)]
pub enum FloorsView {
    /// `/admin/floors`.
    List(ListView),
    /// `/admin/floors/{floor}/versions`.
    Versions(Box<VersionsView>),
    /// `/admin/floors/{floor}/publish`.
    Publish(Box<PublishView>),
    /// `/admin/floors/{floor}/plan`.
    Plan(Box<PlanView>),
}

/// All floors.
#[derive(Debug, Clone)]
pub struct ListView {
    /// In the order of their tabs; those that are no longer shown last.
    pub floors: Vec<FloorRow>,
    /// Why the last form was refused, with what was typed as the number and the name of a new floor.
    pub refused: Option<(PlanError, String, String)>,
}

/// A floor in the list.
#[derive(Debug, Clone)]
pub struct FloorRow {
    /// Its number.
    pub number: FloorNumber,
    /// What people call it; may be empty.
    pub name: String,
    /// Since when it is shown no more.
    pub retired_at: Option<UtcMs>,
    /// What everybody sees.
    pub version: LayoutVersion,
    /// Its plan.
    pub plan: FloorPlan,
    /// Its booths.
    pub layout: Layout,
    /// Who has a draft of it, or has its editor open.
    pub drafted_by: Vec<DraftedBy>,
}

/// Somebody who is drawing a floor.
#[derive(Debug, Clone)]
pub struct DraftedBy {
    /// Who.
    pub name: String,
    /// When they have saved last, if they have a draft.
    pub saved_at: Option<UtcMs>,
    /// Whether they have the editor open at this moment.
    pub is_here: bool,
    /// Whether it is whoever looks at the page.
    pub is_own: bool,
}

/// Two layouts on one plan, and what differs.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The plan of the later one.
    pub plan: FloorPlan,
    /// The earlier one, in the units of this plan.
    pub before: Layout,
    /// The later one.
    pub after: Layout,
    /// Whether the earlier one was on another plan.
    pub is_plan_new: bool,
}

/// The versions of a floor.
#[derive(Debug, Clone)]
pub struct VersionsView {
    /// Which floor.
    pub floor: FloorNumber,
    /// Newest first; the first one is what everybody sees.
    pub versions: Vec<VersionEntry>,
    /// What waits for its time.
    pub schedules: Vec<ScheduledEntry>,
    /// Two of them that are compared.
    pub compared: Option<ComparedVersions>,
    /// The version that is to be restored, if that was asked for; compared with what everybody sees.
    pub restoring: Option<LayoutVersion>,
    /// When one's own draft was saved, if there is one.
    pub own_draft: Option<UtcMs>,
    /// Who else is at it.
    pub colleagues: Vec<Colleague>,
    /// Why the last form was refused.
    pub refused: Option<PublishProblem>,
    /// What was typed as a name.
    pub name: String,
}

/// Two versions.
#[derive(Debug, Clone)]
pub struct ComparedVersions {
    /// The one that stands for "before".
    pub from: LayoutVersion,
    /// The one that stands for "after".
    pub to: LayoutVersion,
    /// What differs.
    pub drawn: Drawn,
}

/// One's own draft, before it is published.
#[derive(Debug, Clone)]
pub struct PublishView {
    /// Which floor.
    pub floor: FloorNumber,
    /// What everybody sees.
    pub published: LayoutVersion,
    /// The draft, if there is one.
    pub draft: Option<DraftOnTable>,
    /// Who else is at it.
    pub colleagues: Vec<Colleague>,
    /// What waits for its time.
    pub schedules: Vec<ScheduledEntry>,
    /// What was typed as a name.
    pub name: String,
    /// What was typed as a time.
    pub when: PublishWhen,
    /// The site's time zone, by its IANA name.
    pub zone: String,
    /// Why it was not published.
    pub problem: Option<PublishProblem>,
}

/// When it is to be published.
#[derive(Debug, Clone, Default)]
pub struct PublishWhen {
    /// At a time, and not at once.
    pub is_later: bool,
    /// The day at the site, as `2026-11-21`.
    pub date: String,
    /// The time at the site, as `18:30`.
    pub time: String,
}

/// A draft with all that is to be known of it before it is published.
#[derive(Debug, Clone)]
pub struct DraftOnTable {
    /// How often it was saved.
    pub revision: DraftRevision,
    /// The version that it was begun on.
    pub base: LayoutVersion,
    /// When it was saved.
    pub saved_at: UtcMs,
    /// What everybody sees, and what they would see.
    pub drawn: Drawn,
    /// The draft's own layout, in the units of the plan that is drawn.
    pub mine: Layout,
    /// What is the matter with it.
    pub findings: Vec<Finding>,
    /// What cannot both be had.
    pub clashes: Vec<AskedClash>,
    /// Both have replaced the plan: what was answered so far.
    pub plan_asked: Option<Option<Choice>>,
    /// What others have published since it was begun, newest first.
    pub meanwhile: Vec<VersionEntry>,
}

/// A clash with its answer so far.
#[derive(Debug, Clone)]
pub struct AskedClash {
    /// What clashes.
    pub clash: Clash,
    /// Its key, as the form sends it back: JSON.
    pub key: String,
    /// The answer; none until somebody has chosen.
    pub choice: Option<Choice>,
}

/// Why something was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishProblem {
    /// Something else has been published since the page was made.
    Meanwhile {
        /// The version.
        version: LayoutVersion,
        /// What it is called; may be empty.
        name: String,
        /// By whom; empty where nobody knows.
        by: String,
        /// When.
        at: Option<UtcMs>,
    },
    /// Not every question was answered.
    Unanswered,
    /// What is asked can be answered only when it is published at once.
    AnswersNow,
    /// A number or a channel is there twice.
    Refused,
    /// The draft was saved since the page was made.
    Behind,
    /// There is no draft.
    NoDraft,
    /// It is what everybody sees already.
    Nothing,
    /// What is to become of one's own draft was not said.
    DraftUndecided,
    /// It was begun on a version, or has a booth, that this floor has never had.
    Unknown,
    /// Something else.
    Plan(PlanError),
}

/// The plan of a floor, and another one for it.
#[derive(Debug, Clone)]
pub struct PlanView {
    /// Which floor.
    pub floor: FloorNumber,
    /// The plan of one's draft, else the one that everybody sees.
    pub plan: FloorPlan,
    /// The booths on it.
    pub layout: Layout,
    /// Whether that is one's draft.
    pub is_draft: bool,
    /// Why a file or a form was not taken.
    pub problem: Option<PlanProblem>,
    /// A file that was taken.
    pub new_plan: Option<NewPlanView>,
}

/// Why a plan, or what was ticked on it, was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanProblem {
    /// No file came with the form.
    NoFile,
    /// More bytes than are read.
    TooLarge,
    /// The file is no plan.
    File(PlanFault),
    /// No number of a booth.
    BadNumber(String),
    /// Ticked for two booths.
    NumberTwice(BoothNumber),
    /// The booths make no layout: too many, or one of them too small.
    NoLayout,
    /// One's draft was saved in another window meanwhile.
    Behind,
    /// Something else.
    Plan(PlanError),
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanFault {
    /// Neither SVG nor PNG nor JPEG.
    UnknownKind,
    /// Not UTF-8.
    Encoding,
    /// It has a document type, or entities.
    DocumentType,
    /// It is not well-formed at this line.
    Malformed(u32),
    /// More elements, deeper, longer than is drawn; or it uses itself.
    TooComplex,
    /// It does not say how large it is.
    NoSize,
    /// Nothing in it is drawn.
    Empty,
    /// Too many pixels.
    TooManyPixels,
    /// A broken image.
    BrokenImage,
}

/// A plan that was sent, before it is taken into a draft.
#[derive(Debug, Clone)]
pub struct NewPlanView {
    /// What it is called.
    pub sha: PlanSha,
    /// What was kept.
    pub plan: FloorPlan,
    /// The booths that are there already, moved onto it.
    pub layout: Layout,
    /// Names of elements that were left out.
    pub left_out: Vec<String>,
    /// Booths that it seems to have.
    pub proposals: Vec<ProposedBooth>,
}

/// A booth that a plan seems to have.
#[derive(Debug, Clone)]
pub struct ProposedBooth {
    /// Its number, as it was found or typed.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Where.
    pub shape: Shape,
    /// The same, as the form sends it back: JSON.
    pub shape_json: String,
    /// Whether it is to be taken.
    pub is_taken: bool,
    /// A booth of this floor has the number already: taking it moves that one.
    pub is_here: bool,
    /// A booth of another floor has it.
    pub is_elsewhere: bool,
}

/// What came of a request about floors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FloorsTold {
    /// A draft was published.
    Published {
        /// Of which floor.
        floor: FloorNumber,
        /// As which version.
        version: LayoutVersion,
        /// Whether what others have published is in it, too.
        is_merged: bool,
    },
    /// A version was brought back.
    Restored {
        /// Which.
        restores: LayoutVersion,
        /// As which one.
        version: LayoutVersion,
    },
    /// It was like that already.
    Nothing,
    /// It will be published.
    Scheduled(UtcMs),
    /// What waited is a draft again.
    TakenBack,
    /// One's draft was thrown away.
    Discarded,
    /// A plan, and so many booths from it, are in one's draft.
    PlanTaken(usize),
    /// There is a new floor.
    Created(FloorNumber),
    /// A floor's name and place were changed.
    Renamed(FloorNumber),
    /// A floor is shown no more.
    Retired(FloorNumber),
    /// It is shown again.
    BroughtBack(FloorNumber),
    /// What is known of the site was changed.
    SiteSaved,
    /// It could not be done.
    Refused(PlanError),
}

impl ProposedBooth {
    /// The number, if it is one.
    #[must_use]
    pub fn read_number(&self) -> Option<BoothNumber> {
        let number = self.number.trim().parse().ok()?;
        (1..=Layout::NUMBER_MAX).contains(&number).then_some(BoothNumber(number))
    }
}
