//! `POST /admin/floors/{floor}/take_plan`: a plan that was sent, and what was ticked on it, become one's draft.

use super::OnFloor;
use super::fields::Fields;
use super::plan::{find_twins, layout_on, read_sheet, render};
use crate::web::WebState;
use crate::web::accounts::visit::Holder;
use app::admin::{FloorsTold, NewPlanView, PlanProblem, ProposedBooth};
use app::backend::{DraftWish, PlanBackend, PlanError};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{BoothNumber, EditPlans};
use drafting::{
    BoothId, Draft, DraftRevision, DraftingTable, Layout, LayoutBooth, PlanSha, PlanSheet, SavedDraft, Shape,
};
use std::collections::BTreeSet;

/// Booths that a plan may propose.
const PROPOSALS_MAX: usize = 200;

/// What is wrong with a form leads back to it, with all that was typed.
pub(super) async fn take(
    State(state): State<WebState>,
    holder: Holder<EditPlans>,
    Path(floor): Path<String>,
    fields: Fields,
) -> Response {
    let on_floor = match OnFloor::of(holder, state, &floor).await {
        Ok(on_floor) => on_floor,
        Err(response) => return response,
    };
    match try_take(&on_floor, &fields).await {
        Ok(count) => on_floor.tell(FloorsTold::PlanTaken(count), "publish"),
        Err((problem, new_plan)) => render(&on_floor, new_plan, Some(problem)).await,
    }
}

type Failed = (PlanProblem, Option<NewPlanView>);

async fn try_take(on_floor: &OnFloor, fields: &Fields) -> Result<usize, Failed> {
    let (plans, by, floor) = (on_floor.plans(), &on_floor.by, on_floor.floor);
    let lost = |error: PlanError| (PlanProblem::Plan(error), None);
    let sha: PlanSha = fields.text("sha").parse().map_err(|_| lost(PlanError::UnknownPlan))?;
    let sheet = read_sheet(on_floor, &sha).await.map_err(lost)?;
    let table = plans.read_table(by, floor).await.map_err(lost)?;
    let layout = layout_on(&table, &sheet);
    let proposals = read_proposals(fields, &layout, &table).ok_or_else(|| lost(PlanError::BadRequest))?;
    let again = |problem| (problem, Some(view_again(&sheet, &sha, layout.clone(), proposals.clone())));
    let (taken, count) = put_on(&layout, &proposals).map_err(again)?;
    let (base, revision) = match &table.draft {
        Some(kept) => (kept.draft.base, kept.draft.revision),
        None => (table.published.version, DraftRevision(0)),
    };
    let wish = DraftWish { floor, draft: Draft { base, revision, layout: taken }, plan: Some(sha.clone()) };
    match plans.save_draft(by, wish).await {
        Ok(SavedDraft::Saved(_)) => Ok(count),
        Ok(SavedDraft::Behind(_)) => Err(again(PlanProblem::Behind)),
        Err(error) => Err(again(PlanProblem::Plan(error))),
    }
}

fn view_again(sheet: &PlanSheet, sha: &PlanSha, layout: Layout, proposals: Vec<ProposedBooth>) -> NewPlanView {
    NewPlanView { sha: sha.clone(), plan: sheet.plan.clone(), layout, left_out: Vec::new(), proposals }
}

/// The proposals as the form has them; none when it was not this server that has written it.
fn read_proposals(fields: &Fields, layout: &Layout, table: &DraftingTable) -> Option<Vec<ProposedBooth>> {
    let mut proposals = Vec::new();
    for index in 0..PROPOSALS_MAX {
        let Some(shape_json) = fields.find(&format!("shape-{index}")) else { break };
        let shape: Shape = serde_json::from_str(shape_json).ok()?;
        let mut proposed = ProposedBooth {
            number: fields.text(&format!("number-{index}")).to_owned(),
            name: fields.text(&format!("name-{index}")).to_owned(),
            shape: shape.is_allowed().then_some(shape)?,
            shape_json: shape_json.to_owned(),
            is_taken: fields.has(&format!("take-{index}")),
            is_here: false,
            is_elsewhere: false,
        };
        find_twins(&mut proposed, layout, table);
        proposals.push(proposed);
    }
    Some(proposals)
}

/// The layout with what was ticked, and how many that are. A number that is there already moves its booth.
fn put_on(layout: &Layout, proposals: &[ProposedBooth]) -> Result<(Layout, usize), PlanProblem> {
    let mut booths: Vec<LayoutBooth> = layout.booths().cloned().collect();
    let session = new_session().ok_or(PlanProblem::Plan(PlanError::Away))?;
    let mut numbers: BTreeSet<BoothNumber> = BTreeSet::new();
    for (serial, proposed) in (1..).zip(proposals.iter().filter(|proposed| proposed.is_taken)) {
        let number = proposed.read_number().ok_or_else(|| PlanProblem::BadNumber(proposed.number.clone()))?;
        if !numbers.insert(number) {
            return Err(PlanProblem::NumberTwice(number));
        }
        let shape = proposed.shape.clone();
        match booths.iter_mut().find(|booth| booth.number == number) {
            Some(there) => {
                there.shape = shape;
                if there.name.is_empty() {
                    there.name.clone_from(&proposed.name);
                }
            }
            None => booths.push(LayoutBooth {
                id: BoothId::made(session, serial),
                number,
                name: proposed.name.clone(),
                shape,
                wires: BTreeSet::new(),
                is_locked: false,
            }),
        }
    }
    let layout = Layout::new(booths).map_err(|_| PlanProblem::NoLayout)?;
    Ok((layout, numbers.len()))
}

/// Whose booths they are, until they have rows: a number that nobody else has made.
fn new_session() -> Option<u32> {
    getrandom::u32().ok().map(|number| number.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use drafting::Bounds;

    fn proposed(number: &str, left: f64) -> ProposedBooth {
        let shape = Shape::upright(Bounds { left, top: 0.0, right: left + 50.0, bottom: 40.0 });
        ProposedBooth {
            number: number.to_owned(),
            name: "Ada".to_owned(),
            shape_json: String::new(),
            shape,
            is_taken: true,
            is_here: false,
            is_elsewhere: false,
        }
    }

    #[test]
    fn what_is_ticked_is_added_or_moved() {
        let (first, count) = put_on(&Layout::default(), &[proposed("7", 0.0), proposed(" 8 ", 100.0)]).expect("two");
        assert_eq!((first.booths().len(), count), (2, 2));
        let (second, _) = put_on(&first, &[proposed("8", 300.0)]).expect("moved");
        let moved = second.booths().find(|booth| booth.number == BoothNumber(8)).expect("there");
        assert_eq!((second.booths().len(), moved.shape.bounds().left), (2, 300.0));
        assert!(first.find(moved.id).is_some(), "it is the same booth");
        let not_ticked = ProposedBooth { is_taken: false, ..proposed("x", 0.0) };
        assert_eq!(put_on(&first, &[not_ticked]), Ok((first.clone(), 0)));
    }

    #[test]
    fn bad_numbers_are_said() {
        for number in ["", "0", "x", "1000000"] {
            let refused = put_on(&Layout::default(), &[proposed(number, 0.0)]);
            assert_eq!(refused, Err(PlanProblem::BadNumber(number.to_owned())));
        }
        let twice = put_on(&Layout::default(), &[proposed("7", 0.0), proposed("7", 100.0)]);
        assert_eq!(twice, Err(PlanProblem::NumberTwice(BoothNumber(7))));
    }
}
