//! File descriptors: every connection takes one, and the system lets a program have only so many.

/// Descriptors for all but connections: the database's files, the log, the listeners, the runtime.
const RESERVE: usize = 64;
const BOARDS_MAX: usize = 2_048;
const WEB_MAX: usize = 10_000;
/// With fewer, readers of a large office may have to wait.
const FEW: usize = 4_096;

/// How many connections are served at one time. Together they never take the last descriptor, so that readers cannot
/// lock the boards out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ConnectionLimits {
    pub(crate) boards_max: usize,
    pub(crate) web_max: usize,
}

impl ConnectionLimits {
    /// Raises the limit of the system as far as it may be, and divides what there is. `boards_max` overrules the
    /// boards' share.
    pub(crate) fn raise(boards_max: Option<usize>) -> Self {
        let descriptors = rlimit::increase_nofile_limit(rlimit::INFINITY).unwrap_or_else(|error| {
            tracing::warn!(%error, "the limit of open files cannot be raised");
            rlimit::Resource::NOFILE.get_soft().unwrap_or(0)
        });
        let descriptors = usize::try_from(descriptors).unwrap_or(usize::MAX);
        let limits = Self::divide(descriptors, boards_max);
        let Self { boards_max, web_max } = limits;
        if descriptors < FEW || descriptors.saturating_sub(RESERVE) < boards_max {
            tracing::warn!(descriptors, boards_max, web_max, "the system lets this program open few files");
        }
        limits
    }

    /// A web connection counts twice: it may be reading a file of the site.
    fn divide(descriptors: usize, boards_max: Option<usize>) -> Self {
        let boards_max = boards_max.unwrap_or_else(|| BOARDS_MAX.min(descriptors / 4).max(1));
        let left = descriptors.saturating_sub(boards_max).saturating_sub(RESERVE);
        Self { boards_max, web_max: WEB_MAX.min(left / 2).max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        let cases = [
            (1_048_576, None, (2_048, 10_000)),
            (usize::MAX, None, (2_048, 10_000)),
            (20_000, None, (2_048, 8_944)),
            (1_024, None, (256, 352)),
            (1_024, Some(900), (900, 30)),
            (1_024, Some(5_000), (5_000, 1)),
            (0, None, (1, 1)),
        ];
        for (descriptors, asked, expect) in cases {
            let ConnectionLimits { boards_max, web_max } = ConnectionLimits::divide(descriptors, asked);
            assert_eq!((boards_max, web_max), expect, "{descriptors} {asked:?}");
        }
    }
}
