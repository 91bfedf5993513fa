//! A clash in words: what it is about, what is mine, what is theirs.

use super::numbers::{write_size, write_units};
use super::words::{name_booth, name_wire};
use crate::reader::Locale;
use crate::texts::editor::EditorTexts;
use domain::PlanPoint;
use drafting::{Choice, Clash, Edit, Layout, LayoutBooth, Shape, WiredChannel};
use std::collections::BTreeSet;

/// The words of one question.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClashWords {
    pub(super) about: String,
    pub(super) mine: String,
    pub(super) theirs: String,
}

/// Says a clash in words; booths are looked up in what both sides have.
pub(super) fn describe_clash(
    clash: &Clash,
    mine: &Layout,
    theirs: &Layout,
    (texts, locale): (&EditorTexts, Locale),
) -> ClashWords {
    let name = |layout: &Layout, id| {
        layout.find(id).map_or_else(|| texts.nothing.to_owned(), |booth| name_with_place(booth, texts, locale))
    };
    match clash {
        Clash::Edited { id, mine: my_edits, theirs: their_edits } => {
            let booth = mine.find(*id).or_else(|| theirs.find(*id));
            let booth = booth.map(|booth| name_booth(texts, booth)).unwrap_or_default();
            let fields: Vec<&str> = my_edits.iter().map(|edit| (texts.field)(edit.field())).collect();
            let values = |edits: &[Edit]| {
                edits.iter().map(|edit| describe_edit(edit, texts, locale)).collect::<Vec<_>>().join(", ")
            };
            let about = format!("{booth} – {}", fields.join(", "));
            ClashWords { about, mine: values(my_edits), theirs: values(their_edits) }
        }
        Clash::Removed { booth, by } => {
            let word = |side| if *by == side { texts.removed } else { texts.kept };
            ClashWords {
                about: name_booth(texts, booth),
                mine: word(Choice::Mine).to_owned(),
                theirs: word(Choice::Theirs).to_owned(),
            }
        }
        Clash::AddedTwice { mine, theirs } => ClashWords {
            about: name_booth(texts, mine),
            mine: name_with_place(mine, texts, locale),
            theirs: name_with_place(theirs, texts, locale),
        },
        Clash::Number { number, mine: my_id, theirs: their_id } => ClashWords {
            about: (texts.clash_number)(number.0),
            mine: name(mine, *my_id),
            theirs: name(theirs, *their_id),
        },
        Clash::Channel { wire, mine: my_id, theirs: their_id } => ClashWords {
            about: (texts.clash_channel)(&name_wire(wire)),
            mine: name(mine, *my_id),
            theirs: name(theirs, *their_id),
        },
    }
}

fn name_with_place(booth: &LayoutBooth, texts: &EditorTexts, locale: Locale) -> String {
    format!("{} ({})", name_booth(texts, booth), describe_shape(&booth.shape, texts, locale))
}

fn describe_shape(shape: &Shape, texts: &EditorTexts, locale: Locale) -> String {
    let ((width, height), bounds) = (shape.size(), shape.bounds());
    let place = describe_place(PlanPoint { x: bounds.left, y: bounds.top }, locale);
    (texts.shape_of)(&write_size(width, height, locale), &place)
}

fn describe_place(at: PlanPoint, locale: Locale) -> String {
    format!("{} ; {}", write_units(at.x, locale), write_units(at.y, locale))
}

fn describe_wires(wires: &BTreeSet<WiredChannel>, texts: &EditorTexts) -> String {
    let names: Vec<String> = wires.iter().map(name_wire).collect();
    if names.is_empty() { texts.nothing.to_owned() } else { names.join(", ") }
}

fn describe_edit(edit: &Edit, texts: &EditorTexts, locale: Locale) -> String {
    match edit {
        Edit::Number(change) => change.after.to_string(),
        Edit::Name(change) if change.after.is_empty() => texts.nothing.to_owned(),
        Edit::Name(change) => change.after.clone(),
        Edit::Position(change) => describe_place(change.after, locale),
        Edit::Size(change) => write_size(change.after.0, change.after.1, locale),
        Edit::Rotation(change) => write_units(change.after, locale) + "°",
        Edit::Outline(change) => describe_shape(&change.after, texts, locale),
        Edit::Wires(change) => describe_wires(&change.after, texts),
        Edit::Lock(change) => if change.after { texts.yes } else { texts.no }.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::editor::texts_of;
    use domain::{BoothNumber, Placement};
    use drafting::{BoothId, Choices, merge};

    fn layout(booths: &[(u64, u32, f64, &str)]) -> Layout {
        let booth = |(id, number, x, name): &(u64, u32, f64, &str)| LayoutBooth {
            id: BoothId(*id),
            number: BoothNumber(*number),
            name: (*name).to_owned(),
            shape: Shape::Rectangle(Placement { x: *x, y: 20.0, width: 100.0, height: 50.0, rotation_deg: 0.0 }),
            wires: BTreeSet::new(),
            is_locked: false,
        };
        Layout::new(booths.iter().map(booth)).expect("a layout")
    }

    fn check(mine: &Layout, theirs: &Layout, expect: [&str; 3]) {
        let base = layout(&[(1, 41, 10.0, "Ada"), (2, 42, 200.0, "")]);
        let merged = merge(&base, mine, theirs, &Choices::default());
        let texts = (texts_of(Locale::En), Locale::En);
        let words = describe_clash(&merged.clashes[0], mine, theirs, texts);
        assert_eq!([words.about.as_str(), &words.mine, &words.theirs], expect);
    }

    #[test]
    fn both_sides_in_words() {
        let moved = |x| layout(&[(1, 41, x, "Ada"), (2, 42, 200.0, "")]);
        check(&moved(30.5), &moved(40.0), ["Box 41, Ada – position", "30.5 ; 20", "40 ; 20"]);
        let named = |name| layout(&[(1, 41, 10.0, name), (2, 42, 200.0, "")]);
        check(&named("Joan"), &named(""), ["Box 41, Joan – name", "Joan", "nothing"]);
        let without = layout(&[(2, 42, 200.0, "")]);
        check(&without, &moved(40.0), ["Box 41, Ada", "deleted", "kept"]);
        let (mine, theirs) =
            (layout(&[(1, 7, 10.0, "Ada"), (2, 42, 200.0, "")]), layout(&[(1, 41, 10.0, "Ada"), (2, 7, 200.0, "")]));
        check(
            &mine,
            &theirs,
            ["Which has number 7?", "Box 7, Ada (100 × 50 at 10 ; 20)", "Box 7 (100 × 50 at 200 ; 20)"],
        );
    }
}
