//! `manifest.json`: where the server finds the files of this build.

use super::{NAME, hash};

/// The addresses of the three main files, and one name for them together.
pub(super) struct Manifest {
    build: String,
    pub(super) js: String,
    pub(super) wasm: String,
    pub(super) css: String,
}

impl Manifest {
    pub(super) fn new(js: &[u8], wasm: &[u8], css: &[u8]) -> Self {
        let (js, wasm, css) = (hash::short(js), hash::short(wasm), hash::short(css));
        Self {
            build: hash::short(format!("{js}{wasm}{css}").as_bytes()),
            js: format!("/pkg/{NAME}.{js}.js"),
            wasm: format!("/pkg/{NAME}.{wasm}.wasm"),
            css: format!("/pkg/{NAME}.{css}.css"),
        }
    }

    /// Written by hand: no value holds a character that JSON would escape.
    pub(super) fn to_json(&self) -> String {
        let Self { build, js, wasm, css } = self;
        format!("{{\"build\":\"{build}\",\"js\":\"{js}\",\"wasm\":\"{wasm}\",\"css\":\"{css}\"}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json() {
        let expect = concat!(
            r#"{"build":"869b92f0687e","js":"/pkg/dispobox.ba7816bf8f01.js","wasm":"/pkg/dispobox.e3b0c44298fc.wasm","#,
            r#""css":"/pkg/dispobox.e3b0c44298fc.css"}"#,
            "\n"
        );
        assert_eq!(Manifest::new(b"abc", b"", b"").to_json(), expect);
    }

    #[test]
    fn the_build_changes_with_every_file() {
        let build = |js, wasm, css| Manifest::new(js, wasm, css).build;
        let first = build(b"a", b"b", b"c");
        assert_eq!(first, build(b"a", b"b", b"c"));
        for other in [build(b"x", b"b", b"c"), build(b"a", b"x", b"c"), build(b"a", b"b", b"x")] {
            assert_ne!(first, other);
        }
    }
}
