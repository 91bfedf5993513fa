//! What refers to what within a file: names for the identities that stay, and how much is drawn by using things again.

use crate::attributes::{Value, list_references};
use crate::elements::{Treatment, treat};
use crate::refusal::PlanRefusal;
use crate::scan::ELEMENTS_MAX;
use crate::style_sheet::StyleSheet;
use roxmltree::{Document, Node, NodeId};
use std::collections::{HashMap, HashSet};

/// Uses within uses.
const USES_MAX: usize = 8;

/// The elements of a file that can be referred to.
pub(crate) struct References<'a, 'input> {
    targets: HashMap<&'a str, Node<'a, 'input>>,
    names: HashMap<&'a str, usize>,
    wanted: HashSet<String>,
}

impl<'a, 'input> References<'a, 'input> {
    /// Looks at all elements that stay.
    ///
    /// # Errors
    /// When something uses itself, or so much is used again that no browser draws it in time.
    pub(crate) fn new(document: &'a Document<'input>, sheet: &StyleSheet) -> Result<Self, PlanRefusal> {
        let mut references = Self { targets: HashMap::new(), names: HashMap::new(), wanted: HashSet::new() };
        let mut identities = Vec::new();
        for node in document.descendants().filter(|node| treat(*node) != Treatment::Drop) {
            if let Some(id) = node.attribute("id").filter(|id| !references.targets.contains_key(id)) {
                references.targets.insert(id, node);
                identities.push(id);
            }
            let values = list_references(node, sheet)?;
            references.wanted.extend(values.values().filter_map(identity).map(str::to_owned));
        }
        identities.retain(|id| references.wanted.contains(*id));
        references.names = identities.into_iter().enumerate().map(|(index, id)| (id, index)).collect();
        let mut weighing = Weighing { references: &references, sheet, known: HashMap::new() };
        weighing.weigh(document.root_element(), 0)?;
        Ok(references)
    }

    /// The element with this identity.
    pub(crate) fn target(&self, id: &str) -> Option<Node<'a, 'input>> {
        self.targets.get(id).copied()
    }

    /// The name that this element gets, if anything refers to it. Names are ours, so that they never are those of the page.
    pub(crate) fn name_of(&self, node: Node<'_, '_>) -> Option<String> {
        let id = node.attribute("id").filter(|id| self.wanted.contains(*id))?;
        let is_first = self.targets.get(id).is_some_and(|target| target.id() == node.id());
        is_first.then(|| self.names.get(id).map(|index| format!("plan-{index}"))).flatten()
    }

    /// The new name of what a value refers to, if that is an element that the attribute can refer to.
    pub(crate) fn rename(&self, element: &str, attribute: &str, value: &Value) -> Option<String> {
        let target = self.target(identity(value)?)?;
        let Treatment::Keep(kind) = treat(target) else { return None };
        let is_gradient = matches!(kind, "linearGradient" | "radialGradient");
        let fits = match (element, attribute) {
            (_, "fill" | "stroke") | ("linearGradient" | "radialGradient", "href") => is_gradient,
            (_, "clip-path") => kind == "clipPath",
            ("use", "href") => !is_gradient && !matches!(kind, "defs" | "clipPath" | "stop" | "title" | "tspan"),
            _ => false,
        };
        fits.then(|| self.name_of(target)).flatten()
    }
}

fn identity(value: &Value) -> Option<&str> {
    match value {
        Value::Text(_) => None,
        Value::Local(id) | Value::Url(id) => Some(id),
    }
}

/// Elements drawn by an element, and how deep uses go in it.
#[derive(Clone, Copy)]
struct Weight {
    elements: usize,
    uses: usize,
}

struct Weighing<'r, 'a, 'input> {
    references: &'r References<'a, 'input>,
    sheet: &'r StyleSheet,
    /// None while it is being weighed.
    known: HashMap<NodeId, Option<Weight>>,
}

impl<'a, 'input> Weighing<'_, 'a, 'input> {
    fn weigh(&mut self, node: Node<'a, 'input>, uses: usize) -> Result<Weight, PlanRefusal> {
        if let Some(known) = self.known.get(&node.id()) {
            return known.ok_or(PlanRefusal::UsesItself);
        }
        if uses > USES_MAX {
            return Err(PlanRefusal::UsesItself);
        }
        self.known.insert(node.id(), None);
        let mut weight = Weight { elements: 1, uses: 0 };
        for child in node.children().filter(|child| treat(*child) != Treatment::Drop) {
            let inner = self.weigh(child, uses)?;
            weight.add(inner, 0);
        }
        let values = list_references(node, self.sheet)?;
        let targets = values.values().filter_map(identity).filter_map(|id| self.references.target(id));
        for target in targets.collect::<Vec<_>>() {
            let inner = self.weigh(target, uses + 1)?;
            weight.add(inner, 1);
        }
        if weight.uses > USES_MAX {
            return Err(PlanRefusal::UsesItself);
        }
        if weight.elements > ELEMENTS_MAX {
            return Err(PlanRefusal::TooManyElements { max: ELEMENTS_MAX });
        }
        self.known.insert(node.id(), Some(weight));
        Ok(weight)
    }
}

impl Weight {
    fn add(&mut self, inner: Self, through: usize) {
        self.elements = self.elements.saturating_add(inner.elements);
        self.uses = self.uses.max(inner.uses + through);
    }
}
