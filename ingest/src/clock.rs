use domain::{LocalMoment, Moment, UtcMs};

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now, on the wall and on the steady clock.
    fn now(&self) -> Moment;

    /// What the clock of the building shows at `at`.
    fn local(&self, at: UtcMs) -> LocalMoment;
}
