//! What has happened to booths between two layouts: in kinds that are told apart by colour and mark, and in words.

use super::words::{FloorWords, use_floor_words};
use crate::erased::IntoAny;
use domain::PlanPoint;
use drafting::{BoothChange, BoothId, Difference, Edit, Layout, LayoutBooth, Shape, WiredChannel};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What can be told apart on a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::admin) enum Kind {
    Added,
    Removed,
    Moved,
    /// Another size, another angle, another outline.
    Reshaped,
    /// Another number, another name.
    Renamed,
    Rewired,
    Locked,
}

impl Kind {
    pub(super) const ALL: [Self; 7] =
        [Self::Added, Self::Removed, Self::Moved, Self::Reshaped, Self::Renamed, Self::Rewired, Self::Locked];

    /// The word by which the style sheet knows it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Reshaped => "reshaped",
            Self::Renamed => "renamed",
            Self::Rewired => "rewired",
            Self::Locked => "locked",
        }
    }

    /// Its mark: lines in a square of 16 by 16.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Added => "M8 3v10M3 8h10",
            Self::Removed => "M4 4l8 8M12 4l-8 8",
            Self::Moved => "M2.5 8h10.5M9 4l4 4-4 4",
            Self::Reshaped => "M4 12l8-8M7.5 4H12v4.5M8.5 12H4V7.5",
            Self::Renamed => "M3 13l4-10h2l4 10M4.8 9.5h6.4",
            Self::Rewired => "M6 2.5V6M10 2.5V6M4.5 6h7v2.5a3.5 3.5 0 0 1-7 0zM8 12v2",
            Self::Locked => "M4 7.5h8V13H4zM5.5 7.5V5.5a2.5 2.5 0 0 1 5 0v2",
        }
    }

    const fn of(edit: &Edit) -> Self {
        match edit {
            Edit::Number(_) | Edit::Name(_) => Self::Renamed,
            Edit::Position(_) => Self::Moved,
            Edit::Size(_) | Edit::Rotation(_) | Edit::Outline(_) => Self::Reshaped,
            Edit::Wires(_) => Self::Rewired,
            Edit::Lock(_) => Self::Locked,
        }
    }
}

/// What has happened to a booth, each kind once.
pub(super) fn kinds_of(change: &BoothChange) -> BTreeSet<Kind> {
    match change {
        BoothChange::Added(_) => BTreeSet::from([Kind::Added]),
        BoothChange::Removed(_) => BTreeSet::from([Kind::Removed]),
        BoothChange::Changed { edits, .. } => edits.iter().map(Kind::of).collect(),
    }
}

/// What differs, as a table: a row for each field of each booth.
#[component]
pub(super) fn ChangeTable(before: Layout, after: Layout) -> impl IntoView {
    let words = use_floor_words();
    let difference = Difference::between(&before, &after);
    let mut rows: Vec<ChangeRow> =
        difference.changes.iter().flat_map(|change| rows_of(change, &before, &after, words)).collect();
    rows.sort_by_key(|row| (row.number, row.kind));
    let row = |ChangeRow { booth, kind, was, is, .. }: ChangeRow| {
        let [no_was, no_is] = [&was, &is].map(|text| text.is_empty().then_some(""));
        view! {
            <tr data-change=kind.as_str()>
                <th scope="row">{booth}</th>
                <td data-label=words.change>
                    <KindMark kind=kind />
                    {(words.kind)(kind)}
                </td>
                <td data-label=words.was data-empty=no_was>{was}</td>
                <td data-label=words.is data-empty=no_is>{is}</td>
            </tr>
        }
    };
    view! {
        <table class="admin-table change-table">
            <thead>
                <tr>
                    <th scope="col">{words.booth}</th>
                    <th scope="col">{words.change}</th>
                    <th scope="col">{words.was}</th>
                    <th scope="col">{words.is}</th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// The mark of a kind, in its colour.
#[component]
pub(super) fn KindMark(kind: Kind) -> impl IntoView {
    view! {
        <svg class="kind-mark" data-change=kind.as_str() viewBox="0 0 16 16" aria-hidden="true">
            <path d=kind.mark() />
        </svg>
    }
    .into_any()
}

struct ChangeRow {
    number: u32,
    booth: String,
    kind: Kind,
    was: String,
    is: String,
}

fn rows_of(change: &BoothChange, before: &Layout, after: &Layout, words: &FloorWords) -> Vec<ChangeRow> {
    let id = change.id();
    let number = after.find(id).or_else(|| before.find(id)).map_or(0, |booth| booth.number.0);
    let booth = name_booth(id, [after, before], words);
    let row = |kind, was, is| ChangeRow { number, booth: booth.clone(), kind, was, is };
    match change {
        BoothChange::Added(booth) => vec![row(Kind::Added, String::new(), say_booth(booth))],
        BoothChange::Removed(booth) => vec![row(Kind::Removed, say_booth(booth), String::new())],
        BoothChange::Changed { edits, .. } => edits
            .iter()
            .map(|edit| {
                let (was, is) = say_edit(edit, words);
                row(Kind::of(edit), was, is)
            })
            .collect(),
    }
}

/// A booth as people know it, by the first layout that has it.
pub(super) fn name_booth<'a>(id: BoothId, layouts: impl IntoIterator<Item = &'a Layout>, words: &FloorWords) -> String {
    let booth = layouts.into_iter().find_map(|layout| layout.find(id));
    booth.map_or_else(|| words.unknown_booth.to_owned(), |booth| (words.booth_number)(booth.number))
}

fn say_booth(booth: &LayoutBooth) -> String {
    let wires = say_wires(&booth.wires);
    [booth.name.as_str(), wires.as_str()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A field before and after.
pub(super) fn say_edit(edit: &Edit, words: &FloorWords) -> (String, String) {
    match edit {
        Edit::Number(change) => (change.before.to_string(), change.after.to_string()),
        Edit::Name(change) => (say_name(&change.before, words), say_name(&change.after, words)),
        Edit::Position(change) => (say_point(change.before), say_point(change.after)),
        Edit::Size(change) => (say_size(change.before), say_size(change.after)),
        Edit::Rotation(change) => (say_angle(change.before), say_angle(change.after)),
        Edit::Outline(change) => (say_shape(&change.before, words), say_shape(&change.after, words)),
        Edit::Wires(change) => (say_wired(&change.before, words), say_wired(&change.after, words)),
        Edit::Lock(change) => ((words.lock)(change.before).to_owned(), (words.lock)(change.after).to_owned()),
    }
}

fn say_name(name: &str, words: &FloorWords) -> String {
    if name.is_empty() { words.no_name.to_owned() } else { name.to_owned() }
}

fn say_point(point: PlanPoint) -> String {
    format!("{} ; {}", say_length(point.x), say_length(point.y))
}

fn say_size((width, height): (f64, f64)) -> String {
    format!("{} × {}", say_length(width), say_length(height))
}

fn say_angle(degrees: f64) -> String {
    format!("{}°", say_length(degrees))
}

fn say_shape(shape: &Shape, words: &FloorWords) -> String {
    let size = say_size(shape.size());
    match shape {
        Shape::Rectangle(_) => size,
        Shape::Polygon(corners) => format!("{size}, {}", (words.corners)(corners.len())),
    }
}

fn say_wired(wires: &BTreeSet<WiredChannel>, words: &FloorWords) -> String {
    if wires.is_empty() { words.not_wired.to_owned() } else { say_wires(wires) }
}

fn say_wires(wires: &BTreeSet<WiredChannel>) -> String {
    wires.iter().map(say_wire).collect::<Vec<_>>().join(", ")
}

/// A channel: its board, its number.
pub(super) fn say_wire(wire: &WiredChannel) -> String {
    format!("{} / {}", wire.board, wire.channel.0)
}

/// Tenths of a plan unit, that is 2 mm, are enough for anybody.
fn say_length(length: f64) -> String {
    let tenths = (length * 10.0).round() / 10.0;
    format!("{}", tenths + 0.0)
}
