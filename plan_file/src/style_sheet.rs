//! What drawing programs write into `<style>` and `style`: it becomes attributes, as far as those are allowed.
//!
//! Understood are rules for one element name, one class or one identity. Nothing with a backslash, and no `@` rule: neither
//! is needed, and both hide things.

use crate::refusal::PlanRefusal;
use crate::scan::ELEMENTS_MAX;
use std::cell::Cell;
use std::collections::HashMap;

/// No plan has more rules.
const RULES_MAX: usize = 2_000;
/// No rule has more properties.
const DECLARATIONS_MAX: usize = 40;
/// What is looked at for all elements of a file together.
const WORK_MAX: usize = 200_000;

/// Properties with their values.
pub(crate) type Declarations = Vec<(String, String)>;

/// The rules of all style sheets of a file, by selector.
#[derive(Debug, Default)]
pub(crate) struct StyleSheet {
    rules: HashMap<String, Declarations>,
    work: Cell<usize>,
}

impl StyleSheet {
    /// Adds the rules of a sheet.
    pub(crate) fn read(&mut self, text: &str) {
        let text = without_comments(text);
        let mut rest = text.as_str();
        if rest.contains('\\') {
            return;
        }
        while let Some((selectors, behind)) = rest.split_once('{') {
            if let Some(at) = selectors.find('@') {
                rest = skip_at_rule(&rest[at..]);
                continue;
            }
            let (body, behind) = behind.split_once('}').unwrap_or((behind, ""));
            rest = behind;
            let declarations = read_declarations(body);
            for selector in selectors.split(',').map(str::trim).filter(|selector| is_simple(selector)) {
                if self.rules.len() < RULES_MAX {
                    let known = self.rules.entry(selector.to_owned()).or_default();
                    known.extend(declarations.iter().take(DECLARATIONS_MAX.saturating_sub(known.len())).cloned());
                }
            }
        }
    }

    /// What holds for an element, the more special later.
    ///
    /// # Errors
    /// When so many elements have so many rules that somebody must have wanted it.
    pub(crate) fn find(
        &self,
        name: &str,
        classes: &str,
        id: Option<&str>,
    ) -> Result<Vec<&(String, String)>, PlanRefusal> {
        if self.rules.is_empty() {
            return Ok(Vec::new());
        }
        let selectors = std::iter::once(name.to_owned())
            .chain(classes.split_ascii_whitespace().take(20).map(|class| format!(".{class}")))
            .chain(id.map(|id| format!("#{id}")));
        let found: Vec<_> = selectors.filter_map(|selector| self.rules.get(&selector)).flatten().collect();
        self.work.set(self.work.get() + found.len());
        if self.work.get() > WORK_MAX { Err(PlanRefusal::TooManyElements { max: ELEMENTS_MAX }) } else { Ok(found) }
    }
}

/// `name: value` between semicolons.
pub(crate) fn read_declarations(text: &str) -> Declarations {
    if text.contains('\\') {
        return Vec::new();
    }
    let text = without_comments(text);
    let declaration = |text: &str| {
        let (name, value) = text.split_once(':')?;
        let value = value.trim().trim_end_matches("!important").trim_end();
        Some((name.trim().to_ascii_lowercase(), value.to_owned()))
    };
    text.split(';').take(DECLARATIONS_MAX).filter_map(declaration).collect()
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("/*") {
        kept.push_str(before);
        // A space, so that two halves do not become a word.
        kept.push(' ');
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    kept
}

/// Behind `@import …;` or `@media … { … { … } }`.
fn skip_at_rule(text: &str) -> &str {
    let mut depth = 0_usize;
    for (offset, c) in text.char_indices() {
        match c {
            ';' if depth == 0 => return &text[offset + 1..],
            '{' => depth += 1,
            '}' if depth <= 1 => return &text[offset + 1..],
            '}' => depth -= 1,
            _ => {}
        }
    }
    ""
}

fn is_simple(selector: &str) -> bool {
    let name = selector.trim_start_matches(['.', '#']);
    selector.len() - name.len() <= 1
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || "-_".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        let mut sheet = StyleSheet::default();
        sheet.read(
            "@import url(http://x/y.css); .a, #b{fill:red;stroke : #fff !important} /* .a{fill:blue} */
             @media print { .a { fill: black } } rect{opacity:.5} .a .b{fill:green}",
        );
        let found = |name, classes, id| {
            let declarations = sheet.find(name, classes, id).expect("few rules").into_iter();
            declarations.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(found("rect", "z a", None), "opacity=.5 fill=red stroke=#fff");
        assert_eq!(found("path", "", Some("b")), "fill=red stroke=#fff");
        assert_eq!(found("path", "b", None), "");
        let mut escaped = StyleSheet::default();
        escaped.read(".a{fill:\\75 rl(x)}");
        assert!(read_declarations("fill:\\72 ed;stroke:red").is_empty());
        assert!(escaped.find("path", "a", None).expect("no rules").is_empty());
    }
}
