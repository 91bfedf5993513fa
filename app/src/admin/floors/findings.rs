use super::changes::{name_booth, say_wire};
use super::words::{FloorWords, use_floor_words};
use crate::erased::IntoAny;
use drafting::{Finding, Layout};
use leptos::prelude::*;

/// What is the matter with a draft: what refuses publishing, then what is worth a look.
#[component]
pub(super) fn Findings(findings: Vec<Finding>, layout: Layout) -> impl IntoView {
    let words = use_floor_words();
    let (faults, hints): (Vec<_>, Vec<_>) = findings.into_iter().partition(Finding::is_fault);
    let list = |title: &'static str, kind: &'static str, findings: Vec<Finding>| {
        let items = findings.iter().map(|finding| view! { <li>{say(finding, &layout, words)}</li> }).collect_view();
        (!findings.is_empty()).then(|| {
            view! {
                <section class="findings" data-findings=kind>
                    <h2>{title}</h2>
                    <ul>{items}</ul>
                </section>
            }
        })
    };
    view! {
        {list(words.faults, "faults", faults)}
        {list(words.hints, "hints", hints)}
    }
    .into_any()
}

fn say(finding: &Finding, layout: &Layout, words: &FloorWords) -> String {
    let name = |id| name_booth(id, [layout], words);
    match finding {
        Finding::SameNumber(number, ids) => (words.same_number)(*number, ids.len()),
        Finding::NumberElsewhere(_, number) => (words.number_elsewhere)(*number),
        Finding::SameChannel(wire, ids) => {
            let booths: Vec<_> = ids.iter().map(|id| name(*id)).collect();
            (words.same_channel)(&say_wire(wire), &booths.join(", "))
        }
        Finding::ChannelElsewhere(id, wire) => (words.channel_elsewhere)(&say_wire(wire), &name(*id)),
        Finding::OutsidePlan(id) => (words.outside_plan)(&name(*id)),
        Finding::Overlap(one, other) => (words.overlap)(&name(*one), &name(*other)),
        Finding::NotWired(id) => (words.booth_not_wired)(&name(*id)),
    }
}
