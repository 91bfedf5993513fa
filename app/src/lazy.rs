//! Views out of a part of the wasm that comes later, in the browser. On the server there are no parts: the file
//! `lazy_on_server.rs` stands in the place of this one.
//!
//! What the server has written stays as it is until its part has come, and is taken over then. So nothing jumps, and links
//! and forms work meanwhile.

mod handed;
mod place;

pub(crate) use handed::take_handed;

use crate::erased::{AnyView, ErasedState, IntoAny};
use crate::parts::{Part, Viewed, brewery, editor, map, other_pages};
use handed::Handed;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::svg::G;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};
use leptos::task::spawn_local;
use place::Place;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// Heals the page: `public/js/heal.js`.
    #[wasm_bindgen(js_namespace = dispobox)]
    fn broken(reason: &str);
}

/// How a part takes over what the server has written for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakeOver {
    /// As it stands, with all that was typed: for what cannot have changed meanwhile.
    AsItIs,
    /// Made anew in its place: for what is live. The focus stays.
    Anew,
}

const PARTS: usize = 4;

/// How far each part has come.
#[derive(Clone, Copy)]
struct Parts {
    progress: [RwSignal<Progress>; PARTS],
    /// While something is taken over as it is: what lies within waits until that is done.
    is_taking_over: StoredValue<bool>,
    handed: StoredValue<Option<Handed>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    No,
    Asked,
    Here,
}

/// Begins with no part, for the components below.
pub(crate) fn provide_parts_context() {
    provide_context(Parts {
        progress: [(); PARTS].map(|()| RwSignal::new(Progress::No)),
        is_taking_over: StoredValue::new(false),
        handed: StoredValue::new(None),
    });
}

/// Whether a part has come.
pub(crate) fn use_part(part: Part) -> impl Fn() -> bool + Copy + Send + Sync + 'static {
    let progress = progress_of(part);
    move || progress.get() == Progress::Here
}

fn progress_of(part: Part) -> RwSignal<Progress> {
    let Parts { progress, .. } = expect_context();
    progress[part as usize]
}

/// Asks for a part unless it is here or on its way. One that does not come is a script that does not: the page heals.
pub(crate) fn use_asking(part: Part) -> impl Fn() + Copy + 'static {
    let progress = progress_of(part);
    move || {
        if progress.try_get_untracked() == Some(Progress::No) {
            progress.set(Progress::Asked);
            ask_for(part, progress);
        }
    }
}

fn ask_for(part: Part, progress: RwSignal<Progress>) {
    spawn_local(async move {
        let come = match part {
            Part::Map => map::load().await,
            Part::OtherPages => other_pages::load().await,
            Part::Brewery => brewery::load().await,
            Part::Editor => editor::load().await,
        };
        match come {
            Ok(()) => _ = progress.try_set(Progress::Here),
            Err(_) => broken("A part has not come."),
        }
    });
}

/// A view out of a part, in an element that is no box itself.
#[component]
pub(crate) fn Lazy<V, F>(part: Part, view: V, take_over: TakeOver) -> impl IntoView
where
    V: Fn() -> F + 'static,
    F: Future<Output = Viewed>,
{
    let element: NodeRef<Div> = NodeRef::new();
    let place = move || element.get().map(Into::into);
    let view = view_lazily(part, take_over, place, Box::new(move || at_once(view())));
    view! { <div class="lazy" node_ref=element>{view}</div> }.into_any().replaced_whole()
}

/// The same within a drawing, where all that is lazy comes and goes.
#[component]
pub(crate) fn LazyDrawing<V, F>(part: Part, view: V) -> impl IntoView
where
    V: Fn() -> F + 'static,
    F: Future<Output = Viewed>,
{
    let element: NodeRef<G> = NodeRef::new();
    let place = move || element.get().map(Into::into);
    let view = view_lazily(part, TakeOver::Anew, place, Box::new(move || at_once(view())));
    view! { <g class="lazy" node_ref=element>{view}</g> }.into_any().replaced_whole()
}

/// What stands in an element until a part has come: what is there already.
fn view_lazily(
    part: Part,
    take_over: TakeOver,
    element: impl Fn() -> Option<Element> + 'static,
    view: Box<dyn Fn() -> Option<AnyView>>,
) -> AnyView {
    let Parts { progress, is_taking_over, handed } = expect_context();
    let progress = progress[part as usize];
    if progress.get_untracked() == Progress::Here && !is_taking_over.get_value() {
        return view().into_any();
    }
    handed.update_value(|handed| _ = handed.get_or_insert_with(Handed::read));
    Effect::new(move |shown: Option<Option<ErasedState>>| {
        let is_here = progress.get() == Progress::Here;
        match shown.flatten() {
            Some(shown) => Some(shown),
            None => untrack(|| {
                let element = element().filter(|_| is_here)?;
                is_taking_over.set_value(take_over == TakeOver::AsItIs);
                let shown = view().map(|view| show(view, &element, take_over));
                is_taking_over.set_value(false);
                shown
            }),
        }
    });
    AnyView::left_alone()
}

/// What a future that waits for nothing has made. A function of a part that is here is such a one.
fn at_once(future: impl Future<Output = Viewed>) -> Option<AnyView> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => Some(view),
        Poll::Ready(Err(_)) | Poll::Pending => None,
    }
}

fn show(view: AnyView, element: &Element, take_over: TakeOver) -> ErasedState {
    if take_over == TakeOver::AsItIs && element.has_child_nodes() {
        return view.hydrate::<true>(&Cursor::new(element.clone()), &PositionState::new(Position::FirstChild));
    }
    let place = Place::in_element(element);
    element.set_inner_html("");
    let mut shown = view.build();
    shown.mount(element, None);
    place.give_back(element);
    shown
}
