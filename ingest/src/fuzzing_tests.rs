use super::*;
use crate::v2::{Command, Hello};
use domain::{BoardId, ChannelReport, UtcMs};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::path::Path;

/// The scripts that `fuzz/` begins with, and what it has found so far.
#[test]
fn the_seeds() {
    for (folder, play) in [("v1_decoder", v1_decoder as fn(&[u8])), ("v2_lines", v2_lines)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(folder);
        let seeds: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|seed| seed.expect("a file")).collect();
        assert!(seeds.len() >= 12, "{}", seeds.len());
        for seed in seeds {
            play(&std::fs::read(seed.path()).expect("readable"));
        }
    }
}

const V1_PIECES: &[&str] = &[
    "410421430441",
    "411",
    "420",
    "100",
    "011",
    "110",
    "4",
    "1",
    "0",
    "|",
    "|",
    "|",
    "~",
    "Je vais dormir pendant : ",
    "30",
    " secondes",
    "Etrange, j'ai recu : ",
    "\r\n",
    "x",
];

const V2_PIECES: &[&str] = &[
    "DB2 ",
    "HELLO ",
    "CHAL ",
    "AUTH ",
    "OK ",
    "D ",
    "A ",
    "N ",
    "C ",
    "R ",
    "E ",
    "id=b-4a ",
    "kv=1 ",
    "boot=7 ",
    "n=4 ",
    "fw=2.0.0 ",
    "rst=power ",
    "now=5 ",
    "hb=30 ",
    "win=30 ",
    "last=7.41 ",
    "ev=7.42 ",
    "age=0 ",
    "s=01 ",
    "m=0,37 ",
    "bat=3700 ",
    "rssi=-67 ",
    "rssi=-0 ",
    "up=12 ",
    "gap=3 ",
    "gap=0 ",
    "retry=5 ",
    "sleep=30 ",
    "conf ",
    "id ",
    "reboot ",
    "ota ",
    "url=x ",
    "ok ",
    "err=x ",
    "1 ",
    "0 ",
    "01 ",
    "mac=",
    "bn=8f1d2c3b4a5968778695a4b3c2d1e0ff ",
    "sn=00112233445566778899aabbccddeeff ",
    "sha256=",
    "00112233445566778899aabbccddeeff",
    " ",
    "\n",
    "\r\n",
    "\t",
];

fn pieces(of: &'static [&str]) -> impl Strategy<Value = Vec<u8>> {
    vec(select(of), 0..60).prop_map(|pieces| pieces.concat().into_bytes())
}

/// One of the lines of the protocol's document with one of its fields replaced by one of another line.
fn grafted() -> impl Strategy<Value = Vec<u8>> {
    let text = include_str!("../../docs/protocol-vectors.txt");
    let lines: Vec<&str> = text.lines().filter_map(|line| line.find("DB2 ").map(|at| &line[at..])).collect();
    (select(lines.clone()), select(lines), any::<usize>(), any::<usize>()).prop_map(|(line, other, at, from)| {
        let mut fields: Vec<&str> = line.split(' ').collect();
        let others: Vec<&str> = other.split(' ').collect();
        let at = at % fields.len();
        fields[at] = others[from % others.len()];
        let whole = fields.join(" ");
        let unsigned = whole.split(" mac=").next().unwrap_or_default();
        format!("{whole}\n{unsigned}\n").into_bytes()
    })
}

fn word() -> impl Strategy<Value = String> {
    vec(b'!'..=b'~', 1..=16).prop_map(|bytes| String::from_utf8(bytes).expect("text"))
}

fn event() -> impl Strategy<Value = EventId> {
    any::<(u32, u32)>().prop_map(|(boot, n)| EventId { boot, n })
}

fn hello() -> impl Strategy<Value = Hello> {
    let id = select(vec!["b", "b-4a", "0123456789-abcdefghijklm"]);
    (id, any::<u8>(), any::<[u8; 16]>(), any::<u32>(), 1..=CHANNELS_MAX, word(), word()).prop_map(
        |(id, key_version, nonce, boot, channels, firmware, reset_reason)| {
            let board = BoardId::new(id).expect("a name");
            Hello { board, key_version, nonce, boot, channels, firmware, reset_reason }
        },
    )
}

fn report() -> impl Strategy<Value = Report> {
    let channels = vec(any::<(bool, u16)>(), 1..=usize::from(CHANNELS_MAX));
    (any::<[u32; 4]>(), event(), channels, any::<u16>(), any::<i16>()).prop_map(
        |([seq, age_ms, up_s, gap], event, channels, battery_mv, rssi_dbm)| {
            let channels =
                channels.into_iter().map(|(high, high_samples)| ChannelReport { high, high_samples }).collect();
            Report { seq, event, age_ms, channels, battery_mv, rssi_dbm, up_s, gap }
        },
    )
}

fn reply() -> impl Strategy<Value = Reply> {
    (any::<u32>(), proptest::option::of(word()), any::<Option<u32>>(), any::<Option<u16>>())
        .prop_map(|(k, error, sleep_s, battery_mv)| Reply { k, error, sleep_s, battery_mv })
}

fn board_lines() -> impl Strategy<Value = BoardLine> {
    prop_oneof![report().prop_map(BoardLine::Report), reply().prop_map(BoardLine::Reply)]
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        any::<u32>().prop_map(|seconds| Command::Sleep { seconds }),
        any::<(u16, u16)>().prop_map(|(heartbeat_s, window_s)| Command::Configure { heartbeat_s, window_s }),
        Just(Command::Identify),
        Just(Command::Reboot),
        (word(), any::<[u8; 32]>()).prop_map(|(url, sha256)| Command::Update { url, sha256 }),
    ]
}

fn server_lines() -> impl Strategy<Value = ServerLine> {
    prop_oneof![
        any::<[u8; 16]>().prop_map(|nonce| ServerLine::Challenge { nonce }),
        (any::<i64>(), any::<(u16, u16)>(), event()).prop_map(|(now, (heartbeat_s, window_s), last)| ServerLine::Ok {
            now: UtcMs(now),
            heartbeat_s,
            window_s,
            last
        }),
        (any::<u32>(), event()).prop_map(|(seq, event)| ServerLine::Stored { seq, event }),
        any::<(u32, u32)>().prop_map(|(seq, retry_ms)| ServerLine::NotStored { seq, retry_ms }),
        (any::<u32>(), command()).prop_map(|(k, command)| ServerLine::Command { k, command }),
        any::<u16>().prop_map(|code| ServerLine::Refused { code }),
    ]
}

proptest! {
    #[test]
    fn any_bytes_to_v1(bytes in vec(any::<u8>(), 0..600)) {
        v1_decoder(&bytes);
    }

    #[test]
    fn pieces_of_v1_in_any_order(script in pieces(V1_PIECES)) {
        v1_decoder(&script);
    }

    #[test]
    fn any_bytes_to_v2(bytes in vec(any::<u8>(), 0..600)) {
        v2_lines(&bytes);
    }

    #[test]
    fn pieces_of_v2_in_any_order(bytes in pieces(V2_PIECES)) {
        v2_lines(&bytes);
    }

    #[test]
    fn lines_of_v2_with_fields_of_others(bytes in grafted()) {
        v2_lines(&bytes);
    }

    #[test]
    fn every_hello_survives(hello in hello()) {
        let mut line = String::new();
        encode_hello(&mut line, &hello);
        prop_assert!(line.len() <= crate::v2::LINE_BYTES_MAX);
        prop_assert_eq!(decode_hello(line.trim_end().as_bytes()), Ok(hello));
    }

    #[test]
    fn every_line_of_a_board_survives(line in board_lines()) {
        let channels = if let BoardLine::Report(report) = &line { report.channels.len() } else { 1 };
        let mut written = String::new();
        write_board_line(&mut written, &line);
        prop_assert!(written.len() <= crate::v2::LINE_BYTES_MAX, "{} bytes", written.len());
        let body = verify(written.trim_end().as_bytes(), &KEYS.from_board).expect("signed");
        prop_assert_eq!(decode_board_line(body, u8::try_from(channels).expect("few")), Ok(line));
    }

    #[test]
    fn every_line_of_the_server_survives(line in server_lines()) {
        let written = write_server_line(&line);
        prop_assert!(written.len() <= crate::v2::LINE_BYTES_MAX);
        prop_assert_eq!(decode_server_line(written.trim_end().as_bytes(), Some(&KEYS)), Ok(line));
    }
}
