use domain::{LocalMoment, Moment, Opening, Service, ServiceHours, UtcMs};

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now, on the wall and on the steady clock.
    fn now(&self) -> Moment;

    /// What the clock of the building shows at `at`.
    fn local(&self, at: UtcMs) -> LocalMoment;

    /// When the clock of the building shows this; the later time where it does not, in a night that is an hour short.
    fn utc(&self, opening: Opening) -> UtcMs;

    /// Whether a building with these hours is served at `at`, and if not, when it will be.
    fn service(&self, hours: &ServiceHours, at: UtcMs) -> Service {
        let local = self.local(at);
        if hours.is_open(local) {
            return Service::Open;
        }
        Service::Closed { opens_at: hours.next_opening(local).map(|opening| self.utc(opening)) }
    }
}
