//! Nobody on the same network speaks for a board: lines that are forged, repeated, bent or sent back.

use crate::api::list_events;
use crate::building::Place;
use crate::metrics::Metrics;
use crate::process::{Server, TempDir, eventually};
use crate::soak::{figure, short_or_long};
use crate::stream::EventStream;
use crate::v2_session::{Identity, Over, Report, Session};
use crate::v2_wire::{Said, sign};
use std::net::Ipv4Addr;
use std::time::Duration;

/// The server must have ended a session with a bad line by then.
const END_MAX: Duration = Duration::from_secs(2);

/// Makes a wrong line of a right one.
type Bend = fn(&str) -> String;

/// A server with one board that is real, and everything that is needed to try it.
struct Trial {
    server: Server,
    who: Identity,
    /// The newest event that was sent in earnest.
    n: u32,
    tried: usize,
}

impl Trial {
    /// The report that would empty booth 41, if it were believed.
    fn false_report(&self) -> Report {
        Report { event: self.who.event(self.n + 1), age_ms: 0, counts: vec![0; 4], gap: 0 }
    }

    /// A session in which booth 41 is occupied.
    fn session(&mut self) -> Session {
        let mut session = Session::open(Ipv4Addr::LOCALHOST, self.server.boards, &self.who).expect("a session");
        self.n += 1;
        let report = Report { event: self.who.event(self.n), age_ms: 0, counts: vec![60, 0, 0, 0], gap: 0 };
        session.report_until_stored(&report);
        session
    }

    /// Sends what `forge` makes in a session of its own; the server must end it with one of `codes`.
    fn check(&mut self, what: &str, codes: &[u16], forge: impl FnOnce(&mut Session, &Report) -> Vec<u8>) {
        let mut session = self.session();
        let bytes = forge(&mut session, &self.false_report());
        session.connection.send(&bytes).expect("the session is open");
        let over = session.end(END_MAX);
        assert!(matches!(over, Over::Refused(code) if codes.contains(&code)), "{what}: {over:?}, not {codes:?}");
        self.tried += 1;
    }

    /// The same for a line of text.
    fn check_line(&mut self, what: &str, codes: &[u16], forge: impl FnOnce(&mut Session, &Report) -> String) {
        self.check(what, codes, |session, report| (forge(session, report) + "\n").into_bytes());
    }
}

#[test]
fn no_forged_line_is_believed() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-1");
    let server = Server::start(&dir);
    let mut stream = EventStream::open(server.web, "/events", None);
    let mut trial = Trial { server, who, n: 0, tried: 0 };
    drop(trial.session());
    let occupied = stream.wait_for_status(41, "occupied");

    try_stolen_lines(&mut trial);
    try_bent_lines(&mut trial);
    try_flipped_bits(&mut trial);

    // Whatever the stream has shown of the booth since then would come before what is last.
    let mut session = trial.session();
    let free = trial.false_report();
    session.report_until_stored(&free);
    let next = stream.wait_for("change", |data| data["number"] == 41);
    assert_eq!((&next.data["status"], next.id > occupied.id), (&"free".into(), true));
    let stored = eventually("all that was sent in earnest is stored", || {
        let stored = list_events(trial.server.web, "board-1");
        (stored.last()?.event == free.event).then_some(stored)
    });
    assert_eq!(stored.len(), usize::try_from(free.event.n).expect("a count"), "one row for each real event");
    let refused = Metrics::read(trial.server.web).sum("dispobox_frames_refused_total");
    assert!(refused >= trial.tried as f64, "{refused} of {} are counted", trial.tried);
    figure("4", &format!("{} forged lines over the real wire, 0 believed", trial.tried));
}

fn try_stolen_lines(trial: &mut Trial) {
    trial.check_line("the same line twice", &[400], |session, report| {
        // The first time it is one in earnest.
        let line = session.next_line(&Report { counts: vec![60, 0, 0, 0], ..report.clone() });
        session.connection.send_line(&line).expect("the session is open");
        assert!(matches!(session.hear(END_MAX), Ok(Some(Said::Stored { .. }))));
        line
    });
    trial.n += 1;
    let mut other = trial.session();
    let stolen = other.next_line(&trial.false_report());
    drop(other);
    trial.check_line("a line of another session", &[401], |_, _| stolen);
    trial.check_line("an acknowledgement sent back", &[400, 401], |session, report| {
        sign(&session.keys.to_board, &format!("DB2 A 1 ev={}", report.event))
    });
    trial.check_line("the proof of the other direction", &[401], |session, report| {
        sign(&session.keys.to_board, &report.text(2))
    });
    trial.check_line("the proof of another line", &[401], |session, report| {
        let other = sign(&session.keys.to_server, &Report { age_ms: 1, ..report.clone() }.text(2));
        format!("{}{}", report.text(2), &other[other.rfind(" mac=").expect("a proof")..])
    });
    trial.check_line("a line without a proof", &[400, 401], |_, report| report.text(2));
    trial.check_line("the first line once more", &[400, 401], |session, _| session.keys.auth_line());
}

/// Lines with a valid proof that are not as they should be.
fn try_bent_lines(trial: &mut Trial) {
    trial.check_line("a number left out", &[400], |session, report| {
        session.next_line(report);
        session.next_line(report)
    });
    let cases: [(&str, u16, Bend); 9] = [
        ("an old number", 400, |text| text.replacen("D 2", "D 1", 1)),
        ("a tab for a space", 400, |text| text.replacen(' ', "\t", 1)),
        ("two spaces", 400, |text| text.replacen(" age", "  age", 1)),
        ("words in another order", 400, |text| text.replacen(" bat=3712 rssi=-67", " rssi=-67 bat=3712", 1)),
        ("a word left out", 400, |text| text.replacen(" bat=3712", "", 1)),
        ("another start of the board", 400, |text| text.replacen("ev=1.", "ev=2.", 1)),
        ("a channel too many", 400, |text| text.replacen("s=0000 m=0,0,0,0", "s=00000 m=0,0,0,0,0", 1)),
        ("a verb of the server", 400, |text| text.replacen("DB2 D", "DB2 C", 1)),
        ("257 bytes", 413, |text| format!("{text} x={}", "x".repeat(257 - text.len() - 4 - " mac=".len() - 32))),
    ];
    for (what, code, bend) in cases {
        trial.check_line(what, &[code], |session, report| sign(&session.keys.to_server, &bend(&report.text(2))));
    }
    let cases: [(&str, Bend); 4] = [
        ("upper-case digits", |line| line[..line.len() - 32].to_owned() + &line[line.len() - 32..].to_uppercase()),
        ("a proof cut short", |line| line[..line.len() - 1].to_owned()),
        ("a proof with more behind it", |line| format!("{line}0")),
        ("a space at the end", |line| format!("{line} ")),
    ];
    for (what, bend) in cases {
        trial.check_line(what, &[400, 401], |session, report| bend(&session.next_line(report)));
    }
}

/// One bit of each byte of a line, or every bit; the end of the line too.
fn try_flipped_bits(trial: &mut Trial) {
    let length = trial.false_report().text(2).len() + " mac=".len() + 32 + 1;
    for position in 0..length {
        for bit in (0..8).filter(|bit| short_or_long(*bit == position % 8, true)) {
            trial.check(&format!("bit {bit} of byte {position}"), &[400, 401], |session, report| {
                let mut line = (session.next_line(report) + "\n").into_bytes();
                line[position] ^= 1 << bit;
                // Where the end of the line was hit, another one.
                line.push(b'\n');
                line
            });
        }
    }
}

/// The line that is refused for its 257 bytes is taken when it is one byte shorter.
#[test]
fn the_longest_line_is_taken() {
    let dir = TempDir::new().with_site();
    let who = Place::embedded(&dir).identify("board-1");
    let server = Server::start(&dir);
    let mut session = Session::open(Ipv4Addr::LOCALHOST, server.boards, &who).expect("a session");
    let text = Report { event: who.event(1), age_ms: 0, counts: vec![0; 4], gap: 0 }.text(1);
    let line = sign(&session.keys.to_server, &format!("{text} x={}", "x".repeat(256 - text.len() - 4 - 37)));
    assert_eq!(line.len() + 1, 256);
    session.connection.send_line(&line).expect("the session is open");
    assert!(matches!(session.hear(END_MAX), Ok(Some(Said::Stored { seq: 1, .. }))));
}
