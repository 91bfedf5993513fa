//! The command line, read by hand: five tasks with a handful of flags do not pay for a parser.

use crate::soak;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// What `cargo xtask help` says.
pub(crate) const HELP: &str = "\
cargo xtask build [--release]   the server with its site, in target/debug or target/release
cargo xtask demo [FLAGS]        build, then run the map with simulated boards
    --release                   the optimised build
    --port N                    web port on 127.0.0.1 (3000)
    --boards-port N             board port on 127.0.0.1 (50000)
    --brewery-port N            port of the brewery stub on 127.0.0.1 (8890)
    --no-boards                 no simulated boards; others of this machine may connect
    --data-dir DIR              where the demo keeps its data (target/demo)
    --database-url URL          sqlite://... or mysql://... instead of a file in the data folder
cargo xtask test [GROUP]...     all checks and tests, or some of: fmt clippy firmware rust xtask
                                browser
cargo xtask soak [NAME]         the promises at their full size: about 40 minutes; or one of: cloned cuts database_away
                                flood forged full_disk lost_nothing stale
cargo xtask soak kiosk          a screen on a wall for a month, in minutes
    --changes N                 changes on it (400,000)
    --minutes N                 goes on for so long, if that is more
cargo xtask bench ingest        what taking events in costs, beside Mosquitto: about four minutes
cargo xtask bench web           what the employee's page weighs and how fast it is: about four minutes
    --quick                     one short round
cargo xtask help                this page
";

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Build(Profile),
    Demo(DemoOptions),
    Test(Vec<Group>),
    /// A benchmark.
    Bench {
        what: Benchmark,
        quick: bool,
    },
    /// One of the soak tests, or all.
    Soak(Option<&'static str>),
    /// The soak test of screens on walls.
    SoakKiosk(KioskSoak),
}

/// The flags of `soak kiosk`; what is left out is up to the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct KioskSoak {
    pub(crate) changes: Option<u32>,
    pub(crate) minutes: Option<u32>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Benchmark {
    Ingest,
    Web,
}

/// Which build of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

/// The flags of `demo`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DemoOptions {
    pub(crate) profile: Profile,
    pub(crate) port: u16,
    pub(crate) boards_port: u16,
    pub(crate) brewery_port: u16,
    pub(crate) with_boards: bool,
    /// `None`: a folder below `target`.
    pub(crate) data_dir: Option<PathBuf>,
    pub(crate) database_url: Option<String>,
}

impl Default for DemoOptions {
    fn default() -> Self {
        Self {
            profile: Profile::Dev,
            port: 3000,
            boards_port: 50000,
            brewery_port: 8890,
            with_boards: true,
            data_dir: None,
            database_url: None,
        }
    }
}

/// A part of `test` that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Fmt,
    Clippy,
    Firmware,
    Rust,
    Xtask,
    Browser,
}

impl Group {
    /// In the order in which they run: what fails fastest comes first.
    pub(crate) const ALL: [Self; 6] = [Self::Fmt, Self::Clippy, Self::Firmware, Self::Rust, Self::Xtask, Self::Browser];

    const fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Firmware => "firmware",
            Self::Rust => "rust",
            Self::Xtask => "xtask",
            Self::Browser => "browser",
        }
    }
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: impl Iterator<Item = String>) -> Result<Task> {
    let mut words = words.peekable();
    let Some(task) = words.next() else { return Ok(Task::Help) };
    if words.peek().is_some_and(|word| word == "--help" || word == "-h") {
        return Ok(Task::Help);
    }
    match task.as_str() {
        "help" | "--help" | "-h" => Ok(Task::Help),
        "build" => parse_build(words).map(Task::Build),
        "demo" => parse_demo(words).map(Task::Demo),
        "test" => words.map(|word| parse_group(&word)).collect::<Result<_>>().map(Task::Test),
        "bench" => parse_bench(words),
        "soak" if words.next_if(|word| word == "kiosk").is_some() => parse_soak_kiosk(words).map(Task::SoakKiosk),
        "soak" => parse_soak(words).map(Task::Soak),
        other => bail!("there is no task `{other}`; see `cargo xtask help`"),
    }
}

fn parse_build(words: impl Iterator<Item = String>) -> Result<Profile> {
    let mut profile = Profile::Dev;
    for word in words {
        match word.as_str() {
            "--release" => profile = Profile::Release,
            other => bail!("`build` does not know `{other}`; see `cargo xtask help`"),
        }
    }
    Ok(profile)
}

fn parse_demo(mut words: impl Iterator<Item = String>) -> Result<DemoOptions> {
    let mut options = DemoOptions::default();
    while let Some(word) = words.next() {
        // Both `--port 3001` and `--port=3001`.
        let (flag, inline) = match word.split_once('=') {
            Some((flag, value)) => (flag, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        let mut value = || inline.clone().or_else(|| words.next()).with_context(|| format!("`{flag}` needs a value"));
        match flag {
            "--release" if inline.is_none() => options.profile = Profile::Release,
            "--no-boards" if inline.is_none() => options.with_boards = false,
            "--port" => options.port = parse_port(flag, &value()?)?,
            "--boards-port" => options.boards_port = parse_port(flag, &value()?)?,
            "--data-dir" => options.data_dir = Some(value()?.into()),
            "--database-url" => options.database_url = Some(value()?),
            "--brewery-port" => options.brewery_port = parse_port(flag, &value()?)?,
            _ => bail!("`demo` does not know `{word}`; see `cargo xtask help`"),
        }
    }
    let ports =
        [("--port", options.port), ("--boards-port", options.boards_port), ("--brewery-port", options.brewery_port)];
    for (at, (flag, port)) in ports.iter().enumerate() {
        if let Some((other, _)) = ports[at + 1..].iter().find(|(_, other)| other == port) {
            bail!("`{flag}` and `{other}` are both {port}");
        }
    }
    Ok(options)
}

fn parse_port(flag: &str, text: &str) -> Result<u16> {
    match text.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => bail!("`{flag}` needs a number from 1 to 65535, not `{text}`"),
    }
}

fn parse_group(word: &str) -> Result<Group> {
    let group = Group::ALL.into_iter().find(|group| group.name() == word);
    group.with_context(|| format!("`test` has no group `{word}`; see `cargo xtask help`"))
}

fn parse_bench(words: impl Iterator<Item = String>) -> Result<Task> {
    let words: Vec<String> = words.collect();
    let (what, flags) = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ingest", ref flags @ ..] => (Benchmark::Ingest, flags.to_vec()),
        ["web", ref flags @ ..] => (Benchmark::Web, flags.to_vec()),
        _ => bail!("`bench` takes `ingest` or `web` and perhaps `--quick`, not `{}`", words.join(" ")),
    };
    match flags[..] {
        [] => Ok(Task::Bench { what, quick: false }),
        ["--quick"] => Ok(Task::Bench { what, quick: true }),
        _ => bail!("`bench` takes `ingest` or `web` and perhaps `--quick`, not `{}`", words.join(" ")),
    }
}

fn parse_soak_kiosk(mut words: impl Iterator<Item = String>) -> Result<KioskSoak> {
    let mut options = KioskSoak::default();
    while let Some(flag) = words.next() {
        let slot = match flag.as_str() {
            "--changes" => &mut options.changes,
            "--minutes" => &mut options.minutes,
            other => bail!("`soak kiosk` does not know `{other}`; see `cargo xtask help`"),
        };
        let value = words.next().with_context(|| format!("`{flag}` needs a value"))?;
        *slot = Some(value.parse().with_context(|| format!("`{flag}` needs a number, not `{value}`"))?);
    }
    Ok(options)
}

fn parse_soak(mut words: impl Iterator<Item = String>) -> Result<Option<&'static str>> {
    let Some(word) = words.next() else { return Ok(None) };
    if let Some(other) = words.next() {
        bail!("`soak` takes one name, not `{word}` and `{other}`");
    }
    let name = soak::TESTS.into_iter().find(|name| *name == word);
    name.map(Some).with_context(|| format!("`soak` has no test `{word}`; see `cargo xtask help`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &Task) {
        match parse(line.split_whitespace().map(str::to_owned)) {
            Ok(task) => assert_eq!(&task, expect, "{line}"),
            Err(error) => panic!("{line}: {error}"),
        }
    }

    fn check_refused(line: &str, expect: &str) {
        match parse(line.split_whitespace().map(str::to_owned)) {
            Ok(task) => panic!("{line}: {task:?}"),
            Err(error) => assert_eq!(error.to_string(), expect, "{line}"),
        }
    }

    #[test]
    fn tasks() {
        check("", &Task::Help);
        check("help", &Task::Help);
        check("demo --help", &Task::Help);
        check("build", &Task::Build(Profile::Dev));
        check("build --release", &Task::Build(Profile::Release));
        check("test", &Task::Test(vec![]));
        check("test fmt browser", &Task::Test(vec![Group::Fmt, Group::Browser]));
        check("bench ingest", &Task::Bench { what: Benchmark::Ingest, quick: false });
        check("bench ingest --quick", &Task::Bench { what: Benchmark::Ingest, quick: true });
        check("bench web --quick", &Task::Bench { what: Benchmark::Web, quick: true });
        check("soak", &Task::Soak(None));
        check("soak kiosk", &Task::SoakKiosk(KioskSoak::default()));
        let both = KioskSoak { changes: Some(1000), minutes: Some(5) };
        check("soak kiosk --minutes 5 --changes 1000", &Task::SoakKiosk(both));
        for name in soak::TESTS {
            check(&format!("soak {name}"), &Task::Soak(Some(name)));
            assert!(HELP.contains(name), "{name}");
        }
    }

    #[test]
    fn demo_flags() {
        check("demo", &Task::Demo(DemoOptions::default()));
        check(
            "demo --release --port 4000 --boards-port=4001 --brewery-port 4002 --no-boards --data-dir d --database-url sqlite://d/x",
            &Task::Demo(DemoOptions {
                profile: Profile::Release,
                port: 4000,
                boards_port: 4001,
                brewery_port: 4002,
                with_boards: false,
                data_dir: Some("d".into()),
                database_url: Some("sqlite://d/x".to_owned()),
            }),
        );
    }

    #[test]
    fn refused() {
        check_refused("fly", "there is no task `fly`; see `cargo xtask help`");
        check_refused("build --fast", "`build` does not know `--fast`; see `cargo xtask help`");
        check_refused("demo 4000", "`demo` does not know `4000`; see `cargo xtask help`");
        check_refused("demo --release=yes", "`demo` does not know `--release=yes`; see `cargo xtask help`");
        check_refused("demo --port", "`--port` needs a value");
        check_refused("demo --port 0", "`--port` needs a number from 1 to 65535, not `0`");
        check_refused("demo --port 70000", "`--port` needs a number from 1 to 65535, not `70000`");
        check_refused("demo --port 50000", "`--port` and `--boards-port` are both 50000");
        check_refused("demo --brewery-port 50000", "`--boards-port` and `--brewery-port` are both 50000");
        check_refused("bench", "`bench` takes `ingest` or `web` and perhaps `--quick`, not ``");
        check_refused("bench pages", "`bench` takes `ingest` or `web` and perhaps `--quick`, not `pages`");
        check_refused("bench web slow", "`bench` takes `ingest` or `web` and perhaps `--quick`, not `web slow`");
        check_refused("soak kiosk --days 5", "`soak kiosk` does not know `--days`; see `cargo xtask help`");
        check_refused("soak kettle", "`soak` has no test `kettle`; see `cargo xtask help`");
        check_refused("soak cuts flood", "`soak` takes one name, not `cuts` and `flood`");
        check_refused("test all", "`test` has no group `all`; see `cargo xtask help`");
    }
}
