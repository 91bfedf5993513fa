//! How each floor was looked at last, kept for as long as the browser's tab lives: changing floors, changing the
//! language and loading the page again lead back to the same view.

use crate::geometry::View;
use domain::FloorNumber;
use leptos::prelude::*;
use web_sys::Storage;

/// The view of a floor. It begins as the server has drawn it, and is what was kept as soon as the page is alive.
pub(super) fn use_kept_view(floor: FloorNumber) -> RwSignal<View> {
    let view = RwSignal::new(View::FIT);
    let key = format!("dispobox.view.{floor}");
    Effect::new(move |begun: Option<()>| {
        let Some(storage) = tab_storage() else { return };
        if begun.is_none() {
            let kept = storage.get_item(&key).ok().flatten();
            if let Some(kept) = kept.and_then(|text| View::from_data(&text)) {
                view.set(kept);
            }
        }
        // A browser that keeps nothing simply begins with the whole plan.
        drop(storage.set_item(&key, &view.get().to_data()));
    });
    view
}

fn tab_storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
