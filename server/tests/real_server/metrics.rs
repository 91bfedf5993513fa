//! The figures of `/metrics`, in the text formats of Prometheus: in OpenMetrics a counter's type is said without `_total`.

use crate::http::get;
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// All samples, by name and labels as they are written: `dispobox_frames_total{dialect="v2"}`.
pub(crate) struct Metrics {
    samples: BTreeMap<String, f64>,
    kinds: BTreeMap<String, String>,
}

impl Metrics {
    pub(crate) fn read(web: SocketAddr) -> Self {
        let answer = get(web, "/metrics");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let kind = answer.header("content-type").expect("a content type");
        assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
        Self::parse(&answer.body)
    }

    fn parse(text: &str) -> Self {
        let mut metrics = Self { samples: BTreeMap::new(), kinds: BTreeMap::new() };
        assert!(text.ends_with('\n'), "the last line has an end");
        for line in text.lines().filter(|line| !line.is_empty()) {
            match line.strip_prefix("# ") {
                Some(comment) => metrics.take_comment(comment),
                None => metrics.take_sample(line),
            }
        }
        metrics
    }

    fn take_comment(&mut self, comment: &str) {
        if let Some((name, kind)) = comment.strip_prefix("TYPE ").and_then(|rest| rest.split_once(' ')) {
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{comment}");
            assert!(self.kinds.insert(name.to_owned(), kind.to_owned()).is_none(), "twice: {comment}");
        } else {
            assert!(comment.starts_with("HELP ") || comment == "EOF", "{comment}");
        }
    }

    fn take_sample(&mut self, line: &str) {
        let (series, value) = line.rsplit_once(' ').expect("a value");
        let name = series.split('{').next().expect("a name");
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{line}");
        assert!(self.kind_of(name).is_some_and(|kind| (kind == "counter") == name.ends_with("_total")), "{line}");
        if let Some(labels) = series.strip_prefix(name).filter(|labels| !labels.is_empty()) {
            let inner = labels.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).expect("braces");
            for label in inner.split(',').filter(|label| !label.is_empty()) {
                let (key, quoted) = label.split_once('=').expect("a label");
                assert!(
                    !key.is_empty() && quoted.len() > 1 && quoted.starts_with('"') && quoted.ends_with('"'),
                    "{line}"
                );
            }
        }
        let value: f64 = value.parse().expect("a number");
        let series = series.trim_end_matches("{}").to_owned();
        assert!(self.samples.insert(series, value).is_none(), "twice: {line}");
    }

    fn kind_of(&self, name: &str) -> Option<&str> {
        let bases = ["", "_total", "_bucket", "_sum", "_count"].iter().filter_map(|end| name.strip_suffix(end));
        bases.into_iter().find_map(|base| self.kinds.get(base)).map(String::as_str)
    }

    /// Each has a bucket of everything, which is what `_count` says.
    pub(crate) fn check_histograms(&self) {
        for name in self.kinds.iter().filter(|(_, kind)| *kind == "histogram").map(|(name, _)| name) {
            let sample = |series: &str| *self.samples.get(series).unwrap_or_else(|| panic!("{series} is missing"));
            let all = sample(&format!("{name}_bucket{{le=\"+Inf\"}}"));
            assert!((all - sample(&format!("{name}_count"))).abs() < 0.5, "{name}");
            sample(&format!("{name}_sum"));
        }
    }

    /// 0 for what is not there: a series may begin with its first event.
    pub(crate) fn value(&self, series: &str) -> f64 {
        self.samples.get(series).copied().unwrap_or(0.0)
    }

    /// Over all labels.
    pub(crate) fn sum(&self, name: &str) -> f64 {
        let of_name = |series: &&String| series.split('{').next() == Some(name);
        self.samples.iter().filter(|(series, _)| of_name(series)).map(|(_, value)| value).sum()
    }

    /// Whether there is such a counter, gauge or histogram, with or without samples.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.kinds.contains_key(name) || self.kinds.contains_key(name.trim_end_matches("_total"))
    }
}
