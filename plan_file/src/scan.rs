//! What is looked at before anything is parsed: size, encoding, document types, depth, numbers of things.
//!
//! One pass without memory, so that what is built to break parsers meets none.

use crate::path::PATH_BYTES_MAX;
use crate::refusal::PlanRefusal;

/// The largest SVG.
pub const SVG_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Elements within elements.
pub const DEPTH_MAX: usize = 64;
/// Elements of a plan, each use of another one counted.
pub const ELEMENTS_MAX: usize = 50_000;
/// Attributes of one element.
pub const ATTRIBUTES_MAX: usize = 100;

/// Declarations of namespaces in a file.
const NAMESPACES_MAX: usize = 300;

/// The text of a file that may be parsed.
pub(crate) fn check(file: &[u8]) -> Result<&str, PlanRefusal> {
    if file.len() > SVG_BYTES_MAX {
        return Err(PlanRefusal::TooLarge { max_bytes: SVG_BYTES_MAX });
    }
    let file = file.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(file);
    if file.contains(&0) || file.starts_with(&[0xFF, 0xFE]) || file.starts_with(&[0xFE, 0xFF]) {
        return Err(PlanRefusal::Encoding);
    }
    let text = std::str::from_utf8(file).map_err(|_| PlanRefusal::Encoding)?;
    let start = text.trim_start();
    if !start.starts_with('<') {
        // UTF-7 begins with a plus sign.
        return Err(if start.starts_with('+') { PlanRefusal::Encoding } else { PlanRefusal::UnknownKind });
    }
    if !is_utf8_declared(start) {
        return Err(PlanRefusal::Encoding);
    }
    if text.matches("xmlns").nth(NAMESPACES_MAX).is_some() {
        return Err(PlanRefusal::TooManyNamespaces { max: NAMESPACES_MAX });
    }
    count(text)?;
    Ok(text)
}

/// Whether the declaration names no encoding, or the one that it is in.
fn is_utf8_declared(text: &str) -> bool {
    let Some(declaration) = text.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()) else { return true };
    let Some((_, named)) = declaration.split_once("encoding") else { return true };
    let name = named.trim_start_matches(|c: char| c.is_whitespace() || "='\"".contains(c));
    let name = name.split(|c: char| c.is_whitespace() || "'\"".contains(c)).next().unwrap_or_default();
    ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

fn count(text: &str) -> Result<(), PlanRefusal> {
    let (mut rest, mut depth, mut elements) = (text, 0_usize, 0_usize);
    let malformed = |rest: &str| PlanRefusal::Malformed { line: line_of(text, text.len() - rest.len()) };
    while let Some(start) = rest.find('<') {
        let markup = &rest[start..];
        let end = if markup.starts_with("<!--") {
            markup.find("-->").map(|end| end + 3)
        } else if markup.starts_with("<![CDATA[") {
            markup.find("]]>").map(|end| end + 3)
        } else if markup.starts_with("<?") {
            markup.find("?>").map(|end| end + 2)
        } else if markup.starts_with("<!") {
            return Err(PlanRefusal::DocumentType);
        } else if markup.starts_with("</") {
            depth = depth.checked_sub(1).ok_or_else(|| malformed(markup))?;
            markup.find('>').map(|end| end + 1)
        } else {
            elements += 1;
            let tag = find_tag_end(markup)?;
            if tag.is_some_and(|end| !markup[..end].ends_with("/>")) {
                depth += 1;
            }
            tag
        };
        if depth > DEPTH_MAX {
            return Err(PlanRefusal::TooDeep { max: DEPTH_MAX });
        }
        if elements > ELEMENTS_MAX {
            return Err(PlanRefusal::TooManyElements { max: ELEMENTS_MAX });
        }
        rest = &markup[end.ok_or_else(|| malformed(markup))?..];
    }
    Ok(())
}

/// Behind the `>` of a start tag; those in quotes are none.
fn find_tag_end(markup: &str) -> Result<Option<usize>, PlanRefusal> {
    let (mut offset, mut attributes) = (0, 0);
    while let Some(step) = markup[offset..].find(['>', '\'', '"']) {
        let at = offset + step;
        let Some(quote) = markup[at..].chars().next().filter(|c| *c != '>') else { return Ok(Some(at + 1)) };
        attributes += 1;
        if attributes > ATTRIBUTES_MAX {
            return Err(PlanRefusal::TooManyAttributes { max: ATTRIBUTES_MAX });
        }
        let Some(length) = markup[at + 1..].find(quote) else { return Ok(None) };
        if length > PATH_BYTES_MAX && is_path(&markup[..at]) {
            return Err(PlanRefusal::PathTooLong { max_bytes: PATH_BYTES_MAX });
        }
        offset = at + length + 2;
    }
    Ok(None)
}

/// Whether the value that follows is of a path or of points.
fn is_path(before: &str) -> bool {
    let name = before.trim_end().strip_suffix('=').unwrap_or_default().trim_end();
    name.ends_with(" d") || name.ends_with(" points")
}

/// The line of a byte, from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> u32 {
    let breaks = text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}
