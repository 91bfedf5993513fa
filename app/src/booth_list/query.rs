//! Which booths the list shows and in which order, as it stands in the address: `?show=free&floors=all&sort=longest&q=mark`.

use crate::navigation::{encode, use_query_map};
use domain::{BoothNumber, FloorNumber};
use leptos::prelude::*;
use std::fmt::Write as _;

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sort {
    /// By the number on the door.
    #[default]
    Number,
    /// Free ones first, then occupied ones.
    Free,
    /// What has been so for the longest time first.
    Longest,
}

impl Sort {
    /// In the order of their links.
    pub(super) const ALL: [Self; 3] = [Self::Number, Self::Free, Self::Longest];

    /// The word in the address.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Free => "free",
            Self::Longest => "longest",
        }
    }
}

/// What the list shows. Whatever an address holds makes one: what it does not say, or says wrongly, is as usual.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ListQuery {
    pub(crate) free_only: bool,
    pub(crate) all_floors: bool,
    pub(crate) sort: Sort,
    /// What booths are looked for by; empty for all.
    pub(crate) text: String,
}

impl ListQuery {
    /// Longer texts are cut, in characters.
    pub(crate) const TEXT_MAX: usize = 64;

    /// Reads the values of an address.
    pub(crate) fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let says = |name: &str, word: &str| value(name).as_deref() == Some(word);
        Self {
            free_only: says("show", "free"),
            all_floors: says("floors", "all"),
            sort: Sort::ALL.into_iter().find(|sort| says("sort", sort.as_str())).unwrap_or_default(),
            text: value("q").unwrap_or_default().trim().chars().take(Self::TEXT_MAX).collect(),
        }
    }

    /// The address of a floor, and of one of its booths, with this list beside it.
    pub(crate) fn href(&self, floor: FloorNumber, booth: Option<BoothNumber>) -> String {
        let mut href = format!("/floor/{floor}");
        let mut add = |name: &str, value: &str| {
            let sign = if href.contains('?') { '&' } else { '?' };
            // Writing to a String cannot fail.
            let _ = write!(href, "{sign}{name}={value}");
        };
        if let Some(booth) = booth {
            add("booth", &booth.to_string());
        }
        if self.free_only {
            add("show", "free");
        }
        if self.all_floors {
            add("floors", "all");
        }
        if self.sort != Sort::default() {
            add("sort", self.sort.as_str());
        }
        if !self.text.is_empty() {
            add("q", &encode(&self.text));
        }
        href
    }
}

/// What the address says of the list.
#[derive(Clone, Copy)]
struct QueryInAddress(Memo<ListQuery>);

/// Follows the address, for the components below.
pub(crate) fn provide_list_query_context() {
    let query = use_query_map();
    provide_context(QueryInAddress(Memo::new(move |_| query.with(|query| ListQuery::read(|name| query.get(name))))));
}

/// What the address says of the list.
pub(crate) fn use_list_query() -> Memo<ListQuery> {
    expect_context::<QueryInAddress>().0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> ListQuery {
        let pairs: Vec<_> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        ListQuery::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn addresses_are_read_and_written_alike() {
        for query in [
            "",
            "?booth=42",
            "?show=free",
            "?booth=42&show=free&floors=all&sort=longest&q=mark",
            "?floors=all&sort=free",
            "?q=7",
        ] {
            let list = read(query.trim_start_matches('?'));
            let booth = query.contains("booth").then_some(BoothNumber(42));
            assert_eq!(list.href(FloorNumber(4), booth), format!("/floor/4{query}"));
        }
    }

    #[test]
    fn what_makes_no_sense_is_as_usual() {
        for query in ["show=", "show=all&floors=4&sort=sideways", "q=%20", "sort=number&show=FREE"] {
            let list = read(&query.replace("%20", " "));
            assert_eq!(list, ListQuery::default(), "{query}");
        }
        assert_eq!(read(&format!("q={}", "é".repeat(200))).text.chars().count(), ListQuery::TEXT_MAX);
    }
}
