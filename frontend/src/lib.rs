//! The browser's entry: takes over the page that the server has rendered.

use std::panic;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Heals the page: `public/js/heal.js`.
    #[wasm_bindgen(js_namespace = dispobox)]
    fn broken(reason: &str);
}

/// Called once by the page when the wasm is there.
#[wasm_bindgen]
pub fn hydrate() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        broken("The application has panicked.");
    }));
    leptos::mount::hydrate_body(app::App);
}
