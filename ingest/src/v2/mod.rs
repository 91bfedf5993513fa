//! Dialect v2, "DB2": lines of text, each side proving who it is.
//!
//! `line` cuts bytes into lines, `message` says what they mean, `decode` and `encode` lead from one to the other, `keys` prove
//! who wrote them; these are pure, work for both ends of the wire, and have no clock. `handshake` and `session` are the
//! server's end.

mod decode;
mod encode;
mod fields;
mod handshake;
mod keys;
mod line;
mod message;
mod session;

pub use decode::{decode_auth, decode_board_line, decode_hello, decode_server_line, verify};
pub use encode::{
    encode_auth, encode_challenge, encode_command, encode_hello, encode_ok, encode_refusal, encode_reply,
    encode_report, encode_verdict, sign,
};
pub use keys::{BoardSecret, MasterSecret, MasterSecretError, SessionKeys, WireMac};
pub use line::{LINE_BYTES_MAX, LineCodec, LineError};
pub use message::{BoardLine, Command, Hello, MessageError, Reply, Report, ServerLine};

pub(crate) use line::Lines;
pub(crate) use session::{Surroundings, serve};
