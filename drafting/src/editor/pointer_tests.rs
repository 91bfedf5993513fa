use super::*;
use crate::bounds::Axis;
use crate::snapping::GuideKind;
use crate::surroundings::Surroundings;
use crate::testing::{at, booth, layout, row, sight, surroundings};
use domain::Placement;

const NONE: Modifiers = Modifiers { shift: false, ctrl: false, alt: false };
const SHIFT: Modifiers = Modifiers { shift: true, ..NONE };
const ALT: Modifiers = Modifiers { alt: true, ..NONE };

struct Table {
    editor: Editor,
    surroundings: Surroundings,
    zoom: f64,
}

impl Table {
    fn new(layout: Layout) -> Self {
        Self { editor: Editor::new(layout, 1), surroundings: surroundings(), zoom: 1.0 }
    }

    fn send(&mut self, event: Event) -> Reaction {
        let sight = Sight { px_per_unit: self.zoom, ..sight(&self.surroundings) };
        self.editor.handle(event, &sight)
    }

    fn press(&mut self, at: PlanPoint, modifiers: Modifiers) -> Reaction {
        self.send(Event::Down { at, contact: Contact::Mouse, modifiers })
    }

    fn pull(&mut self, from: PlanPoint, to: PlanPoint, modifiers: Modifiers) -> Reaction {
        self.press(from, modifiers);
        self.send(Event::Move { at: to, modifiers });
        self.send(Event::Up)
    }

    fn click(&mut self, at: PlanPoint, modifiers: Modifiers) -> Reaction {
        self.press(at, modifiers);
        self.send(Event::Up)
    }

    fn place(&self, id: u64) -> Placement {
        match self.editor.layout().find(BoothId(id)).map(|booth| &booth.shape) {
            Some(Shape::Rectangle(placement)) => *placement,
            other => panic!("booth {id} is {other:?}"),
        }
    }

    fn selected(&self) -> Vec<u64> {
        self.editor.selection().iter().map(|id| id.0).collect()
    }
}

#[test]
fn clicks_select() {
    let mut table = Table::new(row());
    table.click(at(150.0, 240.0), NONE);
    assert_eq!(table.selected(), [1]);
    table.click(at(270.0, 240.0), SHIFT);
    assert_eq!(table.selected(), [1, 2]);
    table.click(at(150.0, 240.0), SHIFT);
    assert_eq!(table.selected(), [2]);
    table.click(at(390.0, 240.0), NONE);
    assert_eq!(table.selected(), [3]);
    table.click(at(5.0, 5.0), NONE);
    assert_eq!(table.selected(), Vec::<u64>::new());
    assert!(table.editor.history().done().is_empty());
}

#[test]
fn a_marquee_takes_what_it_touches_and_is_not_locked() {
    let mut booths: Vec<LayoutBooth> = row().into();
    booths[1].is_locked = true;
    let mut table = Table::new(layout(booths));
    table.pull(at(150.0, 150.0), at(345.0, 210.0), NONE);
    assert_eq!(table.selected(), [1, 3]);
    table.pull(at(600.0, 150.0), at(555.0, 400.0), SHIFT);
    assert_eq!(table.selected(), [1, 3, 4]);
}

#[test]
fn a_drag_is_one_step_and_takes_all_that_is_selected() {
    let mut table = Table::new(row());
    table.click(at(150.0, 240.0), NONE);
    table.click(at(270.0, 240.0), SHIFT);
    table.press(at(150.0, 240.0), NONE);
    for y in 241..400 {
        table.send(Event::Move { at: at(151.0, f64::from(y)), modifiers: ALT });
    }
    assert_eq!(table.send(Event::Up), Reaction::said(Said::Did(StepName::Moved, 2)));
    assert_eq!((table.place(1).x, table.place(1).y), (101.0, 359.0));
    assert_eq!((table.place(2).x, table.place(2).y), (221.0, 359.0));
    assert_eq!(table.editor.history().done().len(), 1);
    table.send(Event::Do(Command::Undo));
    assert_eq!(table.editor.layout(), &row());
}

#[test]
fn a_hand_that_trembles_moves_nothing() {
    let mut table = Table::new(row());
    table.pull(at(150.0, 240.0), at(153.0, 241.0), NONE);
    assert_eq!(table.editor.layout(), &row());
    // Looking closer, the same way on the screen is shorter on the plan.
    table.zoom = 10.0;
    table.pull(at(150.0, 240.0), at(153.0, 241.0), ALT);
    assert_eq!(table.place(1).x, 103.0);
}

#[test]
fn what_is_locked_stays() {
    let mut booths: Vec<LayoutBooth> = row().into();
    booths[0].is_locked = true;
    let mut table = Table::new(layout(booths.clone()));
    table.press(at(150.0, 240.0), NONE);
    let reaction = table.send(Event::Move { at: at(300.0, 600.0), modifiers: NONE });
    assert_eq!(reaction, Reaction::refused(Refusal::Locked));
    table.send(Event::Up);
    assert_eq!(table.editor.layout(), &layout(booths));
    assert_eq!(table.send(Event::Do(Command::Delete)), Reaction::refused(Refusal::Locked));
    table.send(Event::Do(Command::Lock(false)));
    table.pull(at(150.0, 240.0), at(150.0, 540.0), ALT);
    assert_eq!(table.place(1).y, 500.0);
}

#[test]
fn handles_pull_and_the_opposite_corner_stays() {
    let mut table = Table::new(layout([booth(1, 100.0, 200.0)]));
    table.click(at(150.0, 240.0), NONE);
    table.pull(at(200.0, 280.0), at(233.0, 301.0), ALT);
    assert_eq!(table.place(1), Placement { x: 100.0, y: 200.0, width: 133.0, height: 101.0, rotation_deg: 0.0 });
    table.pull(at(100.0, 200.0), at(500.0, 900.0), ALT);
    assert_eq!(table.place(1), Placement { x: 223.0, y: 291.0, width: 10.0, height: 10.0, rotation_deg: 0.0 });
    table.send(Event::Do(Command::Undo));
    table.send(Event::Do(Command::Undo));
    // By the same factor: twice as wide is twice as high.
    table.pull(at(200.0, 280.0), at(300.0, 290.0), SHIFT);
    assert_eq!((table.place(1).width, table.place(1).height), (200.0, 160.0));
}

#[test]
fn a_turned_booth_is_pulled_along_its_own_sides() {
    let mut booths = booth(1, 100.0, 200.0);
    booths.shape = booths.shape.turned(booths.shape.middle(), 90.0);
    let mut table = Table::new(layout([booths.clone()]));
    table.click(at(150.0, 240.0), NONE);
    let corners = booths.shape.corners();
    // Its lower right corner is at the lower left now.
    table.pull(corners[2], corners[2].plus(at(-20.0, 30.0)), ALT);
    let after = table.editor.layout().find(BoothId(1)).expect("there").shape.clone();
    assert_eq!(after.size(), (130.0, 100.0));
    assert!(after.corners()[0].distance(corners[0]) < 0.02);
}

#[test]
fn many_are_resized_and_turned_together() {
    let mut table = Table::new(row());
    table.send(Event::Do(Command::SelectAll));
    // The frame is 460 by 80, from (100, 200): twice as wide.
    table.pull(at(560.0, 240.0), at(1020.0, 240.0), ALT);
    assert_eq!((table.place(2).x, table.place(2).width), (340.0, 200.0));
    table.send(Event::Do(Command::Undo));
    table.send(Event::Do(Command::Turn(90.0)));
    assert_eq!(table.place(1), Placement { x: 280.0, y: 20.0, width: 100.0, height: 80.0, rotation_deg: 90.0 });
    table.send(Event::Do(Command::Turn(-90.0)));
    assert_eq!(table.editor.layout(), &row());
}

#[test]
fn the_handle_above_turns() {
    let mut table = Table::new(layout([booth(1, 100.0, 200.0)]));
    table.click(at(150.0, 240.0), NONE);
    let handle = at(150.0, 172.0);
    // Nearly a quarter of a turn is one; with Alt it is not.
    table.pull(handle, at(218.0, 238.0), NONE);
    assert_eq!(table.place(1).rotation_deg, 90.0);
    table.send(Event::Do(Command::Undo));
    table.pull(handle, at(218.0, 238.0), ALT);
    assert_eq!(table.place(1).rotation_deg, 88.32);
    table.send(Event::Do(Command::Undo));
    table.pull(handle, at(190.0, 190.0), SHIFT);
    assert_eq!(table.place(1).rotation_deg, 45.0);
}

#[test]
fn a_rectangle_is_drawn_or_clicked() {
    let mut table = Table::new(row());
    table.send(Event::Do(Command::Take(Tool::Rectangle)));
    table.pull(at(700.0, 600.0), at(600.0, 640.0), NONE);
    let drawn = table.editor.layout().by_number().pop().cloned().expect("one");
    // 45 is taken on another floor.
    assert_eq!(
        (drawn.number.0, drawn.shape.bounds()),
        (46, Bounds { left: 600.0, top: 600.0, right: 700.0, bottom: 640.0 })
    );
    assert_eq!(table.editor.tool(), Tool::Select);
    table.send(Event::Do(Command::Take(Tool::Rectangle)));
    table.click(at(900.0, 700.0), NONE);
    let clicked = table.editor.layout().by_number().pop().cloned().expect("one");
    assert_eq!((clicked.number.0, clicked.shape.size()), (47, (100.0, 40.0)));
    table.send(Event::Do(Command::Take(Tool::Rectangle)));
    let small = table.pull(at(700.0, 700.0), at(705.0, 760.0), ALT);
    assert_eq!(small, Reaction::refused(Refusal::NotAllowed));
}

#[test]
fn a_polygon_is_drawn_corner_by_corner() {
    let mut table = Table::new(row());
    table.send(Event::Do(Command::Take(Tool::Polygon)));
    for corner in [at(700.0, 600.0), at(800.0, 600.0), at(800.0, 700.0), at(750.0, 700.0)] {
        table.click(corner, ALT);
    }
    assert_eq!(table.editor.layout().booths().len(), 4);
    let reaction = table.press(at(703.0, 604.0), NONE);
    assert_eq!(reaction, Reaction::said(Said::Did(StepName::Drawn, 1)));
    let drawn = table.editor.layout().by_number().pop().cloned().expect("one");
    assert_eq!(drawn.shape.corners().len(), 4);
    // And a corner of it is pulled.
    table.send(Event::Up);
    table.pull(at(750.0, 700.0), at(700.0, 720.0), ALT);
    let pulled = table.editor.layout().find(drawn.id).expect("there").shape.corners();
    assert_eq!(pulled[3], at(700.0, 720.0));
    assert_eq!(table.editor.history().done().len(), 2);
}

#[test]
fn fingers_have_wider_handles() {
    let mut table = Table::new(layout([booth(1, 100.0, 200.0)]));
    table.click(at(150.0, 240.0), NONE);
    let surroundings = surroundings();
    let beside = at(216.0, 290.0);
    let target = |contact| table.editor.target_at(beside, contact, &sight(&surroundings));
    assert_eq!(target(Contact::Mouse), Target::Plan);
    assert_eq!(target(Contact::Touch), Target::Handle(Handle::BottomRight));
    // From afar a booth is all handles: then it is for dragging.
    let afar = Sight { px_per_unit: 0.1, ..sight(&surroundings) };
    assert_eq!(table.editor.target_at(at(195.0, 270.0), Contact::Touch, &afar), Target::Booth(BoothId(1)));
}

#[test]
fn guides_say_why_it_snapped() {
    let mut table = Table::new(row());
    table.press(at(150.0, 240.0), NONE);
    table.send(Event::Move { at: at(152.0, 643.0), modifiers: NONE });
    // Its left edge is where booth 1 was: nothing is there now, but the plan's line and the grid are.
    table.send(Event::Move { at: at(271.0, 555.0), modifiers: NONE });
    assert_eq!((table.place(1).x, table.place(1).y), (220.0, 512.0));
    let lines: Vec<(Axis, f64, GuideKind)> = table
        .editor
        .guides()
        .iter()
        .filter_map(|guide| match guide {
            Guide::Line { axis, at, kind, .. } => Some((*axis, *at, *kind)),
            Guide::Gap { .. } => None,
        })
        .collect();
    assert!(lines.contains(&(Axis::X, 220.0, GuideKind::Edge)), "{lines:?}");
    assert!(lines.contains(&(Axis::X, 270.0, GuideKind::Middle)), "{lines:?}");
    assert!(lines.contains(&(Axis::Y, 512.0, GuideKind::Line)), "{lines:?}");
    table.send(Event::Move { at: at(271.0, 555.0), modifiers: ALT });
    assert_eq!((table.place(1).x, table.place(1).y), (221.0, 515.0));
    assert_eq!(table.editor.guides(), []);
}
