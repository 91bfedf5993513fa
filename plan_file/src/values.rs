//! What values may be made of. Each kind is read; what is not understood is left out.

/// No number of a plan is larger.
const NUMBER_MAX: f64 = 1_000_000.0;
const UNITS: [&str; 10] = ["px", "pt", "pc", "mm", "cm", "in", "em", "ex", "%", ""];

/// Numbers with separators between them, as SVG writes them: `1-2.5.5,3e2`.
pub(crate) fn read_numbers(text: &str) -> Option<Vec<f64>> {
    let (mut rest, mut numbers) = (skip_separators(text), Vec::new());
    while !rest.is_empty() {
        let (number, behind) = take_number(rest)?;
        numbers.push(number);
        rest = skip_separators(behind);
    }
    Some(numbers)
}

pub(crate) fn skip_separators(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\r', '\n', ','])
}

/// The number at the start, and what follows it.
pub(crate) fn take_number(text: &str) -> Option<(f64, &str)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(end);
    end += whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        end += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = if end + 1 + sign <= bytes.len() { digits(end + 1 + sign) } else { 0 };
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let number: f64 = text[..end].parse().ok()?;
    (number.abs() <= NUMBER_MAX).then(|| (number, &text[end..]))
}

/// One or several lengths with units.
pub(crate) fn is_lengths(text: &str) -> bool {
    let mut rest = skip_separators(text);
    while let Some((_, behind)) = take_number(rest) {
        let unit = UNITS.iter().find(|unit| behind.starts_with(**unit)).map_or(0, |unit| unit.len());
        rest = skip_separators(&behind[unit..]);
    }
    rest.is_empty() && !text.trim().is_empty()
}

/// One word, or several: letters and hyphens.
pub(crate) fn is_words(text: &str) -> bool {
    (1..=60).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic() || b"- ".contains(&byte))
}

/// The weight of a font: a word or a number.
pub(crate) fn is_weight(text: &str) -> bool {
    is_words(text) || read_numbers(text).is_some_and(|numbers| numbers.len() == 1)
}

/// A colour: a name, hexadecimal digits, or one of four functions of numbers.
pub(crate) fn is_colour(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix('#') {
        return (3..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some((function, arguments)) = text.split_once('(') {
        let is_known = ["rgb", "rgba", "hsl", "hsla"].contains(&function);
        let arguments = arguments.strip_suffix(')').unwrap_or("x").replace('/', " ");
        return is_known && arguments.len() <= 60 && is_lengths(&arguments.replace("deg", ""));
    }
    !text.contains(' ') && is_words(text)
}

/// The identity in `#identity`.
pub(crate) fn read_local(text: &str) -> Option<&str> {
    let id = text.trim().strip_prefix('#')?;
    let is_part = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
    (!id.is_empty() && id.chars().all(is_part)).then_some(id)
}

/// The identity in `url(#identity)`; what follows, a colour for want of it, is passed over.
pub(crate) fn read_url(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("url(")?.split(')').next()?;
    read_local(inner.trim().trim_matches(['\'', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(read_numbers("1-2.5.5,3e2 +.1e-1"), Some(vec![1.0, -2.5, 0.5, 300.0, 0.01]));
        assert_eq!(read_numbers("2em").as_deref(), None);
        assert_eq!(take_number("2em"), Some((2.0, "em")));
        assert_eq!(take_number("2e"), Some((2.0, "e")));
        for text in ["-", ".", "e5", "1e999", "NaN", "inf", "1e7", "é"] {
            assert_eq!(take_number(text), None, "{text}");
        }
        assert!(is_lengths("1px 2mm,50% 3") && is_lengths("1.5") && !is_lengths("1 url(x)") && !is_lengths(""));
    }

    #[test]
    fn colours() {
        for text in [
            "red",
            "none",
            "currentColor",
            "#fff",
            "#A0B1C2D3",
            "rgb(1, 2%, 3)",
            "rgb(1 2 3 / 50%)",
            "hsl(20deg 1% 2%)",
        ] {
            assert!(is_colour(text), "{text}");
        }
        for text in
            ["#ggg", "rgb(url(x))", "expression(alert(1))", "var(--x)", "red;x", "url(#a)", "r\\65 d", "a b", ""]
        {
            assert!(!is_colour(text), "{text}");
        }
    }

    #[test]
    fn references() {
        assert_eq!(read_url("url(#a-1) red"), Some("a-1"));
        assert_eq!(read_url("url( '#a' )"), Some("a"));
        for text in ["url(http://x/#a)", "url(//x#a)", "url(data:x)", "URL(#a)x(", "url(#)", "url(#a b)"] {
            assert_eq!(read_url(text), None, "{text}");
        }
        for text in ["a", "http://x#a", "#", "#a/b", "javascript:#a", "# a"] {
            assert_eq!(read_local(text), None, "{text}");
        }
    }
}
