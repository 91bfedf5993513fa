//! A plant as the page follows it: what the server has last told, how the link stands, and what was done.

use super::act::Act;
use super::view::{PlantPage, PlantView, Standing};
use crate::api::act_on_plant;
use crate::backend::PlantError;
use crate::live::{Contact, Link, browser_now};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

/// Kind and data.
type Receive = Closure<dyn FnMut(String, String)>;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = dispobox, js_name = "followPlant")]
    fn follow_plant(url: &str, receive: &Receive);

    #[wasm_bindgen(js_namespace = dispobox, js_name = "unfollowPlant")]
    fn unfollow_plant();
}

/// The plant that the page shows.
#[derive(Clone, Copy)]
pub(super) struct Plant {
    name: StoredValue<String>,
    view: RwSignal<PlantView>,
    contact: RwSignal<Contact>,
    pub(super) may_operate: bool,
    pub(super) standing: Standing,
    /// Why the last act was not carried out.
    pub(super) refused: RwSignal<Option<PlantError>>,
}

/// The plant that the page shows.
pub(super) fn use_plant() -> Plant {
    expect_context()
}

impl Plant {
    /// Starts from what the server has told with the page, for the components below, and follows it from there. `refused` is
    /// why the last act of a page without scripts was not carried out.
    pub(super) fn provide_context(page: &PlantPage, refused: Option<PlantError>) -> Self {
        let plant = Self {
            name: StoredValue::new(page.plant.clone()),
            view: RwSignal::new(page.view.clone()),
            contact: RwSignal::new(Contact::default()),
            may_operate: page.standing == Standing::Operates,
            standing: page.standing,
            refused: RwSignal::new(refused),
        };
        provide_context(plant);
        plant.follow();
        plant
    }

    /// Its name.
    pub(super) fn name(self) -> String {
        self.name.get_value()
    }

    /// Looks at how it is, and again whenever it is told anew.
    pub(super) fn look<T>(self, look: impl FnOnce(&PlantView) -> T) -> T {
        self.view.with(look)
    }

    /// The link to it.
    pub(super) fn link(self) -> Memo<Link> {
        Memo::new(move |_| self.contact.get().link())
    }

    /// Does something, and shows what came of it.
    pub(super) fn act(self, act: &Act) {
        match self.standing {
            Standing::Operates => self.ask(act),
            Standing::Looks => self.refused.set(Some(PlantError::NotAllowed)),
            Standing::SignedOut => self.refused.set(Some(PlantError::NotSignedIn)),
        }
    }

    fn ask(self, act: &Act) {
        let (name, act) = (self.name(), act.to_string());
        spawn_local(async move {
            let done = act_on_plant(name, act, None).await;
            // The reader may have gone to another page meanwhile.
            match done {
                Ok(view) => {
                    self.refused.try_set(None);
                    self.show(view);
                }
                Err(error) => _ = self.refused.try_set(Some(error)),
            }
        });
    }

    /// The button of a form was pressed: with scripts, the page stays.
    pub(super) fn press(self, event: &MouseEvent, act: &Act) {
        event.prevent_default();
        self.act(act);
    }

    fn show(self, view: PlantView) {
        // An answer may have been overtaken by the stream.
        if self.view.try_with_untracked(|known| known.at_s <= view.at_s).unwrap_or_default() {
            self.view.set(view);
        }
    }

    fn follow(self) {
        // Effects run in the browser only, and what they make stays on its one thread.
        Effect::new(move |_| {
            let receive: Receive = Closure::new(move |kind: String, data: String| self.receive(&kind, &data));
            follow_plant(&format!("/brewery/events?plant={}", self.name()), &receive);
            let receive = StoredValue::new_local(receive);
            on_cleanup(move || {
                unfollow_plant();
                receive.dispose();
            });
        });
    }

    fn receive(self, kind: &str, data: &str) {
        let now = browser_now();
        if kind == "tick" {
            self.contact.update(|contact| contact.tick(data == "open", now));
            return;
        }
        self.contact.update(|contact| contact.heard(now, now));
        if kind == "plant" {
            match serde_json::from_slice(data.as_bytes()) {
                Ok(view) => self.view.set(view),
                // Of a later build: it is left out, and the page goes on.
                Err(error) => leptos::logging::warn!("plant: {error}"),
            }
        }
    }
}
