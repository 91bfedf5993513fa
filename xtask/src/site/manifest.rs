//! `manifest.json`: where the server finds the files of this build.

use super::bindings::Bindings;
use super::scripts::Scripts;
use super::{NAME, hash};

/// The addresses of what pages load, and one name for all of it together.
pub(super) struct Manifest {
    build: String,
    js: String,
    wasm: String,
    pub(super) css: String,
    start: String,
    modules: Vec<String>,
}

impl Manifest {
    /// `of_screens` changes with what only screens on walls load.
    pub(super) fn new(bindings: Bindings, css: &[u8], scripts: &Scripts<'_>, of_screens: &str) -> Self {
        let Bindings { js, parts, wasm } = bindings;
        let css = hash::short(css);
        let mut modules = scripts.modules();
        modules.push(parts);
        Self {
            build: hash::short(format!("{js}{css}{}{of_screens}", scripts.hash()).as_bytes()),
            js,
            wasm,
            css: format!("/pkg/{NAME}.{css}.css"),
            start: scripts.start(),
            modules,
        }
    }

    /// Written by hand: no value holds a character that JSON would escape.
    pub(super) fn to_json(&self) -> String {
        let Self { build, js, wasm, css, start, modules } = self;
        let modules: Vec<_> = modules.iter().map(|module| format!("\"{module}\"")).collect();
        let modules = modules.join(",");
        format!(
            "{{\"build\":\"{build}\",\"js\":\"{js}\",\"wasm\":\"{wasm}\",\"css\":\"{css}\",\"start\":\"{start}\",\
             \"modules\":[{modules}]}}\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::public_files::PublicFile;
    use super::*;
    use anyhow::Result;

    fn public(start: &str) -> [PublicFile; 3] {
        [("js/heal.js", "x"), ("js/ring.js", "y"), ("js/start.js", start)]
            .map(|(path, content)| PublicFile { path: path.into(), content: content.into() })
    }

    fn bindings(hash: &str) -> Bindings {
        let address = |file| format!("/pkg/dispobox.{hash}/{file}");
        Bindings { js: address("dispobox.js"), parts: address("parts.js"), wasm: address("dispobox_bg.wasm") }
    }

    #[test]
    fn json() -> Result<()> {
        let public = public("z");
        let scripts = Scripts::find(&public)?;
        let manifest = Manifest::new(bindings("1"), b"", &scripts, "");
        let (build, folder) = (&manifest.build, format!("/pkg/js.{}", scripts.hash()));
        let expect = [
            &format!(r#"{{"build":"{build}","js":"/pkg/dispobox.1/dispobox.js","#),
            r#""wasm":"/pkg/dispobox.1/dispobox_bg.wasm","css":"/pkg/dispobox.e3b0c44298fc.css","#,
            &format!(r#""start":"{folder}/start.js","modules":["{folder}/heal.js","{folder}/ring.js","#),
            r#""/pkg/dispobox.1/parts.js"]}"#,
            "\n",
        ];
        assert_eq!(manifest.to_json(), expect.concat());
        Ok(())
    }

    #[test]
    fn the_build_changes_with_every_file() -> Result<()> {
        let build = |hash, css, start, of_screens| -> Result<String> {
            Ok(Manifest::new(bindings(hash), css, &Scripts::find(&public(start))?, of_screens).build)
        };
        let first = build("a", b"c", "d", "e")?;
        assert_eq!(first, build("a", b"c", "d", "e")?);
        for other in [
            build("x", b"c", "d", "e")?,
            build("a", b"x", "d", "e")?,
            build("a", b"c", "x", "e")?,
            build("a", b"c", "d", "x")?,
        ] {
            assert_ne!(first, other);
        }
        Ok(())
    }
}
