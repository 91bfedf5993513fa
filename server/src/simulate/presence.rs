use super::chance::Chance;
use super::day::OfficeDays;
use super::script::Script;
use std::time::Duration;
use tokio::time::Instant;

/// A detector sees movement, not people: somebody in the booth moves enough in so many samples,
const HIGH_WHEN_OCCUPIED: f64 = 0.7;
/// and so many samples are high though nobody is there.
const HIGH_WHEN_FREE: f64 = 0.005;

/// What the detectors see.
#[derive(Debug)]
pub struct Presence {
    pub story: Story,
    pub started_at: Instant,
    /// Seconds of the office in a second.
    pub speed: u32,
}

/// Who sits where when.
#[derive(Debug)]
pub enum Story {
    Days(OfficeDays),
    Script(Script),
}

impl Presence {
    /// Whether the detector of a booth is high now. Exact in a script, so that the sixth high sample decides.
    pub fn is_high(&self, booth: u8, chance: &mut Chance) -> bool {
        self.was_high(booth, self.started_at.elapsed(), chance)
    }

    /// Whether it was high so long after the start.
    pub fn was_high(&self, booth: u8, elapsed: Duration, chance: &mut Chance) -> bool {
        match &self.story {
            Story::Script(script) => script.is_occupied(booth, elapsed),
            Story::Days(days) => {
                let occupied = days.is_occupied(booth, (elapsed * self.speed).as_secs());
                chance.happens(if occupied { HIGH_WHEN_OCCUPIED } else { HIGH_WHEN_FREE })
            }
        }
    }

    /// How long the office takes for so many seconds.
    pub fn real_time(&self, office_s: u32) -> Duration {
        Duration::from_secs(office_s.into()) / self.speed
    }
}
