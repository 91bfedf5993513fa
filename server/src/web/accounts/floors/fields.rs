//! What forms send, where the names of their fields are numbered.

use axum::extract::{Form, FromRequest, Request};
use axum::response::{IntoResponse, Response};

/// The fields of a form, in order.
pub(in crate::web::accounts) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The text of a field, without spaces around it; empty when there is none.
    pub(in crate::web::accounts) fn text(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default().trim()
    }

    /// The text of a field, if there is one.
    pub(in crate::web::accounts) fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box was ticked.
    pub(in crate::web::accounts) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A number.
    pub(in crate::web::accounts) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let form = Form::<Vec<(String, String)>>::from_request(request, state).await;
        form.map(|Form(fields)| Self(fields)).map_err(IntoResponse::into_response)
    }
}
