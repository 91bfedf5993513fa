//! One style sheet out of many. `main.css` says the order of the layers and names one file per area:
//!
//! ```css
//! @layer base, map;
//! @import "base.css" layer(base);
//! @import "map.css" layer(map);
//! ```
//!
//! Each import is replaced by `@layer base { ... }` around the file's text, which browsers read the same way, so that a
//! page waits for one request. Imported files import nothing themselves. A general CSS parser was refused: the form
//! above is all that is needed, and anything else is an error.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Reads `main` in `folder` and everything that it imports.
pub(super) fn bundle(folder: &Path, main: &str) -> Result<String> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("while reading {}", path.display()))
    };
    inline_imports(&read(main)?, read).with_context(|| format!("while bundling {}", folder.join(main).display()))
}

/// Leaves out comments, and white space at the ends of lines. What stands in quotes stays: no text of a style sheet here
/// holds the beginning of a comment, and one that did would be refused.
pub(super) fn shorten(css: &str) -> Result<String> {
    let mut short = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        if before.rsplit('\n').next().is_some_and(|line| line.matches('"').count() % 2 == 1) {
            bail!("a comment begins within quotes: {before}");
        }
        short.push_str(before);
        rest = comment.split_once("*/").context("a comment has no end")?.1;
    }
    short.push_str(rest);
    let lines: Vec<_> = short.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(lines.join("\n"))
}

fn inline_imports(main: &str, read: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut bundle = String::new();
    for line in main.lines() {
        if line.trim_start().starts_with("@import") {
            let import = parse_import(line.trim())?;
            bundle.push_str(&wrap(import, &read(import.file)?)?);
        } else {
            bundle.push_str(line);
            bundle.push('\n');
        }
    }
    Ok(bundle)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Import<'a> {
    file: &'a str,
    layer: &'a str,
}

fn parse_import(line: &str) -> Result<Import<'_>> {
    let parse = || {
        let (file, rest) = line.strip_prefix("@import")?.trim_start().strip_prefix('"')?.split_once('"')?;
        let layer = rest.trim().strip_prefix("layer(")?.strip_suffix(");")?;
        let is_layer = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        (!file.is_empty() && !layer.is_empty() && layer.chars().all(is_layer)).then_some(Import { file, layer })
    };
    parse().with_context(|| format!("`{line}`: an import must read `@import \"file.css\" layer(name);`"))
}

fn wrap(import: Import<'_>, text: &str) -> Result<String> {
    let Import { file, layer } = import;
    if text.lines().any(|line| line.trim_start().starts_with("@import")) {
        bail!("{file} imports another file; only the main file may");
    }
    Ok(format!("@layer {layer} {{\n{}\n}}\n", text.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> Result<String> {
        match name {
            "base.css" => Ok("a { color: red }\n\n".to_owned()),
            "empty.css" => Ok(String::new()),
            "nested.css" => Ok("/* x */\n  @import \"base.css\";\n".to_owned()),
            _ => bail!("while reading {name}"),
        }
    }

    fn check(main: &str, expect: &str) {
        assert_eq!(inline_imports(main, read).ok().as_deref(), Some(expect), "{main}");
    }

    fn check_refused(main: &str, expect: &str) {
        match inline_imports(main, read) {
            Ok(text) => panic!("{main}: {text}"),
            Err(error) => assert_eq!(error.to_string(), expect, "{main}"),
        }
    }

    #[test]
    fn bundles() {
        check("", "");
        check("@layer a;\nb { top: 0 }", "@layer a;\nb { top: 0 }\n");
        check(
            "@layer base, map;\n@import \"base.css\" layer(base);\nb { top: 0 }\n",
            "@layer base, map;\n@layer base {\na { color: red }\n}\nb { top: 0 }\n",
        );
        check("  @import  \"empty.css\"  layer(a.b-c_1);", "@layer a.b-c_1 {\n\n}\n");
    }

    #[test]
    fn refused() {
        let form = "an import must read `@import \"file.css\" layer(name);`";
        for line in [
            "@import \"base.css\";",
            "@import 'base.css' layer(base);",
            "@import url(base.css) layer(base);",
            "@import \"base.css\" layer();",
            "@import \"base.css\" layer(base) screen;",
            "@import \"base.css\" layer(base)",
        ] {
            check_refused(line, &format!("`{line}`: {form}"));
        }
        check_refused("@import \"lost.css\" layer(a);", "while reading lost.css");
        check_refused("@import \"nested.css\" layer(a);", "nested.css imports another file; only the main file may");
    }

    #[test]
    fn shortened() {
        let check = |css: &str, expect: Option<&str>| assert_eq!(shorten(css).ok().as_deref(), expect, "{css}");
        check("", Some(""));
        check("a {\n    color: red; /* why */\n\n}\n", Some("a {\ncolor: red;\n}"));
        check("/* one\n two */ b > c { top: 0 }", Some("b > c { top: 0 }"));
        check("a::before { content: \"/* no */\" }", None);
        check("/* no end", None);
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = bundle(Path::new("/nowhere"), "main.css").map_err(|error| error.to_string());
        assert_eq!(error, Err("while reading /nowhere/main.css".to_owned()));
    }
}
