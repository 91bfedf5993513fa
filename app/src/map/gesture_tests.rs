use super::*;

const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

const fn finger(id: i32, x: f64, y: f64) -> Finger {
    Finger { id, at: at(x, y) }
}

const fn down(id: i32, x: f64, y: f64, now_ms: f64) -> Input {
    Input::Down { finger: finger(id, x, y), now_ms }
}

const fn to(id: i32, x: f64, y: f64) -> Input {
    Input::Move { finger: finger(id, x, y) }
}

const fn up(id: i32, now_ms: f64) -> Input {
    Input::Up { id, now_ms }
}

/// What the plan did, and how it ended.
fn play(inputs: &[Input]) -> (Vec<Act>, Gesture) {
    let mut acts = Vec::new();
    let end = inputs.iter().fold(Gesture::Idle, |gesture, input| {
        let (next, act) = gesture.next(*input);
        acts.extend((act != Act::Nothing).then_some(act));
        next
    });
    (acts, end)
}

fn check(inputs: &[Input], expect: &[Act]) -> Gesture {
    let (acts, end) = play(inputs);
    assert_eq!(acts, expect, "{inputs:?}");
    end
}

#[test]
fn a_trembling_click_is_no_drag() {
    let mut end = check(&[down(1, 10.0, 10.0, 0.0), to(1, 12.0, 12.0), up(1, 90.0)], &[]);
    assert!(!end.swallows_click(false));
    assert!(matches!(end, Gesture::Tapped { .. }), "a second one may follow");
}

#[test]
fn a_drag_moves_by_what_the_pointer_moves() {
    let inputs = [down(1, 10.0, 10.0, 0.0), to(1, 20.0, 10.0), to(1, 20.0, 13.0), up(1, 90.0), to(1, 50.0, 50.0)];
    let mut end = check(&inputs, &[Act::Pan(at(10.0, 0.0)), Act::Pan(at(0.0, 3.0))]);
    assert!(!end.swallows_click(true), "Enter is no end of a drag");
    assert!(end.swallows_click(false));
    assert!(!end.swallows_click(false), "only one click ends a drag");
}

#[test]
fn two_fingers_zoom_about_their_middle_and_move_it() {
    let inputs = [down(1, 100.0, 100.0, 0.0), down(2, 200.0, 100.0, 9.0), to(2, 300.0, 100.0), to(1, 200.0, 100.0)];
    let apart = Act::Pinch { from: at(150.0, 100.0), to: at(200.0, 100.0), factor: 2.0 };
    let together = Act::Pinch { from: at(200.0, 100.0), to: at(250.0, 100.0), factor: 0.5 };
    check(&inputs, &[apart, together]);
}

#[test]
fn a_third_finger_counts_for_nothing() {
    let inputs = [
        down(1, 100.0, 100.0, 0.0),
        down(2, 200.0, 100.0, 9.0),
        down(3, 500.0, 500.0, 20.0),
        to(3, 900.0, 900.0),
        up(3, 30.0),
        to(2, 300.0, 100.0),
    ];
    check(&inputs, &[Act::Pinch { from: at(150.0, 100.0), to: at(200.0, 100.0), factor: 2.0 }]);
}

#[test]
fn the_finger_that_stays_goes_on_without_a_jump() {
    for (lifted, stays) in [(1, finger(2, 300.0, 100.0)), (2, finger(1, 100.0, 100.0))] {
        let pinch = [down(1, 100.0, 100.0, 0.0), down(2, 200.0, 100.0, 9.0), to(2, 300.0, 100.0), up(lifted, 900.0)];
        let (acts, gesture) = play(&pinch);
        assert_eq!((acts.len(), gesture), (1, Gesture::Dragging { finger: stays }));
        let (gesture, act) = gesture.next(to(stays.id, stays.at.x + 5.0, stays.at.y));
        assert_eq!(act, Act::Pan(at(5.0, 0.0)));
        // And may be joined again.
        let (gesture, _) = gesture.next(down(7, 0.0, 0.0, 990.0));
        assert!(matches!(gesture, Gesture::Pinching { .. }), "{gesture:?}");
    }
}

#[test]
fn fingers_that_meet_do_not_explode() {
    let inputs = [down(1, 100.0, 100.0, 0.0), down(2, 140.0, 100.0, 9.0), to(2, 100.0, 100.0), to(2, 140.0, 100.0)];
    for act in play(&inputs).0 {
        assert!(matches!(act, Act::Pinch { factor, .. } if (0.5..=2.0).contains(&factor)), "{act:?}");
    }
}

#[test]
fn two_taps_zoom_where_they_are() {
    let tap = |x, from_ms: f64| [down(1, x, 50.0, from_ms), up(1, from_ms + 60.0)];
    let taps = |second_x, second_ms| [tap(40.0, 0.0), tap(second_x, second_ms)].concat();
    check(&taps(45.0, 200.0), &[Act::DoubleTap(at(45.0, 50.0))]);
    check(&taps(45.0, 700.0), &[]);
    check(&taps(90.0, 200.0), &[]);
    // Three taps are not twice two.
    check(&[taps(45.0, 200.0), tap(45.0, 400.0).to_vec()].concat(), &[Act::DoubleTap(at(45.0, 50.0))]);
    // Held for long, then tapped.
    check(&[down(1, 40.0, 50.0, 0.0), up(1, 800.0), down(1, 40.0, 50.0, 900.0), up(1, 950.0)], &[]);
    // A tap, then a drag.
    check(
        &[&tap(40.0, 0.0)[..], &[down(1, 40.0, 50.0, 200.0), to(1, 60.0, 50.0), up(1, 300.0)]].concat(),
        &[Act::Pan(at(20.0, 0.0))],
    );
}

#[test]
fn two_fingers_tap_to_zoom_out() {
    let tap = |lift_ms| [down(1, 0.0, 0.0, 0.0), down(2, 100.0, 0.0, 20.0), to(2, 104.0, 0.0), up(1, lift_ms)];
    check(&tap(120.0), &[Act::TwoFingerTap(at(50.0, 0.0))]);
    check(&tap(900.0), &[]);
}

#[test]
fn what_the_browser_takes_over_is_no_tap() {
    let end = check(&[down(1, 10.0, 10.0, 0.0), Input::Cancel { id: 1 }], &[]);
    assert_eq!(end, Gesture::Idle);
    let end = check(
        &[down(1, 0.0, 0.0, 0.0), down(2, 50.0, 0.0, 9.0), Input::Cancel { id: 1 }, Input::Cancel { id: 2 }],
        &[],
    );
    assert_eq!(end, Gesture::Dragged);
}
