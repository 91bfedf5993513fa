//! A PID controller of the ISA form.

use serde::{Deserialize, Serialize};

/// At a setpoint that boils, this much power at least, once it does.
const BOIL_OUTPUT_MIN: f64 = 0.68;
/// How close to boiling is boiling: one step of a probe.
const BOIL_BAND_K: f64 = 1.0 / 16.0;

/// How it is tuned.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tuning {
    /// Output per kelvin.
    pub gain_per_k: f64,
    /// Integral time; no integral at 0.
    pub integral_s: f64,
    /// Derivative time.
    pub derivative_s: f64,
}

impl Default for Tuning {
    fn default() -> Self {
        Self { gain_per_k: 0.5, integral_s: 600.0, derivative_s: 0.0 }
    }
}

/// Its state, which is also what a screen shows: `output` is `p + i + d`, kept between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Pid {
    /// The part that follows the error.
    pub p: f64,
    /// The part that follows its sum, from 0 to 1.
    pub i: f64,
    /// The part that follows the measurement's slope.
    pub d: f64,
    /// From 0 (off) to 1 (full power).
    pub output: f64,
    last_c: Option<f64>,
}

impl Pid {
    /// Looks at a measurement that is `step_s` after the last one.
    pub fn update(&mut self, tuning: &Tuning, setpoint_c: f64, measured_c: f64, boil_c: f64, step_s: f64) {
        let error_k = setpoint_c - measured_c;
        self.p = tuning.gain_per_k * error_k;
        let slope_k_per_s = self.last_c.filter(|_| step_s > 0.0).map_or(0.0, |last_c| (measured_c - last_c) / step_s);
        self.d = -tuning.gain_per_k * tuning.derivative_s * slope_k_per_s;
        self.last_c = Some(measured_c);
        let wanted = self.p + self.i + self.d;
        // Nothing is summed up that the output cannot follow.
        if tuning.integral_s > 0.0 && (wanted < 1.0 || error_k < 0.0) && (wanted > 0.0 || error_k > 0.0) {
            self.i = (self.i + tuning.gain_per_k * error_k * step_s / tuning.integral_s).clamp(0.0, 1.0);
        }
        let output = (self.p + self.i + self.d).clamp(0.0, 1.0);
        self.output = match setpoint_c >= boil_c {
            true if measured_c < boil_c - BOIL_BAND_K => 1.0,
            true => output.max(BOIL_OUTPUT_MIN),
            false => output,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TUNING: Tuning = Tuning { gain_per_k: 0.5, integral_s: 600.0, derivative_s: 0.0 };

    #[test]
    fn terms() {
        let mut pid = Pid::default();
        pid.update(&TUNING, 78.0, 77.0, 100.0, 0.1);
        assert_eq!((pid.p, pid.d), (0.5, 0.0));
        assert!((pid.i - 0.5 * 0.1 / 600.0).abs() < 1e-15 && (pid.output - pid.p - pid.i).abs() < 1e-15);
    }

    #[test]
    fn nothing_is_summed_up_at_full_power_or_none() {
        let mut pid = Pid::default();
        for _ in 0..100_000 {
            pid.update(&TUNING, 78.0, 20.0, 100.0, 0.1);
        }
        assert_eq!((pid.i, pid.output), (0.0, 1.0));
        for _ in 0..100_000 {
            pid.update(&TUNING, 20.0, 78.0, 100.0, 0.1);
        }
        assert_eq!((pid.i, pid.output), (0.0, 0.0));
    }

    #[test]
    fn a_jump_of_the_setpoint_is_no_slope() {
        let tuning = Tuning { derivative_s: 10.0, ..TUNING };
        let mut pid = Pid::default();
        pid.update(&tuning, 20.0, 50.0, 100.0, 0.1);
        pid.update(&tuning, 90.0, 50.0, 100.0, 0.1);
        assert_eq!(pid.d, 0.0);
        pid.update(&tuning, 90.0, 50.5, 100.0, 0.1);
        assert_eq!(pid.d, -25.0);
    }

    #[test]
    fn boiling() {
        let mut pid = Pid::default();
        for (measured_c, output) in [(20.0, 1.0), (99.875, 1.0), (100.0, BOIL_OUTPUT_MIN)] {
            pid.update(&TUNING, 100.0, measured_c, 100.0, 0.1);
            assert_eq!(pid.output, output, "{measured_c}");
        }
    }
}
