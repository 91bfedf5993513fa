//! `GET /lang/{language}?to=/floor/4`: remembers the reader's language in their browser and goes back.

use app::{Locale, Reader};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{LOCATION, SET_COOKIE};
use serde::Deserialize;

const YEAR_S: u32 = 365 * 24 * 3600;

#[derive(Debug, Deserialize)]
pub(super) struct LanguageQuery {
    #[serde(default)]
    to: String,
}

/// Sets the cookie; 404 for a language that the pages do not speak.
pub(super) async fn choose_language(Path(language): Path<String>, Query(query): Query<LanguageQuery>) -> Response {
    let Some(locale) = Locale::from_tag(&language) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cookie = format!("{}={}; Path=/; Max-Age={YEAR_S}; SameSite=Lax", Reader::LOCALE_COOKIE, locale.tag());
    (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, local_path(&query.to).to_owned())]).into_response()
}

/// A path of this site; `/` for anything that a browser could take for another site or another header.
pub(super) fn local_path(to: &str) -> &str {
    let is_local = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
    if is_local && to.bytes().all(|b| b.is_ascii_graphic()) { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site() {
        for to in ["/", "/floor/4", "/floor/4?booth=42"] {
            assert_eq!(local_path(to), to);
        }
        for to in ["", "floor", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nX: y", "/\u{e9}"] {
            assert_eq!(local_path(to), "/", "{to}");
        }
    }
}
