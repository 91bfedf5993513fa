use domain::{LocalMoment, Moment, Opening, UtcMs};

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now, on the wall and on the steady clock.
    fn now(&self) -> Moment;

    /// What the clock of the building shows at `at`.
    fn local(&self, at: UtcMs) -> LocalMoment;

    /// When the clock of the building shows this; the later time where it does not, in a night that is an hour short.
    fn utc(&self, opening: Opening) -> UtcMs;
}
