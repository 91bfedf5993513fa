//! Booths that a drawing already shows: an administrator only has to say yes.

use crate::outline::{Outline, Survey};
use domain::{BoothNumber, PlanPoint, ViewBox};
use drafting::{Axis, Bounds, Shape};
use roxmltree::Node;
use std::collections::BTreeMap;

/// A booth is at most this share of the plan, along each side.
const SHARE_MAX: f64 = 0.25;
/// Rectangles without any word are proposed when there are so many of one size.
const SAME_SIZE_MIN: usize = 3;
/// And no more than that are.
const PROPOSALS_MAX: usize = 200;
/// What people call a booth.
const WORDS: [&str; 7] = ["box", "booth", "cabine", "cabin", "pod", "bulle", "boite"];

/// Why a booth is proposed, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// It is named so: `data-booth="42"`, `id="box-42"`, a layer `Booth 42`, a title.
    Named,
    /// A number is written in it.
    Numbered,
    /// It is one of several rectangles of one size.
    Repeated,
}

/// A booth that may be meant.
#[derive(Debug, Clone, PartialEq)]
pub struct BoothProposal {
    /// Its number, if it has one.
    pub number: Option<BoothNumber>,
    /// Its name, from a title beside the number; may be empty.
    pub name: String,
    /// Where it is, in plan units.
    pub shape: Shape,
    /// Why.
    pub evidence: Evidence,
}

/// What an element is called, when it is called a booth.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    number: BoothNumber,
    name: String,
}

/// Reads the label of an element: `data-booth`, its identity, the names that drawing programs give, its title.
pub(crate) fn find_label(node: Node<'_, '_>) -> Option<Label> {
    let title = node.children().find(|child| child.tag_name().name() == "title").and_then(|title| title.text());
    let named = node.attributes().filter(|attribute| matches!(attribute.name(), "id" | "label" | "data-name"));
    let number = node
        .attribute("data-booth")
        .and_then(|text| number_of(text.trim()))
        .or_else(|| named.filter_map(|attribute| number_in(attribute.value())).next())
        .or_else(|| title.and_then(number_in))?;
    let name = title.map(str::trim).filter(|title| number_in(title).is_none() && title.chars().count() <= 80);
    Some(Label { number, name: name.unwrap_or_default().to_owned() })
}

fn number_of(digits: &str) -> Option<BoothNumber> {
    let number = digits.parse().ok().filter(|number| (1..=999_999).contains(number))?;
    Some(BoothNumber(number))
}

/// The number in `box-42`, `Booth_42`, `cabine 42`, `box42-outline`.
fn number_in(text: &str) -> Option<BoothNumber> {
    let text = text.trim().to_lowercase();
    let rest = WORDS.iter().find_map(|word| text.strip_prefix(word))?;
    let rest = rest.trim_start_matches(|c: char| " -_.:#n°".contains(c));
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let is_end = rest[digits..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    if is_end { number_of(&rest[..digits]) } else { None }
}

/// The booths of a survey: each number once, the surest and largest shape for it.
pub(crate) fn propose(survey: Survey, view_box: ViewBox) -> Vec<BoothProposal> {
    let Survey { outlines, numbers, .. } = survey;
    let mut found = BTreeMap::new();
    let mut bare = Vec::new();
    for Outline { corners, label } in outlines {
        match (shape_of(&corners, view_box), label) {
            (Some(shape), Some(label)) => keep_larger(&mut found, label, shape),
            (Some(shape), None) => bare.push(Bare { bounds: shape.bounds(), shape, is_taken: false }),
            (None, _) => {}
        }
    }
    for (at, number) in numbers.into_iter().take(PROPOSALS_MAX) {
        let number = number_of(&number.to_string()).filter(|number| !found.contains_key(number));
        let Some((number, smallest)) = number.zip(find_smallest(&mut bare, at)) else { continue };
        smallest.is_taken = true;
        let (name, shape) = (String::new(), smallest.shape.clone());
        found.insert(number, BoothProposal { number: Some(number), name, shape, evidence: Evidence::Numbered });
    }
    let mut proposals: Vec<BoothProposal> = found.into_values().take(PROPOSALS_MAX).collect();
    bare.retain(|bare| !bare.is_taken);
    proposals.extend(list_repeated(bare, &proposals));
    proposals.truncate(PROPOSALS_MAX);
    proposals
}

/// A shape that is called nothing.
struct Bare {
    shape: Shape,
    bounds: Bounds,
    is_taken: bool,
}

fn keep_larger(found: &mut BTreeMap<BoothNumber, BoothProposal>, Label { number, name }: Label, shape: Shape) {
    let is_larger = found.get(&number).is_none_or(|known| area(&known.shape) < area(&shape));
    if is_larger {
        found.insert(number, BoothProposal { number: Some(number), name, shape, evidence: Evidence::Named });
    }
}

fn find_smallest(bare: &mut [Bare], at: PlanPoint) -> Option<&mut Bare> {
    let point = Bounds::between(at, at);
    let around =
        bare.iter_mut().filter(|bare| !bare.is_taken && bare.bounds.encloses(point) && bare.shape.contains(at));
    around.min_by(|a, b| area(&a.shape).total_cmp(&area(&b.shape)))
}

/// Rectangles of a size that comes several times, not on what is proposed already.
#[allow(clippy::cast_possible_truncation)]
fn list_repeated(bare: Vec<Bare>, known: &[BoothProposal]) -> Vec<BoothProposal> {
    let size = |shape: &Shape| {
        let (width, height) = shape.size();
        (width.min(height).round() as i64, width.max(height).round() as i64)
    };
    let mut kinds: BTreeMap<(i64, i64), Vec<Shape>> = BTreeMap::new();
    let known: Vec<Bounds> = known.iter().map(|proposal| proposal.shape.bounds()).collect();
    for Bare { shape, bounds, .. } in bare.into_iter().filter(|bare| matches!(bare.shape, Shape::Rectangle(_))) {
        if !known.iter().any(|known| known.overlaps(bounds)) {
            kinds.entry(size(&shape)).or_default().push(shape);
        }
    }
    let several = kinds.into_values().filter(|shapes| shapes.len() >= SAME_SIZE_MIN).flatten();
    let proposal = |shape| BoothProposal { number: None, name: String::new(), shape, evidence: Evidence::Repeated };
    several.map(proposal).collect()
}

fn area(shape: &Shape) -> f64 {
    let (width, height) = shape.size();
    width * height
}

/// The booth that an outline would be: a rectangle if it is one, maybe turned.
fn shape_of(corners: &[PlanPoint], view_box: ViewBox) -> Option<Shape> {
    let bounds = Bounds::around(corners.iter().copied())?;
    let is_small =
        bounds.length(Axis::X) <= view_box.width * SHARE_MAX && bounds.length(Axis::Y) <= view_box.height * SHARE_MAX;
    let shape =
        rectangle_of(corners).unwrap_or_else(|| Shape::Polygon(corners.to_vec()).moved(PlanPoint { x: 0.0, y: 0.0 }));
    let (width, height) = shape.size();
    let is_booth = is_small && width.min(height) >= Shape::SIZE_MIN * 2.0 && shape.is_allowed();
    is_booth.then_some(shape)
}

/// Four corners at right angles are a rectangle, turned by less than an eighth either way.
fn rectangle_of(corners: &[PlanPoint]) -> Option<Shape> {
    let &[a, b, c, d] = corners else { return None };
    let (side, next) = (b.minus(a), c.minus(b));
    let slack = side.length() * next.length() * 0.002;
    let is_closed = a.plus(c).distance(b.plus(d)) <= 0.002 * (side.length() + next.length());
    if side.dot(next).abs() > slack || slack == 0.0 || !is_closed {
        return None;
    }
    let middle = a.plus(c).times(0.5);
    let angle = side.y.atan2(side.x).to_degrees();
    let quarters = (angle / 90.0).round();
    let (mut width, mut height) = (side.length(), next.length());
    if quarters.rem_euclid(2.0) == 1.0 {
        (width, height) = (height, width);
    }
    Some(Shape::around(middle, (width, height), angle - quarters * 90.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_booths() {
        for text in ["box-42", "Booth_42", "BOX 42", "box42", "cabine n°42", "box-42-outline", "Bulle: 42"] {
            assert_eq!(number_in(text), Some(BoothNumber(42)), "{text}");
        }
        for text in ["box", "boxer-1", "42", "room-42", "box-0", "box-42a", "box-4294967297", "toolbox-1"] {
            assert_eq!(number_in(text), None, "{text}");
        }
    }
}
