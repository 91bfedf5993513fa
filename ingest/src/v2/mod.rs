//! Dialect v2, "DB2": lines of text, each side proving who it is.
//!
//! [`line`] cuts bytes into lines, [`message`] gives them meaning, [`keys`] and [`mac`] prove who wrote them; these four are
//! pure, work for both ends of the wire, and have no clock. [`session`] is the server's end.

mod keys;
mod line;
mod message;
mod session;

pub use keys::{BoardSecret, MasterSecret, MasterSecretError, SessionKeys, WireMac};
pub use line::{LINE_BYTES_MAX, LineCodec, LineError};
pub use message::{
    BoardLine, Command, Hello, MessageError, Reply, Report, ServerLine, decode_auth, decode_board_line, decode_hello,
    decode_server_line, encode_auth, encode_challenge, encode_command, encode_hello, encode_ok, encode_refusal,
    encode_reply, encode_report, encode_verdict, sign, verify,
};

pub(crate) use line::Lines;
pub(crate) use session::{Surroundings, serve};
