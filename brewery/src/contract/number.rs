//! Numbers as Python prints them, which clients compare as text.

/// The shortest digits that read back to the same float: `78.0`, `15.1875`, `1e+16`, `5e-07`.
#[must_use]
pub fn show_number(number: f64) -> String {
    if !number.is_finite() {
        return if number.is_nan() {
            "nan"
        } else if number > 0.0 {
            "inf"
        } else {
            "-inf"
        }
        .to_owned();
    }
    let scientific = format!("{number:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else { return scientific };
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..16).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
        _ => {
            let plain = number.to_string();
            if plain.contains('.') { plain } else { plain + ".0" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_python_does() {
        for (number, expect) in [
            (78.0, "78.0"),
            (15.023_060_568_297_762, "15.023060568297762"),
            (411.012_894_642_588_8, "411.0128946425888"),
            (0.1 + 0.2, "0.30000000000000004"),
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (-1785.0, "-1785.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e300, "1.5e+300"),
            (0.0001, "0.0001"),
            (0.000_01, "1e-05"),
            (1_795_233_600.123, "1795233600.123"),
        ] {
            assert_eq!(show_number(number), expect);
        }
    }
}
