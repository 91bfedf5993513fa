//! Where the type of a view ends, in the browser.
//!
//! A component that ends in `.into_any()` does not become part of the types of all components around it. Leptos has
//! such a type of its own, and the server uses it. It keeps, for every view, a second way of taking over the page that
//! waits for code which is loaded later: a seventh of the whole wasm, never called here, and the linker cannot know.
//! So the browser has this one; `use crate::erased::IntoAny` beside `leptos::prelude::*` chooses it.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::{AddAnyAttr, Mountable, Render, RenderHtml};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node, Placeholder};
use leptos::tachys::view::{Position, PositionState};
use std::any::{Any, TypeId};

/// A view of any type.
pub(crate) struct ErasedView(Box<dyn Erasable>);

impl ErasedView {
    /// Stands for all that an element has in the document already, whatever it is.
    pub(crate) fn left_alone() -> Self {
        Self(Box::new(LeftAlone))
    }

    /// The same view, which never becomes another one: that takes its place, with elements of its own.
    pub(crate) fn replaced_whole(self) -> Self {
        Self(Box::new(Whole(self)))
    }
}

struct Whole(ErasedView);

impl Whole {
    fn state(nodes: ErasedState) -> ErasedState {
        ErasedState { view: TypeId::of::<Self>(), nodes: Box::new(nodes), placeholder: None }
    }
}

impl Erasable for Whole {
    fn build(self: Box<Self>) -> ErasedState {
        Self::state(self.0.build())
    }

    fn rebuild(self: Box<Self>, shown: &mut ErasedState) {
        shown.replace(Erasable::build(self));
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> ErasedState {
        Self::state(self.0.0.hydrate(cursor, position))
    }
}

struct LeftAlone;

impl Erasable for LeftAlone {
    fn build(self: Box<Self>) -> ErasedState {
        ErasedState { view: TypeId::of::<Self>(), nodes: Box::new(()), placeholder: None }
    }

    fn rebuild(self: Box<Self>, _: &mut ErasedState) {}

    fn hydrate(self: Box<Self>, _: &Cursor, _: &PositionState) -> ErasedState {
        Erasable::build(self)
    }
}

/// It goes by the name that it has on the server.
pub(crate) type AnyView = ErasedView;

/// Ends the type of a view.
pub(crate) trait IntoAny {
    fn into_any(self) -> ErasedView;
}

impl<T: RenderHtml> IntoAny for T {
    fn into_any(self) -> ErasedView {
        ErasedView(Box::new(self.into_owned()))
    }
}

/// What is asked of a view in the browser.
trait Erasable: Send {
    fn build(self: Box<Self>) -> ErasedState;
    fn rebuild(self: Box<Self>, shown: &mut ErasedState);
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> ErasedState;
}

impl<T: RenderHtml + 'static> Erasable for T {
    fn build(self: Box<Self>) -> ErasedState {
        let placeholder = (!T::EXISTS).then(Rndr::create_placeholder);
        ErasedState { view: TypeId::of::<T>(), nodes: Box::new((*self).build()), placeholder }
    }

    fn rebuild(self: Box<Self>, shown: &mut ErasedState) {
        let nodes = shown.nodes.as_any();
        match nodes.downcast_mut::<T::State>() {
            // States of one type may still be of different elements.
            Some(nodes) if shown.view == TypeId::of::<T>() => (*self).rebuild(nodes),
            _ => shown.replace(Erasable::build(self)),
        }
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> ErasedState {
        let nodes = Box::new((*self).hydrate::<true>(cursor, position));
        let placeholder = (!T::EXISTS).then(|| cursor.next_placeholder(position));
        ErasedState { view: TypeId::of::<T>(), nodes, placeholder }
    }
}

/// What stands in the document for an [`ErasedView`].
pub(crate) struct ErasedState {
    view: TypeId,
    nodes: Box<dyn Nodes>,
    /// Marks the place of a view without nodes.
    placeholder: Option<Placeholder>,
}

/// The nodes of a view, whose type can be found out again.
trait Nodes: Mountable {
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<T: Mountable + 'static> Nodes for T {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl ErasedState {
    fn replace(&mut self, mut new: Self) {
        self.insert_before_this(&mut new);
        self.unmount();
        *self = new;
    }
}

impl Mountable for ErasedState {
    fn unmount(&mut self) {
        self.nodes.unmount();
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.unmount();
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.nodes.mount(parent, marker);
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.mount(parent, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.nodes.insert_before_this(child)
            || self.placeholder.as_ref().is_some_and(|placeholder| placeholder.insert_before_this(child))
    }

    fn elements(&self) -> Vec<Element> {
        self.nodes.elements()
    }
}

impl Render for ErasedView {
    type State = ErasedState;

    fn build(self) -> ErasedState {
        self.0.build()
    }

    fn rebuild(self, shown: &mut ErasedState) {
        self.0.rebuild(shown);
    }
}

impl AddAnyAttr for ErasedView {
    type Output<NewAttr: Attribute> = <leptos::prelude::AnyView as AddAnyAttr>::Output<NewAttr>;

    fn add_any_attr<NewAttr: Attribute>(self, attribute: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        leptos::prelude::IntoAny::into_any(self).add_any_attr(attribute)
    }
}

impl RenderHtml for ErasedView {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    // Only the server writes HTML, and it has Leptos's own type.
    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> ErasedState {
        self.0.hydrate(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}
