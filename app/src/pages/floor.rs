use crate::api::{find_floor, read_directory};
use crate::app::Problem;
use crate::attention::Attention;
use crate::backend::{ApiError, BoothEntry, FloorDetail};
use crate::booth_card::BoothCard;
use crate::booth_list::{BoothList, use_list_query};
use crate::live::{Link, use_live};
use crate::map::FloorMap;
use crate::pages::NotFoundPage;
use crate::reader::remember_floor;
use crate::search::{Fetched, use_directory};
use crate::texts::use_texts;
use domain::{BoothNumber, FloorNumber};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_navigate, use_params_map};

/// `/floor/4` and `/floor/4?booth=42`.
#[component]
pub(crate) fn FloorPage() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|params| params.get("floor")?.parse::<FloorNumber>().ok()));
    move || match number.get() {
        Some(number) => view! { <FloorView number=number /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The map of a floor with its list.
#[component]
pub(crate) fn FloorView(number: FloorNumber) -> impl IntoView {
    Attention::provide_context();
    Effect::new(move |_| remember_floor(number));
    let (list, directory) = (use_list_query(), use_directory());
    let floor = Resource::new_blocking(
        move || number,
        move |number| {
            let lists_all = list.with_untracked(|list| list.all_floors);
            find_with_list(number, lists_all && directory.with_untracked(|fetched| fetched.booths().is_none()))
        },
    );
    let link = use_live().link();
    // A floor that was asked for while the server was away comes with the server.
    Effect::new(move |_| {
        let failed = floor.with_untracked(|floor| matches!(floor, Some(Err(ApiError::Unreachable))));
        if link.get() == Link::Live && failed {
            floor.refetch();
        }
    });
    let texts = use_texts();
    view! {
        <Title text=format!("{} · DispoBox", (texts.floor)(number)) />
        <Suspense>
            {move || Suspend::new(async move {
                match floor.await {
                    Ok((floor, all)) => {
                        if let Some(all) = all {
                            directory.set(Fetched::Here(all.into()));
                        }
                        view! { <FloorLayout floor=floor /> }.into_any()
                    }
                    Err(error) => view! { <Problem error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// A floor, and the booths of all of them when the list beside it shows them.
async fn find_with_list(
    number: FloorNumber,
    with_all: bool,
) -> Result<(FloorDetail, Option<Vec<BoothEntry>>), ApiError> {
    let floor = find_floor(number).await?;
    let all = if with_all { Some(read_directory().await?.booths) } else { None };
    Ok((floor, all))
}

#[component]
fn FloorLayout(floor: FloorDetail) -> impl IntoView {
    let texts = use_texts();
    let number = floor.number;
    let booths = StoredValue::new(floor.booths.clone());
    view! {
        <div class="floor" data-floor=number.0 on:keydown=close_on_escape(number)>
            <h1 class="visually-hidden floor-title">{(texts.floor)(number)}</h1>
            <section class="stage">
                <FloorMap floor=floor.clone() />
                <BoothCard floor=number booths=booths />
                <StrayBooth floor=number />
            </section>
            <BoothList floor=number booths=floor.booths />
        </div>
    }
    .into_any()
}

/// When the address names a booth that is not on this floor: goes to its floor, or says that there is none.
#[component]
fn StrayBooth(floor: FloorNumber) -> impl IntoView {
    let texts = use_texts();
    let live = use_live();
    let attention: Attention = expect_context();
    let view_stray = move |number: BoothNumber| match live.find_floor_of(number) {
        Some(home) if home == floor => ().into_any(),
        Some(home) => view! { <Redirect path=format!("/floor/{home}?booth={number}") /> }.into_any(),
        None => view! { <p class="notice" role="status">{(texts.booth_not_found)(number)}</p> }.into_any(),
    };
    move || attention.chosen().map(view_stray)
}

/// Escape puts the card away and leaves the focus where it is.
fn close_on_escape(floor: FloorNumber) -> impl Fn(KeyboardEvent) {
    let attention: Attention = expect_context();
    let navigate = use_navigate();
    let list = use_list_query();
    move |event| {
        if event.key() == "Escape" && attention.put_away() {
            let href = list.with_untracked(|list| list.href(floor, None));
            navigate(&href, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    }
}
