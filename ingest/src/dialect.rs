//! Telling the dialects apart by what a peer says first.

/// How every line of v2 begins.
const V2_PREFIX: &[u8] = b"DB2 ";

/// What the first bytes of a connection show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstBytes {
    /// Too few to tell.
    Undecided,
    /// A v2 board.
    V2,
    /// Anything else.
    Other,
}

pub(crate) fn detect(first: &[u8]) -> FirstBytes {
    if first.starts_with(V2_PREFIX) {
        FirstBytes::V2
    } else if V2_PREFIX.starts_with(first) {
        FirstBytes::Undecided
    } else {
        FirstBytes::Other
    }
}

/// Looks for the start of a v2 line on a connection that was taken for v1: its first bytes came too late.
#[derive(Debug)]
pub(crate) struct V2Watch {
    /// Bytes of the prefix seen since the start of the line; `None` on any other line.
    matched: Option<usize>,
}

impl Default for V2Watch {
    fn default() -> Self {
        Self { matched: Some(0) }
    }
}

impl V2Watch {
    /// The v2 line that has begun by the end of `bytes`, as far as it has come.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        for (at, byte) in bytes.iter().enumerate() {
            self.matched = match self.matched {
                _ if *byte == b'\n' => Some(0),
                Some(matched) if V2_PREFIX.get(matched) == Some(byte) => Some(matched + 1),
                _ => None,
            };
            if self.matched == Some(V2_PREFIX.len()) {
                return Some([V2_PREFIX, &bytes[at + 1..]].concat());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FirstBytes::{Other, Undecided, V2};

    #[test]
    fn first_bytes() {
        let cases = [
            ("", Undecided),
            ("DB2", Undecided),
            ("DB2 ", V2),
            ("DB2 HELLO", V2),
            ("DB3", Other),
            ("db2 ", Other),
            ("410", Other),
            ("GET / HTTP/1.1", Other),
        ];
        for (bytes, expect) in cases {
            assert_eq!(detect(bytes.as_bytes()), expect, "{bytes}");
        }
    }

    #[test]
    fn a_late_v2_line_at_any_cut() {
        let cases = [
            ("DB2 HELLO", Some("DB2 HELLO")),
            ("410\nDB2 HELLO", Some("DB2 HELLO")),
            ("410DB2 ", None),
            ("DDB2 ", None),
            ("\n\nDB", None),
        ];
        for (bytes, expect) in cases {
            for cut in 0..bytes.len() {
                let mut watch = V2Watch::default();
                let (head, tail) = bytes.as_bytes().split_at(cut);
                let found = watch.push(head).map(|first| [&first[..], tail].concat()).or_else(|| watch.push(tail));
                assert_eq!(found.as_deref(), expect.map(str::as_bytes), "{bytes} at {cut}");
            }
        }
    }
}
