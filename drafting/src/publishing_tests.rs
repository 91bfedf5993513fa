use super::*;
use crate::layout::BoothId;
use crate::merging::{Choice, ClashKey};
use crate::testing::{add_wire, at, row, surroundings, wire};
use domain::BoothNumber;
use std::collections::BTreeMap;

fn published(version: u32, layout: &Layout) -> Published {
    Published { version: LayoutVersion(version), layout: layout.clone() }
}

fn draft(base: u32, layout: &Layout) -> Draft {
    Draft { base: LayoutVersion(base), revision: DraftRevision(0), layout: layout.clone() }
}

fn moved(id: u64, x: f64) -> Layout {
    let mut layout = row();
    let booth = layout.find_mut(BoothId(id)).expect("there");
    booth.shape = booth.shape.moved(at(x, 0.0));
    layout
}

#[test]
fn what_becomes_of_a_draft() {
    let judge = |draft: &Draft, current: &Published, resolution: Option<&Resolution>| {
        Publication::judge(draft, &row(), current, resolution, &surroundings())
    };
    let current = published(3, &row());
    assert_eq!(judge(&draft(3, &row()), &current, None), Publication::Nothing);
    assert_eq!(judge(&draft(4, &row()), &current, None), Publication::UnknownBase);
    let ready = judge(&draft(3, &moved(1, 5.0)), &current, None);
    assert_eq!(ready, Publication::Ready { published: published(4, &moved(1, 5.0)), is_merged: false });
    let mut same = row();
    same.find_mut(BoothId(1)).expect("there").number = BoothNumber(42);
    assert!(matches!(judge(&draft(3, &same), &current, None), Publication::Refused(faults) if faults.len() == 1));
    // Others have published meanwhile.
    let newer = published(5, &moved(2, 7.0));
    let Publication::Ready { published: merged, is_merged: true } = judge(&draft(3, &moved(1, 5.0)), &newer, None)
    else {
        panic!("merged")
    };
    assert_eq!(merged.version, LayoutVersion(6));
    let clash = draft(3, &moved(2, 5.0));
    assert!(matches!(judge(&clash, &newer, None), Publication::Asks { against: LayoutVersion(5), .. }));
    let mut choices = Choices::default();
    choices.choose(ClashKey::Field(BoothId(2), crate::Field::Position), Choice::Mine);
    let answers = |against| Resolution { against: LayoutVersion(against), choices: choices.clone() };
    assert!(matches!(judge(&clash, &newer, Some(&answers(5))), Publication::Ready { .. }));
    // Answers to another version do not count.
    assert!(matches!(judge(&clash, &newer, Some(&answers(4))), Publication::Asks { .. }));
}

#[test]
fn two_windows_never_write_over_each_other() {
    let stored = DraftRevision(7);
    assert_eq!(SavedDraft::judge(stored, DraftRevision(7)), SavedDraft::Saved(DraftRevision(8)));
    assert_eq!(SavedDraft::judge(stored, DraftRevision(6)), SavedDraft::Behind(stored));
    assert_eq!(SavedDraft::judge(stored, DraftRevision(9)), SavedDraft::Behind(stored));
}

/// 200 people race: each begins on whatever is published then, and publishes after others have. What was accepted is in the
/// end; what clashed was asked, and nothing else happened.
#[test]
fn two_hundred_racing_edits() {
    let mut versions = BTreeMap::from([(1, row())]);
    let (mut accepted, mut asked) = (Vec::new(), 0);
    for racer in 0..200_u32 {
        let newest: u32 = *versions.keys().last().expect("a version");
        let base = newest.saturating_sub(racer % 11).max(1);
        let mut layout = versions[&base].clone();
        let id = BoothId(u64::from(racer % 2) + 1);
        let booth = layout.find_mut(id).expect("there");
        match racer / 2 % 3 {
            0 => add_wire(booth, wire(8, u8::try_from(racer).expect("small"))),
            1 => booth.name = format!("racer {racer}"),
            _ => booth.shape = booth.shape.moved(at(0.0, f64::from(racer) / 100.0)),
        }
        // A booth has room for 16 sensors.
        if booth.wires.len() > Layout::WIRES_MAX {
            booth.wires.pop_first();
        }
        let current = published(newest, &versions[&newest]);
        let judged = Publication::judge(&draft(base, &layout), &versions[&base], &current, None, &surroundings());
        match judged {
            Publication::Ready { published, .. } => {
                let change = crate::Difference::between(&versions[&base], &layout);
                accepted.push((published.version.0, id, change));
                versions.insert(published.version.0, published.layout);
            }
            Publication::Asks { clashes, .. } => asked += clashes.len(),
            other => panic!("racer {racer}: {other:?}"),
        }
    }
    assert_eq!(versions.len() - 1, accepted.len());
    assert!(accepted.len() > 80 && asked > 20, "{} accepted, {asked} asked", accepted.len());
    // Right after it was accepted each edit was there, beside all that the version before it had.
    for (version, id, change) in accepted {
        let mut made = versions[&version].clone();
        let crate::BoothChange::Changed { edits, .. } = &change.changes[0] else { panic!("an edit") };
        let booth = made.find_mut(id).expect("there");
        for edit in edits.iter().filter(|edit| !matches!(edit, crate::Edit::Wires(_))) {
            edit.apply(booth);
        }
        assert_eq!(made, versions[&version]);
        let since = crate::Difference::between(&versions[&(version - 1)], &versions[&version]);
        let ids: Vec<_> = since.changes.iter().map(crate::BoothChange::id).collect();
        assert_eq!(ids, [id], "only its booth has changed");
    }
}
