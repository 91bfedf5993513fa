//! What makes the map heavy stays out of its code (docs/size.md).

use std::fs;
use std::path::{Path, PathBuf};

/// What has something lighter in its place.
const HEAVY: [&str; 5] = ["leptos_router", "Resource::new", "<Suspense", "<Transition", "serde_json::from_str"];

#[test]
fn the_pages_use_what_is_light() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let sources = sources(&app);
    assert!(sources.len() > 20, "only {} sources were found: the search is broken", sources.len());
    for path in sources {
        let text = fs::read_to_string(&path).expect("a source");
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code: Vec<_> = code.collect();
        let has = |what: &str| code.iter().any(|line| line.contains(what));
        for heavy in HEAVY {
            assert!(!has(heavy), "{} has {heavy}: see docs/size.md", path.display());
        }
        let ends_types = has(".into_any()") && !path.ends_with("erased.rs");
        assert!(!ends_types || has("use crate::erased::"), "{} needs crate::erased::IntoAny", path.display());
    }
}

/// What comes in a part; only the parts mention it.
const LAZY: [&str; 12] = [
    "<BreweryPage",
    "<HomePage",
    "<StatusPage",
    "<SearchPage",
    "<QrBoothPage",
    "<QrFloorPage",
    "<BoothCard",
    "<BoothList",
    "<SearchBox",
    "<Settings",
    "<GoButton",
    "<EditorPage",
];

#[test]
fn only_parts_mention_what_is_lazy() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    for path in sources(&app) {
        let text = fs::read_to_string(&path).expect("a source");
        let is_part = path.parent().is_some_and(|folder| folder.ends_with("parts"));
        let mentioned = LAZY.iter().find(|lazy| text.contains(**lazy));
        assert!(is_part || mentioned.is_none(), "{} has {mentioned:?}: see docs/size.md", path.display());
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources.extend(self::sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            sources.push(path);
        }
    }
    sources
}
