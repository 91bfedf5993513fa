//! `/admin/screens`: screens on walls, from the operators' side. Forms that need no script, each answered with the way to a page that
//! says what came of it.

use super::visit::{Holder, Visit, redirect};
use crate::clock::utc_now;
use crate::screens::{PairingError, ScreenError};
use crate::web::WebState;
use crate::web::qr::to_svg;
use app::admin::{AdminView, ScreenEntry, ScreenPicture, ScreenRefusal, ScreenTold, ScreensView, Told};
use app::backend::{Backend as _, PublicUrl};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{FloorNumber, ManageScreens, PairingCode, ScreenFacts, ScreenId, ScreenReport};
use entity::{KeptScreen, StorageError};
use http::{HeaderMap, StatusCode};

const HERE: &str = "/admin/screens";

/// The fields of a form, of which some stand more than once.
type Fields = Vec<(String, String)>;

/// All screens.
pub(super) async fn list(Holder { visit, holds: _ }: Holder<ManageScreens>, State(state): State<WebState>) -> Response {
    match state.screens.list() {
        Some(screens) => visit.render(AdminView::Screens(view(&state, screens)), StatusCode::OK).await,
        None => visit.render(AdminView::Away, StatusCode::SERVICE_UNAVAILABLE).await,
    }
}

/// One of them.
pub(super) async fn find(
    Holder { visit, holds: _ }: Holder<ManageScreens>,
    State(state): State<WebState>,
    Path(id): Path<String>,
) -> Response {
    let Some(screens) = state.screens.list() else {
        return visit.render(AdminView::Away, StatusCode::SERVICE_UNAVAILABLE).await;
    };
    match screens.into_iter().find(|screen| screen.id.0.to_string() == id) {
        Some(screen) => visit.render(AdminView::Screen(view(&state, vec![screen])), StatusCode::OK).await,
        None => visit.render(AdminView::NotFound, StatusCode::NOT_FOUND).await,
    }
}

/// Lets a screen in by an address, which is told this once.
pub(super) async fn create(
    Holder { visit, holds }: Holder<ManageScreens>,
    State(state): State<WebState>,
    headers: HeaderMap,
    Form(form): Form<Fields>,
) -> Response {
    let facts = match read_facts(&form) {
        Ok(facts) => facts,
        Err(refusal) => return visit.tell(ScreenTold::Refused(refusal), HERE),
    };
    match state.screens.create(&holds, &facts).await {
        Ok((id, token)) => {
            let told = link(&state, &headers, facts.name.as_str(), token.as_str());
            visit.tell(told, &format!("{HERE}/{}", id.0))
        }
        Err(error) => visit.tell(refuse(&error), HERE),
    }
}

/// Lets a screen in by the code on it.
pub(super) async fn pair(
    Holder { visit, holds }: Holder<ManageScreens>,
    State(state): State<WebState>,
    Form(form): Form<Fields>,
) -> Response {
    let told = match (read_facts(&form), field(&form, "code").parse::<PairingCode>()) {
        (Err(refusal), _) => ScreenTold::Refused(refusal),
        (Ok(_), Err(_)) => ScreenTold::Refused(ScreenRefusal::BadCode),
        (Ok(facts), Ok(code)) => match state.screens.pair(&holds, &code, &facts).await {
            Ok(()) => ScreenTold::Paired(facts.name.as_str().to_owned()),
            Err(error) => refuse(&error),
        },
    };
    visit.tell(told, HERE)
}

/// Arranges what a screen is called and shows.
pub(super) async fn change(
    Holder { visit, holds }: Holder<ManageScreens>,
    State(state): State<WebState>,
    Path(id): Path<i32>,
    Form(form): Form<Fields>,
) -> Response {
    let told = match read_facts(&form) {
        Err(refusal) => ScreenTold::Refused(refusal),
        Ok(facts) => match state.screens.change(&holds, ScreenId(id), &facts).await {
            Ok(()) => ScreenTold::Changed,
            Err(error) => refuse(&error),
        },
    };
    visit.tell(told, &format!("{HERE}/{id}"))
}

/// Has a screen show its name.
pub(super) async fn identify(
    Holder { visit, holds }: Holder<ManageScreens>,
    State(state): State<WebState>,
    Path(id): Path<i32>,
) -> Response {
    let told = match state.screens.identify(&holds, ScreenId(id)) {
        Ok(()) => ScreenTold::Identifying(name_of(&state, ScreenId(id))),
        Err(error) => refuse(&error),
    };
    visit.tell(told, &format!("{HERE}/{id}"))
}

/// Gives a screen another address, which is told this once.
pub(super) async fn renew(
    Holder { visit, holds }: Holder<ManageScreens>,
    State(state): State<WebState>,
    headers: HeaderMap,
    Path(id): Path<i32>,
) -> Response {
    let told = match state.screens.renew(&holds, ScreenId(id)).await {
        Ok(token) => link(&state, &headers, &name_of(&state, ScreenId(id)), token.as_str()),
        Err(error) => refuse(&error),
    };
    visit.tell(told, &format!("{HERE}/{id}"))
}

/// Takes a screen away.
pub(super) async fn revoke(
    Holder { visit, holds }: Holder<ManageScreens>,
    State(state): State<WebState>,
    Path(id): Path<i32>,
) -> Response {
    let name = name_of(&state, ScreenId(id));
    let told = match state.screens.revoke(&holds, ScreenId(id)).await {
        Ok(()) => ScreenTold::Revoked(name),
        Err(error) => refuse(&error),
    };
    visit.tell(told, HERE)
}

impl Visit {
    /// Goes to a page that says this once.
    fn tell(&self, told: ScreenTold, path: &str) -> Response {
        if let Some(who) = &self.principal {
            self.accounts.told.put(who.session, Told::Screen(told));
        }
        redirect(path)
    }
}

fn view(state: &WebState, screens: Vec<KeptScreen>) -> ScreensView {
    let entry = |screen: KeptScreen| ScreenEntry {
        picture: screen.heard.as_ref().and_then(|(_, report)| picture(state, report)),
        id: screen.id,
        facts: screen.facts,
        created_at: screen.created_at,
        heard: screen.heard,
    };
    ScreensView {
        screens: screens.into_iter().map(entry).collect(),
        floors: state.backend.overview().floors,
        build: state.site.build.clone(),
        now: utc_now(),
    }
}

/// The booths where they stand, painted as the screen says that it paints them.
fn picture(state: &WebState, report: &ScreenReport) -> Option<ScreenPicture> {
    let floor = state.backend.find_floor(report.floor?)?;
    let status_of = |number| report.booths.iter().find(|shown| shown.number == number).map(|shown| shown.status);
    let booths = floor.booths.iter().filter_map(|booth| Some((booth.placement, status_of(booth.number)?)));
    let booths: Vec<_> = booths.collect();
    // After a restart of the server, what was painted is not known until the screen says it again.
    (!booths.is_empty()).then_some(ScreenPicture { view_box: floor.plan.view_box, booths })
}

fn link(state: &WebState, headers: &HeaderMap, name: &str, token: &str) -> ScreenTold {
    let path = format!("/kiosk/{token}");
    let PublicUrl(site) = state.public_url(headers);
    let code = to_svg(&format!("{site}{path}")).unwrap_or_default();
    ScreenTold::Link { name: name.to_owned(), path, code }
}

fn name_of(state: &WebState, id: ScreenId) -> String {
    let screens = state.screens.list().unwrap_or_default();
    screens
        .iter()
        .find(|screen| screen.id == id)
        .map_or_else(String::new, |screen| screen.facts.name.as_str().to_owned())
}

fn field<'a>(form: &'a Fields, name: &str) -> &'a str {
    form.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

fn read_facts(form: &Fields) -> Result<ScreenFacts, ScreenRefusal> {
    let mut floors: Vec<FloorNumber> = form
        .iter()
        .filter(|(key, _)| key == "floors[]")
        .map(|(_, value)| value.parse())
        .collect::<Result<_, _>>()
        .map_err(|_| ScreenRefusal::BadRequest)?;
    floors.sort_unstable();
    floors.dedup();
    if floors.len() > FLOORS_MAX {
        return Err(ScreenRefusal::BadRequest);
    }
    let seconds: u16 = field(form, "dwell_s").trim().parse().map_err(|_| ScreenRefusal::BadDwell)?;
    Ok(ScreenFacts {
        name: field(form, "name").parse().map_err(|_| ScreenRefusal::BadName)?,
        floors,
        dwell: seconds.try_into().map_err(|_| ScreenRefusal::BadDwell)?,
        variant: field(form, "variant").parse().map_err(|_| ScreenRefusal::BadRequest)?,
    })
}

/// So many numbers fit into the column.
const FLOORS_MAX: usize = 80;

fn refuse(error: &ScreenError) -> ScreenTold {
    ScreenTold::Refused(match error {
        ScreenError::Pairing(PairingError::UnknownCode) => ScreenRefusal::UnknownCode,
        ScreenError::Pairing(PairingError::TooMany) => ScreenRefusal::TooMany,
        ScreenError::Storage(StorageError::UnknownScreen { .. }) => ScreenRefusal::UnknownScreen,
        error => {
            tracing::error!(%error, "something about a screen was not done");
            ScreenRefusal::Away
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Result<ScreenFacts, ScreenRefusal> {
        let usual = [("name", "Hall"), ("dwell_s", "20"), ("variant", "mono")];
        let own = |name: &str| fields.iter().any(|(key, _)| *key == name);
        let all = fields.iter().chain(usual.iter().filter(|(name, _)| !own(name)));
        read_facts(&all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn forms() {
        let floors = |facts: ScreenFacts| facts.floors.iter().map(|floor| floor.0).collect::<Vec<_>>();
        assert_eq!(read(&[]).map(floors), Ok(vec![]));
        let some = read(&[("floors[]", "6"), ("floors[]", "-1"), ("floors[]", "6")]);
        assert_eq!(some.map(floors), Ok(vec![-1, 6]));
        for (field, refusal) in [
            (("name", " "), ScreenRefusal::BadName),
            (("dwell_s", "4"), ScreenRefusal::BadDwell),
            (("dwell_s", "soon"), ScreenRefusal::BadDwell),
            (("floors[]", "x"), ScreenRefusal::BadRequest),
            (("variant", "gold"), ScreenRefusal::BadRequest),
        ] {
            assert_eq!(read(&[field]), Err(refusal), "{field:?}");
        }
    }
}
