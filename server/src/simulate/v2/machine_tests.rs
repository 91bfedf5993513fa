use super::super::super::chance::Chance;
use super::*;

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// A board of two channels. The second becomes high for good at `high_from_ms`.
struct Board {
    machine: Machine,
    high_from_ms: u64,
}

impl Board {
    fn new(high_from_ms: u64) -> Self {
        Self { machine: Machine::new(7, 2, Vitals::new(Chance::new(1, 1), 1), Duration::ZERO), high_from_ms }
    }

    fn advance(&mut self, now_ms: u64) {
        let high_from_ms = self.high_from_ms;
        self.machine.advance(ms(now_ms), |channel, at| channel == 1 && at >= ms(high_from_ms));
    }

    /// What it sends at `now_ms`, as `seq:boot.n age s m up`.
    fn sent(&mut self, now_ms: u64) -> String {
        self.advance(now_ms);
        let mut sent = Vec::new();
        while let Some(report) = self.machine.next_report(ms(now_ms)) {
            let Report { seq, event, age_ms, channels, up_s, gap, .. } = report;
            let states: String = channels.iter().map(|channel| if channel.high { '1' } else { '0' }).collect();
            let counts: Vec<_> = channels.iter().map(|channel| channel.high_samples.to_string()).collect();
            let gap = if gap > 0 { format!(" gap {gap}") } else { String::new() };
            sent.push(format!("{seq}:{event} {age_ms} {states} {} {up_s}{gap}", counts.join(",")));
        }
        sent.join("; ")
    }

    fn check(&mut self, now_ms: u64, expect: &str) {
        assert_eq!(self.sent(now_ms), expect, "at {now_ms} ms");
    }

    fn store(&mut self, seq: u32, n: u32) {
        let line = ServerLine::Stored { seq, event: EventId { boot: 7, n } };
        assert_eq!(self.machine.take(line, ms(0)), Reaction::default());
    }
}

#[test]
fn reports_at_first_at_changes_and_at_heartbeats() {
    let mut board = Board::new(10_000);
    board.machine.begin_session(20, 30, ms(100));
    board.check(2_999, "");
    board.check(3_000, "1:7.1 0 00 0,0 3");
    board.store(1, 1);
    // The sixth high sample.
    board.check(12_499, "");
    board.check(12_500, "2:7.2 0 01 0,6 12");
    board.store(2, 2);
    board.check(32_499, "");
    board.check(32_700, "3:7.3 200 01 0,46 32");
}

/// The server closes after two and a half heartbeats without a line, which may be sooner than a board has sensed enough.
#[test]
fn heartbeats_are_kept_from_the_start() {
    let mut board = Board::new(10_000);
    board.machine.begin_session(1, 30, ms(100));
    board.check(999, "");
    board.check(1_000, "1:7.1 0 00 0,0 1");
    board.check(1_999, "");
    board.check(2_000, "2:7.2 0 00 0,0 2");
    board.check(3_000, "3:7.3 0 00 0,0 3");
}

#[test]
fn what_is_not_stored_is_sent_again() {
    let mut board = Board::new(10_000);
    board.check(20_000, "");
    board.machine.begin_session(30, 30, ms(20_000));
    board.check(20_000, "1:7.1 17000 00 0,0 20; 2:7.2 7500 01 0,6 20; 3:7.3 0 01 0,21 20");
    board.store(1, 1);
    let line = ServerLine::NotStored { seq: 2, retry_ms: 2_000 };
    assert_eq!(board.machine.take(line, ms(20_100)), Reaction::default());
    board.check(22_099, "");
    board.check(22_100, "4:7.2 9600 01 0,6 22");
    assert!(!board.machine.is_left_alone(ms(24_999)));
    assert!(board.machine.is_left_alone(ms(25_000)));
    // Another connection: other lines, the same events.
    board.machine.end_session();
    board.check(26_000, "");
    board.machine.begin_session(30, 30, ms(26_000));
    board.check(26_000, "1:7.2 13500 01 0,6 26; 2:7.3 6000 01 0,21 26; 3:7.4 0 01 0,33 26");
    board.store(1, 2);
    board.store(2, 3);
    board.store(3, 4);
    assert!(!board.machine.is_left_alone(ms(90_000)));
}

#[test]
fn a_long_time_alone_keeps_changes_only() {
    let mut board = Board::new(100_000);
    board.check(3_600_000, "");
    board.machine.begin_session(30, 30, ms(3_600_000));
    board.check(3_600_000, "1:7.1 3597000 00 0,0 3600; 2:7.2 3497500 01 0,6 3600; 3:7.3 0 01 0,60 3600");
}

#[test]
fn restarts_keep_the_numbers_and_the_newest_events() {
    let mut board = Board::new(0);
    board.machine.begin_session(1, 30, ms(0));
    board.check(3_000, "1:7.1 2000 00 0,2 3; 2:7.2 1000 00 0,4 3; 3:7.3 0 01 0,6 3");
    board.advance(40_000);
    board.machine.restart(ResetReason::DeepSleep, ms(50_000));
    assert_eq!((board.machine.boot(), board.machine.reset_reason().as_str()), (7, "deepsleep"));
    board.machine.begin_session(30, 30, ms(50_100));
    let sent = board.sent(50_100);
    assert!(sent.starts_with("1:7.17 33100 01 0,34 0 gap 16; 2:7.18 "), "{sent}");
    assert!(sent.ends_with("; 24:7.40 10100 01 0,60 0"), "{sent}");
    board.check(52_999, "");
    board.check(53_000, "25:7.41 0 01 0,6 3");
}

#[test]
fn commands() {
    let mut board = Board::new(0);
    board.machine.begin_session(30, 30, ms(0));
    let reply = |k| Reply { k, error: None, sleep_s: None, battery_mv: None };
    let mut check = |k, command, reply, then| {
        let reaction = board.machine.take(ServerLine::Command { k, command }, ms(1_000));
        assert_eq!(reaction, Reaction { reply, then }, "{k}");
    };
    check(1, Command::Identify, Some(reply(1)), Then::GoOn);
    check(2, Command::Configure { heartbeat_s: 5, window_s: 10 }, Some(reply(2)), Then::GoOn);
    let update = Command::Update { url: "http://10.0.0.1/1.bin".into(), sha256: [0; 32] };
    check(3, update, Some(Reply { error: Some("unknown".into()), ..reply(3) }), Then::GoOn);
    // Neither again nor ahead of time.
    check(3, Command::Reboot, None, Then::Close(None));
    check(5, Command::Reboot, None, Then::Close(None));
    check(4, Command::Reboot, Some(reply(4)), Then::Restart);

    let unknown = board.machine.take_unknown_command(ms(1_000));
    assert_eq!(unknown.reply, Some(Reply { error: Some("unknown".into()), ..reply(5) }));
    board.check(20_000, "1:7.1 17000 01 0,6 20; 2:7.2 12000 01 0,16 20; 3:7.3 7000 01 0,20 20; 4:7.4 2000 01 0,20 20");
}

#[test]
fn sleep() {
    for (seconds, expect) in [(1, 1), (10_800, 10_800), (10_801, 10_800), (u32::MAX, 10_800)] {
        let mut board = Board::new(0);
        board.machine.begin_session(30, 30, ms(0));
        let line = ServerLine::Command { k: 1, command: Command::Sleep { seconds } };
        let Reaction { reply: Some(reply), then } = board.machine.take(line, ms(0)) else { panic!("no reply") };
        assert_eq!((reply.error, reply.sleep_s, then), (None, Some(expect), Then::Sleep { seconds: expect }));
        assert!(reply.battery_mv.is_some_and(|battery| (3_000..=4_200).contains(&battery)));
    }
}

#[test]
fn what_ends_a_session() {
    let mut board = Board::new(0);
    let mut check = |line, code| assert_eq!(board.machine.take(line, ms(0)).then, Then::Close(code));
    check(ServerLine::Refused { code: 409 }, Some(409));
    check(ServerLine::Challenge { nonce: [0; 16] }, None);
    check(ServerLine::Command { k: 1, command: Command::Reboot }, None);
}
