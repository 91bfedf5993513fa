//! The map is live before its part has come: until then, the booths that the server has drawn are followed here.

use super::use_booth;
use crate::glyphs::outline;
use crate::lazy::use_part;
use crate::parts::Part;
use crate::texts::{Texts, use_texts};
use domain::BoothNumber;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Every drawn booth.
const BOOTHS: &str = ".booth[data-booth]";
const SIGN: &str = ".glyph";

/// Follows what of the map is live, as [`crate::map`] does from then on.
pub(crate) fn stand_in_for_map() {
    let is_here = use_part(Part::Map);
    let texts = use_texts();
    Effect::new(move |_| {
        // A program that has broken may still be called; the page is grey by then.
        if is_here() || is_broken() {
            return;
        }
        let Some(booths) = document().query_selector_all(BOOTHS).ok() else { return };
        for booth in (0..booths.length()).filter_map(|index| booths.get(index)?.dyn_into().ok()) {
            follow(booth, texts);
        }
    });
}

/// Whether `public/js/heal.js` has given the application up.
fn is_broken() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-broken"))
}

fn follow(booth: Element, texts: &'static Texts) {
    let Some(number) = booth.get_attribute("data-booth").and_then(|number| number.parse().ok()) else { return };
    let view = use_booth(BoothNumber(number));
    let label = booth.get_attribute("aria-label").unwrap_or_default();
    let name = label.strip_suffix(untrack(|| view.words(texts))).unwrap_or(&label).to_owned();
    let sign = booth.query_selector(SIGN).ok().flatten();
    Effect::new(move |_| {
        let status = view.status.get();
        // Setting plain attributes cannot fail.
        drop(booth.set_attribute("data-status", status.as_str()));
        drop(booth.set_attribute("aria-label", &[&name, view.words(texts)].concat()));
        if let Some(sign) = &sign {
            drop(sign.set_attribute("d", outline(status)));
        }
    });
}
