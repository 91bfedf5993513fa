//! The days on which the clocks are changed have 23 and 25 hours, and all of them are accounted for.

use crate::api::read;
use crate::building::Place;
use crate::process::{Server, TempDir};
use crate::soak::figure;
use serde_json::Value;

const HOUR_MS: u64 = 3_600_000;
const NOON_OF_25_OCTOBER: u64 = 1_792_926_000_000;

#[test]
fn the_days_of_both_changes() {
    let dir = TempDir::new().with_site();
    let place = Place::embedded(&dir);
    place.succeed(&["migrate"]);
    // From noon of 28 March 2026, from noon of 25 October, and from midnight of the 27th, on the clocks of Paris.
    let rows =
        [(1_774_695_600_000_u64, "1, null"), (NOON_OF_25_OCTOBER, "0, null"), (1_793_055_600_000, "null, 'late'")];
    let insert = |(at, known)| {
        format!("insert into transition (booth_id, started_at, occupancy, unknown_reason) values (42, {at}, {known})")
    };
    let statements = rows.map(insert);
    place.sql(&statements.each_ref().map(String::as_str));
    let server = Server::start(&dir);
    let days = |from: &str| {
        let answer = read(server.web, &format!("/api/v1/booths/42/days?from={from}&count=3"));
        answer["days"].as_array().expect("days").clone()
    };

    let spring = days("2026-03-28");
    check(&spring[0], "2026-03-28", 24, [0, 12]);
    check(&spring[1], "2026-03-29", 23, [0, 23]);
    check(&spring[2], "2026-03-30", 24, [0, 24]);
    let autumn = days("2026-10-24");
    check(&autumn[0], "2026-10-24", 24, [0, 24]);
    // Two hours of the night are there twice, so that noon is 13 hours after midnight.
    check(&autumn[1], "2026-10-25", 25, [12, 13]);
    check(&autumn[2], "2026-10-26", 24, [24, 0]);

    // The night in which two o'clock comes twice, in history: one interval, not cut and not bent.
    let (from, until) = (1_792_879_200_000_u64, 1_792_969_200_000_u64);
    let history = read(server.web, &format!("/api/v1/booths/42/history?from={from}&until={until}"));
    let intervals = history["intervals"].as_array().expect("intervals");
    let spans: Vec<_> =
        intervals.iter().map(|interval| (interval["from"].as_u64(), interval["until"].as_u64())).collect();
    let noon = Some(NOON_OF_25_OCTOBER);
    assert_eq!(spans, [(Some(from), noon), (noon, Some(until))]);
    figure("13", "the days of both changes have exactly 23 and 25 hours");
}

/// `hours`: free and occupied; the rest of the day nothing was known.
fn check(day: &Value, date: &str, length_h: u64, hours: [u64; 2]) {
    let totals = &day["totals"];
    assert_eq!((&day["day"], &day["length_ms"]), (&date.into(), &(length_h * HOUR_MS).into()), "{day}");
    assert_eq!(
        [&totals["free_ms"], &totals["occupied_ms"]],
        hours.map(|hours| Value::from(hours * HOUR_MS)).each_ref(),
        "{day}"
    );
    let unknown: u64 = totals["unknown_ms"].as_object().expect("reasons").values().filter_map(Value::as_u64).sum();
    assert_eq!(hours.iter().sum::<u64>() * HOUR_MS + unknown, length_h * HOUR_MS, "{day}");
}
