use super::*;
use Decoded::{Dropped, Kept, Nothing, Readings};

fn show(decoded: &Decoded) -> String {
    match decoded {
        Nothing => "-".into(),
        Kept => "kept".into(),
        Dropped(error) => error.as_str().into(),
        Readings(readings) => readings.iter().map(|r| format!("{}={} ", r.booth, u8::from(r.high))).collect(),
    }
}

/// Plays answers one by one; `~` begins what comes too late. The last answer must be worth `expect`.
fn check(answers: &[&str], expect: &str) {
    let mut decoder = Decoder::new();
    let mut last = String::new();
    for answer in answers {
        let (answer, late) = answer.split_once('~').unwrap_or((answer, ""));
        decoder.push(answer.as_bytes());
        last = show(&decoder.end_answer());
        decoder.push(late.as_bytes());
        decoder.end_late();
    }
    assert_eq!(last.trim_end(), expect, "{answers:?}");
}

const A: &str = "410421430441";
const B: &str = "411420431440";

#[test]
fn learning() {
    check(&[A], "kept");
    check(&[A, B], "41=0 42=1 43=0 44=1 41=1 42=0 43=1 44=0");
    check(&[A, A, B], "41=1 42=0 43=1 44=0");
    check(&[A, "", B], "41=0 42=1 43=0 44=1 41=1 42=0 43=1 44=0");
    check(&[A, "4104", A], "kept");
    check(&[A, "x", A], "kept");
    check(&[A, A, "450460"], "other_booths");
    check(&[A, A, "450460", "451460"], "45=0 46=0 45=1 46=0");
    check(&[A, A, "450460", A, "450460"], "other_booths");
    check(&[A, "410421", "410421"], "41=0 42=1 41=0 42=1");
}

#[test]
fn answers_that_are_cut() {
    check(&[A, A, "410421"], "other_booths");
    check(&[A, A, "41042"], "not_readings");
    check(&[A, A, "41042", "1430441"], "not_readings");
    check(&[A, A, "4104214~30441", B], "41=1 42=0 43=1 44=0");
    check(&[A, A, "410421", "430441", B], "41=1 42=0 43=1 44=0");
    check(&[A, A, "410421", "430441410421430441"], "booth_twice");
    // The end that comes late shows that the answer was no whole one.
    check(&["410421~430441", "410421"], "kept");
    check(&[A, A, "410421~430441", "410421~430441", A], "41=0 42=1 43=0 44=1");
    // A board whose Wi-Fi swallowed an end goes on at once.
    check(&[A, A, "41042", A], "41=0 42=1 43=0 44=1");
    check(&["41042", A, B], "41=0 42=1 43=0 44=1 41=1 42=0 43=1 44=0");
}

#[test]
fn doubt_about_the_alignment() {
    let nasty = "100111";
    check(&[nasty, nasty, nasty], "10=0 11=1");
    // Read from the wrong byte, these answers make sense as other booths: the count of digits tells.
    check(&["1", "001111", "001111"], "misaligned");
    check(&["1~00111", nasty, nasty], "10=0 11=1 10=0 11=1");
    check(&[nasty, nasty, "10011~1", nasty], "10=0 11=1");
    check(&["110000", "110000", "1", "100001"], "misaligned");
    check(&["110000", "110000", "x", "110001"], "misaligned");
    check(&[A, A, "x", A], "41=0 42=1 43=0 44=1");
}

#[test]
fn joined_answers() {
    check(&[A, A, &[A, B].concat()], "41=0 42=1 43=0 44=1 41=1 42=0 43=1 44=0");
    check(&[A, &[A, B].concat()], "41=0 42=1 43=0 44=1 41=0 42=1 43=0 44=1 41=1 42=0 43=1 44=0");
    check(&[A, A, &[A, &B[..6]].concat()], "booth_twice");
    check(&[A, A, &A.repeat(42)], A.repeat(42).as_bytes().chunks(3).map(shown).collect::<String>().trim_end());
    check(&[A, A, &A.repeat(43)], "too_long");
    check(&[A, A, &A.repeat(43), A], "41=0 42=1 43=0 44=1");
}

fn shown(triple: &[u8]) -> String {
    format!("{}={} ", triple[..2].escape_ascii(), triple[2..].escape_ascii())
}

#[test]
fn phrases() {
    check(&["Je vais dormir pendant : 30 secondes"], "-");
    check(&["Je vais dormir pendant : 420 secondes\r\n"], "-");
    check(&["Etrange, j'ai recu : "], "-");
    check(&["Etrange, j'ai recu : Etrange, j'ai recu : "], "-");
    check(&["Etrange, j'ai recu : datas#\r\n"], "-");
    check(&["Etrange, j'ai recu : 421"], "echo");
    check(&[A, "Etrange, j'ai recu : ", B], "41=0 42=1 43=0 44=1 41=1 42=0 43=1 44=0");
    check(&[A, A, "Etrange, j'ai recu : 410421430441"], "echo");
    check(&[A, A, "Etrange, j'ai recu : 410421430441", B], "41=1 42=0 43=1 44=0");
    check(&[A, A, "411420431440Etrange, j'ai recu : "], "41=1 42=0 43=1 44=0");
    check(&[A, A, "411420431440Je vais dormir pendant : 410 secondes"], "41=1 42=0 43=1 44=0");
    check(&[A, A, "Etrange, j'ai r", "ecu : ", B], "41=1 42=0 43=1 44=0");
    check(&["Je vais dormir pendant : 4", "10 sec", "ondes"], "-");
    check(&["Je vais dormir pendant : ", "410", " secondes"], "-");
    check(&["Je vais dormir pendant : 99999999999 secondes"], "garbage");
    check(&["Etrange", A], "garbage");
    check(&[A, A, "410421430441\r\n"], "41=0 42=1 43=0 44=1");
    check(&["410421 430441"], "garbage");
    check(&["GET / HTTP/1.1\r\n"], "garbage");
    check(&["ok"], "garbage");
    check(&["01;0"], "garbage");
}

#[test]
fn a_phrase_cut_anywhere_makes_no_reading() {
    for phrase in ["Je vais dormir pendant : 2100 secondes\r\n", "Etrange, j'ai recu : datas"] {
        for first in 0..=phrase.len() {
            for second in first..=phrase.len() {
                let mut decoder = Decoder::new();
                for part in [&phrase[..first], &phrase[first..second], &phrase[second..]] {
                    decoder.push(part.as_bytes());
                    let decoded = decoder.end_answer();
                    let harmless = matches!(decoded, Nothing | Dropped(_));
                    assert!(harmless, "{phrase} at {first} and {second}: {decoded:?}");
                }
            }
        }
    }
}

/// The answers and their readings in the protocol's document, to a decoder that knows the board.
#[test]
fn the_vectors_of_the_protocol() {
    let text = include_str!("../../../docs/protocol-vectors.txt");
    let cases: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("v1 ")).collect();
    assert_eq!(cases.len(), 6);
    for case in cases {
        if let Some(phrase) = case.strip_suffix(" ->") {
            check(&[A, A, phrase], "-");
            check(&[A, A, &format!("{A}{phrase}")], "41=0 42=1 43=0 44=1");
            continue;
        }
        let (answer, readings) = case.split_once(' ').expect("an answer and its readings");
        let whole = &answer[..answer.len().min(12)];
        check(&[whole, whole, answer], readings);
    }
}

/// Wirings of 1 to 4 channels. The later ones have numbers that look like states.
const BOARDS: [&[u32]; 10] = [
    &[42],
    &[41, 42],
    &[45, 46, 47],
    &[41, 42, 43, 44],
    &[40, 41],
    &[11],
    &[0, 11],
    &[10, 1],
    &[10, 11, 12],
    &[1, 10, 11, 0],
];

fn answer(board: &[u32], states: u32) -> String {
    let reading = |(channel, booth): (usize, &u32)| format!("{booth:02}{}", states >> channel & 1);
    board.iter().enumerate().map(reading).collect()
}

fn assert_true(decoded: &Decoded, board: &[u32], states: u32, scene: &dyn Fn() -> String) -> usize {
    let Readings(readings) = decoded else { return 0 };
    for reading in readings {
        let channel = board.iter().position(|booth| *booth == reading.booth.0);
        let truth = channel.map(|channel| states >> channel & 1 == 1);
        assert_eq!(truth, Some(reading.high), "{reading:?} of {}", scene());
    }
    readings.len()
}

/// Three answers, cut at every pair of places; each of the three parts is an answer in time, or late, or glued to the
/// next one. Before that the booths were learned, or not. After it the board goes on undisturbed.
#[test]
fn no_wrong_reading_whatever_the_cut() {
    for board in BOARDS {
        for states in 0..1_u32 << board.len() {
            let answer = answer(board, states);
            let stream = answer.repeat(3);
            for first in 0..=stream.len() {
                for second in first..=stream.len() {
                    for fates in 0..16_u32 {
                        let parts = [&stream[..first], &stream[first..second], &stream[second..]];
                        play(board, states, &answer, parts, fates);
                    }
                }
            }
        }
    }
}

fn play(board: &[u32], states: u32, answer: &str, parts: [&str; 3], fates: u32) {
    let scene = || format!("{parts:?}, fates {fates:#b}, board {board:?}");
    let mut decoder = Decoder::new();
    if fates & 8 != 0 {
        for _ in 0..2 {
            decoder.push(answer.as_bytes());
            assert_true(&decoder.end_answer(), board, states, &scene);
        }
    }
    for (at, part) in parts.into_iter().enumerate() {
        decoder.push(part.as_bytes());
        if fates >> at & 1 == 0 {
            assert_true(&decoder.end_answer(), board, states, &scene);
        } else {
            decoder.end_late();
        }
    }
    let mut readings = 0;
    for _ in 0..2 {
        decoder.push(answer.as_bytes());
        readings += assert_true(&decoder.end_answer(), board, states, &scene);
    }
    assert!(readings >= board.len(), "no recovery after {}", scene());
}

/// Answers whose ends never come: every length, three times, then the board goes on undisturbed.
#[test]
fn no_wrong_reading_when_the_end_is_lost() {
    for board in BOARDS {
        for states in 0..1_u32 << board.len() {
            let answer = answer(board, states);
            let lengths = 0..=answer.len();
            for (a, b, c) in lengths.clone().flat_map(|a| {
                let lengths = 0..=answer.len();
                lengths.flat_map(move |b| (0..=b.max(a)).map(move |c| (a, b, c)))
            }) {
                let parts = [&answer[..a], &answer[..b], &answer[..c.min(answer.len())]];
                let scene = || format!("{parts:?} of board {board:?}");
                let mut decoder = Decoder::new();
                for part in parts {
                    decoder.push(part.as_bytes());
                    assert_true(&decoder.end_answer(), board, states, &scene);
                }
            }
        }
    }
}

/// A beginning whose end is lost, glued to a whole answer, with booths whose numbers do not look like states.
#[test]
fn no_wrong_reading_when_a_beginning_is_glued_to_an_answer() {
    for board in &BOARDS[..4] {
        for states in 0..1_u32 << board.len() {
            let answer = answer(board, states);
            for glued in (0..=answer.len()).map(|cut| [&answer[..cut], &answer[..]].concat()) {
                for answers in [[&answer, &answer, &glued, &answer], [&glued; 4], [&glued, &answer, &glued, &answer]] {
                    let mut decoder = Decoder::new();
                    for part in answers {
                        decoder.push(part.as_bytes());
                        assert_true(&decoder.end_answer(), board, states, &|| format!("{answers:?}"));
                    }
                }
            }
        }
    }
}

#[test]
fn two_reads_of_one_answer_at_every_cut() {
    for cut in 0..=A.len() {
        let mut decoder = Decoder::new();
        for expect in ["kept", "41=0 42=1 43=0 44=1 41=0 42=1 43=0 44=1"] {
            decoder.push(&A.as_bytes()[..cut]);
            decoder.push(&A.as_bytes()[cut..]);
            assert_eq!(show(&decoder.end_answer()).trim_end(), expect);
        }
    }
}

#[test]
fn a_flood_does_not_grow_it() {
    for bytes in [b"0".repeat(4_096), b"x".repeat(4_096), b"Je vais dormir pendant : ".repeat(200), b"\n".repeat(4_096)]
    {
        let mut decoder = Decoder::new();
        for _ in 0..256 {
            decoder.push(&bytes);
        }
        assert!(decoder.window.digits.capacity() <= Decoder::DIGITS_MAX);
        assert!(!matches!(decoder.end_answer(), Readings(_) | Kept));
    }
}
