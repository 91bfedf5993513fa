use super::*;
use crate::SensorId;
use proptest::prelude::*;

const FRESH_MS: u64 = 9_250;

fn at(ms: u64) -> UtcMs {
    UtcMs(1_795_000_000_000).plus(ms)
}

fn samples(text: &str) -> Vec<RecordedReport> {
    let sample = |(i, c): (u64, char)| RecordedReport { at: at(i * 500), said: Recorded::Sample { high: c == '#' } };
    (0..).zip(text.chars()).map(sample).collect()
}

fn rule(window: u16, above: u16, below: u16) -> PresenceRule {
    PresenceRule::new(window, above, below).expect("a rule")
}

/// What is shown, with seconds.
fn shown(preview: &FilterPreview) -> String {
    let words = preview.shown.iter().map(|(from, status)| format!("{}:{}", from.since(at(0)) / 1_000, status.as_str()));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_visit_by_two_rules() {
    let reports = samples(&[".".repeat(20), "#".repeat(40), ".".repeat(100)].concat());
    let preview = preview_filter(PresenceRule::default(), &reports, FRESH_MS, at(80_000));
    assert_eq!(shown(&preview), "0:unknown 2:free 12:occupied 59:free");
    assert_eq!((preview.changes, preview.occupied_ms), (2, 46_500));
    // The sixth high sample of a burst; and the last but one has to leave the window.
    assert_eq!((preview.enter_delay_ms, preview.leave_delay_ms), (Some(2_500), Some(29_500)));
    let quick = preview_filter(rule(20, 1, 1), &reports, FRESH_MS, at(80_000));
    assert_eq!((quick.changes, quick.enter_delay_ms, quick.leave_delay_ms), (2, Some(500), Some(10_000)));
}

#[test]
fn silence_is_grey_when_it_begins() {
    let reports = samples(&".".repeat(20));
    let preview = preview_filter(PresenceRule::default(), &reports, FRESH_MS, at(60_000));
    assert_eq!(shown(&preview), "0:unknown 2:free 18:late");
    assert_eq!(preview_filter(PresenceRule::default(), &[], FRESH_MS, at(0)).changes, 0);
}

proptest! {
    /// The preview is what the tracker that runs comes to, by samples and by counts.
    #[test]
    fn it_is_what_runs(
        steps in prop::collection::vec((prop::sample::select(vec![500_u64, 1_000, 5_000, 12_000, 40_000]), any::<bool>(), 0_u16..60), 1..150),
        window in 2_u16..120, above in 0_u16..20, counts: bool,
    ) {
        prop_assume!(above < window);
        let rule = rule(window, above, 1);
        let mut now_ms = 0;
        let reports: Vec<RecordedReport> = steps.iter().map(|(wait, high, high_samples)| {
            now_ms += wait;
            let count = SensorCount { booth: BoothNumber(9), sensor: SensorId(0), high_samples: *high_samples, seen_samples: 60, window_samples: 60 };
            let said = if counts { Recorded::Count { count, high: *high } } else { Recorded::Sample { high: *high } };
            RecordedReport { at: at(now_ms), said }
        }).collect();
        let until = at(now_ms + 20_000);
        let preview = preview_filter(rule, &reports, FRESH_MS, until);

        let placement = Placement { x: 0.0, y: 0.0, width: 1.0, height: 1.0, rotation_deg: 0.0 };
        let booth = Booth { number: BOOTH, floor: FloorNumber(0), name: String::new(), placement, presence_rule: rule };
        let begins = reports[0].at;
        let moment = |ms: u64| Moment { at: begins.plus(ms), mono: MonoMs(ms) };
        let mut tracker = Tracker::new(&[booth], Service::Open, moment(0));
        let mut live = vec![(begins, BoothStatus::Unknown)];
        let mut next = reports.iter().peekable();
        // The live server looks four times a second.
        for ms in (0..=until.since(begins)).step_by(250) {
            let mut changes = Vec::new();
            changes.extend(tracker.tick(Service::Open, moment(ms)));
            while let Some(report) = next.next_if(|report| report.at.since(begins) <= ms) {
                changes.extend(match &report.said {
                    Recorded::Sample { high } => tracker.record(&[Reading { booth: BOOTH, high: *high }], FRESH_MS, moment(ms)),
                    Recorded::Count { count, .. } => tracker.record_counts(&[SensorCount { booth: BOOTH, ..*count }], 0, FRESH_MS, moment(ms)),
                });
            }
            live.extend(changes.iter().map(|state| (moment(ms).at, state.status)));
        }
        prop_assert_eq!(
            preview.shown.iter().map(|(_, status)| *status).collect::<Vec<_>>(),
            live.iter().map(|(_, status)| *status).collect::<Vec<_>>()
        );
        for ((previewed, _), (happened, _)) in preview.shown.iter().zip(&live) {
            prop_assert!(happened.0.abs_diff(previewed.0) <= 250, "{previewed:?} {happened:?}");
        }
    }
}
