//! `GET /sw.js`: the service worker, with what it has to know of this build before it; and the one that takes it away.

use super::WebState;
use crate::site_files::SiteFiles;
use anyhow::Context;
use app::shell::push_words;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;

/// The script, put together once.
#[derive(Clone)]
pub(crate) struct Worker {
    script: Bytes,
    pub(super) is_on: bool,
}

/// A worker asks its own server and runs nothing else.
const POLICY: &str = "default-src 'none'; connect-src 'self'; img-src 'self'";
const SCRIPT: &str = "sw.js";
const SCRIPT_OFF: &str = "sw-off.js";
/// What the pages that are kept do not load.
const NOT_KEPT: [&str; 12] = [
    "manifest.json",
    "robots.txt",
    SCRIPT,
    SCRIPT_OFF,
    "admin.css",
    "brewery.css",
    "editor.css",
    "kiosk.css",
    "plant.js",
    "screen",
    "split_brewery.wasm",
    "split_editor.wasm",
];

impl Worker {
    /// Reads it from the site; one without a worker has none.
    pub(crate) fn read(site: &Arc<SiteFiles>, is_wanted: bool) -> anyhow::Result<Self> {
        let read = |name: &str| match fs::read_to_string(site.dir.join(name)) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(error),
        };
        let build = || -> io::Result<Self> {
            let script = read(if is_wanted { SCRIPT } else { SCRIPT_OFF })?;
            let is_on = is_wanted && !script.is_empty();
            let script = if is_on { format!("const SITE = {};\n{script}", describe(&site.dir)?) } else { script };
            Ok(Self { script: Bytes::from(script), is_on })
        };
        build().with_context(|| format!("while reading the service worker in {}", site.dir.display()))
    }
}

/// The files of the build, one name for them together, and the words of notices.
fn describe(dir: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut files = Vec::new();
    for path in paths_below(dir, "")? {
        digest.update(path.as_bytes());
        digest.update(fs::read(dir.join(path.trim_start_matches('/')))?);
        files.push(path);
    }
    let words: serde_json::Value = serde_json::from_str(&push_words())?;
    let version: String = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Ok(serde_json::json!({ "version": version, "files": files, "words": words }).to_string())
}

/// The addresses of all files that employees' pages load, sorted; not their compressed twins.
fn paths_below(dir: &Path, prefix: &str) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}/{name}");
        if NOT_KEPT.contains(&name.as_str()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            paths.extend(paths_below(&entry.path(), &path)?);
        } else if !name.ends_with(".br") && !name.ends_with(".gz") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The script. Browsers ask for it again by themselves; what they are told must be true then.
pub(super) async fn worker(State(state): State<WebState>) -> Response {
    if state.worker.script.is_empty() {
        return http::StatusCode::NOT_FOUND.into_response();
    }
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    (headers, state.worker.script.clone()).into_response()
}
