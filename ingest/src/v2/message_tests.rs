use super::*;
use crate::v2::*;
use crate::v2::{BoardSecret, MasterSecret};
use domain::{ChannelReport, EventId};

const VECTORS: &str = include_str!("../../../docs/protocol-vectors.txt");
const CHANNELS: u8 = 4;

/// The rest of each line of the vectors that begins with `kind` and a space.
fn vectors(kind: &str) -> Vec<&'static str> {
    let rest: Vec<_> = VECTORS.lines().filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' ')).collect();
    assert!(!rest.is_empty(), "{kind}");
    rest
}

fn key_of_vectors() -> BoardSecret {
    let master = MasterSecret::new(std::array::from_fn(|at| u8::try_from(at).expect("below 32")));
    let key = master.board_key(&BoardId::new("b-4a").expect("a name"), 1);
    assert_eq!(vectors("K")[0], format!(" = {}", *key.to_hex()));
    key
}

/// The lines of the session: who writes it, and the line.
fn session() -> Vec<(char, &'static str)> {
    let line = |line: &'static str| {
        let (direction, rest) = line.split_once(' ')?;
        let direction = direction.chars().next().filter(|c| direction.len() == 1 && matches!(c, 'C' | 'S'))?;
        let (length, text) = rest.split_once(' ')?;
        assert_eq!(length.parse(), Ok(text.len() + 1), "{text}");
        Some((direction, text))
    };
    VECTORS.lines().filter_map(line).collect()
}

fn keys() -> SessionKeys {
    let lines = session();
    key_of_vectors().session_keys(lines[0].1.as_bytes(), lines[1].1.as_bytes())
}

#[test]
fn the_session_of_the_vectors_from_both_sides() {
    let (keys, lines) = (keys(), session());
    assert_eq!(lines.len(), 12);
    for (direction, line) in &lines {
        let mut again = String::new();
        match direction {
            'C' if line.starts_with("DB2 HELLO") => {
                encode_hello(&mut again, &decode_hello(line.as_bytes()).expect(line));
            }
            'C' if line.starts_with("DB2 AUTH") => {
                decode_auth(line.as_bytes(), &keys).expect(line);
                encode_auth(&mut again, &keys);
            }
            'C' => {
                let body = verify(line.as_bytes(), &keys.from_board).expect(line);
                match decode_board_line(body, CHANNELS).expect(line) {
                    BoardLine::Report(report) => encode_report(&mut again, &keys, &report),
                    // Has a field that the server passes over, so it is not written like this again.
                    BoardLine::Reply(reply) => {
                        assert_eq!(reply, Reply { k: 1, error: None, sleep_s: Some(1_800), battery_mv: None });
                        again = format!("{line}\n");
                    }
                }
            }
            _ => again = write_again(&decode_server_line(line.as_bytes(), Some(&keys)).expect(line), &keys),
        }
        assert_eq!(again, format!("{line}\n"));
    }
}

fn write_again(line: &ServerLine, keys: &SessionKeys) -> String {
    let mut out = String::new();
    match line {
        ServerLine::Challenge { nonce } => encode_challenge(&mut out, nonce),
        ServerLine::Ok { now, heartbeat_s, window_s, last } => {
            encode_ok(&mut out, keys, *now, *heartbeat_s, *window_s, *last);
        }
        ServerLine::Stored { seq, event } => encode_verdict(&mut out, keys, *seq, *event, None),
        ServerLine::NotStored { seq, retry_ms } => {
            encode_verdict(&mut out, keys, *seq, EventId::NONE, Some(*retry_ms));
        }
        ServerLine::Command { k, command } => encode_command(&mut out, keys, *k, command),
        ServerLine::Refused { code } => encode_refusal(&mut out, *code),
    }
    out
}

#[test]
fn what_a_report_says() {
    let (keys, lines) = (keys(), session());
    let body = verify(lines[6].1.as_bytes(), &keys.from_board).expect("a right MAC");
    let channel = |high, high_samples| ChannelReport { high, high_samples };
    let expect = Report {
        seq: 2,
        event: EventId { boot: 7, n: 43 },
        age_ms: 1_840,
        channels: vec![channel(false, 0), channel(true, 12), channel(false, 0), channel(true, 44)],
        battery_mv: 3_711,
        rssi_dbm: -66,
        up_s: 42,
        gap: 0,
    };
    assert_eq!(decode_board_line(body, CHANNELS), Ok(BoardLine::Report(expect)));
    let more = format!("{body} gap=3 new=thing");
    let Ok(BoardLine::Report(report)) = decode_board_line(&more, CHANNELS) else { panic!("{more}") };
    assert_eq!(report.gap, 3);
}

#[test]
fn commands_survive() {
    let keys = keys();
    let commands = [
        Command::Sleep { seconds: 10_800 },
        Command::Configure { heartbeat_s: 30, window_s: 60 },
        Command::Identify,
        Command::Reboot,
        Command::Update { url: "http://10.0.0.1:3000/firmware/2.1.0.bin".into(), sha256: [7; 32] },
    ];
    for (k, command) in (1..).zip(commands) {
        let line = ServerLine::Command { k, command };
        let text = write_again(&line, &keys);
        assert!(text.len() <= crate::v2::LINE_BYTES_MAX && !text.contains('#'), "{text}");
        assert_eq!(decode_server_line(text.trim_end().as_bytes(), Some(&keys)), Ok(line));
    }
}

#[test]
fn malformed_lines_are_refused_though_signed() {
    let keys = keys();
    for line in vectors("refused C") {
        let mut signed = line.to_owned();
        sign(&mut signed, 0, &keys.from_board);
        let body = verify(signed.trim_end().as_bytes(), &keys.from_board).expect("a right MAC");
        assert!(matches!(decode_board_line(body, CHANNELS), Err(MessageError::Malformed(_))), "{line}");
    }
    for line in vectors("refused S") {
        let mut signed = line.to_owned();
        sign(&mut signed, 0, &keys.from_server);
        let decoded = decode_server_line(signed.trim_end().as_bytes(), Some(&keys));
        assert!(matches!(decoded, Err(MessageError::Malformed(_))), "{line}: {decoded:?}");
    }
    for line in vectors("hello") {
        assert!(matches!(decode_hello(line.as_bytes()), Err(MessageError::Malformed(_))), "{line}");
    }
}

#[test]
fn nothing_but_the_line_itself_is_believed() {
    let (keys, lines) = (keys(), session());
    let report = lines[4].1;
    let check = |line: &str, expect: MessageError| {
        assert_eq!(verify(line.as_bytes(), &keys.from_board), Err(expect), "{line}");
    };
    check(&report.replacen("s=0001", "s=0000", 1), MessageError::WrongMac);
    check(&report.replacen(' ', "  ", 1), MessageError::WrongMac);
    check(&report.to_uppercase(), MessageError::NoMac);
    check(&report.replace("mac=3b1c", "mac=3B1C"), MessageError::NoMac);
    check(&report[..report.len() - 1], MessageError::NoMac);
    check(&format!("{report} "), MessageError::NoMac);
    check("DB2 D", MessageError::NoMac);
    check("", MessageError::NoMac);
    // What the server wrote, sent back to it.
    check(lines[5].1, MessageError::WrongMac);
    // A line of another session of the same board.
    let other = key_of_vectors().session_keys(lines[0].1.as_bytes(), b"DB2 CHAL sn=ffeeddccbbaa99887766554433221100");
    assert_eq!(verify(report.as_bytes(), &other.from_board), Err(MessageError::WrongMac));
    assert_eq!(decode_auth(lines[2].1.as_bytes(), &other), Err(MessageError::WrongMac));
    let mut own = String::new();
    encode_report(
        &mut own,
        &other,
        &Report {
            seq: 1,
            event: EventId::NONE,
            age_ms: 0,
            channels: Vec::new(),
            battery_mv: 0,
            rssi_dbm: 0,
            up_s: 0,
            gap: 0,
        },
    );
    check(own.trim_end(), MessageError::WrongMac);
}

/// Every line of the session with each bit of it changed, and a great many with several changes at random, spliced, cut
/// and doubled: none is believed.
#[test]
fn a_million_forgeries() {
    let (keys, lines) = (keys(), session());
    let genuine: Vec<&[u8]> = lines.iter().map(|(_, line)| line.as_bytes()).collect();
    // The MAC of AUTH is over that word alone, which makes `AUTH mac=..` a signed line, but none that says anything.
    let says =
        |line: &[u8]| verify(line, &keys.from_board).and_then(|body| decode_board_line(body, CHANNELS).map(|_| ()));
    let believed = |line: &[u8]| says(line).is_ok() && !genuine.contains(&line);
    for line in &genuine {
        for bit in 0..line.len() * 8 {
            let mut forged = line.to_vec();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(!believed(&forged), "{}", forged.escape_ascii());
        }
    }
    let mut dice = crate::testing::Dice::new(4);
    for _ in 0..1_000_000 {
        let (a, b) = (genuine[dice.roll(genuine.len())], genuine[dice.roll(genuine.len())]);
        let mut forged = [&a[..dice.roll(a.len() + 1)], &b[dice.roll(b.len() + 1)..]].concat();
        for _ in 0..dice.roll(4) {
            if !forged.is_empty() {
                let at = dice.roll(forged.len());
                forged[at] = b" =.,0123456789abcdefABCDEF\n"[dice.roll(27)];
            }
        }
        assert!(!believed(&forged), "{}", forged.escape_ascii());
    }
}
