//! Files built to break something, each read, and what is left of it read again.
//!
//! `hostile` has one file per case; browsers can be shown them too. Those that are only large are made here.

#![allow(clippy::expect_used)]

use plan_file::PlanRefusal::{self, *};
use plan_file::{ATTRIBUTES_MAX, DEPTH_MAX, ELEMENTS_MAX, PlanFile, SVG_BYTES_MAX, read_plan};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

enum Expect {
    /// It is read, and these words are in nothing that a browser obeys.
    Gone(&'static [&'static str]),
    /// It is refused.
    Refused(PlanRefusal),
}
use Expect::{Gone, Refused};

/// However bad, each takes less than this.
const TIME_MAX: Duration = Duration::from_millis(50);

const CASES: [(&str, Expect); 137] = [
    ("animate-begin", Gone(&["animate", "alert"])),
    ("animate-link", Gone(&["animate", "javascript"])),
    ("animate-motion", Gone(&["animate", "mpath", "evil"])),
    ("application-data", Gone(&["data-", "role", "aria"])),
    ("attribute-encoded-name", Refused(Malformed { line: 1 })),
    ("attribute-slashes", Refused(Malformed { line: 1 })),
    ("attribute-twice", Refused(Malformed { line: 1 })),
    ("attribute-unquoted", Refused(Malformed { line: 2 })),
    ("base", Gone(&["base", "evil"])),
    ("breakout-attribute", Gone(&["script", "alert", "onclick"])),
    ("breakout-class", Gone(&["onclick", "alert"])),
    ("breakout-controls", Gone(&["\u{7f}", "\u{85}"])),
    ("breakout-entrance", Gone(&["onclick", "data-entrance"])),
    ("breakout-text", Gone(&["<script"])),
    ("breakout-title", Gone(&["<img"])),
    ("classes", Gone(&["dialog", "admin", "notice"])),
    ("clip-by-style", Refused(UsesItself)),
    ("clip-itself", Refused(UsesItself)),
    ("clip-remote", Gone(&["evil", "clip"])),
    ("closed-twice", Refused(Malformed { line: 1 })),
    ("cursor", Gone(&["cursor", "evil"])),
    ("discard", Gone(&["discard", "view"])),
    ("document-type-inside", Refused(DocumentType)),
    ("document-type-lower-case", Refused(DocumentType)),
    ("document-type-public", Refused(DocumentType)),
    ("encoding-ebcdic-declared", Refused(Encoding)),
    ("encoding-latin1", Refused(Encoding)),
    ("encoding-overlong", Refused(Encoding)),
    ("encoding-utf16", Refused(Encoding)),
    ("encoding-utf16-bare", Refused(Encoding)),
    ("encoding-utf7", Refused(Encoding)),
    ("encoding-utf7-declared", Refused(Encoding)),
    ("encoding-zero-byte", Refused(Encoding)),
    ("entities-billion", Refused(DocumentType)),
    ("entities-quadratic", Refused(DocumentType)),
    ("entity-file", Refused(DocumentType)),
    ("entity-parameter", Refused(DocumentType)),
    ("entity-unknown", Refused(DocumentType)),
    ("filter-huge", Gone(&["filter", "fe"])),
    ("filter-image", Gone(&["filter", "feImage", "evil"])),
    ("filter-remote", Gone(&["filter", "evil"])),
    ("foreign-iframe", Gone(&["iframe", "foreignObject", "javascript"])),
    ("foreign-in-switch", Gone(&["foreignObject", "body", "onload"])),
    ("foreign-lower-case", Gone(&["foreignobject", "img", "onerror"])),
    ("gradient-itself", Refused(UsesItself)),
    ("gradient-remote", Gone(&["evil", "href"])),
    ("handler-click", Gone(&["onclick", "onmouse", "alert"])),
    ("handler-element", Gone(&["handler", "alert"])),
    ("handler-focus", Gone(&["focus", "tabindex", "alert"])),
    ("handler-listener", Gone(&["listener", "handler"])),
    ("handler-mixed-case", Gone(&["nClick", "ONLOAD", "alert"])),
    ("handler-on-text", Gone(&["onclick", "alert"])),
    ("handler-prefixed", Gone(&["onclick", "event", "alert"])),
    ("handler-root", Gone(&["onload", "alert"])),
    ("html-default-namespace", Gone(&["7777", "script", "alert", "onclick"])),
    ("html-embeds", Gone(&["iframe", "embed", "object", "video", "audio", "canvas"])),
    ("html-form", Gone(&["form", "input", "evil"])),
    ("html-link", Gone(&["link", "meta", "base", "evil"])),
    ("html-prefixed", Gone(&["script", "img", "alert"])),
    ("identities", Gone(&["login", "booth-42", "password"])),
    ("image-drawing", Gone(&["image", "base64"])),
    ("image-javascript", Gone(&["image", "javascript"])),
    ("image-remote", Gone(&["image", "evil"])),
    ("include", Gone(&["include", "passwd"])),
    ("instruction-inside", Gone(&["php", "stylesheet", "evil"])),
    ("instruction-style", Gone(&["stylesheet", "evil"])),
    ("link-data", Gone(&["data:", "href"])),
    ("link-elsewhere", Gone(&["evil", "target", "href"])),
    ("link-encoded", Gone(&["javascript", "href"])),
    ("link-javascript", Gone(&["javascript", "cRiPt", "href"])),
    ("link-on-shape", Gone(&["javascript", "href"])),
    ("link-white-space", Gone(&["script", "href"])),
    ("mask-and-marker", Gone(&["mask", "marker", "evil"])),
    ("mathml", Gone(&["math", "javascript", "maction"])),
    ("metadata", Gone(&["metadata", "evil", "Somebody"])),
    ("namespace-inner", Refused(UnknownKind)),
    ("namespace-none", Refused(UnknownKind)),
    ("namespace-other", Refused(UnknownKind)),
    ("no-markup", Refused(UnknownKind)),
    ("not-closed", Refused(Malformed { line: 1 })),
    ("nothing-drawn", Refused(Empty)),
    ("numbers-huge", Gone(&["1e308", "9999", "1e300", "1e99"])),
    ("numbers-none", Gone(&["NaN", "nf"])),
    ("old-references", Gone(&["evil", "tref", "font", "profile", "Glyph"])),
    ("page", Refused(DocumentType)),
    ("paint-data", Gone(&["data:", "evil", "rl("])),
    ("paint-remote", Gone(&["evil", "url"])),
    ("paint-to-filter", Gone(&["url", "filter", "script"])),
    ("path-words", Gone(&["javascript", "evil", "script"])),
    ("pattern-in-pattern", Gone(&["pattern", "url"])),
    ("prefix-unknown", Refused(Malformed { line: 1 })),
    ("script-cdata", Gone(&["script", "alert"])),
    ("script-comment-tricks", Gone(&["script", "alert"])),
    ("script-data", Gone(&["script", "alert"])),
    ("script-element", Gone(&["script", "alert"])),
    ("script-in-defs", Gone(&["script", "alert"])),
    ("script-in-groups", Gone(&["script", "alert"])),
    ("script-in-style", Gone(&["script", "alert"])),
    ("script-in-symbol", Gone(&["script", "alert"])),
    ("script-in-text", Gone(&["script", "alert"])),
    ("script-in-title", Gone(&["script", "alert"])),
    ("script-nested-drawing", Gone(&["script", "alert", "onload"])),
    ("script-prefixed", Gone(&["script", "alert"])),
    ("script-remote", Gone(&["script", "evil"])),
    ("script-upper-case", Gone(&["alert", "cript"])),
    ("set-handler", Gone(&["set", "onmouse", "alert"])),
    ("size-huge", Refused(NoSize)),
    ("size-none", Refused(NoSize)),
    ("size-strip", Refused(NoSize)),
    ("size-zero", Refused(NoSize)),
    ("style-attribute", Gone(&["javascript", "evil", "position", "style"])),
    ("style-binding", Gone(&["binding", "behavior", "evil"])),
    ("style-closing", Gone(&["script", "alert", "style"])),
    ("style-comments", Gone(&["evil", "url"])),
    ("style-escapes", Gone(&["evil", "\\", "style"])),
    ("style-expression", Gone(&["expression", "style"])),
    ("style-font", Gone(&["font", "evil"])),
    ("style-html", Gone(&["style", "display"])),
    ("style-import", Gone(&["style", "import", "evil"])),
    ("style-import-cdata", Gone(&["style", "import", "evil"])),
    ("style-media", Gone(&["evil", "media"])),
    ("style-page", Gone(&["visibility", "display", "green"])),
    ("style-remote-paint", Gone(&["evil", "url", "background"])),
    ("style-variables", Gone(&["var", "evil"])),
    ("transform-sheet", Gone(&["xsl", "stylesheet", "script"])),
    ("two-roots", Refused(Malformed { line: 1 })),
    ("use-backwards-billion", Refused(TooManyElements { max: ELEMENTS_MAX })),
    ("use-billion", Refused(TooManyElements { max: ELEMENTS_MAX })),
    ("use-chain", Refused(UsesItself)),
    ("use-data", Gone(&["data:", "href"])),
    ("use-each-other", Refused(UsesItself)),
    ("use-itself", Refused(UsesItself)),
    ("use-other-file", Gone(&["other", "admin", "href"])),
    ("use-remote", Gone(&["evil", "href"])),
    ("use-root", Refused(UsesItself)),
    ("use-script", Gone(&["script", "href", "alert"])),
    ("use-two-references", Gone(&["javascript"])),
];

const NAMES: [&str; 18] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "defs",
    "symbol",
    "use",
    "clipPath",
    "linearGradient",
    "radialGradient",
];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")
}

/// Reads within the time that there is; the quickest of three.
fn read_in_time(name: &str, file: &[u8]) -> Result<PlanFile, PlanRefusal> {
    let timed = || {
        let (start, busy) = (Instant::now(), busy_time());
        let read = read_plan(file);
        let elapsed = busy.zip(busy_time()).map_or_else(|| start.elapsed(), |(before, after)| after - before);
        (elapsed, read)
    };
    let (elapsed, read) = (0..3).map(|_| timed()).min_by_key(|(elapsed, _)| *elapsed).expect("three");
    assert!(elapsed < TIME_MAX, "{name} took {elapsed:?}");
    read
}

/// How long this thread has been at work, where the system tells: a machine with other things to do stutters.
fn busy_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn clean(name: &str, file: &[u8]) -> String {
    match read_in_time(name, file) {
        Ok(PlanFile::Drawing(drawing)) => drawing.to_svg(),
        other => panic!("{name}: {other:?}"),
    }
}

/// Nothing but what is allowed, whatever the file was.
fn assert_harmless(name: &str, svg: &str) {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{name}: {error}\n{svg}"));
    for node in document.root().descendants() {
        assert!(!node.is_pi() && !node.is_comment(), "{name}\n{svg}");
        if !node.is_element() {
            continue;
        }
        let tag = node.tag_name();
        assert_eq!(tag.namespace(), Some("http://www.w3.org/2000/svg"), "{name}\n{svg}");
        assert!(NAMES.contains(&tag.name()) || tag.name() == "stop", "{name}: {}\n{svg}", tag.name());
        for attribute in node.attributes() {
            let (key, value) = (attribute.name(), attribute.value());
            assert_eq!(attribute.namespace(), None, "{name}: {key}\n{svg}");
            assert!(!key.to_lowercase().starts_with("on") && key != "style", "{name}: {key}\n{svg}");
            assert!(key != "href" || value.starts_with("#plan-"), "{name}: {key}={value}\n{svg}");
            assert!(key != "id" || value.starts_with("plan-"), "{name}: {key}={value}\n{svg}");
            assert!(!value.contains("url(") || value.starts_with("url(#plan-"), "{name}: {key}={value}\n{svg}");
            assert!(!value.contains([':', '\\', '<', '>', '"', '\'', '@', '{']), "{name}: {key}={value}\n{svg}");
        }
    }
}

#[test]
fn every_file_is_made_harmless_or_refused() {
    for (name, expect) in CASES {
        let file = std::fs::read(folder().join(format!("{name}.svg"))).expect(name);
        match expect {
            Refused(refusal) => assert_eq!(read_in_time(name, &file), Err(refusal), "{name}"),
            Gone(words) => {
                let svg = clean(name, &file);
                assert_harmless(name, &svg);
                // Its own frame is none of the file's doing.
                let drawing = svg.split_once('>').map_or("", |(_, drawing)| drawing);
                for word in words {
                    assert!(!drawing.contains(word), "{name} still has {word}\n{svg}");
                }
                assert!(drawing.contains("<rect"), "{name} has lost what is drawn\n{svg}");
                // What is clean stays as it is.
                assert_eq!(clean(name, svg.as_bytes()), svg, "{name}");
            }
        }
    }
}

#[test]
fn every_file_has_a_case() {
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().replace(".svg", ""))
        .collect();
    let cases: BTreeSet<String> = CASES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, cases);
    assert!(cases.len() >= 60);
}

#[test]
fn what_is_only_large_is_refused_quickly() {
    const HEAD: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1000 600'>";
    let nest =
        |open: &str, close: &str, count: usize| format!("{HEAD}{}{}</svg>", open.repeat(count), close.repeat(count));
    let numbers = |count: usize| "1 1 ".repeat(count);
    let classes = (0..20).map(|i| format!("c{i} ")).collect::<String>();
    let rules = (0..20).map(|i| format!(".c{i}{{{}}}", "fill:red;".repeat(40))).collect::<String>();
    let spaces: String = (0..90).map(|i| format!("xmlns:n{i}='http://x.example/{i}' ")).collect();
    let cases = [
        ("nested", nest("<g>", "</g>", 100_000), TooDeep { max: DEPTH_MAX }),
        ("nested and never closed", format!("{HEAD}{}", "<g>".repeat(100_000)), TooDeep { max: DEPTH_MAX }),
        ("nested drawings", nest("<svg>", "</svg>", 100), TooDeep { max: DEPTH_MAX }),
        ("many", format!("{HEAD}{}</svg>", "<g/>".repeat(100_000)), TooManyElements { max: ELEMENTS_MAX }),
        (
            "attributes",
            format!("{HEAD}<g {}/></svg>", (0..100_000).map(|i| format!("a{i}='' ")).collect::<String>()),
            TooManyAttributes { max: ATTRIBUTES_MAX },
        ),
        ("bytes", format!("{HEAD}{}", " ".repeat(SVG_BYTES_MAX)), TooLarge { max_bytes: SVG_BYTES_MAX }),
        ("path", format!("{HEAD}<path d='M0 0L{}'/></svg>", numbers(400_000)), PathTooLong { max_bytes: 200_000 }),
        ("points", format!("{HEAD}<polygon points='{}'/></svg>", numbers(400_000)), PathTooLong { max_bytes: 200_000 }),
        (
            "styles",
            format!("{HEAD}<style>{rules}</style>{}</svg>", format!("<g class='{classes}'/>").repeat(15_000)),
            TooManyElements { max: ELEMENTS_MAX },
        ),
        (
            "namespaces",
            format!("{HEAD}{}<x/></svg>", format!("<g {spaces}/>").repeat(600)),
            TooManyNamespaces { max: 300 },
        ),
        ("open quote", format!("{HEAD}<g a='{}", "x".repeat(1_900_000)), Malformed { line: 1 }),
        ("open comment", format!("{HEAD}<!--{}", "-".repeat(1_900_000)), Malformed { line: 1 }),
        ("open brackets", "<".repeat(1_900_000), Malformed { line: 1 }),
        ("comments", format!("{HEAD}{}</svg>", "<!---->".repeat(250_000)), TooManyElements { max: ELEMENTS_MAX }),
        ("references", format!("{HEAD}<text>{}", "&#65;".repeat(300_000)), Malformed { line: 1 }),
    ];
    for (name, file, expect) in cases {
        assert_eq!(read_in_time(name, file.as_bytes()), Err(expect), "{name}");
    }
}
