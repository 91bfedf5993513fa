//! wasm-bindgen, as a library: the JavaScript that loads the front end, and the wasm that fits it.

use super::NAME;
use crate::arguments::Profile;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

pub(super) struct Bindings {
    pub(super) js: Vec<u8>,
    pub(super) wasm: Vec<u8>,
}

/// Leaves a `snippets` folder in `package` when a crate brings JavaScript of its own; the two main files are returned,
/// since their names depend on their content. The page hands the wasm's address to the JavaScript, which knows no other.
pub(super) fn make(wasm: &Path, package: &Path, profile: Profile) -> Result<Bindings> {
    let is_release = profile == Profile::Release;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .web(true)
        .context("while choosing the kind of bindings")?
        .out_name(NAME)
        .typescript(false)
        .omit_default_module_path(true)
        .demangle(!is_release)
        .remove_name_section(is_release)
        .remove_producers_section(is_release);
    bindgen.generate(package).context("while making the bindings")?;
    Ok(Bindings {
        js: take_file(&package.join(format!("{NAME}.js")))?,
        wasm: take_file(&package.join(format!("{NAME}_bg.wasm")))?,
    })
}

fn take_file(path: &Path) -> Result<Vec<u8>> {
    let content = fs::read(path).with_context(|| format!("while reading {}", path.display()))?;
    fs::remove_file(path).with_context(|| format!("while removing {}", path.display()))?;
    Ok(content)
}
