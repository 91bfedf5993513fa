//! What the documents name must be there.

use std::fs;
use std::path::{Path, PathBuf};

/// Endings by which a word between backquotes is taken for a file of the project.
const ENDINGS: [&str; 9] = [".rs", ".css", ".sh", ".mjs", ".svg", ".toml", ".md", ".ino", ".json"];

#[test]
fn the_paths_that_documents_name_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut named = 0;
    for document in documents(&root) {
        let text = fs::read_to_string(&document).expect("a document");
        let folder = document.parent().expect("a folder");
        for path in linked(&text) {
            named += 1;
            assert!(folder.join(path).exists(), "{} links to {path}", document.display());
        }
        for path in quoted(&text) {
            named += 1;
            assert!(root.join(path).exists(), "{} names {path}", document.display());
        }
    }
    assert!(named > 20, "only {named} paths were found: the search is broken");
}

fn documents(root: &Path) -> Vec<PathBuf> {
    let in_docs = fs::read_dir(root.join("docs")).expect("docs").map(|entry| entry.expect("an entry").path());
    let named = ["README.md", "ARCHITECTURE.md", "brewery/README.md", "firmware/README.md"].map(|name| root.join(name));
    named.into_iter().chain(in_docs.filter(|path| path.extension().is_some_and(|end| end == "md"))).collect()
}

/// Targets of links within the project, without their fragments.
fn linked(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let local = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    local.map(|target| target.split('#').next().unwrap_or(target))
}

/// Words between backquotes that look like files: they hold a slash and end like one.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split('`').skip(1).step_by(2);
    words.filter(|word| {
        let is_path = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b));
        is_path && word.contains('/') && ENDINGS.iter().any(|ending| word.ends_with(ending))
    })
}
