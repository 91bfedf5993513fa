//! The front end as browsers load it: the lazy parts are taken out of the wasm, then wasm-bindgen makes the JavaScript that
//! loads what is left.
//!
//! A part is what only functions with `#[wasm_split]` need (docs/size.md); what two parts share becomes a file of its own.
//! All files lie in one folder whose name comes from the content of all of them, since they name each other.

use super::public_files::files_below;
use super::sections::without_custom_sections;
use super::{NAME, hash};
use crate::arguments::Profile;
use anyhow::{Context, Result, anyhow};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::Options;

/// The script that loads the parts, beside the main files.
const PARTS: &str = "parts.js";
/// What is left of the wasm, before wasm-bindgen has had it.
const REST: &str = "rest.wasm";

/// The addresses of the files that every page loads.
pub(super) struct Bindings {
    pub(super) js: String,
    pub(super) parts: String,
    pub(super) wasm: String,
}

/// Makes them in a folder of their own below `package`; there is a `snippets` folder among them when a crate brings
/// JavaScript. The page hands the wasm's address to the JavaScript, which knows no other.
pub(super) fn make(wasm: &Path, package: &Path, profile: Profile) -> Result<Bindings> {
    let folder = package.join(NAME);
    fs::create_dir_all(&folder).with_context(|| format!("while making {}", folder.display()))?;
    let rest = folder.join(REST);
    split(wasm, &folder, &rest)?;
    bind(&rest, &folder, profile)?;
    fs::remove_file(&rest).with_context(|| format!("while removing {}", rest.display()))?;
    if profile == Profile::Release {
        shorten(&folder)?;
    }
    name_by_content(&folder)
}

fn split(wasm: &Path, folder: &Path, rest: &Path) -> Result<()> {
    let whole = fs::read(wasm).with_context(|| format!("while reading {}", wasm.display()))?;
    let (link, main) = (format!("./{PARTS}"), format!("./{NAME}.js"));
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = rest;
    options.link_name = &link;
    options.main_module = &main;
    wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("{error:?}"))
        .context("while splitting the wasm")?;
    Ok(())
}

fn bind(rest: &Path, folder: &Path, profile: Profile) -> Result<()> {
    let is_release = profile == Profile::Release;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(rest)
        .web(true)
        .context("while choosing the kind of bindings")?
        .out_name(NAME)
        .typescript(false)
        .omit_default_module_path(true)
        // The parts link to what is exported, by its name.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(is_release)
        .remove_producers_section(is_release);
    bindgen.generate(folder).context("while making the bindings")
}

/// wasm-bindgen has done this for the main file already.
fn shorten(folder: &Path) -> Result<()> {
    for path in files_below(folder)?.iter().filter(|path| path.extension().is_some_and(|end| end == "wasm")) {
        let wasm = fs::read(path).with_context(|| format!("while reading {}", path.display()))?;
        let short = without_custom_sections(&wasm).with_context(|| format!("while shortening {}", path.display()))?;
        fs::write(path, short).with_context(|| format!("while writing {}", path.display()))?;
    }
    Ok(())
}

fn name_by_content(folder: &Path) -> Result<Bindings> {
    let mut digests = String::new();
    for path in files_below(folder)? {
        let content = fs::read(&path).with_context(|| format!("while reading {}", path.display()))?;
        digests.push_str(&hash::hex(&content));
    }
    let name = format!("{NAME}.{}", hash::short(digests.as_bytes()));
    let named: PathBuf = folder.with_file_name(&name);
    fs::rename(folder, &named).with_context(|| format!("while naming {}", named.display()))?;
    let address = |file: &str| format!("/pkg/{name}/{file}");
    Ok(Bindings {
        js: address(&format!("{NAME}.js")),
        parts: address(PARTS),
        wasm: address(&format!("{NAME}_bg.wasm")),
    })
}
