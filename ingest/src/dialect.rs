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
    /// Whether a v2 line has begun by the end of `bytes`.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> bool {
        for byte in bytes {
            self.matched = match self.matched {
                _ if *byte == b'\n' => Some(0),
                Some(at) if V2_PREFIX.get(at) == Some(byte) => Some(at + 1),
                _ => None,
            };
            if self.matched == Some(V2_PREFIX.len()) {
                return true;
            }
        }
        false
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
        let cases =
            [("DB2 HELLO", true), ("410\nDB2 HELLO", true), ("410DB2 ", false), ("DDB2 ", false), ("\n\nDB", false)];
        for (bytes, expect) in cases {
            for cut in 0..bytes.len() {
                let mut watch = V2Watch::default();
                let (head, tail) = bytes.as_bytes().split_at(cut);
                assert_eq!(watch.push(head) || watch.push(tail), expect, "{bytes} at {cut}");
            }
        }
    }
}
