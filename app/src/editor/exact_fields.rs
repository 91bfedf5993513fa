//! Exact numbers of what is selected. What is typed is shown at once and kept when the field is left; Escape takes it back.

use super::numbers::{read_units, write_units};
use super::studio::{Studio, use_studio};
use crate::erased::{AnyView, IntoAny};
use crate::reader::use_reader;
use drafting::{Editor, Event, ExactField, Frame, Interaction, Refusal, Shape};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

const FIELDS: [ExactField; 5] =
    [ExactField::X, ExactField::Y, ExactField::Width, ExactField::Height, ExactField::Rotation];
/// What an arrow key adds, and with Shift.
const STEPS: [f64; 2] = [1.0, 10.0];

#[component]
pub(super) fn ExactFields() -> impl IntoView {
    let studio = use_studio();
    let fields = FIELDS.map(|field| view_field(studio, field)).into_iter().collect_view();
    view! { <div class="exact-fields">{fields}</div> }.into_any()
}

fn view_field(studio: Studio, field: ExactField) -> AnyView {
    let (texts, locale) = (studio.texts, use_reader().locale);
    let value = Memo::new(move |_| studio.editor.with(|editor| value_of(editor, field)));
    // What is being typed; the field shows it as it was typed, not as it is understood.
    let typed: RwSignal<Option<String>> = RwSignal::new(None);
    let text =
        move || typed.get().or_else(|| value.get().one().map(|value| write_units(value, locale))).unwrap_or_default();
    let is_wrong =
        Memo::new(move |_| typed.with(|typed| typed.as_ref().is_some_and(|text| read_units(text).is_none())));
    let show = move |number: f64| studio.send(Event::Typing(field, number));
    let keep = move || {
        if let Some(text) = typed.get_untracked() {
            typed.set(None);
            match read_units(&text) {
                Some(_) => _ = studio.send(Event::Typed),
                None => {
                    take_back(studio);
                    studio.say((texts.refused)(Refusal::NotAllowed));
                }
            }
        }
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => keep(),
        "Escape" if typed.with_untracked(Option::is_some) => {
            typed.set(None);
            take_back(studio);
            event.prevent_default();
        }
        key @ ("ArrowUp" | "ArrowDown") => {
            let Some(value) = value.get_untracked().one() else { return };
            let step = STEPS[usize::from(event.shift_key())] * if key == "ArrowUp" { 1.0 } else { -1.0 };
            show(value + step);
            typed.set(Some(write_units(value + step, locale)));
            event.prevent_default();
        }
        _ => {}
    };
    let input = move |text: String| {
        if let Some(number) = read_units(&text) {
            show(number);
        }
        typed.set(Some(text));
    };
    let (sign, name) = (texts.exact)(field);
    view! {
        <label class="exact-field" title=name>
            <span aria-hidden="true">{sign}</span>
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-label=name
                data-field=key_of(field)
                placeholder=move || if value.get() == Value::Mixed { texts.mixed } else { "" }
                aria-invalid=move || is_wrong.get().then_some("true")
                disabled=move || value.get() == Value::None
                prop:value=text
                on:input=move |event| input(event_target_value(&event))
                on:keydown=press
                on:blur=move |_| keep()
            />
        </label>
    }
    .into_any()
}

/// What was typed; not a gesture that has begun meanwhile.
fn take_back(studio: Studio) {
    if studio.editor.with_untracked(|editor| *editor.interaction() == Interaction::Typing) {
        studio.send(Event::Cancel);
    }
}

const fn key_of(field: ExactField) -> &'static str {
    match field {
        ExactField::X => "x",
        ExactField::Y => "y",
        ExactField::Width => "width",
        ExactField::Height => "height",
        ExactField::Rotation => "rotation",
    }
}

/// What a field shows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Value {
    /// There is no such number.
    None,
    /// All have this one.
    One(f64),
    /// They have different ones.
    Mixed,
}

impl Value {
    const fn one(self) -> Option<f64> {
        match self {
            Self::One(value) => Some(value),
            Self::None | Self::Mixed => None,
        }
    }
}

fn value_of(editor: &Editor, field: ExactField) -> Value {
    let booths = editor.selection().iter().filter_map(|id| editor.layout().find(*id)).filter(|booth| !booth.is_locked);
    let shapes: Vec<&Shape> = booths.map(|booth| &booth.shape).collect();
    let Some(frame) = Frame::around(&shapes) else { return Value::None };
    let rotation = |shape: &&Shape| match shape {
        Shape::Rectangle(placement) => Some(placement.rotation_deg),
        Shape::Polygon(_) => None,
    };
    match field {
        ExactField::X => Value::One(frame.middle.x - frame.width / 2.0),
        ExactField::Y => Value::One(frame.middle.y - frame.height / 2.0),
        ExactField::Width => same(shapes.iter().map(|shape| shape.size().0)),
        ExactField::Height => same(shapes.iter().map(|shape| shape.size().1)),
        ExactField::Rotation => same(shapes.iter().filter_map(rotation)),
    }
}

fn same(mut values: impl Iterator<Item = f64>) -> Value {
    match values.next() {
        None => Value::None,
        Some(first) if values.all(|value| (value - first).abs() < 0.005) => Value::One(first),
        Some(_) => Value::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_for_all_that_have_it() {
        assert_eq!(same([].into_iter()), Value::None);
        assert_eq!(same([4.0, 4.001].into_iter()), Value::One(4.0));
        assert_eq!(same([4.0, 5.0].into_iter()), Value::Mixed);
    }
}
