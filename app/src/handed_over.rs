//! What the server hands over with a page, so that the browser starts from the very state that is on the screen.

use crate::lazy::take_handed;
use leptos::prelude::SharedValue;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// On the server, what `make` makes, which goes into the page as well. In the browser, what has come with the page;
/// nothing once the page has been taken over.
pub(crate) fn hand_over<T>(make: impl FnOnce() -> Option<T>) -> Option<T>
where
    T: Serialize + DeserializeOwned,
{
    if let Some(handed) = take_handed() {
        return serde_json::from_slice(handed?.as_bytes()).ok().flatten();
    }
    SharedValue::<Option<T>, JsonBytes>::new_with_encoding(make).into_inner()
}

/// JSON, read the way answers of the server are read: the parser is there once.
struct JsonBytes;

impl<T: Serialize> Encoder<T> for JsonBytes {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for JsonBytes {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, serde_json::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}
