//! The incidents that are open: one entry each, however often what is wrong comes and goes.

use super::AlertKey;
use crate::{AlertKind, Moment, MonoMs, UtcMs};
use std::collections::{BTreeMap, BTreeSet};

/// What is seen of the world at one time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlertLook {
    /// What is wrong now, and what goes with it: numbers or an address, no words; at most [`Incident::DETAIL_MAX`] letters.
    pub seen: BTreeMap<AlertKey, String>,
    /// Kinds of which nothing is known now: they neither open nor close.
    pub unsure_kinds: BTreeSet<AlertKind>,
    /// The same of single ones.
    pub unsure: BTreeSet<AlertKey>,
}

/// An incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// What is wrong with what.
    pub key: AlertKey,
    /// What goes with it.
    pub detail: String,
    /// When it was first seen.
    pub opened_at: UtcMs,
    /// When it was last seen.
    pub last_seen_at: UtcMs,
    /// How often it has come while it was open.
    pub count: u32,
    /// When it was over.
    pub closed_at: Option<UtcMs>,
    /// Who has seen to it.
    pub acknowledged: Option<Acknowledged>,
}

impl Incident {
    /// The longest detail, in letters.
    pub const DETAIL_MAX: usize = 120;

    /// Whether it waits for somebody.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.closed_at.is_none() && self.acknowledged.is_none()
    }
}

/// That somebody has seen to an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// By what name.
    pub by: String,
    /// When.
    pub at: UtcMs,
    /// What they said; may be empty.
    pub note: String,
}

/// The incidents that are open.
///
/// What is seen again within [`Self::new`]'s `settle_ms` of its end belongs to the same incident, so that something that goes on
/// and off has one entry, which counts.
#[derive(Debug)]
pub struct AlertBook {
    settle_ms: u64,
    open: BTreeMap<AlertKey, Open>,
    /// What is seen since then, and not for long enough to be an incident.
    nearly: BTreeMap<AlertKey, MonoMs>,
}

#[derive(Debug)]
struct Open {
    incident: Incident,
    /// Since when it is not seen.
    gone: Option<Moment>,
    /// When it was last told of.
    told: MonoMs,
}

/// So often it is told of an open incident that it is still seen.
const TELL_EVERY_MS: u64 = 5 * 60_000;

impl AlertBook {
    /// The most incidents that are open at one time; more are not opened.
    pub const OPEN_MAX: usize = 4_096;

    /// An empty book. What is not seen for `settle_ms` is over.
    #[must_use]
    pub const fn new(settle_ms: u64) -> Self {
        Self { settle_ms, open: BTreeMap::new(), nearly: BTreeMap::new() }
    }

    /// Takes over what was open before. What was opened again since is the same incident.
    pub fn restore(&mut self, incidents: Vec<Incident>, now: Moment) {
        for incident in incidents {
            let newer = self.open.remove(&incident.key).map(|open| open.incident);
            let incident = match newer {
                Some(newer) => Incident {
                    detail: newer.detail,
                    last_seen_at: newer.last_seen_at,
                    count: incident.count.saturating_add(newer.count),
                    ..incident
                },
                None => incident,
            };
            self.open.insert(incident.key.clone(), Open { incident, gone: None, told: now.mono });
        }
    }

    /// Looks at the world; returns the incidents that have begun, have come back, are over, or are still there after a while.
    pub fn look(&mut self, look: &AlertLook, now: Moment) -> Vec<Incident> {
        let mut changed = Vec::new();
        let is_unsure = |key: &AlertKey| look.unsure_kinds.contains(&key.kind) || look.unsure.contains(key);
        self.nearly.retain(|key, _| look.seen.contains_key(key) || is_unsure(key));
        for (key, detail) in &look.seen {
            changed.extend(self.see(key, detail, now));
        }
        let settle_ms = self.settle_ms;
        self.open.retain(|key, open| {
            if look.seen.contains_key(key) || is_unsure(key) {
                return true;
            }
            let gone = *open.gone.get_or_insert(now);
            let is_over = now.mono.since(gone.mono) >= settle_ms;
            if is_over {
                let closed_at = gone.at.max(open.incident.opened_at);
                changed.push(Incident { closed_at: Some(closed_at), ..open.incident.clone() });
            }
            !is_over
        });
        changed
    }

    fn see(&mut self, key: &AlertKey, detail: &str, now: Moment) -> Option<Incident> {
        if let Some(open) = self.open.get_mut(key) {
            let is_back = open.gone.take().is_some();
            open.incident.last_seen_at = now.at.max(open.incident.opened_at);
            shorten(detail).clone_into(&mut open.incident.detail);
            open.incident.count = open.incident.count.saturating_add(u32::from(is_back));
            if !is_back && now.mono.since(open.told) < TELL_EVERY_MS {
                return None;
            }
            open.told = now.mono;
            return Some(open.incident.clone());
        }
        let since = *self.nearly.entry(key.clone()).or_insert(now.mono);
        let is_young = now.mono.since(since) < key.kind.opens_after_ms(self.settle_ms);
        if is_young || self.open.len() >= Self::OPEN_MAX {
            return None;
        }
        self.nearly.remove(key);
        let incident = Incident {
            key: key.clone(),
            detail: shorten(detail).to_owned(),
            opened_at: now.at,
            last_seen_at: now.at,
            count: 1,
            closed_at: None,
            acknowledged: None,
        };
        self.open.insert(key.clone(), Open { incident: incident.clone(), gone: None, told: now.mono });
        Some(incident)
    }

    /// Somebody has seen to the incident that began then; `false` when it is not open.
    pub fn acknowledge(&mut self, key: &AlertKey, opened_at: UtcMs, acknowledged: Acknowledged) -> bool {
        let open = self.open.get_mut(key).filter(|open| open.incident.opened_at == opened_at);
        open.map(|open| open.incident.acknowledged = Some(acknowledged)).is_some()
    }

    /// The open incidents, by kind and subject.
    pub fn open(&self) -> impl ExactSizeIterator<Item = &Incident> {
        self.open.values().map(|open| &open.incident)
    }

    /// Whether this is open.
    #[must_use]
    pub fn is_open(&self, key: &AlertKey) -> bool {
        self.open.contains_key(key)
    }
}

fn shorten(detail: &str) -> &str {
    let end = detail.char_indices().nth(Incident::DETAIL_MAX).map_or(detail.len(), |(end, _)| end);
    detail.get(..end).unwrap_or_default()
}

#[cfg(test)]
#[path = "book_tests.rs"]
mod tests;
