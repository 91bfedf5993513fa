//! Numbers as they are written, without the arithmetic of fractions.

/// Tenths as a number with one digit behind its mark: `-0,5`.
pub(super) fn write_tenths(tenths: i32, mark: char) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    let tenths = tenths.unsigned_abs();
    format!("{sign}{}{mark}{}", tenths / 10, tenths % 10)
}

/// Seconds as a clock: `26:03:09`.
pub(super) fn write_clock(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let check = |tenths, expect| assert_eq!(write_tenths(tenths, ','), expect);
        check(0, "0,0");
        check(657, "65,7");
        check(1000, "100,0");
        check(-5, "−0,5");
        check(-2_000, "−200,0");
        assert_eq!(write_clock(0), "0:00:00");
        assert_eq!(write_clock(93_789), "26:03:09");
    }
}
