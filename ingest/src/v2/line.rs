//! From bytes to lines.

use bytes::{Buf, BytesMut};
use std::io;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio_util::codec::Decoder;

/// The longest line, with its line end.
pub const LINE_BYTES_MAX: usize = 256;

/// Why bytes are no line.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Longer than [`LINE_BYTES_MAX`], or already too long without an end.
    #[error("a line of more than 256 bytes")]
    TooLong,
    /// A byte outside of 0x20 to 0x7e.
    #[error("a byte that is no text")]
    NotText,
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Io(#[from] io::Error),
}

/// Cuts bytes into lines, which come without their line ends. What follows the last line end when the connection closes
/// is no line.
#[derive(Debug, Default, Clone, Copy)]
pub struct LineCodec;

impl Decoder for LineCodec {
    type Item = BytesMut;
    type Error = LineError;

    fn decode(&mut self, bytes: &mut BytesMut) -> Result<Option<BytesMut>, LineError> {
        let window = &bytes[..bytes.len().min(LINE_BYTES_MAX)];
        let Some(end) = window.iter().position(|byte| *byte == b'\n') else {
            return if window.len() == LINE_BYTES_MAX { Err(LineError::TooLong) } else { Ok(None) };
        };
        let mut line = bytes.split_to(end);
        bytes.advance(1);
        if line.last() == Some(&b'\r') {
            line.truncate(end - 1);
        }
        if line.iter().all(|byte| matches!(byte, 0x20..=0x7e)) { Ok(Some(line)) } else { Err(LineError::NotText) }
    }

    fn decode_eof(&mut self, bytes: &mut BytesMut) -> Result<Option<BytesMut>, LineError> {
        let line = self.decode(bytes)?;
        if line.is_none() {
            bytes.clear();
        }
        Ok(line)
    }
}

const READ_BYTES: usize = 512;

/// The lines of a connection. Tokio's `FramedRead` would not look at bytes that were read before it was made.
pub(crate) struct Lines<'a, IO> {
    io: &'a mut IO,
    bytes: BytesMut,
}

impl<'a, IO: AsyncRead + Unpin> Lines<'a, IO> {
    /// Of a connection whose `first` bytes have been read.
    pub(crate) fn new(io: &'a mut IO, first: &[u8]) -> Self {
        Self { io, bytes: first.into() }
    }

    /// The next line; none when the peer has closed. Nothing is lost when the caller stops waiting.
    pub(crate) async fn next(&mut self) -> Option<Result<BytesMut, LineError>> {
        loop {
            if let Some(line) = LineCodec.decode(&mut self.bytes).transpose() {
                return Some(line);
            }
            self.bytes.reserve(READ_BYTES);
            match self.io.read_buf(&mut self.bytes).await {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(error.into())),
            }
        }
    }

    /// Where the lines come from, to be written to.
    pub(crate) fn io(&mut self) -> &mut IO {
        self.io
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines in these bytes by `|`, and how it ended.
    fn lines(bytes: &[u8], cut: usize) -> String {
        let (mut buffer, mut seen) = (BytesMut::new(), String::new());
        for part in [&bytes[..cut], &bytes[cut..]] {
            buffer.extend_from_slice(part);
            loop {
                match LineCodec.decode(&mut buffer) {
                    Ok(Some(line)) => seen += &format!("{}|", line.escape_ascii()),
                    Ok(None) => break,
                    Err(error) => return seen + &error.to_string(),
                }
            }
        }
        seen + &format!("{} left", buffer.len())
    }

    fn check(bytes: &[u8], expect: &str) {
        for cut in 0..=bytes.len() {
            assert_eq!(lines(bytes, cut), expect, "{} at {cut}", bytes.escape_ascii());
        }
    }

    #[test]
    fn cutting() {
        check(b"", "0 left");
        check(b"DB2 A\nDB2 B\r\nDB2", "DB2 A|DB2 B|3 left");
        check(b"\n\r\n", "||0 left");
        check(b"a\tb\n", "a byte that is no text");
        check(b"a\rb\n", "a byte that is no text");
        check("é\n".as_bytes(), "a byte that is no text");
        check(b"a\x7fb\n", "a byte that is no text");
        check(b"~ !\n", "~ !|0 left");
    }

    #[test]
    fn the_longest_line() {
        let line = |length: usize| [&vec![b'x'; length - 1][..], b"\n"].concat();
        for cut in [0, 100, 255] {
            assert_eq!(lines(&line(256), cut), format!("{}|0 left", "x".repeat(255)));
            assert_eq!(lines(&line(257), cut), "a line of more than 256 bytes");
            assert_eq!(lines(&[b'x'; 255], cut), "255 left");
            assert_eq!(lines(&[b'x'; 256], cut), "a line of more than 256 bytes");
        }
    }
}
