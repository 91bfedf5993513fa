//! How full a battery is, by its voltage.

/// One lithium cell under the small load of a board: millivolts and how much is left, in percent. Between two points it is
/// a straight line. The curve is flat in the middle, where a few millivolts are many percent: see `docs/boards.md`.
const CURVE: [(u16, u16); 11] = [
    (3_300, 0),
    (3_500, 5),
    (3_640, 10),
    (3_720, 20),
    (3_760, 30),
    (3_790, 40),
    (3_830, 50),
    (3_880, 60),
    (3_940, 70),
    (4_060, 88),
    (4_180, 100),
];

/// Below this nothing is measured: no divider, or no battery.
const MEASURED_MV_MIN: u16 = 2_500;

/// What is left, 0 to 100; none where no battery is measured.
#[must_use]
pub fn battery_percent(battery_mv: u16) -> Option<u8> {
    battery_permille(battery_mv).and_then(|permille| u8::try_from((permille + 5) / 10).ok())
}

/// The same, in thousandths.
pub(super) fn battery_permille(battery_mv: u16) -> Option<u16> {
    if battery_mv < MEASURED_MV_MIN {
        return None;
    }
    let over = CURVE.windows(2).find_map(|pair| match pair {
        [low, high] if battery_mv < high.0 => Some((*low, *high)),
        _ => None,
    });
    let Some(((low_mv, low), (high_mv, high))) = over else { return Some(1_000) };
    let above = u32::from(battery_mv.saturating_sub(low_mv)) * 10;
    let share = above * u32::from(high - low) / u32::from(high_mv - low_mv);
    Some(low * 10 + u16::try_from(share).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn percents() {
        let cases = [
            (0, None),
            (2_499, None),
            (2_500, Some(0)),
            (3_300, Some(0)),
            (3_400, Some(3)),
            (3_640, Some(10)),
            (3_775, Some(35)),
            (3_830, Some(50)),
            (4_179, Some(100)),
            (4_180, Some(100)),
            (u16::MAX, Some(100)),
        ];
        for (battery_mv, expect) in cases {
            assert_eq!(battery_percent(battery_mv), expect, "{battery_mv} mV");
        }
    }

    proptest! {
        #[test]
        fn more_volts_are_never_less(a in 2_500_u16.., b in 2_500_u16..) {
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(battery_permille(low) <= battery_permille(high));
            prop_assert!(battery_percent(high).is_some_and(|percent| percent <= 100));
        }
    }
}
