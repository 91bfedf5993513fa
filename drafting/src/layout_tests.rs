use super::*;
use crate::testing::{booth, layout, row};
use domain::Placement;

#[test]
fn what_is_no_layout() {
    let rectangle = |width| Shape::Rectangle(Placement { x: 0.0, y: 0.0, width, height: 50.0, rotation_deg: 0.0 });
    let good = booth(1, 0.0, 0.0);
    let with = |change: &dyn Fn(&mut LayoutBooth)| {
        let mut booth = good.clone();
        change(&mut booth);
        Layout::new([booth])
    };
    let id = good.id;
    let cases: [(LayoutError, Result<Layout, LayoutError>); 9] = [
        (LayoutError::Twice(id), Layout::new([good.clone(), good.clone()])),
        (LayoutError::Shape(id), with(&|booth| booth.shape = rectangle(9.0))),
        (LayoutError::Shape(id), with(&|booth| booth.shape = rectangle(f64::NAN))),
        (LayoutError::Shape(id), with(&|booth| booth.shape = rectangle(20_000.0))),
        (LayoutError::Shape(id), with(&|booth| booth.shape = Shape::Polygon(Vec::new()))),
        (LayoutError::Name(id), with(&|booth| booth.name = "x".repeat(81))),
        (LayoutError::Name(id), with(&|booth| booth.name = "a\u{0}".to_owned())),
        (LayoutError::Number(id), with(&|booth| booth.number = BoothNumber(0))),
        (
            LayoutError::TooMany,
            Layout::new((0..=Layout::BOOTHS_MAX as u64).map(|id| LayoutBooth { id: BoothId(id), ..good.clone() })),
        ),
    ];
    for (expect, found) in cases {
        assert_eq!(found, Err(expect));
    }
    assert!(serde_json::from_str::<Layout>("[{\"id\":1}]").is_err());
    let twice = serde_json::to_string(&[good.clone(), good]).expect("JSON");
    assert!(serde_json::from_str::<Layout>(&twice).is_err());
}

#[test]
fn a_new_drawing_keeps_positions() {
    let old = ViewBox { x: 0.0, y: 0.0, width: 1500.0, height: 840.0 };
    let new = ViewBox { x: 50.0, y: -10.0, width: 3000.0, height: 1680.0 };
    let moved = row().moved_onto(old, new);
    let first = moved.find(BoothId(1)).expect("there").shape.clone();
    let expect = Placement { x: 250.0, y: 390.0, width: 200.0, height: 160.0, rotation_deg: 0.0 };
    assert_eq!(first, Shape::Rectangle(expect));
    assert_eq!(moved.moved_onto(new, old), row());
    // Of another form: middles keep their place, booths their form.
    let wide = ViewBox { width: 3000.0, ..old };
    let shape = row().moved_onto(old, wide).find(BoothId(1)).expect("there").shape.clone();
    assert_eq!((shape.middle(), shape.size()), (PlanPoint { x: 300.0, y: 240.0 }, (100.0, 80.0)));
}

#[test]
fn sessions_never_make_the_same_booth() {
    assert_ne!(BoothId::made(1, 2), BoothId::made(2, 1));
    assert!(BoothId::made(1, 0).is_made() && !BoothId(u64::from(u32::MAX)).is_made());
    assert_eq!(layout([]).booths().len(), 0);
}
