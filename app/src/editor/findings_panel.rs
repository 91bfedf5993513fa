//! What is the matter with the layout: faults, which refuse publishing, and hints.

use super::studio::{Studio, use_studio};
use super::words::{name_booth, name_wire};
use crate::erased::{AnyView, IntoAny};
use drafting::{BoothId, Command, Finding};
use leptos::prelude::*;

/// More are not written out at once.
const SHOWN_MAX: usize = 50;

#[component]
pub(super) fn FindingsPanel() -> impl IntoView {
    let studio = use_studio();
    let texts = studio.texts;
    let list = move || {
        let findings = studio.findings.get();
        if findings.is_empty() {
            return view! { <p class="soft">{texts.no_findings}</p> }.into_any();
        }
        let rows = findings.iter().take(SHOWN_MAX).map(|finding| view_finding(studio, finding)).collect_view();
        view! { <ul class="findings">{rows}</ul> }.into_any()
    };
    view! {
        <section class="panel findings-panel" aria-label=texts.findings>
            <h2>{texts.findings} " " <span class="count">{move || studio.findings.with(|findings| findings.len())}</span></h2>
            {list}
        </section>
    }
    .into_any()
}

fn view_finding(studio: Studio, finding: &Finding) -> AnyView {
    let texts = studio.texts;
    let (kind, word) = if finding.is_fault() { ("fault", texts.fault) } else { ("hint", texts.hint) };
    let ids = booths_of(finding);
    let select = move |_| {
        for (index, id) in ids.iter().enumerate() {
            studio.run(if index == 0 { Command::Select(*id) } else { Command::Toggle(*id) });
        }
    };
    view! {
        <li>
            <button type="button" class="finding" data-kind=kind on:click=select>
                <span class="finding-kind">{word}</span>
                " "
                {describe(studio, finding)}
            </button>
        </li>
    }
    .into_any()
}

fn booths_of(finding: &Finding) -> Vec<BoothId> {
    match finding {
        Finding::SameNumber(_, ids) | Finding::SameChannel(_, ids) => ids.clone(),
        Finding::Overlap(a, b) => vec![*a, *b],
        Finding::NumberElsewhere(id, _)
        | Finding::ChannelElsewhere(id, _)
        | Finding::OutsidePlan(id)
        | Finding::NotWired(id) => vec![*id],
    }
}

fn describe(studio: Studio, finding: &Finding) -> String {
    let texts = studio.texts;
    studio.editor.with_untracked(|editor| {
        let find = |id: &BoothId| editor.settled_layout().find(*id);
        let name = |id| find(id).map(|booth| name_booth(texts, booth)).unwrap_or_default();
        let number = |id| find(id).map_or(0, |booth| booth.number.0);
        match finding {
            Finding::SameNumber(number, _) => (texts.same_number)(number.0),
            Finding::NumberElsewhere(_, number) => (texts.number_elsewhere)(number.0),
            Finding::SameChannel(wire, _) => (texts.same_channel)(&name_wire(wire)),
            Finding::ChannelElsewhere(_, wire) => (texts.channel_elsewhere)(&name_wire(wire)),
            Finding::OutsidePlan(id) => format!("{} {}", name(id), texts.outside),
            Finding::Overlap(a, b) => (texts.overlap)(number(a), number(b)),
            Finding::NotWired(id) => format!("{} {}", name(id), texts.not_wired),
        }
    })
}
