//! Journeys by keyboard and by panel.

use super::*;
use crate::arranging::{Alignment, SameSize};
use crate::bounds::Axis;
use crate::layout::WiredChannel;
use crate::testing::{at, booth, layout, row, sight, surroundings, wire};
use domain::{BoothNumber, Placement};

fn keys(editor: &mut Editor, names: &str) -> Vec<Reaction> {
    let surroundings = surroundings();
    let press = |name: &str| {
        let mut modifiers = Modifiers::default();
        let mut rest = name;
        while let Some((held, key)) = rest.split_once('+') {
            match held {
                "Shift" => modifiers.shift = true,
                "Ctrl" => modifiers.ctrl = true,
                _ => modifiers.alt = true,
            }
            rest = key;
        }
        let key = Key::from_name(if rest == "Space" { " " } else { rest }).expect("a key");
        Event::Key(KeyPress { key, modifiers, is_repeated: false })
    };
    names.split(' ').map(|name| editor.handle(press(name), &sight(&surroundings))).collect()
}

fn run(editor: &mut Editor, command: Command) -> Reaction {
    let surroundings = surroundings();
    editor.handle(Event::Do(command), &sight(&surroundings))
}

fn place(editor: &Editor, id: u64) -> Placement {
    match editor.layout().find(BoothId(id)).map(|booth| &booth.shape) {
        Some(Shape::Rectangle(placement)) => *placement,
        other => panic!("booth {id} is {other:?}"),
    }
}

#[test]
fn a_floor_is_drawn_by_keyboard_alone() {
    let mut editor = Editor::new(Layout::default(), 3);
    // A booth in the middle of the screen, moved, made wider and higher, turned.
    keys(&mut editor, "b Shift+ArrowLeft ArrowUp Ctrl+ArrowRight Ctrl+Shift+ArrowDown r r r r r r");
    let first = editor.layout().by_number()[0].clone();
    assert_eq!(first.number, BoothNumber(1));
    let Shape::Rectangle(placement) = first.shape else { panic!("a rectangle") };
    assert_eq!((placement.width, placement.height, placement.rotation_deg), (105.0, 106.0, 90.0));
    // Two more by copying; all three in line and spread.
    keys(&mut editor, "Ctrl+c Ctrl+v Shift+ArrowRight Ctrl+v Shift+ArrowRight Shift+ArrowRight Shift+ArrowRight");
    keys(&mut editor, "Ctrl+a Alt+w Alt+Shift+h");
    let bounds: Vec<Bounds> = editor.layout().by_number().iter().map(|booth| booth.shape.bounds()).collect();
    assert_eq!(bounds.len(), 3);
    assert!(bounds.iter().all(|other| (other.top - bounds[0].top).abs() < 0.02), "{bounds:?}");
    let steps = [bounds[1].left - bounds[0].left, bounds[2].left - bounds[1].left];
    assert!((steps[0] - steps[1]).abs() < 0.02, "{steps:?}");
    // The second one goes, and comes back.
    keys(&mut editor, "Escape Shift+Tab Delete");
    assert_eq!(editor.layout().booths().len(), 2);
    keys(&mut editor, "Ctrl+z");
    assert_eq!(editor.layout().booths().len(), 3);
    let steps = editor.history().done().len();
    keys(&mut editor, &vec!["Ctrl+z"; steps].join(" "));
    assert_eq!(editor.layout(), &Layout::default());
    keys(&mut editor, &vec!["Ctrl+Shift+z"; steps].join(" "));
    assert_eq!(editor.layout().booths().len(), 3);
}

#[test]
fn nobody_is_caught_in_the_plan() {
    let mut editor = Editor::new(row(), 3);
    let taken: Vec<bool> = keys(&mut editor, "Tab Tab Tab Tab Tab").iter().map(|reaction| reaction.is_taken).collect();
    assert_eq!(taken, [true, true, true, true, false]);
    let taken: Vec<bool> =
        keys(&mut editor, "Shift+Tab Shift+Tab Shift+Tab Shift+Tab").iter().map(|reaction| reaction.is_taken).collect();
    assert_eq!(taken, [true, true, true, false]);
    // With nothing to move or to end, keys are the browser's.
    let mut editor = Editor::new(row(), 3);
    assert!(keys(&mut editor, "ArrowLeft Escape Delete Enter Space r 5").iter().all(|reaction| !reaction.is_taken));
}

#[test]
fn several_are_selected_by_keyboard() {
    let mut editor = Editor::new(row(), 3);
    keys(&mut editor, "Tab n n Space");
    assert_eq!(editor.selection().iter().map(|id| id.0).collect::<Vec<_>>(), [1, 3]);
    keys(&mut editor, "p p Space");
    assert_eq!(editor.selection().iter().map(|id| id.0).collect::<Vec<_>>(), [3]);
}

#[test]
fn an_arrow_held_down_is_one_step() {
    let mut editor = Editor::new(row(), 3);
    keys(&mut editor, "Tab ArrowRight");
    let surroundings = surroundings();
    for _ in 0..30 {
        let press = KeyPress { key: Key::Arrow(1, 0), modifiers: Modifiers::default(), is_repeated: true };
        editor.handle(Event::Key(press), &sight(&surroundings));
    }
    assert_eq!((place(&editor, 1).x, editor.history().done().len()), (131.0, 1));
    keys(&mut editor, "ArrowRight");
    assert_eq!(editor.history().done().len(), 2);
    keys(&mut editor, "Ctrl+z Ctrl+z");
    assert_eq!(editor.layout(), &row());
}

#[test]
fn exact_numbers() {
    let mut editor = Editor::new(row(), 3);
    run(&mut editor, Command::Select(BoothId(1)));
    for (field, value) in [
        (ExactField::X, 12.345),
        (ExactField::Y, -7.0),
        (ExactField::Width, 150.0),
        (ExactField::Height, 33.3),
        (ExactField::Rotation, -90.0),
    ] {
        run(&mut editor, Command::Set(field, value));
    }
    let turned = place(&editor, 1);
    assert_eq!((turned.x, turned.width, turned.height, turned.rotation_deg), (12.35, 150.0, 33.3, 270.0));
    for (field, value) in [(ExactField::Width, 3.0), (ExactField::X, f64::NAN), (ExactField::Y, f64::INFINITY)] {
        assert_eq!(run(&mut editor, Command::Set(field, value)), Reaction::refused(Refusal::NotAllowed));
    }
    // Of several, the frame is placed and each is sized.
    let mut editor = Editor::new(row(), 3);
    run(&mut editor, Command::SelectAll);
    run(&mut editor, Command::Set(ExactField::X, 0.0));
    run(&mut editor, Command::Set(ExactField::Height, 50.0));
    assert_eq!((place(&editor, 1).x, place(&editor, 4).x), (0.0, 360.0));
    assert!((1..=4).all(|id| place(&editor, id).height == 50.0));
}

#[test]
fn a_number_is_shown_while_it_is_typed_and_one_step() {
    let surroundings = surroundings();
    let mut editor = Editor::new(row(), 3);
    run(&mut editor, Command::Select(BoothId(2)));
    for value in [1.0, 18.0, 180.0] {
        editor.handle(Event::Typing(ExactField::Width, value), &sight(&surroundings));
    }
    assert_eq!((place(&editor, 2).width, editor.history().done().len()), (180.0, 0));
    assert_eq!(editor.settled_layout(), &row());
    editor.handle(Event::Typed, &sight(&surroundings));
    assert_eq!(editor.history().done()[0].name, StepName::Resized);
    editor.handle(Event::Typing(ExactField::X, 5.0), &sight(&surroundings));
    editor.handle(Event::Cancel, &sight(&surroundings));
    assert_eq!((place(&editor, 2).x, editor.history().done().len()), (220.0, 1));
}

#[test]
fn alignment_keeps_to_what_is_locked_and_one_alone_to_the_plan() {
    let mut booths = vec![booth(1, 100.0, 200.0), booth(2, 220.0, 230.0), booth(3, 340.0, 190.0)];
    booths[1].is_locked = true;
    let mut editor = Editor::new(layout(booths), 3);
    run(&mut editor, Command::SelectAll);
    run(&mut editor, Command::Toggle(BoothId(2)));
    run(&mut editor, Command::Align(Alignment::Top));
    assert_eq!([1, 2, 3].map(|id| place(&editor, id).y), [230.0, 230.0, 230.0]);
    run(&mut editor, Command::Select(BoothId(1)));
    run(&mut editor, Command::Align(Alignment::Centre));
    assert_eq!(place(&editor, 1).x, 700.0);
    assert_eq!(run(&mut editor, Command::Distribute(Axis::X)), Reaction::refused(Refusal::TooFew(3)));
}

#[test]
fn the_same_size_as_the_one_with_the_focus() {
    let mut editor = Editor::new(row(), 3);
    run(&mut editor, Command::Select(BoothId(2)));
    run(&mut editor, Command::Set(ExactField::Width, 160.0));
    run(&mut editor, Command::SelectAll);
    run(&mut editor, Command::Match(SameSize::Width));
    assert_eq!([1, 2, 3, 4].map(|id| place(&editor, id).width), [160.0; 4]);
    assert_eq!(place(&editor, 1).x, 70.0);
}

#[test]
fn copies_have_numbers_of_their_own_and_nothing_else() {
    let mut editor = Editor::new(row(), 3);
    run(&mut editor, Command::Select(BoothId(1)));
    run(&mut editor, Command::Cut);
    run(&mut editor, Command::Paste(Some(at(300.0, 600.0))));
    let pasted = editor.layout().by_number().pop().cloned().expect("one");
    assert_eq!((pasted.number.0, pasted.name.as_str(), pasted.wires.len()), (46, "", 0));
    assert_eq!(pasted.shape.middle(), at(300.0, 600.0));
    assert!(pasted.id.is_made());
    // The clipboard goes to another floor.
    let mut other = Editor::new(Layout::default(), 4);
    assert_eq!(run(&mut other, Command::Paste(None)), Reaction::refused(Refusal::NothingCopied));
    run(&mut other, Command::Keep(editor.clipboard().to_vec()));
    run(&mut other, Command::Paste(None));
    assert_eq!(other.layout().booths().len(), 1);
}

#[test]
fn a_floor_has_room_for_so_many() {
    let booths = (1..=Layout::BOOTHS_MAX as u64).map(|id| LayoutBooth {
        id: BoothId(id),
        wires: Default::default(),
        number: BoothNumber(id as u32),
        ..booth(1, 0.0, 0.0)
    });
    let mut editor = Editor::new(layout(booths), 3);
    assert_eq!(run(&mut editor, Command::AddRectangle), Reaction::refused(Refusal::TooMany));
    run(&mut editor, Command::SelectAll);
    assert_eq!(run(&mut editor, Command::Duplicate), Reaction::refused(Refusal::TooMany));
}

#[test]
fn a_channel_watches_one_booth() {
    let mut editor = Editor::new(row(), 3);
    let channel: WiredChannel = wire(1, 1);
    run(&mut editor, Command::Wire(BoothId(4), channel.clone()));
    let wires = |editor: &Editor, id| editor.layout().find(BoothId(id)).map(|booth| booth.wires.len());
    assert_eq!((wires(&editor, 1), wires(&editor, 4)), (Some(0), Some(2)));
    assert_eq!(editor.history().done().len(), 1);
    run(&mut editor, Command::Unwire(channel));
    assert_eq!(wires(&editor, 4), Some(1));
    run(&mut editor, Command::Undo);
    run(&mut editor, Command::Undo);
    assert_eq!(editor.layout(), &row());
}

#[test]
fn corners_by_panel() {
    let mut editor = Editor::new(row(), 3);
    run(&mut editor, Command::Select(BoothId(1)));
    run(&mut editor, Command::IntoPolygon);
    run(&mut editor, Command::InsertCorner(BoothId(1), 3));
    run(&mut editor, Command::MoveCorner(BoothId(1), 4, at(60.0, 240.0)));
    run(&mut editor, Command::RemoveCorner(BoothId(1), 2));
    let corners = editor.layout().find(BoothId(1)).expect("there").shape.corners();
    assert_eq!(corners, [at(100.0, 200.0), at(200.0, 200.0), at(100.0, 280.0), at(60.0, 240.0)]);
    run(&mut editor, Command::RemoveCorner(BoothId(1), 0));
    assert_eq!(run(&mut editor, Command::RemoveCorner(BoothId(1), 0)), Reaction::refused(Refusal::NotAllowed));
    assert_eq!(run(&mut editor, Command::MoveCorner(BoothId(9), 0, at(0.0, 0.0))), Reaction::refused(Refusal::Gone));
}

#[test]
fn undoing_takes_nothing_back_that_others_have_done() {
    let mut editor = Editor::new(row(), 3);
    run(&mut editor, Command::Select(BoothId(1)));
    run(&mut editor, Command::Set(ExactField::X, 500.0));
    let mut merged = editor.settled_layout().clone();
    merged.find_mut(BoothId(1)).expect("there").name = "Renamed by others".to_owned();
    merged.remove(BoothId(2));
    editor.take_over(merged);
    run(&mut editor, Command::Undo);
    let first = editor.layout().find(BoothId(1)).expect("there");
    assert_eq!((first.name.as_str(), first.shape.bounds().left), ("Renamed by others", 100.0));
    assert!(editor.layout().find(BoothId(2)).is_none());
}
