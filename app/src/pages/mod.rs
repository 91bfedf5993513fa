//! One page a file.

mod floor;
mod home;
mod kept_focus;
mod not_found;
mod qr;
mod search;
mod status;

pub(crate) use floor::{FloorPage, StrayBooth};
pub(crate) use home::{NoFloorPage, use_home_floor};
pub(crate) use not_found::NotFoundPage;
pub(crate) use qr::{QrBoothPage, QrFloorPage};
pub(crate) use search::SearchPage;
pub(crate) use status::StatusPage;

use domain::{BoothNumber, FloorNumber};

/// Which page stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    Home,
    Brewery,
    Floor(FloorNumber),
    QrBooth(BoothNumber),
    QrFloor(FloorNumber),
    Search,
    Status,
    /// The plan editor, which has nothing of the map around it.
    Editor(FloorNumber),
    /// A screen on a wall; its secret is nobody's business here.
    Wall,
    NotFound,
}

/// The addresses of all pages, with the names of their variable parts in braces, for the server's routes.
pub const PAGE_PATHS: [&str; 7] =
    ["/", "/brewery", "/floor/{floor}", "/qr/booth/{booth}", "/qr/floor/{floor}", "/search", "/status"];

/// The address of the plan editor, which not everybody may see.
pub const EDITOR_PATH: &str = "/admin/floors/{floor}/edit";

impl Page {
    /// The page at a path.
    pub(crate) fn at(path: &str) -> Self {
        let path = path.trim_matches('/');
        if let Some(floor) = path.strip_prefix("admin/floors/").and_then(|rest| rest.strip_suffix("/edit")) {
            return floor.parse().map_or(Self::NotFound, Self::Editor);
        }
        let mut segments = path.split('/');
        let three = (segments.next(), segments.next(), segments.next());
        if segments.next().is_some() {
            return Self::NotFound;
        }
        match three {
            (Some(""), None, _) => Self::Home,
            (Some("brewery"), None, _) => Self::Brewery,
            (Some("floor"), Some(number), None) => number.parse().map_or(Self::NotFound, Self::Floor),
            (Some("qr"), Some("booth"), Some(number)) => number.parse().map_or(Self::NotFound, Self::QrBooth),
            (Some("qr"), Some("floor"), Some(number)) => number.parse().map_or(Self::NotFound, Self::QrFloor),
            (Some("search"), None, _) => Self::Search,
            (Some("status"), None, _) => Self::Status,
            (Some("kiosk"), Some(_), None) => Self::Wall,
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
        check("/qr/booth/42", Page::QrBooth(BoothNumber(42)));
        check("/qr/floor/4", Page::QrFloor(FloorNumber(4)));
        check("/brewery", Page::Brewery);
        check("/search", Page::Search);
        check("/status", Page::Status);
        check(&EDITOR_PATH.replace("{floor}", "-1"), Page::Editor(FloorNumber(-1)));
        check("/kiosk/x", Page::Wall);
        for path in [
            "/floor",
            "/floor/",
            "/floor/four",
            "/floor/4/5",
            "/status/1",
            "/brewery/main",
            "/nowhere",
            "/kiosk",
            "/qr",
            "/qr/booth/x",
            "/qr/floor/4/1",
            "/admin/floors/4",
            "/admin/floors/edit",
            "/admin/floors/4/edit/1",
            "//status/x",
        ] {
            check(path, Page::NotFound);
        }
    }

    #[test]
    fn the_server_routes_every_page() {
        for path in PAGE_PATHS {
            assert_ne!(Page::at(&path.replace("{floor}", "4").replace("{booth}", "42")), Page::NotFound, "{path}");
        }
    }
}
