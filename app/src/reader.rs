//! What is known of the reader: the language and the floor they looked at last. Kept in their browser only.

use domain::FloorNumber;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// A language that the pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// French, the language of the first users.
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language of a tag such as `en-GB`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// The best match of an `Accept-Language` header; the default where none matches.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let ranges = header.split(',').filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let locale = Self::from_tag(parts.next()?)?;
            let quality = parts.find_map(|part| part.strip_prefix("q="));
            Some((locale, quality.map_or(Some(1.0), |q| q.parse::<f32>().ok())?))
        });
        let best =
            ranges.filter(|(_, quality)| *quality > 0.0).reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(locale, _)| locale).unwrap_or_default()
    }
}

/// The reader of this page. On the server it comes from the request, in the browser from the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reader {
    /// Their language.
    pub locale: Locale,
    /// The floor they looked at last.
    pub floor: Option<FloorNumber>,
}

impl Reader {
    /// The cookie that holds the chosen language.
    pub const LOCALE_COOKIE: &str = "lang";
    /// The cookie that holds the last floor.
    pub const FLOOR_COOKIE: &str = "floor";

    /// Reads a `Cookie` header; a language that it does not choose comes from `otherwise`.
    #[must_use]
    pub fn from_cookies(header: &str, otherwise: Locale) -> Self {
        let value = |name: &str| header.split(';').find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='));
        Self {
            locale: value(Self::LOCALE_COOKIE).and_then(Locale::from_tag).unwrap_or(otherwise),
            floor: value(Self::FLOOR_COOKIE).and_then(|floor| floor.parse().ok()),
        }
    }

    /// Reads the document that the server has rendered.
    fn from_document() -> Self {
        let root = document().document_element();
        let tag = root.and_then(|root| root.get_attribute("lang")).unwrap_or_default();
        let locale = Locale::from_tag(&tag).unwrap_or_default();
        let cookies = html_document().and_then(|document| document.cookie().ok()).unwrap_or_default();
        Self { floor: Self::from_cookies(&cookies, locale).floor, locale }
    }
}

/// The reader of this page.
pub(crate) fn use_reader() -> Reader {
    use_context::<Reader>().unwrap_or_else(|| {
        let reader = Reader::from_document();
        provide_context(reader);
        reader
    })
}

/// Remembers the floor in the browser, for the next visit of `/`.
pub(crate) fn remember_floor(floor: FloorNumber) {
    const YEAR_S: u32 = 365 * 24 * 3600;
    let cookie = format!("{}={floor}; Path=/; Max-Age={YEAR_S}; SameSite=Lax", Reader::FLOOR_COOKIE);
    if let Some(document) = html_document() {
        // A browser that refuses cookies simply forgets the floor.
        drop(document.set_cookie(&cookie));
    }
}

fn html_document() -> Option<HtmlDocument> {
    document().dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language() {
        let cases = [
            ("", Locale::Fr),
            ("de", Locale::Fr),
            ("en", Locale::En),
            ("en-GB,en;q=0.9,fr;q=0.8", Locale::En),
            ("fr-FR,fr;q=0.9,en;q=0.8", Locale::Fr),
            ("de, en;q=0.5, fr;q=0.7", Locale::Fr),
            ("en;q=0, fr;q=0.1", Locale::Fr),
            ("EN-us;q=0.3", Locale::En),
            (";;;,q=,en;q=x", Locale::Fr),
        ];
        for (header, expect) in cases {
            assert_eq!(Locale::from_accept_language(header), expect, "{header}");
        }
    }

    #[test]
    fn cookies() {
        let read = |header| Reader::from_cookies(header, Locale::Fr);
        assert_eq!(read("").floor, None);
        assert_eq!(read("a=b; floor=6; lang=en"), Reader { locale: Locale::En, floor: Some(FloorNumber(6)) });
        assert_eq!(read("lang=xx; floor=six; myfloor=4"), Reader { locale: Locale::Fr, floor: None });
    }
}
