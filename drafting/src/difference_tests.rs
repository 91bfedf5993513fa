use super::*;
use crate::testing::{any_layout, booth, row};
use proptest::prelude::*;

#[test]
fn fields_are_told_apart() {
    let base = booth(1, 100.0, 200.0);
    let fields = |change: &dyn Fn(&mut LayoutBooth)| {
        let mut after = base.clone();
        change(&mut after);
        match BoothChange::between(Some(&base), Some(&after)) {
            Some(BoothChange::Changed { edits, .. }) => edits.iter().map(Edit::field).collect(),
            other => panic!("{other:?}"),
        }
    };
    let moved = PlanPoint { x: 5.0, y: 0.0 };
    let cases: [(Vec<Field>, Vec<Field>); 6] = [
        (fields(&|booth| booth.number = BoothNumber(7)), vec![Field::Number]),
        (fields(&|booth| booth.name.clear()), vec![Field::Name]),
        (fields(&|booth| booth.shape = booth.shape.moved(moved)), vec![Field::Position]),
        (fields(&|booth| booth.shape = booth.shape.sized((90.0, 80.0))), vec![Field::Size]),
        (fields(&|booth| booth.shape = booth.shape.turned(booth.shape.middle(), 45.0)), vec![Field::Rotation]),
        (fields(&|booth| booth.shape = Shape::Polygon(booth.shape.corners())), vec![Field::Outline]),
    ];
    for (found, expect) in cases {
        assert_eq!(found, expect);
    }
    assert_eq!(BoothChange::between(Some(&base), Some(&base)), None);
    assert!(Difference::between(&row(), &row()).is_empty());
}

proptest! {
    #[test]
    fn there_and_back(before in any_layout(), after in any_layout()) {
        let difference = Difference::between(&before, &after);
        let mut layout = before.clone();
        difference.apply(&mut layout);
        prop_assert_eq!(&layout, &after);
        difference.reversed().apply(&mut layout);
        prop_assert_eq!(&layout, &before);
        prop_assert_eq!(difference.reversed(), Difference::between(&after, &before));
        let sent: Difference = serde_json::from_str(&serde_json::to_string(&difference).expect("JSON")).expect("read");
        prop_assert_eq!(sent, difference);
    }
}
