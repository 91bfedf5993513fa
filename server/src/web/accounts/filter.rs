//! `/admin/booths/{number}`: a booth's presence filter, tried on what was recorded, and changed.

use super::visit::{Holder, redirect};
use crate::clock::utc_now;
use crate::recorded::list_reports;
use crate::web::WebState;
use app::admin::{AdminView, FilterTold, FilterView, RecordedPast, Told, TypedRule};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{
    Booth, BoothNumber, OperateBoards, PresenceRule, ReadAdmin, RecordedReport, Right, UtcMs, preview_filter,
};
use entity::StorageError;
use http::StatusCode;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Numbers {
    hold_s: Option<String>,
    above: Option<String>,
    below: Option<String>,
}

/// Leads to the first booth.
pub(super) async fn first(State(state): State<WebState>, Holder { visit, .. }: Holder<ReadAdmin>) -> Response {
    match state.backend.memory.get().building.booths.first() {
        Some(booth) => redirect(&format!("/admin/booths/{}", booth.number)),
        None => visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await,
    }
}

/// The page; with numbers, what they would have shown.
pub(super) async fn show(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<ReadAdmin>,
    Path(number): Path<String>,
    Query(numbers): Query<Numbers>,
) -> Response {
    let shown = state.backend.memory.get();
    let number: Option<BoothNumber> = number.parse().ok();
    let booth = shown.building.booths.iter().find(|booth| Some(booth.number) == number);
    let Some(Booth { number, name, presence_rule: rule, .. }) = booth.cloned() else {
        return visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await;
    };
    let typed = numbers.typed(rule);
    let tried = typed.read().filter(|tried| *tried != rule);
    let until = utc_now();
    let (recorded, is_away) = match list_reports(&state.backend, &visit.accounts.storage, &holds, (number, until)).await
    {
        Ok((reports, fresh_for_ms)) => (preview(&reports, fresh_for_ms, (rule, tried), until), false),
        Err(error) => {
            tracing::warn!(%error, "a filter could not be tried");
            (None, true)
        }
    };
    let booths = shown.building.booths.iter().map(|booth| booth.number).collect();
    let may_change = visit.principal.as_ref().is_some_and(|who| who.roles.grant(Right::OperateBoards));
    let view = FilterView { number, name, booths, rule, typed, tried, recorded, is_away, may_change };
    visit.render(AdminView::Filter(Box::new(view)), StatusCode::OK).await
}

fn preview(
    reports: &[RecordedReport],
    fresh_for_ms: u64,
    (rule, tried): (PresenceRule, Option<PresenceRule>),
    until: UtcMs,
) -> Option<RecordedPast> {
    let from = reports.first()?.at;
    let by = |rule| preview_filter(rule, reports, fresh_for_ms, until);
    Some(RecordedPast { from, until, reports: reports.len(), now: by(rule), tried: tried.map(by) })
}

/// The booth goes by these numbers from now on.
pub(super) async fn apply(
    State(state): State<WebState>,
    Holder { visit, holds }: Holder<OperateBoards>,
    Path(number): Path<String>,
    Form(numbers): Form<Numbers>,
) -> Response {
    let rule = numbers.typed(PresenceRule::default()).read();
    let told = match (number.parse::<BoothNumber>(), rule) {
        (Err(_), _) => FilterTold::Unknown,
        (_, None) => FilterTold::Nonsense,
        (Ok(number), Some(rule)) => {
            match visit.accounts.storage.set_presence_rule(&holds, number, rule, utc_now()).await {
                Ok(()) => {
                    state.backend.live.boards().look_again().await;
                    FilterTold::Done
                }
                Err(StorageError::UnknownBooth { .. }) => FilterTold::Unknown,
                Err(error) => {
                    tracing::error!(%error, "a filter could not be changed");
                    FilterTold::Away
                }
            }
        }
    };
    visit.put_told(Told::Filter(told));
    // What was typed is a number or nothing: nothing else gets into the address.
    let number: u32 = number.parse().unwrap_or_default();
    redirect(&format!("/admin/booths/{number}"))
}

impl Numbers {
    /// What is missing is as it is.
    fn typed(&self, rule: PresenceRule) -> TypedRule {
        let now = TypedRule::of(rule);
        let or = |typed: &Option<String>, now: String| typed.clone().unwrap_or(now);
        TypedRule {
            hold_s: or(&self.hold_s, now.hold_s),
            above: or(&self.above, now.above),
            below: or(&self.below, now.below),
        }
    }
}
