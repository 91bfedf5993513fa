//! The site: everything that a browser asks for except the pages themselves.
//!
//! `target/<profile>/site/` holds `pkg/dispobox.<hash>/` with the wasm, its lazy parts and the JavaScript that loads them,
//! `pkg/dispobox.<hash>.css`, `pkg/js.<hash>/` with our own scripts, style sheets that only some pages load (`/admin.css` …),
//! `manifest.json` with their addresses, and the files of `public/`. In a release every text has a `.br` and a `.gz` beside it, so that the server never compresses.
//! The folder is made aside and renamed: a running server sees the old site or the new one, and nothing stale stays.

mod bindings;
mod compression;
mod css;
mod hash;
mod manifest;
mod public_files;
mod scripts;
mod sections;

use crate::arguments::Profile;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use public_files::PublicFile;
use scripts::Scripts;
use std::fs;
use std::path::{Path, PathBuf};

/// Style sheets beside the one of all pages.
const OWN_CSS: [&str; 4] = ["admin.css", "brewery.css", "editor.css", KIOSK_CSS];
const KIOSK_CSS: &str = "kiosk.css";
/// The stem of the generated names.
const NAME: &str = "dispobox";

/// All that the site depends on.
struct Inputs {
    wasm_path: PathBuf,
    wasm: Vec<u8>,
    css: String,
    /// Style sheets that only some pages load: address and text.
    own_css: Vec<(&'static str, String)>,
    public: Vec<PublicFile>,
    profile: Profile,
}

/// Makes the site; `false` when nothing has changed since the last time.
pub(crate) fn make(workspace: &Workspace, profile: Profile) -> Result<bool> {
    let output = workspace.output(profile);
    let (site, stamp_path) = (output.join("site"), output.join("site.stamp"));
    let inputs = Inputs::read(workspace, profile)?;
    let stamp = inputs.stamp()?;
    if site.is_dir() && fs::read_to_string(&stamp_path).is_ok_and(|old| old == stamp) {
        return Ok(false);
    }
    let fresh = output.join("site.new");
    remove_folder(&fresh)?;
    inputs.write(&fresh)?;
    replace_folder(&site, &fresh)?;
    fs::write(&stamp_path, stamp).with_context(|| format!("while writing {}", stamp_path.display()))?;
    Ok(true)
}

impl Inputs {
    fn read(workspace: &Workspace, profile: Profile) -> Result<Self> {
        let wasm_path = workspace.frontend_wasm(profile);
        let wasm = fs::read(&wasm_path).with_context(|| format!("while reading {}", wasm_path.display()))?;
        let read_css = |main| {
            let css = css::bundle(&workspace.path("style"), main)?;
            if profile == Profile::Release { css::shorten(&css) } else { Ok(css) }
        };
        let css = read_css("main.css")?;
        let own_css = OWN_CSS.map(|name| Ok((name, read_css(name)?))).into_iter().collect::<Result<_>>()?;
        let public = public_files::list(&workspace.path("public"))?;
        Ok(Self { wasm_path, wasm, css, own_css, public, profile })
    }

    /// Changes when an input changes, or this program.
    fn stamp(&self) -> Result<String> {
        let program = std::env::current_exe().and_then(fs::read).context("while reading this program")?;
        let mut parts = vec![hash::hex(&program), hash::hex(&self.wasm), hash::hex(self.css.as_bytes())];
        parts.extend(self.own_css.iter().map(|(_, css)| hash::hex(css.as_bytes())));
        parts.extend(self.public.iter().map(|file| format!("{} {}", hash::hex(&file.content), file.path.display())));
        Ok(parts.join("\n"))
    }

    /// Changes with what screens on walls load beside the rest: they hear of a new build by its name.
    fn of_screens(&self) -> String {
        let scripts = self.public.iter().filter(|file| file.path.starts_with("screen"));
        let scripts: String = scripts.map(|file| hash::hex(&file.content)).collect();
        let css = self.own_css.iter().find(|(name, _)| *name == KIOSK_CSS).map_or("", |(_, css)| css);
        hash::hex(format!("{scripts}{css}").as_bytes())
    }

    fn write(&self, folder: &Path) -> Result<()> {
        let package = folder.join("pkg");
        fs::create_dir_all(&package).with_context(|| format!("while making {}", package.display()))?;
        let bindings = bindings::make(&self.wasm_path, &package, self.profile)?;
        let scripts = Scripts::find(&self.public)?;
        let names = manifest::Manifest::new(bindings, self.css.as_bytes(), &scripts, &self.of_screens());
        write_file(folder, &names.css, self.css.as_bytes())?;
        for (name, css) in &self.own_css {
            write_file(folder, name, css.as_bytes())?;
        }
        write_file(folder, "/manifest.json", names.to_json().as_bytes())?;
        scripts.write_below(folder)?;
        for file in self.public.iter().filter(|file| !Scripts::has(file)) {
            file.write_below(folder)?;
        }
        if self.profile == Profile::Release {
            compression::compress_folder(folder)?;
        }
        Ok(())
    }
}

/// `address` is the path in the URL.
fn write_file(folder: &Path, address: &str, content: &[u8]) -> Result<()> {
    let path = folder.join(address.trim_start_matches('/'));
    fs::write(&path, content).with_context(|| format!("while writing {}", path.display()))
}

fn replace_folder(site: &Path, fresh: &Path) -> Result<()> {
    let old = site.with_extension("old");
    remove_folder(&old)?;
    if site.exists() {
        fs::rename(site, &old).with_context(|| format!("while moving {} aside", site.display()))?;
    }
    fs::rename(fresh, site).with_context(|| format!("while moving {} into place", fresh.display()))?;
    remove_folder(&old)
}

fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("while removing {}", folder.display()))
}
