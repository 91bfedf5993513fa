//! On the server there are no parts: views are made at once. In the browser, `lazy.rs` stands in the place of this file.

use crate::erased::AnyView;
use crate::parts::{Part, Viewed};
use leptos::prelude::*;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// How a part takes over what the server has written for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakeOver {
    /// As it stands.
    AsItIs,
    /// Made anew in its place.
    Anew,
}

/// They are the browser's.
pub(crate) const fn provide_parts_context() {}

/// Whether the browser has it: not yet.
pub(crate) const fn use_part(_: Part) -> impl Fn() -> bool + Copy + Send + Sync + 'static {
    || false
}

/// It is here.
pub(crate) const fn use_asking(_: Part) -> impl Fn() + Copy + 'static {
    || ()
}

/// A view out of a part, in an element that is no box itself.
#[component]
pub(crate) fn Lazy<V, F>(part: Part, view: V, take_over: TakeOver) -> impl IntoView
where
    V: Fn() -> F + 'static,
    F: Future<Output = Viewed>,
{
    let _ = (part, take_over);
    view! { <div class="lazy">{at_once(view())}</div> }.into_any()
}

/// The same within a drawing.
#[component]
pub(crate) fn LazyDrawing<V, F>(part: Part, view: V) -> impl IntoView
where
    V: Fn() -> F + 'static,
    F: Future<Output = Viewed>,
{
    let _ = part;
    view! { <g class="lazy">{at_once(view())}</g> }.into_any()
}

fn at_once(future: impl Future<Output = Viewed>) -> Option<AnyView> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => Some(view),
        Poll::Ready(Err(_)) | Poll::Pending => None,
    }
}

/// The server makes what it hands over.
pub(crate) const fn take_handed() -> Option<Option<String>> {
    None
}
