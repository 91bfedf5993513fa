use super::*;

const RULE: NoticeRule =
    NoticeRule { hold_ms: 90, per_ticket_max: 3, per_source_max: 4, requests_max: 5, waiting_ms_max: 200_000 };
const LATER: MonoMs = MonoMs(100_000);
const ANY: NoticeTarget = NoticeTarget::Any;

fn booth(number: u32, status: BoothStatus) -> BoothState {
    let floor = FloorNumber(i32::try_from(number / 10).expect("small"));
    BoothState { number: BoothNumber(number), floor, status, since_at: UtcMs(0), until_at: None, left: false }
}

fn occupied(numbers: &[u32]) -> NoticeQueue {
    let booths: Vec<_> = numbers.iter().map(|number| booth(*number, BoothStatus::Occupied)).collect();
    NoticeQueue::new(RULE, &booths)
}

/// Everybody has an address of their own.
fn wish(ticket: u128, target: NoticeTarget, until: MonoMs) -> NoticeWish {
    NoticeWish { ticket: TicketName(ticket), target, source: source(ticket), until }
}

fn source(ticket: u128) -> NoticeSource {
    NoticeSource(u64::try_from(ticket).expect("small"))
}

/// Who was told of what: `1:42`.
fn names(told: &[Told]) -> String {
    told.iter().map(|told| format!("{}:{}", told.ticket.0, told.booth)).collect::<Vec<_>>().join(" ")
}

struct Story {
    queue: NoticeQueue,
    now: MonoMs,
}

impl Story {
    fn of(numbers: &[u32]) -> Self {
        Self { queue: occupied(numbers), now: MonoMs(0) }
    }

    fn ask(&mut self, ticket: u128, target: NoticeTarget, expect: &str) {
        let told = self.queue.ask(wish(ticket, target, LATER), self.now).expect("there is room");
        assert_eq!(names(&told), expect);
    }

    fn becomes(&mut self, number: u32, status: BoothStatus, expect: &str) {
        assert_eq!(names(&self.queue.note(&[booth(number, status)], self.now)), expect);
    }

    fn at(&mut self, ms: u64, expect: &str) {
        self.now = MonoMs(ms);
        assert_eq!(names(&self.queue.tick(self.now)), expect, "at {ms}");
    }
}

#[test]
fn first_come_first_served_with_a_hold() {
    let mut story = Story::of(&[41, 42]);
    story.ask(1, NoticeTarget::Booth(BoothNumber(42)), "");
    story.ask(2, ANY, "");
    story.ask(3, NoticeTarget::Floor(FloorNumber(4)), "");
    story.becomes(42, BoothStatus::Free, "1:42");
    story.at(89, "");
    story.becomes(41, BoothStatus::Free, "2:41");
    story.at(90, "3:42");
    assert!(story.queue.is_empty());
    story.at(1_000, "");
}

#[test]
fn a_booth_that_is_taken_is_no_longer_held() {
    let mut story = Story::of(&[42]);
    story.ask(1, ANY, "");
    story.ask(2, ANY, "");
    story.becomes(42, BoothStatus::Free, "1:42");
    story.becomes(42, BoothStatus::Occupied, "");
    assert!(!story.queue.knows(TicketName(1)), "done and forgotten");
    story.becomes(42, BoothStatus::Free, "2:42");
}

#[test]
fn a_booth_that_is_grey_for_a_moment_stays_held() {
    let mut story = Story::of(&[42]);
    story.ask(1, ANY, "");
    story.ask(2, ANY, "");
    story.becomes(42, BoothStatus::Free, "1:42");
    story.becomes(42, BoothStatus::Late, "");
    let is_free = |story: &Story| story.queue.told_of(TicketName(1)).map(|told| told.free).collect::<Vec<_>>();
    assert_eq!(is_free(&story), [false], "nobody is sent to a grey box");
    story.becomes(42, BoothStatus::Free, "");
    assert_eq!(is_free(&story), [true]);
    assert!(story.queue.is_held(BoothNumber(42), MonoMs(89)) && !story.queue.is_held(BoothNumber(42), MonoMs(90)));
    story.becomes(42, BoothStatus::Late, "");
    story.at(90, "");
    story.becomes(42, BoothStatus::Free, "2:42");
}

#[test]
fn what_is_free_already_is_told_at_once_unless_it_is_held() {
    let mut story = Story::of(&[42]);
    story.becomes(42, BoothStatus::Free, "");
    story.ask(1, ANY, "1:42");
    story.ask(2, ANY, "");
    let released = story.queue.release(TicketName(2), BoothNumber(42), story.now);
    assert_eq!(names(&released), "", "not theirs to give");
    let released = story.queue.release(TicketName(1), BoothNumber(42), story.now);
    assert_eq!(names(&released), "2:42");
}

#[test]
fn one_notice_answers_all_that_it_fulfils() {
    let mut story = Story::of(&[42, 51]);
    for target in [ANY, NoticeTarget::Booth(BoothNumber(42)), NoticeTarget::Booth(BoothNumber(51))] {
        story.ask(1, target, "");
    }
    story.becomes(42, BoothStatus::Free, "1:42");
    let left: Vec<_> = story.queue.waiting_of(TicketName(1)).map(|request| request.target).collect();
    assert_eq!(left, [NoticeTarget::Booth(BoothNumber(51))]);
    story.queue.cancel(TicketName(1), Some(ANY));
    assert_eq!(story.queue.len(), 1);
    story.queue.cancel(TicketName(1), None);
    story.at(90, "");
    assert!(!story.queue.knows(TicketName(1)));
}

#[test]
fn limits() {
    let mut queue = occupied(&[41, 42, 43, 44]);
    let mut ask = |ticket, target| queue.ask(wish(ticket, target, LATER), MonoMs(0)).map(|_| ());
    for number in [41, 42, 43, 41, 42, 43] {
        assert_eq!(ask(1, NoticeTarget::Booth(BoothNumber(number))), Ok(()), "the same again is no more");
    }
    assert_eq!(ask(1, ANY), Err(NoticeError::TooManyOfTicket { max: 3 }));
    assert_eq!(ask(2, ANY), Ok(()));
    assert_eq!(ask(3, ANY), Ok(()));
    assert_eq!(ask(4, ANY), Err(NoticeError::TooMany { max: 5 }));
    assert_eq!(ask(2, NoticeTarget::Booth(BoothNumber(99))), Err(NoticeError::NoSuchTarget));
    assert_eq!(ask(2, NoticeTarget::Floor(FloorNumber(9))), Err(NoticeError::NoSuchTarget));
}

#[test]
fn ever_new_tickets_are_one_source() {
    let mut queue = occupied(&[42]);
    let mut ask = |ticket, from| {
        let wish = NoticeWish { source: NoticeSource(from), ..wish(ticket, ANY, LATER) };
        queue.ask(wish, MonoMs(0)).map(|_| ())
    };
    for ticket in 1..=4 {
        assert_eq!(ask(ticket, 7), Ok(()));
    }
    assert_eq!(ask(5, 7), Err(NoticeError::TooManyOfSource { max: 4 }));
    assert_eq!(ask(5, 8), Ok(()), "others still have room");
}

#[test]
fn kept_over_a_restart() {
    let mut story = Story::of(&[41, 42]);
    for ticket in 1..4 {
        story.ask(ticket, ANY, "");
    }
    story.becomes(42, BoothStatus::Free, "1:42");
    let before = Moment { at: UtcMs(5_000), mono: MonoMs(10) };
    let kept = story.queue.keep(before);
    let json = serde_json::to_string(&kept).expect("encodes");
    assert_eq!(serde_json::from_str::<KeptNotices>(&json).expect("decodes"), kept);
    // The steady clock begins anew, 30 ms later on the wall.
    let after = Moment { at: UtcMs(5_030), mono: MonoMs(7) };
    let mut story = Story::of(&[41, 42]);
    story.queue.restore(&kept, after);
    assert_eq!(story.queue.keep(after), kept);
    story.now = after.mono;
    story.becomes(42, BoothStatus::Free, "");
    story.at(7 + 49, "");
    story.at(7 + 50, "2:42");
    let mut late = occupied(&[41, 42]);
    late.restore(&kept, Moment { at: UtcMs(5_000 + 100_000), mono: MonoMs(0) });
    assert!(late.is_empty() && !late.knows(TicketName(1)), "what is over is not restored");
    let mut set_back = occupied(&[41, 42]);
    set_back.restore(&kept, Moment { at: UtcMs(5_000 - 10_000_000), mono: MonoMs(0) });
    assert!(!set_back.is_held(BoothNumber(42), MonoMs(RULE.hold_ms)), "no hold lasts longer than one");
    set_back.tick(MonoMs(RULE.waiting_ms_max));
    assert!(set_back.is_empty(), "and nobody waits for ever");
}

#[test]
fn the_wire_form() {
    let targets = [ANY, NoticeTarget::Floor(FloorNumber(-1)), NoticeTarget::Booth(BoothNumber(42))];
    let json = serde_json::to_string(&targets).expect("encodes");
    assert_eq!(json, r#"["any",{"floor":-1},{"booth":42}]"#);
}

/// Dice for stories that nobody thought of.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn target(&mut self) -> NoticeTarget {
        match self.roll(4) {
            0 => ANY,
            1 => NoticeTarget::Floor(FloorNumber(4 + i32::try_from(self.roll(2)).expect("small"))),
            _ => NoticeTarget::Booth(BoothNumber(self.booth())),
        }
    }

    fn booth(&mut self) -> u32 {
        [41, 42, 51][usize::try_from(self.roll(3)).expect("small")]
    }
}

/// What must be true of every notice and after every step, whatever happens.
#[derive(Default)]
struct Watch {
    line: Vec<Waiting>,
    held: BTreeMap<BoothNumber, Told>,
    free: BTreeMap<BoothNumber, FloorNumber>,
}

impl Watch {
    fn check_told(&mut self, told: &[Told], now: MonoMs) {
        self.held.retain(|_, held| held.until > now);
        for told in told {
            let fits = |request: &&Waiting| request.until > now && request.target.includes(told.booth, told.floor);
            let first = self.line.iter().find(fits).expect("somebody waits");
            assert_eq!(first.ticket, told.ticket, "the first in line");
            assert_eq!(told.until, now.plus(RULE.hold_ms));
            assert!(self.free.contains_key(&told.booth), "only a free booth");
            assert!(self.held.insert(told.booth, *told).is_none(), "never two at once");
            self.line.retain(|w| w.ticket != told.ticket || !w.target.includes(told.booth, told.floor));
        }
    }

    fn check_state(&mut self, queue: &NoticeQueue, now: MonoMs) {
        self.line.retain(|request| request.until > now);
        assert_eq!(queue.waiting.iter().copied().collect::<Vec<_>>(), self.line, "order and expiry");
        for (booth, floor) in self.free.iter().filter(|(booth, _)| !self.held.contains_key(booth)) {
            let waits = self.line.iter().any(|request| request.target.includes(*booth, *floor));
            assert!(!waits, "nobody waits before a free booth that nobody holds");
        }
    }
}

#[test]
fn whatever_happens() {
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let mut queue = occupied(&[41, 42, 51]);
        let mut watch = Watch::default();
        let mut now = MonoMs(0);
        for _ in 0..200 {
            now = now.plus(dice.roll(40));
            // Time first: what is over is over, whatever comes next.
            let told = queue.tick(now);
            watch.check_told(&told, now);
            watch.check_state(&queue, now);
            let number = u128::from(dice.roll(6));
            let ticket = TicketName(number);
            let told = match dice.roll(8) {
                0..3 => {
                    let (target, until) = (dice.target(), now.plus(1 + dice.roll(300)));
                    let asked = queue.ask(wish(number, target, until), now);
                    if asked.is_ok() {
                        match watch.line.iter_mut().find(|w| w.ticket == ticket && w.target == target) {
                            Some(same) => same.until = same.until.max(until),
                            None => watch.line.push(Waiting { ticket, target, source: Some(source(number)), until }),
                        }
                    }
                    asked.unwrap_or_default()
                }
                3 => {
                    queue.cancel(ticket, None);
                    watch.line.retain(|request| request.ticket != ticket);
                    Vec::new()
                }
                4 => {
                    let number = BoothNumber(dice.booth());
                    if watch.held.get(&number).is_some_and(|held| held.ticket == ticket) {
                        watch.held.remove(&number);
                    }
                    queue.release(ticket, number, now)
                }
                _ => {
                    let number = dice.booth();
                    let status = [BoothStatus::Free, BoothStatus::Occupied, BoothStatus::Late];
                    let state = booth(number, status[usize::try_from(dice.roll(3)).expect("small")]);
                    watch.free.remove(&state.number);
                    match state.status {
                        BoothStatus::Free => drop(watch.free.insert(state.number, state.floor)),
                        BoothStatus::Occupied => drop(watch.held.remove(&state.number)),
                        _ => {}
                    }
                    queue.note(&[state], now)
                }
            };
            watch.check_told(&told, now);
            watch.check_state(&queue, now);
        }
    }
}
