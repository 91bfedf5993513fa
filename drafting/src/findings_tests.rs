use super::*;
use crate::testing::{add_wire, booth, layout, row, surroundings, wire};
use domain::PlanPoint;

fn check(change: &dyn Fn(&mut Vec<LayoutBooth>), expect: &[Finding]) {
    let mut booths: Vec<LayoutBooth> = row().into();
    change(&mut booths);
    let findings = list_findings(&layout(booths), &surroundings());
    assert_eq!(findings, expect);
    assert!(findings.is_sorted_by_key(|finding| !finding.is_fault()), "faults first: {findings:?}");
}

#[test]
fn what_is_the_matter() {
    let id = BoothId;
    check(&|_| {}, &[]);
    check(&|booths| booths[1].number = BoothNumber(41), &[Finding::SameNumber(BoothNumber(41), vec![id(1), id(2)])]);
    check(&|booths| booths[0].number = BoothNumber(61), &[Finding::NumberElsewhere(id(1), BoothNumber(61))]);
    check(&|booths| add_wire(&mut booths[0], wire(1, 2)), &[Finding::SameChannel(wire(1, 2), vec![id(1), id(2)])]);
    check(&|booths| add_wire(&mut booths[0], wire(9, 0)), &[Finding::ChannelElsewhere(id(1), wire(9, 0))]);
    let left = PlanPoint { x: -101.0, y: 0.0 };
    check(&|booths| booths[0].shape = booths[0].shape.moved(left), &[Finding::OutsidePlan(id(1))]);
    check(
        &|booths| booths[3].shape = booths[1].shape.moved(PlanPoint { x: 3.0, y: 3.0 }),
        &[Finding::Overlap(id(2), id(4))],
    );
    check(&|booths| booths[2].wires.clear(), &[Finding::NotWired(id(3))]);
    check(&|booths| booths.push(booth(5, 560.0, 200.0)), &[Finding::NumberElsewhere(id(5), BoothNumber(45))]);
}
