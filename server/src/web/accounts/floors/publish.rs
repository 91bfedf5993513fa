//! `/admin/floors/{floor}/publish`: one's draft against what everybody sees.

use super::OnFloor;
use super::drawn::fit;
use super::fields::Fields;
use super::versions::find_newest;
use crate::clock::local_day;
use crate::web::WebState;
use crate::web::accounts::visit::Holder;
use app::admin::{
    AdminView, AskedClash, DraftOnTable, Drawn, FloorsTold, FloorsView, PublishProblem, PublishView, PublishWhen,
};
use app::backend::{PlanBackend, PlanError, PublishWish, Scheduling};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{EditPlans, Opening, UtcMs};
use drafting::{
    Answers, Choice, Choices, ClashKey, DraftRevision, DraftingTable, KeptDraft, LayoutVersion, PlanSheet, Publishing,
    VersionEntry, list_findings, merge,
};
use http::StatusCode;
use ingest::Clock;
use jiff::civil::{Date, Time};

/// Questions of one page are no more than this.
const CLASHES_MAX: usize = 4_000;

/// The page.
pub(super) async fn show(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
) -> Response {
    match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => render(&on_floor, None, None).await,
        Err(response) => response,
    }
}

/// Publishes, now or at a time. What was typed and answered stays when it is refused.
pub(super) async fn publish(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
    fields: Fields,
) -> Response {
    let on_floor = match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => on_floor,
        Err(response) => return response,
    };
    match try_publish(&on_floor, &fields).await {
        Ok(told) => on_floor.tell(told, "versions"),
        Err((problem, status)) => render(&on_floor, Some(&fields), Some((problem, status))).await,
    }
}

/// Throws the draft away.
pub(super) async fn discard(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
    fields: Fields,
) -> Response {
    let on_floor = match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => on_floor,
        Err(response) => return response,
    };
    let Some(revision) = fields.number("revision").map(DraftRevision) else {
        return on_floor.tell(FloorsTold::Refused(PlanError::BadRequest), "publish");
    };
    match on_floor.plans().discard_draft(&on_floor.by, on_floor.floor, revision).await {
        Ok(drafting::SavedDraft::Saved(_)) => on_floor.tell(FloorsTold::Discarded, "versions"),
        Ok(drafting::SavedDraft::Behind(_)) => {
            render(&on_floor, None, Some((PublishProblem::Behind, StatusCode::CONFLICT))).await
        }
        Err(error) => on_floor.tell(FloorsTold::Refused(error), "publish"),
    }
}

type Failed = (PublishProblem, StatusCode);

fn failed(error: PlanError) -> Failed {
    (PublishProblem::Plan(error), super::status_of(error))
}

async fn try_publish(on_floor: &OnFloor, fields: &Fields) -> Result<FloorsTold, Failed> {
    let (plans, by, floor) = (on_floor.plans(), &on_floor.by, on_floor.floor);
    let numbers = fields.number("revision").map(DraftRevision).zip(fields.number("against").map(LayoutVersion));
    let (revision, against) = numbers.ok_or_else(|| failed(PlanError::BadRequest))?;
    let table = plans.read_table(by, floor).await.map_err(failed)?;
    let Some(kept) = &table.draft else { return Err((PublishProblem::NoDraft, StatusCode::CONFLICT)) };
    if kept.draft.revision != revision {
        return Err((PublishProblem::Behind, StatusCode::CONFLICT));
    }
    if table.published.version != against {
        // What was looked at is not what it would become: that is looked at anew.
        return Err((find_newest(on_floor).await.map_err(failed)?, StatusCode::CONFLICT));
    }
    let answers = read_answers(fields, against);
    let name = fields.text("name").to_owned();
    if fields.text("when") == "later" {
        if answers.is_some() {
            return Err((PublishProblem::AnswersNow, StatusCode::UNPROCESSABLE_ENTITY));
        }
        return schedule(on_floor, fields, revision).await;
    }
    let publishing = plans.publish(by, PublishWish { floor, revision, name, answers }).await.map_err(failed)?;
    match publishing {
        Publishing::Published { version, is_merged } => Ok(FloorsTold::Published { floor, version, is_merged }),
        Publishing::Nothing => Ok(FloorsTold::Nothing),
        Publishing::Asks { against: asked, .. } if asked != against => {
            Err((find_newest(on_floor).await.map_err(failed)?, StatusCode::CONFLICT))
        }
        Publishing::Asks { .. } => Err((PublishProblem::Unanswered, StatusCode::UNPROCESSABLE_ENTITY)),
        Publishing::Refused(_) => Err((PublishProblem::Refused, StatusCode::UNPROCESSABLE_ENTITY)),
        Publishing::Behind(_) => Err((PublishProblem::Behind, StatusCode::CONFLICT)),
        Publishing::NoDraft => Err((PublishProblem::NoDraft, StatusCode::CONFLICT)),
        Publishing::UnknownBase | Publishing::UnknownBooth(_) => Err((PublishProblem::Unknown, StatusCode::CONFLICT)),
    }
}

async fn schedule(on_floor: &OnFloor, fields: &Fields, revision: DraftRevision) -> Result<FloorsTold, Failed> {
    let due_at = read_time(on_floor, fields).ok_or_else(|| failed(PlanError::BadTime))?;
    let (name, floor) = (fields.text("name").to_owned(), on_floor.floor);
    let wish = PublishWish { floor, revision, name, answers: None };
    match on_floor.plans().schedule(&on_floor.by, wish, due_at).await.map_err(failed)? {
        Scheduling::Waits { .. } => Ok(FloorsTold::Scheduled(due_at)),
        Scheduling::Not(Publishing::NoDraft) => Err((PublishProblem::NoDraft, StatusCode::CONFLICT)),
        Scheduling::Not(_) => Err((PublishProblem::Behind, StatusCode::CONFLICT)),
    }
}

/// A date and a time on the site's clock. What the clocks skip in spring is the time after it.
fn read_time(on_floor: &OnFloor, fields: &Fields) -> Option<UtcMs> {
    let date: Date = fields.text("date").parse().ok()?;
    let time: Time = fields.text("time").parse().ok()?;
    let minute = u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok()?;
    Some(on_floor.visit.accounts.clock.utc(Opening { day: local_day(date), minute }))
}

/// The answers that were given; none where nothing was asked.
fn read_answers(fields: &Fields, against: LayoutVersion) -> Option<Answers> {
    let plan = read_choice(fields, "plan");
    let mut choices = Choices::default();
    let mut is_asked = plan.is_some();
    for index in 0..CLASHES_MAX {
        let Some(key) = fields.find(&format!("key-{index}")) else { break };
        is_asked = true;
        let key = serde_json::from_str::<ClashKey>(key).ok();
        if let Some((key, choice)) = key.zip(read_choice(fields, &format!("choice-{index}"))) {
            choices.choose(key, choice);
        }
    }
    is_asked.then_some(Answers { against, choices, plan })
}

fn read_choice(fields: &Fields, name: &str) -> Option<Choice> {
    match fields.text(name) {
        "mine" => Some(Choice::Mine),
        "theirs" => Some(Choice::Theirs),
        _ => None,
    }
}

async fn render(on_floor: &OnFloor, fields: Option<&Fields>, problem: Option<Failed>) -> Response {
    let status = problem.as_ref().map_or(StatusCode::OK, |(_, status)| *status);
    match view(on_floor, fields, problem.map(|(problem, _)| problem)).await {
        Ok(view) => {
            let view = AdminView::Floors(FloorsView::Publish(Box::new(view)));
            on_floor.visit.render(view, status).await
        }
        Err(error) => on_floor.render_error(error).await,
    }
}

async fn view(
    on_floor: &OnFloor,
    fields: Option<&Fields>,
    problem: Option<PublishProblem>,
) -> Result<PublishView, PlanError> {
    let (plans, by, floor) = (on_floor.plans(), &on_floor.by, on_floor.floor);
    let table = plans.read_table(by, floor).await?;
    let schedules = plans.list_schedules(by, floor).await?;
    let published = table.published.version;
    let answers = fields
        .filter(|fields| fields.number("against") == Some(published.0))
        .and_then(|fields| read_answers(fields, published));
    let draft = match &table.draft {
        Some(kept) => Some(judge(on_floor, &table, kept, answers.as_ref()).await?),
        None => None,
    };
    let text = |name: &str| fields.map(|fields| fields.text(name).to_owned()).unwrap_or_default();
    let when = PublishWhen { is_later: text("when") == "later", date: text("date"), time: text("time") };
    Ok(PublishView {
        floor,
        published,
        draft,
        colleagues: table.colleagues,
        schedules,
        name: text("name"),
        when,
        zone: on_floor.visit.accounts.clock.zone_name(),
        problem,
    })
}

/// What would come of publishing the draft: nothing is written.
async fn judge(
    on_floor: &OnFloor,
    table: &DraftingTable,
    kept: &KeptDraft,
    answers: Option<&Answers>,
) -> Result<DraftOnTable, PlanError> {
    let (plans, by, floor) = (on_floor.plans(), &on_floor.by, on_floor.floor);
    let published = &table.published;
    let (base_layout, base_sheet, meanwhile) = if kept.draft.base == published.version {
        (published.layout.clone(), table.sheet.clone(), Vec::new())
    } else {
        let base = plans.read_version(by, floor, kept.draft.base).await?;
        let mut meanwhile = plans.list_versions(by, floor).await?;
        meanwhile.retain(|entry: &VersionEntry| entry.version > kept.draft.base);
        (base.published.layout, base.sheet, meanwhile)
    };
    let (sheet, plan_asked) = choose_plan(kept, &base_sheet, &table.sheet, answers.and_then(|answers| answers.plan));
    let view_box = sheet.plan.view_box;
    let draft_sheet = kept.sheet.as_ref().unwrap_or(&base_sheet);
    let base = fit(&base_layout, base_sheet.plan.view_box, view_box);
    let mine = fit(&kept.draft.layout, draft_sheet.plan.view_box, view_box);
    let theirs = fit(&published.layout, table.sheet.plan.view_box, view_box);
    let asked = merge(&base, &mine, &theirs, &Choices::default()).clashes;
    let choices = answers.map(|answers| answers.choices.clone()).unwrap_or_default();
    let given: Vec<(ClashKey, Choice)> = choices.clone().into();
    let merged = merge(&base, &mine, &theirs, &choices);
    let mut surroundings = table.surroundings();
    surroundings.view_box = view_box;
    let clashes = asked
        .into_iter()
        .map(|clash| AskedClash {
            key: serde_json::to_string(&clash.key()).unwrap_or_default(),
            choice: given.iter().find(|(key, _)| *key == clash.key()).map(|(_, choice)| *choice),
            clash,
        })
        .collect();
    Ok(DraftOnTable {
        revision: kept.draft.revision,
        base: kept.draft.base,
        saved_at: kept.saved_at,
        findings: list_findings(&merged.layout, &surroundings),
        drawn: Drawn {
            is_plan_new: sheet.plan != table.sheet.plan,
            plan: sheet.plan,
            before: theirs,
            after: merged.layout,
        },
        mine,
        clashes,
        plan_asked,
        meanwhile,
    })
}

/// The plan that it will be, and whether that has to be asked: as publishing does it.
fn choose_plan(
    kept: &KeptDraft,
    base: &PlanSheet,
    current: &PlanSheet,
    answer: Option<Choice>,
) -> (PlanSheet, Option<Option<Choice>>) {
    let mine = kept.sheet.as_ref().filter(|sheet| sheet.sha != base.sha && sheet.sha != current.sha);
    match mine {
        None => (current.clone(), None),
        Some(mine) if base.sha == current.sha => (mine.clone(), None),
        Some(mine) if answer == Some(Choice::Mine) => (mine.clone(), Some(answer)),
        Some(_) => (current.clone(), Some(answer)),
    }
}
