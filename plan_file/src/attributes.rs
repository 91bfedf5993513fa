//! Which attributes stay, and with which values.

use crate::elements::XLINK;
use crate::matrix::Matrix;
use crate::path::{PATH_BYTES_MAX, read_path};
use crate::refusal::PlanRefusal;
use crate::style_sheet::{StyleSheet, read_declarations};
use crate::values::{is_colour, is_lengths, is_weight, is_words, read_local, read_numbers, read_url};
use roxmltree::Node;
use std::collections::BTreeMap;

/// What the value of an attribute may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lengths,
    Dashes,
    Words,
    Weight,
    Paint,
    Clip,
    Transform,
    Path,
    Points,
    Numbers,
    Local,
}

/// All that stays, beside `id`, `class` and `data-entrance`. Those after the mark may also come from style sheets.
const ALLOWED: [(&str, Kind); 63] = [
    ("x", Kind::Lengths),
    ("y", Kind::Lengths),
    ("width", Kind::Lengths),
    ("height", Kind::Lengths),
    ("x1", Kind::Lengths),
    ("y1", Kind::Lengths),
    ("x2", Kind::Lengths),
    ("y2", Kind::Lengths),
    ("cx", Kind::Lengths),
    ("cy", Kind::Lengths),
    ("r", Kind::Lengths),
    ("rx", Kind::Lengths),
    ("ry", Kind::Lengths),
    ("fx", Kind::Lengths),
    ("fy", Kind::Lengths),
    ("fr", Kind::Lengths),
    ("dx", Kind::Lengths),
    ("dy", Kind::Lengths),
    ("rotate", Kind::Lengths),
    ("offset", Kind::Lengths),
    ("textLength", Kind::Lengths),
    ("lengthAdjust", Kind::Words),
    ("points", Kind::Points),
    ("d", Kind::Path),
    ("viewBox", Kind::Numbers),
    ("preserveAspectRatio", Kind::Words),
    ("gradientUnits", Kind::Words),
    ("spreadMethod", Kind::Words),
    ("clipPathUnits", Kind::Words),
    ("transform", Kind::Transform),
    ("gradientTransform", Kind::Transform),
    ("href", Kind::Local),
    // From here on, styles.
    ("fill", Kind::Paint),
    ("stroke", Kind::Paint),
    ("stop-color", Kind::Paint),
    ("color", Kind::Paint),
    ("clip-path", Kind::Clip),
    ("opacity", Kind::Lengths),
    ("fill-opacity", Kind::Lengths),
    ("stroke-opacity", Kind::Lengths),
    ("stop-opacity", Kind::Lengths),
    ("stroke-width", Kind::Lengths),
    ("stroke-dashoffset", Kind::Lengths),
    ("stroke-miterlimit", Kind::Lengths),
    ("stroke-dasharray", Kind::Dashes),
    ("font-size", Kind::Lengths),
    ("letter-spacing", Kind::Lengths),
    ("word-spacing", Kind::Lengths),
    ("font-weight", Kind::Weight),
    ("font-style", Kind::Words),
    ("fill-rule", Kind::Words),
    ("clip-rule", Kind::Words),
    ("stroke-linecap", Kind::Words),
    ("stroke-linejoin", Kind::Words),
    ("text-anchor", Kind::Words),
    ("text-decoration", Kind::Words),
    ("dominant-baseline", Kind::Words),
    ("visibility", Kind::Words),
    ("display", Kind::Words),
    ("vector-effect", Kind::Words),
    ("paint-order", Kind::Words),
    ("shape-rendering", Kind::Words),
    ("text-rendering", Kind::Words),
];
const STYLES_FROM: usize = 32;

/// The classes that the application paints (`style/plan.css`); others stay out, so that no plan takes paint that is not for it.
const CLASSES: [&str; 18] = [
    "ground",
    "room",
    "corridor",
    "cafeteria",
    "core",
    "block",
    "stairs",
    "lifts",
    "shafts",
    "walls",
    "window",
    "mullion",
    "inner",
    "outer",
    "doors",
    "furniture",
    "labels",
    "walkable",
];

/// A value that stays.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// As it is written.
    Text(String),
    /// `#identity`, of the file.
    Local(String),
    /// `url(#identity)`, of the file.
    Url(String),
}

/// What an element's attributes refer to, styles among them.
pub(crate) fn list_references(
    node: Node<'_, '_>,
    sheet: &StyleSheet,
) -> Result<BTreeMap<&'static str, Value>, PlanRefusal> {
    list_chosen(node, sheet, |kind| matches!(kind, Kind::Local | Kind::Clip | Kind::Paint))
}

/// What stays of an element's attributes, styles among them, by name.
pub(crate) fn list(node: Node<'_, '_>, sheet: &StyleSheet) -> Result<BTreeMap<&'static str, Value>, PlanRefusal> {
    list_chosen(node, sheet, |_| true)
}

fn list_chosen(
    node: Node<'_, '_>,
    sheet: &StyleSheet,
    is_chosen: fn(Kind) -> bool,
) -> Result<BTreeMap<&'static str, Value>, PlanRefusal> {
    let mut kept = Kept { values: BTreeMap::new(), is_chosen };
    for attribute in node.attributes() {
        let is_ours = match attribute.namespace() {
            None => true,
            Some(space) => space == XLINK && attribute.name() == "href",
        };
        if is_ours {
            kept.keep(attribute.name(), attribute.value(), &ALLOWED)?;
        }
    }
    let (classes, id) = (node.attribute("class").unwrap_or_default(), node.attribute("id"));
    // Each property once: the last one counts.
    let ruled: BTreeMap<&str, &str> = sheet
        .find(node.tag_name().name(), classes, id)?
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    for (name, value) in ruled {
        kept.keep(name, value, &ALLOWED[STYLES_FROM..])?;
    }
    for (name, value) in node.attribute("style").map(read_declarations).unwrap_or_default() {
        kept.keep(&name, &value, &ALLOWED[STYLES_FROM..])?;
    }
    Ok(kept.values)
}

struct Kept {
    values: BTreeMap<&'static str, Value>,
    is_chosen: fn(Kind) -> bool,
}

impl Kept {
    fn keep(&mut self, name: &str, value: &str, allowed: &[(&'static str, Kind)]) -> Result<(), PlanRefusal> {
        let Some((name, kind)) = allowed.iter().find(|(known, _)| *known == name) else { return Ok(()) };
        if value.len() > PATH_BYTES_MAX && matches!(kind, Kind::Path | Kind::Points) {
            return Err(PlanRefusal::PathTooLong { max_bytes: PATH_BYTES_MAX });
        }
        if let Some(value) = (self.is_chosen)(*kind).then(|| read(*kind, value.trim())).flatten() {
            self.values.insert(name, value);
        }
        Ok(())
    }
}

fn read(kind: Kind, value: &str) -> Option<Value> {
    let is_allowed = match kind {
        Kind::Local => return read_local(value).map(|id| Value::Local(id.to_owned())),
        Kind::Clip => return read_url(value).map(|id| Value::Url(id.to_owned())),
        Kind::Paint if value.starts_with("url(") => return read_url(value).map(|id| Value::Url(id.to_owned())),
        Kind::Transform => return write_matrix(Matrix::read(value)?),
        Kind::Lengths => is_lengths(value),
        Kind::Dashes => value == "none" || is_lengths(value),
        Kind::Words => is_words(value),
        Kind::Weight => is_weight(value),
        Kind::Paint => is_colour(value),
        Kind::Path => read_path(value).is_some(),
        Kind::Points | Kind::Numbers => read_numbers(value).is_some(),
    };
    is_allowed.then(|| Value::Text(value.to_owned()))
}

/// A transform is written anew, as one matrix; none that changes nothing.
pub(crate) fn write_matrix(matrix: Matrix) -> Option<Value> {
    (matrix != Matrix::SAME).then(|| {
        let numbers: Vec<String> = matrix.0.iter().map(|number| short(*number)).collect();
        Value::Text(format!("matrix({})", numbers.join(" ")))
    })
}

/// A number without what nobody sees.
pub(crate) fn short(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The classes of a plan of ours.
pub(crate) fn list_classes(node: Node<'_, '_>) -> String {
    let classes = node.attribute("class").unwrap_or_default().split_ascii_whitespace();
    classes.filter(|class| CLASSES.contains(class)).collect::<Vec<_>>().join(" ")
}

/// Where people enter a plan of ours: two numbers.
pub(crate) fn find_entrance(node: Node<'_, '_>) -> Option<String> {
    let [x, y] = read_numbers(node.attribute("data-entrance")?)?[..] else { return None };
    Some(format!("{} {}", short(x), short(y)))
}
