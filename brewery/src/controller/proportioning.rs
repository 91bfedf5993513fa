//! Turns an output between 0 and 1 into on and off.

use serde::{Deserialize, Serialize};

/// The length of a window and the shortest time on or off, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) steps: u32,
    pub(crate) least: u32,
}

/// Where it is in its window.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Proportioning {
    phase: u32,
    on: u32,
    /// Steps that are owed by windows in which too short a time was left out.
    owed: f64,
}

impl Proportioning {
    /// Begins a window with this output.
    pub(crate) fn begin(&mut self, window: Window, output: f64) {
        let wanted = output * f64::from(window.steps) + self.owed;
        let on = if wanted < f64::from(window.least) {
            0
        } else if wanted > f64::from(window.steps - window.least) {
            window.steps
        } else {
            to_steps(wanted)
        };
        let reach = f64::from(window.least);
        *self = Self { phase: 0, on, owed: (wanted - f64::from(on)).clamp(-reach, reach) };
    }

    /// Whether it is on at this moment.
    pub(crate) const fn is_on(&self) -> bool {
        self.phase < self.on
    }

    /// A step on, into the next window at the end of this one.
    pub(crate) fn step(&mut self, window: Window, output: f64) {
        self.phase += 1;
        if self.phase >= window.steps {
            self.begin(window, output);
        }
    }
}

/// Of a number that is neither negative nor above a window.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn to_steps(wanted: f64) -> u32 {
    libm::round(wanted) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { steps: 100, least: 5 };

    /// Steps on out of 100 windows, and the shortest stretches of on and off.
    fn run(output: f64) -> (u32, u32, u32) {
        let mut proportioning = Proportioning::default();
        proportioning.begin(WINDOW, output);
        let (mut on, mut stretches, mut length, mut last) = (0, [u32::MAX; 2], 0, proportioning.is_on());
        for _ in 0..100 * WINDOW.steps {
            let is_on = proportioning.is_on();
            on += u32::from(is_on);
            if is_on != last {
                stretches[usize::from(last)] = stretches[usize::from(last)].min(length);
                (length, last) = (0, is_on);
            }
            length += 1;
            proportioning.step(WINDOW, output);
        }
        (on, stretches[1], stretches[0])
    }

    #[test]
    fn the_mean_is_right_and_nothing_is_too_short() {
        for output in [0.0, 0.01, 0.03, 0.084, 0.5, 0.97, 0.99, 1.0] {
            let (on, shortest_on, shortest_off) = run(output);
            let mean = f64::from(on) / 10_000.0;
            assert!((mean - output).abs() < 0.002, "{output}: {mean}");
            assert!(shortest_on >= WINDOW.least && shortest_off >= WINDOW.least, "{output}");
        }
    }
}
