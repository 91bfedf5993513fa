//! A thousand operations of any kind, in any order, undone and redone.

use super::*;
use crate::arranging::{Alignment, SameSize};
use crate::bounds::Axis;
use crate::snapping::SnapRules;
use crate::testing::{any_booth, any_layout, any_place, sight, surroundings, wire};
use domain::BoothNumber;
use proptest::prelude::*;

const OPERATIONS: usize = 1_000;

fn any_modifiers() -> impl Strategy<Value = Modifiers> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(shift, ctrl, alt)| Modifiers { shift, ctrl, alt })
}

/// Booths that there may be, have been, or never were.
fn any_id() -> impl Strategy<Value = BoothId> {
    prop_oneof![
        (1..8_u64).prop_map(BoothId),
        (1..40_u32).prop_map(|made| BoothId::made(7, made)),
        Just(BoothId(u64::MAX))
    ]
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => (-50_000..150_000_i32).prop_map(|hundredths| f64::from(hundredths) / 100.0),
        1 => any::<f64>(),
        1 => Just(f64::NAN),
    ]
}

fn any_field() -> impl Strategy<Value = ExactField> {
    use ExactField::{Height, Rotation, Width, X, Y};
    proptest::sample::select(vec![X, Y, Width, Height, Rotation])
}

fn any_key() -> impl Strategy<Value = Event> {
    let names = "ArrowLeft ArrowRight ArrowUp ArrowDown Tab Enter Escape Delete a b c d h l n p r s v w x y z 1";
    let names: Vec<&str> = names.split(' ').chain([" "]).collect();
    (proptest::sample::select(names), any_modifiers(), any::<bool>()).prop_map(|(name, modifiers, is_repeated)| {
        let key = Key::from_name(name).expect("a key");
        Event::Key(KeyPress { key, modifiers, is_repeated })
    })
}

fn any_command() -> impl Strategy<Value = Command> {
    use Alignment::{Bottom, Centre, Left, Middle, Right, Top};
    let plain = vec![
        Command::SelectAll,
        Command::Copy,
        Command::Cut,
        Command::Paste(None),
        Command::Duplicate,
        Command::Delete,
        Command::Lock(true),
        Command::Lock(false),
        Command::AddRectangle,
        Command::IntoPolygon,
        Command::Undo,
        Command::Redo,
        Command::Take(Tool::Select),
        Command::Take(Tool::Rectangle),
        Command::Take(Tool::Polygon),
        Command::Snap(SnapRules::ALL),
        Command::Snap(SnapRules::NONE),
        Command::Distribute(Axis::X),
        Command::Distribute(Axis::Y),
        Command::Match(SameSize::Width),
        Command::Match(SameSize::Height),
        Command::Match(SameSize::Both),
    ];
    let corner = (any_id(), 0..8_usize, any_place()).boxed();
    let wire_of = |(board, channel)| wire(board, channel);
    prop_oneof![
        6 => proptest::sample::select(plain),
        1 => any_id().prop_map(Command::Select),
        1 => any_id().prop_map(Command::Toggle),
        1 => any_place().prop_map(Command::Nudge),
        1 => any_place().prop_map(Command::Stretch),
        1 => any_number().prop_map(Command::Turn),
        2 => (any_field(), any_number()).prop_map(|(field, value)| Command::Set(field, value)),
        2 => proptest::sample::select(vec![Left, Centre, Right, Top, Middle, Bottom]).prop_map(Command::Align),
        1 => proptest::option::of(any_place()).prop_map(Command::Paste),
        1 => proptest::collection::vec(any_place(), 0..6).prop_map(Command::AddPolygon),
        1 => corner.clone().prop_map(|(id, corner, to)| Command::MoveCorner(id, corner, to)),
        1 => corner.clone().prop_map(|(id, corner, _)| Command::InsertCorner(id, corner)),
        1 => corner.prop_map(|(id, corner, _)| Command::RemoveCorner(id, corner)),
        1 => (any_id(), 0..99_u32).prop_map(|(id, number)| Command::Renumber(id, BoothNumber(number))),
        1 => (any_id(), "[a-z\n]{0,90}").prop_map(|(id, name)| Command::Rename(id, name)),
        2 => (any_id(), (1..3_u8, 0..4_u8)).prop_map(move |(id, end)| Command::Wire(id, wire_of(end))),
        1 => (1..3_u8, 0..4_u8).prop_map(move |end| Command::Unwire(wire_of(end))),
        1 => proptest::collection::vec(any_booth(3), 0..3).prop_map(Command::Keep),
    ]
}

fn any_event() -> impl Strategy<Value = Event> {
    let contact = proptest::sample::select(vec![Contact::Mouse, Contact::Touch]);
    prop_oneof![
        5 => (any_place(), contact, any_modifiers())
            .prop_map(|(at, contact, modifiers)| Event::Down { at, contact, modifiers }),
        8 => (any_place(), any_modifiers()).prop_map(|(at, modifiers)| Event::Move { at, modifiers }),
        5 => Just(Event::Up),
        1 => Just(Event::Cancel),
        5 => any_key(),
        2 => (any_field(), any_number()).prop_map(|(field, value)| Event::Typing(field, value)),
        2 => Just(Event::Typed),
        8 => any_command().prop_map(Event::Do),
    ]
}

/// Every bit, zero's sign included.
fn bits(layout: &Layout) -> String {
    format!("{layout:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_thousand_operations_undone_and_redone(
        start in any_layout(),
        events in proptest::collection::vec((any_event(), 1..40_u8), OPERATIONS),
    ) {
        let surroundings = surroundings();
        let mut editor = Editor::new(start.clone(), 7);
        for (event, zoom) in events {
            let sight = Sight { px_per_unit: f64::from(zoom) / 10.0, ..sight(&surroundings) };
            let (before, changes) = (bits(editor.settled_layout()), editor.changes());
            editor.handle(event, &sight);
            prop_assert_eq!(before != bits(editor.settled_layout()), changes != editor.changes());
            prop_assert!(editor.selection().iter().all(|id| editor.layout().find(*id).is_some()));
            // What the server takes, and as it was sent.
            let sent = serde_json::to_string(editor.settled_layout()).expect("JSON");
            let taken: Layout = serde_json::from_str(&sent).expect("a layout");
            prop_assert_eq!(bits(&taken), bits(editor.settled_layout()));
        }
        let sight = sight(&surroundings);
        editor.handle(Event::Cancel, &sight);
        while !editor.history().undone().is_empty() {
            editor.handle(Event::Do(Command::Redo), &sight);
        }
        let (end, steps) = (bits(editor.layout()), editor.history().done().len());
        for _ in 0..steps {
            editor.handle(Event::Do(Command::Undo), &sight);
        }
        prop_assert!(editor.history().done().is_empty());
        prop_assert_eq!(bits(editor.layout()), bits(&start));
        for _ in 0..steps {
            editor.handle(Event::Do(Command::Redo), &sight);
        }
        prop_assert_eq!(bits(editor.layout()), end);
    }

    #[test]
    fn a_gesture_that_is_interrupted_is_no_step(
        start in any_layout(),
        (from, to) in (any_place(), any_place()),
        modifiers in any_modifiers(),
        others in any_layout(),
    ) {
        let surroundings = surroundings();
        let sight = sight(&surroundings);
        let mut editor = Editor::new(start.clone(), 7);
        editor.handle(Event::Do(Command::SelectAll), &sight);
        editor.handle(Event::Down { at: from, contact: Contact::Mouse, modifiers }, &sight);
        editor.handle(Event::Move { at: to, modifiers }, &sight);
        let mut interrupted = editor.clone();
        interrupted.handle(Event::Cancel, &sight);
        prop_assert_eq!(interrupted.layout(), &start);
        prop_assert!(interrupted.history().done().is_empty());
        // Others publish in the middle of it.
        editor.take_over(others.clone());
        editor.handle(Event::Up, &sight);
        prop_assert_eq!(editor.layout(), &others);
    }
}
