//! One page a file.

mod floor;
mod home;
mod not_found;
mod status;

pub(crate) use floor::FloorPage;
pub(crate) use home::{HomePage, use_home_floor};
pub(crate) use not_found::NotFoundPage;
pub(crate) use status::StatusPage;

use domain::FloorNumber;

/// Which page stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Home,
    Floor(FloorNumber),
    Status,
    NotFound,
}

/// The addresses of all pages, with the names of their variable parts in braces, for the server's routes.
pub const PAGE_PATHS: [&str; 3] = ["/", "/floor/{floor}", "/status"];

impl Page {
    /// The page at a path.
    pub(crate) fn at(path: &str) -> Self {
        let mut segments = path.trim_matches('/').split('/');
        match (segments.next(), segments.next(), segments.next()) {
            (Some(""), None, _) => Self::Home,
            (Some("floor"), Some(number), None) => number.parse().map_or(Self::NotFound, Self::Floor),
            (Some("status"), None, _) => Self::Status,
            _ => Self::NotFound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages() {
        let check = |path: &str, expect: Page| assert_eq!(Page::at(path), expect, "{path}");
        check("/", Page::Home);
        check("/floor/4", Page::Floor(FloorNumber(4)));
        check("/floor/4/", Page::Floor(FloorNumber(4)));
        check("/status", Page::Status);
        for path in ["/floor", "/floor/", "/floor/four", "/floor/4/5", "/status/1", "/nowhere", "//status/x"] {
            check(path, Page::NotFound);
        }
    }

    #[test]
    fn the_server_routes_every_page() {
        for path in PAGE_PATHS {
            assert_ne!(Page::at(&path.replace("{floor}", "4")), Page::NotFound, "{path}");
        }
    }
}
