use super::*;
use crate::shape::Shape;
use crate::testing::{add_wire, any_layout, at, booth, row, wire};
use proptest::prelude::*;

fn changed(change: &dyn Fn(&mut Layout)) -> Layout {
    let mut layout = row();
    change(&mut layout);
    layout
}

fn shift(layout: &mut Layout, id: u64, x: f64) {
    let booth = layout.find_mut(BoothId(id)).expect("there");
    booth.shape = booth.shape.moved(at(x, 0.0));
}

fn edit(layout: &mut Layout, id: u64, change: impl FnOnce(&mut LayoutBooth)) {
    change(layout.find_mut(BoothId(id)).expect("there"));
}

fn ask(mine: &Layout, theirs: &Layout) -> Vec<ClashKey> {
    merge(&row(), mine, theirs, &Choices::default()).clashes.iter().map(Clash::key).collect()
}

fn answer(mine: &Layout, theirs: &Layout, choice: Choice) -> Layout {
    let mut choices = Choices::default();
    for key in ask(mine, theirs) {
        choices.choose(key, choice);
    }
    let merged = merge(&row(), mine, theirs, &choices);
    assert_eq!(merged.clashes, []);
    merged.layout
}

#[test]
fn different_fields_and_booths_go_together() {
    let mine = changed(&|layout| {
        shift(layout, 1, 30.0);
        edit(layout, 2, |booth| add_wire(booth, wire(2, 0)));
        layout.put(LayoutBooth { id: BoothId::made(1, 1), number: BoothNumber(48), ..booth(5, 0.0, 0.0) });
        layout.remove(BoothId(3));
    });
    let theirs = changed(&|layout| {
        edit(layout, 1, |booth| booth.name = "Gandhi".to_owned());
        edit(layout, 2, |booth| booth.wires = [wire(2, 1)].into());
        shift(layout, 4, 1.0);
    });
    let merged = merge(&row(), &mine, &theirs, &Choices::default());
    assert_eq!(merged.clashes, []);
    let first = merged.layout.find(BoothId(1)).expect("there");
    assert_eq!((first.name.as_str(), first.shape.bounds().left), ("Gandhi", 130.0));
    let second = merged.layout.find(BoothId(2)).expect("there");
    assert_eq!(second.wires, [wire(2, 0), wire(2, 1)].into());
    assert!(merged.layout.find(BoothId(3)).is_none() && merged.layout.find(BoothId::made(1, 1)).is_some());
    assert_eq!(merged.layout.find(BoothId(4)).expect("there").shape.bounds().left, 461.0);
}

#[test]
fn the_same_field_asks() {
    let mine = changed(&|layout| shift(layout, 1, 30.0));
    let theirs = changed(&|layout| shift(layout, 1, 50.0));
    assert_eq!(ask(&mine, &theirs), [ClashKey::Field(BoothId(1), Field::Position)]);
    assert_eq!(answer(&mine, &theirs, Choice::Mine), mine);
    assert_eq!(answer(&mine, &theirs, Choice::Theirs), theirs);
    // Both have done the same: one change.
    assert_eq!(ask(&mine, &mine), []);
}

#[test]
fn all_of_a_shape_asks_once() {
    let mine = changed(&|layout| {
        edit(layout, 1, |booth| booth.shape = booth.shape.moved(at(5.0, 5.0)).sized((50.0, 50.0)));
    });
    let theirs = changed(&|layout| edit(layout, 1, |booth| booth.shape = Shape::Polygon(booth.shape.corners())));
    assert_eq!(ask(&mine, &theirs).len(), 1);
    assert_eq!(answer(&mine, &theirs, Choice::Mine), mine);
    assert_eq!(answer(&mine, &theirs, Choice::Theirs), theirs);
    assert_eq!(answer(&theirs, &mine, Choice::Mine), theirs);
    assert_eq!(answer(&theirs, &mine, Choice::Theirs), mine);
}

#[test]
fn removing_what_others_change_asks() {
    let gone = changed(&|layout| drop(layout.remove(BoothId(1))));
    let moved = changed(&|layout| shift(layout, 1, 30.0));
    for (mine, theirs) in [(&gone, &moved), (&moved, &gone)] {
        assert_eq!(ask(mine, theirs), [ClashKey::Booth(BoothId(1))]);
        assert_eq!(&answer(mine, theirs, Choice::Mine), mine);
        assert_eq!(&answer(mine, theirs, Choice::Theirs), theirs);
    }
    assert_eq!(ask(&gone, &gone), []);
}

#[test]
fn the_same_number_asks() {
    let new = |session| LayoutBooth { id: BoothId::made(session, 1), wires: BTreeSet::new(), ..booth(8, 0.0, 0.0) };
    let mine = changed(&|layout| layout.put(new(1)));
    let theirs = changed(&|layout| layout.put(new(2)));
    assert_eq!(ask(&mine, &theirs), [ClashKey::Number(BoothNumber(48))]);
    assert_eq!(answer(&mine, &theirs, Choice::Mine), mine);
    assert_eq!(answer(&mine, &theirs, Choice::Theirs), theirs);
    // Who had another number before gets it back.
    let renumbered = changed(&|layout| edit(layout, 4, |booth| booth.number = BoothNumber(48)));
    assert_eq!(ask(&renumbered, &theirs), [ClashKey::Number(BoothNumber(48))]);
    assert_eq!(answer(&renumbered, &theirs, Choice::Theirs), theirs);
    // What one side has twice by itself is found before publishing, and is no clash.
    let twice = changed(&|layout| edit(layout, 4, |booth| booth.number = BoothNumber(41)));
    assert_eq!(ask(&twice, &theirs), []);
}

#[test]
fn the_same_channel_asks() {
    let wired = |id| changed(&|layout| edit(layout, id, |booth| add_wire(booth, wire(3, 0))));
    assert_eq!(ask(&wired(1), &wired(2)), [ClashKey::Channel(wire(3, 0))]);
    assert_eq!(answer(&wired(1), &wired(2), Choice::Mine), wired(1));
    assert_eq!(answer(&wired(1), &wired(2), Choice::Theirs), wired(2));
}

#[test]
fn until_somebody_answers_it_is_as_everybody_sees_it() {
    let mine = changed(&|layout| shift(layout, 1, 30.0));
    let theirs = changed(&|layout| shift(layout, 1, 50.0));
    assert_eq!(merge(&row(), &mine, &theirs, &Choices::default()).layout, theirs);
}

/// Whether all of what `side` has made of `base` is in `merged`: field by field, wire by wire.
fn keeps(base: &Layout, side: &Layout, merged: &Layout) -> bool {
    let kept = |edit: &Edit, booth: &LayoutBooth| {
        if let Edit::Wires(change) = edit {
            let added = change.after.difference(&change.before).all(|wire| booth.wires.contains(wire));
            return added && change.before.difference(&change.after).all(|wire| !booth.wires.contains(wire));
        }
        let mut made = booth.clone();
        edit.apply(&mut made);
        made == *booth
    };
    Difference::between(base, side).changes.iter().all(|change| match change {
        BoothChange::Added(booth) => merged.find(booth.id) == Some(booth),
        BoothChange::Removed(booth) => merged.find(booth.id).is_none(),
        BoothChange::Changed { id, edits } => {
            merged.find(*id).is_some_and(|booth| edits.iter().all(|edit| kept(edit, booth)))
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn who_has_changed_nothing_takes_what_the_other_has(base in any_layout(), other in any_layout()) {
        for merged in [
            merge(&base, &base, &other, &Choices::default()),
            merge(&base, &other, &base, &Choices::default()),
            merge(&base, &other, &other, &Choices::default()),
        ] {
            prop_assert_eq!(&merged.layout, &other);
            prop_assert!(merged.clashes.is_empty());
        }
    }

    #[test]
    fn both_sides_find_the_same(base in any_layout(), mine in any_layout(), theirs in any_layout()) {
        let here = merge(&base, &mine, &theirs, &Choices::default());
        let there = merge(&base, &theirs, &mine, &Choices::default());
        prop_assert_eq!(here.clashes.is_empty(), there.clashes.is_empty());
        if here.clashes.is_empty() {
            prop_assert_eq!(&here.layout, &there.layout);
            prop_assert!(keeps(&base, &mine, &here.layout));
            prop_assert!(keeps(&base, &theirs, &here.layout));
        }
    }

    #[test]
    fn whoever_is_chosen_all_is_answered(
        base in any_layout(),
        mine in any_layout(),
        theirs in any_layout(),
        choice in proptest::sample::select(vec![Choice::Mine, Choice::Theirs]),
    ) {
        // Answers may bring up others, such as a number that is given back; in the end nothing is asked.
        let mut choices = Choices::default();
        for _ in 0..20 {
            let merged = merge(&base, &mine, &theirs, &choices);
            if merged.clashes.is_empty() {
                return Ok(());
            }
            for clash in &merged.clashes {
                choices.choose(clash.key(), choice);
            }
        }
        prop_assert!(false, "still asked");
    }

    /// Edits of few fields by two people meet seldom; then all of both must be there.
    #[test]
    fn no_accepted_edit_is_lost(
        base in any_layout(),
        edits in proptest::collection::vec((any::<bool>(), 0..6_usize, 0..4_u8, 1..90_u32), 1..6),
    ) {
        let mut sides = [base.clone(), base.clone()];
        for (is_mine, index, field, value) in edits {
            let side = &mut sides[usize::from(is_mine)];
            let Some(id) = side.booths().nth(index).map(|booth| booth.id) else { continue };
            let Some(booth) = side.find_mut(id) else { continue };
            match field {
                0 => booth.number = BoothNumber(100 + value),
                1 => booth.name = value.to_string(),
                2 => booth.shape = booth.shape.moved(at(f64::from(value), 0.0)),
                _ => add_wire(booth, wire(5, u8::try_from(value).unwrap_or(0))),
            }
        }
        let merged = merge(&base, &sides[0], &sides[1], &Choices::default());
        if merged.clashes.is_empty() {
            prop_assert!(keeps(&base, &sides[0], &merged.layout));
            prop_assert!(keeps(&base, &sides[1], &merged.layout));
        }
    }
}
