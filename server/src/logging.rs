//! Log lines, on standard error.

use crate::cli::{LogFormat, LoggingOptions};
use std::io::IsTerminal;
use std::str::FromStr;
use tracing_subscriber::EnvFilter;

const LEVELS: [&str; 6] = ["error", "warn", "info", "debug", "trace", "off"];

/// Which messages are logged: directives that have been checked, one of them for what no other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogFilter(String);

/// A part of a filter that is no directive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part:?} is neither a level ({}) nor a target with one, such as ingest=debug", LEVELS.join(", "))]
pub(crate) struct LogFilterError {
    part: String,
}

impl FromStr for LogFilter {
    type Err = LogFilterError;

    /// Directives by commas: `level`, or `target=level`. More than `EnvFilter` would refuse: it takes any word for a
    /// target, and then logs nothing at all.
    fn from_str(text: &str) -> Result<Self, LogFilterError> {
        let directives: Vec<_> = text.split(',').map(str::trim).collect();
        if let Some(part) = directives.iter().find(|directive| !is_directive(directive)) {
            return Err(LogFilterError { part: (*part).to_owned() });
        }
        let rest = if directives.iter().any(|directive| is_level(directive)) { "" } else { "info," };
        Ok(Self(format!("{rest}{}", directives.join(","))))
    }
}

fn is_directive(text: &str) -> bool {
    let is_target =
        |target: &str| !target.is_empty() && target.bytes().all(|b| b.is_ascii_alphanumeric() || b"_:".contains(&b));
    is_level(text) || text.split_once('=').is_some_and(|(target, level)| is_target(target) && is_level(level))
}

fn is_level(text: &str) -> bool {
    LEVELS.iter().any(|level| level.eq_ignore_ascii_case(text))
}

/// Starts logging.
pub(crate) fn init(options: &LoggingOptions) {
    let filter = EnvFilter::new(&options.log.0);
    // Colours are for people; a journal or a file would hold their codes.
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(std::io::stderr().is_terminal());
    // Who reads them may go away before the program does. A line that cannot be written is lost; to say so on the same pipe
    // would panic, and the program would not even end any more when it is asked to.
    let lines = lines.with_writer(std::io::stderr).log_internal_errors(false);
    match options.log_format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters() {
        let cases = [
            ("info", Some("info")),
            ("OFF", Some("OFF")),
            ("ingest=debug", Some("info,ingest=debug")),
            ("warn, ingest=debug,server::web=trace", Some("warn,ingest=debug,server::web=trace")),
            ("verbose", None),
            ("", None),
            ("info,", None),
            ("ingest=", None),
            ("=debug", None),
            ("ingest=loud", None),
            ("ingest[span]=debug", None),
        ];
        for (text, expect) in cases {
            assert_eq!(text.parse::<LogFilter>().ok().map(|filter| filter.0).as_deref(), expect, "{text}");
        }
    }
}
