//! What was found while typing.

use super::Needle;
use crate::backend::BoothEntry;
use crate::booth_status::StatusBadge;
use crate::erased::IntoAny;
use crate::live::use_booth;
use crate::texts::use_texts;
use leptos::prelude::*;

/// The booths that fit, the best first, then by number.
pub(crate) fn find_best(booths: &[BoothEntry], needle: &Needle, count_max: usize) -> Vec<BoothEntry> {
    let ranks = booths.iter().filter_map(|booth| Some((needle.rank(booth)?, booth)));
    let mut ranked: Vec<_> = ranks.collect();
    ranked.sort_by_key(|(rank, booth)| (*rank, booth.number));
    ranked.into_iter().take(count_max).map(|(_, booth)| booth.clone()).collect()
}

/// The id of a result, for the field that points at it.
pub(super) fn option_id(place: usize) -> String {
    format!("search-option-{place}")
}

/// One result. The focus stays in the field: this is only pointed at.
#[component]
pub(super) fn SearchOption(
    place: usize,
    booth: BoothEntry,
    #[prop(into)] is_active: Signal<bool>,
    go: impl Fn() + 'static,
) -> impl IntoView {
    let texts = use_texts();
    let BoothEntry { number, floor, name } = booth;
    view! {
        <li
            role="option"
            id=option_id(place)
            class="search-option"
            data-search-option=number.0
            aria-selected=move || if is_active.get() { "true" } else { "false" }
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| go()
        >
            <span class="booth-row-number">{number.0}</span>
            <span class="search-option-name">{name}</span>
            <span class="search-option-floor">{(texts.floor)(floor)}</span>
            <StatusBadge status=use_booth(number).status />
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{BoothNumber, FloorNumber};

    #[test]
    fn the_best_first() {
        let entry = |(number, name): (u32, &str)| BoothEntry {
            number: BoothNumber(number),
            floor: FloorNumber(4),
            name: name.to_owned(),
        };
        let booths = [(4, "Two"), (41, "One"), (42, "Room 4"), (44, "Four"), (104, "x4")].map(entry);
        let find = |text: &str, count_max| {
            let found = find_best(&booths, &Needle::new(text), count_max);
            found.into_iter().map(|booth| booth.number.0).collect::<Vec<_>>()
        };
        assert_eq!(find("4", 9), [4, 41, 42, 44, 104]);
        assert_eq!(find("4", 2), [4, 41]);
        assert_eq!(find("room", 9), [42]);
        assert_eq!(find("nobody", 9), [0; 0]);
    }
}
