//! The booths as quiet shapes with their numbers.

use super::studio::{Studio, use_studio};
use super::words::name_booth;
use crate::erased::IntoAny;
use domain::PlanPoint;
use drafting::{BoothId, Finding, LayoutBooth, Shape};
use leptos::prelude::*;

/// All of them; each follows its own booth.
#[component]
pub(super) fn BoothShapes() -> impl IntoView {
    let studio = use_studio();
    let ids = Memo::new(move |_| {
        studio.editor.with(|editor| editor.layout().booths().map(|booth| booth.id).collect::<Vec<_>>())
    });
    view! {
        <For each=move || ids.get() key=|id| *id let:id>
            <BoothShape id=id />
        </For>
    }
    .into_any()
}

#[component]
fn BoothShape(id: BoothId) -> impl IntoView {
    let studio = use_studio();
    let booth = studio.booth(id);
    let is_selected = Memo::new(move |_| studio.editor.with(|editor| editor.selection().contains(&id)));
    let has_focus = Memo::new(move |_| studio.editor.with(|editor| editor.focus() == Some(id)));
    let has_fault = Memo::new(move |_| studio.findings.with(|findings| has_fault(findings, id)));
    let label =
        Memo::new(move |_| booth.with(|booth| booth.as_ref().map(|booth| describe(studio, booth, is_selected.get()))));
    let outline = move || booth.with(|booth| booth.as_ref().map(|booth| outline_of(&booth.shape)));
    let text = Memo::new(move |_| booth.with(|booth| booth.as_ref().map(Lettering::of)));
    let is_locked = move || booth.with(|booth| booth.as_ref().is_some_and(|booth| booth.is_locked)).then_some("");
    view! {
        <g
            id=format!("booth-{}", id.0)
            class="editor-booth"
            role="img"
            aria-label=label
            data-editor-booth=move || booth.with(|booth| booth.as_ref().map(|booth| booth.number.0))
            data-selected=move || is_selected.get().then_some("")
            data-focus=move || has_focus.get().then_some("")
            data-locked=is_locked
            data-fault=move || has_fault.get().then_some("")
        >
            <path class="editor-booth-ground" d=outline />
            <text
                transform=move || text.with(|text| text.as_ref().map(|text| text.transform.clone()))
                font-size=move || text.with(|text| text.as_ref().map(|text| text.size))
            >
                {move || text.with(|text| text.as_ref().map(|text| text.number))}
            </text>
        </g>
    }
    .into_any()
}

fn describe(studio: Studio, booth: &LayoutBooth, is_selected: bool) -> String {
    let texts = studio.texts;
    let is_polygon = matches!(booth.shape, Shape::Polygon(_));
    let words = [(is_polygon, texts.polygon), (is_selected, texts.selected), (booth.is_locked, texts.locked)];
    let mut label = name_booth(texts, booth);
    for (_, word) in words.iter().filter(|(applies, _)| *applies) {
        label.push_str(", ");
        label.push_str(word);
    }
    label
}

fn has_fault(findings: &[Finding], id: BoothId) -> bool {
    findings.iter().any(|finding| match finding {
        Finding::SameNumber(_, ids) | Finding::SameChannel(_, ids) => ids.contains(&id),
        Finding::NumberElsewhere(booth, _) | Finding::ChannelElsewhere(booth, _) => *booth == id,
        Finding::OutsidePlan(_) | Finding::Overlap(..) | Finding::NotWired(_) => false,
    })
}

/// The value of the SVG `d` attribute.
pub(super) fn outline_of(shape: &Shape) -> String {
    let mut outline = String::new();
    for (index, PlanPoint { x, y }) in shape.corners().into_iter().enumerate() {
        outline.push_str(&format!("{}{x:.2} {y:.2}", if index == 0 { 'M' } else { 'L' }));
    }
    outline.push('Z');
    outline
}

/// A number in the middle of its booth, as large as there is room, and never on its head.
#[derive(Debug, Clone, PartialEq)]
struct Lettering {
    number: u32,
    size: f64,
    transform: String,
}

impl Lettering {
    fn of(booth: &LayoutBooth) -> Self {
        let (width, height) = booth.shape.size();
        let number = booth.number.0;
        let letters = number.checked_ilog10().unwrap_or(0) + 1;
        let size = (height * 0.42).min(width * 0.9 / (0.62 * f64::from(letters))).min(40.0);
        let rotation_deg = match &booth.shape {
            Shape::Rectangle(placement) => placement.rotation_deg,
            Shape::Polygon(_) => 0.0,
        };
        let upright = rotation_deg - (rotation_deg / 180.0).round() * 180.0;
        let PlanPoint { x, y } = booth.shape.middle();
        Self { number, size, transform: format!("translate({x:.2} {y:.2}) rotate({upright:.2})") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{BoothNumber, Placement};
    use std::collections::BTreeSet;

    fn booth(number: u32, rotation_deg: f64) -> LayoutBooth {
        let shape = Shape::Rectangle(Placement { x: 10.0, y: 20.0, width: 100.0, height: 50.0, rotation_deg });
        let (id, number) = (BoothId(1), BoothNumber(number));
        LayoutBooth { id, number, name: String::new(), shape, wires: BTreeSet::new(), is_locked: false }
    }

    #[test]
    fn outlines() {
        assert_eq!(outline_of(&booth(1, 0.0).shape), "M10.00 20.00L110.00 20.00L110.00 70.00L10.00 70.00Z");
    }

    #[test]
    fn numbers_fit_and_stand_upright() {
        let check = |number, rotation_deg, size: f64, transform: &str| {
            let text = Lettering::of(&booth(number, rotation_deg));
            assert!((text.size - size).abs() < 0.01, "{text:?}");
            assert_eq!(text.transform, transform);
        };
        check(4, 0.0, 21.0, "translate(60.00 45.00) rotate(0.00)");
        check(999_999, 200.0, 21.0, "translate(60.00 45.00) rotate(20.00)");
        let narrow = Lettering::of(&LayoutBooth {
            shape: Shape::Rectangle(Placement { x: 0.0, y: 0.0, width: 20.0, height: 90.0, rotation_deg: 0.0 }),
            ..booth(123_456, 0.0)
        });
        assert!(narrow.size * 0.62 * 6.0 <= 20.0, "{narrow:?}");
    }
}
