//! What the plan editor asks of the server. As in the rest of the administrator's side, whoever asks shows a [`Holds`].

use super::Answer;
use super::admin::{AdminError, StatusReply, use_right};
use domain::{EditPlans, FloorNumber, Holds, UtcMs};
use drafting::{
    Answers, Colleague, Draft, DraftRevision, DraftingTable, LayoutVersion, PastVersion, PlanSha, Publishing,
    SavedDraft, ScheduledEntry, VersionEntry,
};
use leptos::prelude::use_context;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What comes of a question about plans.
pub type PlanAnswer<T> = Answer<Result<T, PlanError>>;

/// Where plans are drawn up.
pub trait PlanBackend: Send + Sync {
    /// All that an editor of a floor begins with.
    fn read_table(&self, by: &Holds<EditPlans>, floor: FloorNumber) -> PlanAnswer<DraftingTable>;

    /// Says that whoever asks has the editor of a floor open; who else has, or has a draft of it.
    fn note_editing(&self, by: &Holds<EditPlans>, floor: FloorNumber) -> PlanAnswer<Vec<Colleague>>;

    /// Saves a draft, unless a newer one is kept.
    fn save_draft(&self, by: &Holds<EditPlans>, wish: DraftWish) -> PlanAnswer<SavedDraft>;

    /// Throws a draft away.
    fn discard_draft(&self, by: &Holds<EditPlans>, floor: FloorNumber, known: DraftRevision) -> PlanAnswer<SavedDraft>;

    /// Publishes one's draft.
    fn publish(&self, by: &Holds<EditPlans>, wish: PublishWish) -> PlanAnswer<Publishing>;

    /// The versions of a floor, newest first.
    fn list_versions(&self, by: &Holds<EditPlans>, floor: FloorNumber) -> PlanAnswer<Vec<VersionEntry>>;

    /// A version as it was.
    fn read_version(
        &self,
        by: &Holds<EditPlans>,
        floor: FloorNumber,
        version: LayoutVersion,
    ) -> PlanAnswer<PastVersion>;

    /// Makes a past version the newest one.
    fn restore(
        &self,
        by: &Holds<EditPlans>,
        floor: FloorNumber,
        version: LayoutVersion,
        name: String,
    ) -> PlanAnswer<Publishing>;

    /// Lets one's draft wait for its time.
    fn schedule(&self, by: &Holds<EditPlans>, wish: PublishWish, due_at: UtcMs) -> PlanAnswer<Scheduling>;

    /// What waits for its time on a floor, the next first.
    fn list_schedules(&self, by: &Holds<EditPlans>, floor: FloorNumber) -> PlanAnswer<Vec<ScheduledEntry>>;

    /// Makes a draft again of what waits. Returns its floor.
    fn take_back(&self, by: &Holds<EditPlans>, id: i32) -> PlanAnswer<FloorNumber>;

    /// Makes a floor without booths, on an empty sheet.
    fn create_floor(&self, by: &Holds<EditPlans>, number: FloorNumber) -> PlanAnswer<()>;
}

/// A draft that is to be saved.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftWish {
    /// Of which floor.
    pub floor: FloorNumber,
    /// What it is; its revision is the one that is known of what is kept, 0 before the first.
    pub draft: Draft,
    /// The plan, where it is to be another one.
    pub plan: Option<PlanSha>,
}

/// What is to be published.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishWish {
    /// Of which floor.
    pub floor: FloorNumber,
    /// The draft, as it was saved under this revision.
    pub revision: DraftRevision,
    /// What the version is called; may be empty.
    pub name: String,
    /// Answers to what was asked the last time.
    pub answers: Option<Answers>,
}

/// What has become of a wish to publish later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheduling {
    /// It waits.
    Waits {
        /// By what it is taken back.
        id: i32,
    },
    /// It does not: `Behind` or `NoDraft`.
    Not(Publishing),
}

/// The [`PlanBackend`], as it stands in the context of the server's side.
#[derive(Clone)]
pub struct PlanHandle(pub Arc<dyn PlanBackend>);

/// Why a question about plans has no answer. Closed, so that no text of a database reaches a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PlanError {
    /// Nobody is signed in, or not any more.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The account does not have the right.
    #[error("this account may not do that")]
    Forbidden,
    /// The request makes no sense.
    #[error("the request is not understood")]
    BadRequest,
    /// The name is too long, or has characters that are not written.
    #[error("this is no name of a version")]
    BadName,
    /// The time has passed, or is more than a year away.
    #[error("this is no time to publish at")]
    BadTime,
    /// There is no such floor.
    #[error("there is no such floor")]
    UnknownFloor,
    /// Not a number that a floor has: -99 to 999.
    #[error("this is no number of a floor")]
    BadFloor,
    /// Another floor has this number.
    #[error("there is such a floor already")]
    FloorTaken,
    /// A building needs a floor.
    #[error("this is the last floor")]
    LastFloor,
    /// The floor has never had this version.
    #[error("there is no such version")]
    UnknownVersion,
    /// The plan was never sent.
    #[error("there is no such plan")]
    UnknownPlan,
    /// Nothing of that name waits, or not any more.
    #[error("there is no such scheduled publication")]
    UnknownSchedule,
    /// A draft would have to be written over.
    #[error("there is a draft already")]
    DraftInTheWay,
    /// Too much else is being done at this moment.
    #[error("the server is busy")]
    Busy,
    /// The database does not answer. What was asked may have been done.
    #[error("the database does not answer")]
    Away,
}

impl FromServerFnError for PlanError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let refused = match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::BadRequest
            }
            _ => Self::Away,
        };
        refused.replied()
    }
}

impl PlanError {
    /// The HTTP status that says the same.
    #[must_use]
    pub const fn http_status(self) -> u16 {
        match self {
            Self::NotSignedIn => 401,
            Self::Forbidden => 403,
            Self::UnknownFloor | Self::UnknownVersion | Self::UnknownPlan | Self::UnknownSchedule => 404,
            Self::FloorTaken | Self::LastFloor | Self::DraftInTheWay => 409,
            Self::BadRequest | Self::BadName | Self::BadTime | Self::BadFloor => 422,
            Self::Busy | Self::Away => 503,
        }
    }

    /// The same, said by the status of the answer, too; in the browser there is none.
    #[must_use]
    pub fn replied(self) -> Self {
        if let Some(StatusReply(reply)) = use_context() {
            reply(self.http_status());
        }
        self
    }
}

/// The first line of every server function about plans.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`; `Away` in the browser.
pub fn use_plans() -> Result<(Holds<EditPlans>, Arc<dyn PlanBackend>), PlanError> {
    let by = use_right().map_err(|error| match error {
        AdminError::NotSignedIn => PlanError::NotSignedIn,
        _ => PlanError::Forbidden,
    })?;
    let PlanHandle(plans) = use_context().ok_or(PlanError::Away)?;
    Ok((by, plans))
}
