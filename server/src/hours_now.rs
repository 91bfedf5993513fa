//! The service hours at this moment: somebody may change them while the server runs.

use domain::ServiceHours;
use std::sync::{Arc, PoisonError, RwLock};

/// The hours, shared by all that ask for them.
#[derive(Debug, Clone)]
pub(crate) struct HoursNow(Arc<RwLock<Arc<ServiceHours>>>);

impl HoursNow {
    /// Begins with these.
    pub(crate) fn new(hours: ServiceHours) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(hours))))
    }

    /// As they are now.
    pub(crate) fn get(&self) -> Arc<ServiceHours> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Goes on with others.
    pub(crate) fn set(&self, hours: ServiceHours) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(hours);
    }
}
