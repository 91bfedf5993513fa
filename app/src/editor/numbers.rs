//! Plan units as people write them: at most two decimals, with the sign of the language between.

use crate::reader::Locale;

/// Written without zeros that say nothing.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn write_units(value: f64, locale: Locale) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let point = match locale {
        Locale::Fr => ',',
        Locale::En => '.',
    };
    match (part, part % 10) {
        (0, _) => format!("{sign}{whole}"),
        (_, 0) => format!("{sign}{whole}{point}{}", part / 10),
        _ => format!("{sign}{whole}{point}{part:02}"),
    }
}

/// "104 × 96".
pub(super) fn write_size(width: f64, height: f64, locale: Locale) -> String {
    write_units(width, locale) + " × " + &write_units(height, locale)
}

/// What somebody has typed: a number with a comma or a point, or a sum or difference of such numbers, as in `120+8,5`.
pub(super) fn read_units(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace(',', ".").replace('−', "-");
    let mut sum = 0.0;
    let mut rest = text.as_str();
    loop {
        // A sign at the beginning belongs to the number.
        let end = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '+' | '-')).map_or(rest.len(), |(at, _)| at);
        let (term, behind) = rest.split_at(end);
        let is_decimal = term.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
        sum += term.parse::<f64>().ok().filter(|_| is_decimal)?;
        if behind.is_empty() {
            return Some(sum);
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written() {
        let cases = [
            (0.0, "0"),
            (12.0, "12"),
            (0.5, "0,5"),
            (-0.05, "-0,05"),
            (10.1, "10,1"),
            (99.999, "100"),
            (-3.25, "-3,25"),
        ];
        for (value, expect) in cases {
            assert_eq!(write_units(value, Locale::Fr), expect);
            assert_eq!(write_units(value, Locale::En), expect.replace(',', "."));
        }
        assert_eq!(write_size(104.0, 96.5, Locale::En), "104 × 96.5");
    }

    #[test]
    fn read() {
        let cases = [
            ("12", Some(12.0)),
            (" 1 234,5 ", Some(1_234.5)),
            ("-0.05", Some(-0.05)),
            ("−7", Some(-7.0)),
            ("120+8,5", Some(128.5)),
            ("100-25-5", Some(70.0)),
            ("5--2", None),
            ("", None),
            ("-", None),
            ("12a", None),
            ("inf", None),
            ("1e5", None),
            ("1.2.3", None),
        ];
        for (text, expect) in cases {
            assert_eq!(read_units(text), expect, "{text}");
        }
    }
}
