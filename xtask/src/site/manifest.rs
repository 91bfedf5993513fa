//! `manifest.json`: where the server finds the files of this build.

use super::scripts::Scripts;
use super::{NAME, hash};

/// The addresses of what pages load, and one name for all of it together.
pub(super) struct Manifest {
    build: String,
    pub(super) js: String,
    pub(super) wasm: String,
    pub(super) css: String,
    start: String,
    modules: Vec<String>,
}

impl Manifest {
    pub(super) fn new(js: &[u8], wasm: &[u8], css: &[u8], scripts: &Scripts<'_>) -> Self {
        let (js, wasm, css) = (hash::short(js), hash::short(wasm), hash::short(css));
        Self {
            build: hash::short(format!("{js}{wasm}{css}{}", scripts.hash()).as_bytes()),
            js: format!("/pkg/{NAME}.{js}.js"),
            wasm: format!("/pkg/{NAME}.{wasm}.wasm"),
            css: format!("/pkg/{NAME}.{css}.css"),
            start: scripts.start(),
            modules: scripts.modules(),
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

    #[test]
    fn json() -> Result<()> {
        let public = public("z");
        let scripts = Scripts::find(&public)?;
        let manifest = Manifest::new(b"abc", b"", b"", &scripts);
        let (build, folder) = (&manifest.build, format!("/pkg/js.{}", scripts.hash()));
        let expect = [
            &format!(r#"{{"build":"{build}","js":"/pkg/dispobox.ba7816bf8f01.js","#),
            r#""wasm":"/pkg/dispobox.e3b0c44298fc.wasm","css":"/pkg/dispobox.e3b0c44298fc.css","#,
            &format!(r#""start":"{folder}/start.js","modules":["{folder}/heal.js","{folder}/ring.js"]}}"#),
            "\n",
        ];
        assert_eq!(manifest.to_json(), expect.concat());
        Ok(())
    }

    #[test]
    fn the_build_changes_with_every_file() -> Result<()> {
        let build = |js, wasm, css, start| -> Result<String> {
            Ok(Manifest::new(js, wasm, css, &Scripts::find(&public(start))?).build)
        };
        let first = build(b"a", b"b", b"c", "d")?;
        assert_eq!(first, build(b"a", b"b", b"c", "d")?);
        for other in [
            build(b"x", b"b", b"c", "d")?,
            build(b"a", b"x", b"c", "d")?,
            build(b"a", b"b", b"x", "d")?,
            build(b"a", b"b", b"c", "x")?,
        ] {
            assert_ne!(first, other);
        }
        Ok(())
    }
}
