//! The command line. Every flag `--some-name` is also the variable `DISPOBOX_SOME_NAME`; flags win.

use crate::logging::LogFilter;
use crate::simulate::SimulateOptions;
use app::backend::PublicUrl;
use brewery::hosting::InstanceName;
use brewery::plant::ValveMode;
use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum};
use domain::{AccountName, BoardId, BoothNumber, DisplayName, Roles};
use ingest::AllowedPeers;
use std::ffi::{OsStr, OsString};
use std::net::{IpAddr, SocketAddr};
use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::path::PathBuf;
use std::str::FromStr;

/// Shows on a floor map which office box is free right now. Without a command it serves.
#[derive(Debug, Parser)]
#[command(name = "dispobox", version, after_help = "`dispobox [FLAGS]` is `dispobox serve [FLAGS]`.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) logging: LoggingOptions,
}

impl Cli {
    /// Reads the command line and the environment; ends the program when they make no sense.
    pub(crate) fn read() -> Self {
        Self::parse_from(with_command(std::env::args_os().collect()))
    }
}

/// Puts `serve` where no command is named. Not by clap: options of a command that is left out would have to be options of
/// the program too, and their variables would be read for every other command.
fn with_command(mut words: Vec<OsString>) -> Vec<OsString> {
    let program = Cli::command();
    let is_command =
        |word: &OsString| word == "help" || program.get_subcommands().any(|known| *word == *known.get_name());
    let names_none = !words.iter().skip(1).any(is_command);
    let is_flag = |word: &OsString| {
        let asks = ["-h", "--help", "-V", "--version"].iter().any(|asking| word == asking);
        word.as_encoded_bytes().starts_with(b"-") && !asks
    };
    if names_none && words.get(1).is_none_or(is_flag) {
        words.insert(words.len().min(1), OsStr::new("serve").to_owned());
    }
    words
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take readings from boards and serve the map (the default).
    Serve(ServeOptions),
    /// Bring the database to this version's tables, and leave.
    Migrate(StorageOptions),
    /// Ask a running server how it is: 0 when it is well.
    Healthcheck(HealthcheckOptions),
    /// The keys by which boards prove who they are.
    Keys(KeysOptions),
    /// The boards that the server knows.
    Boards(BoardsOptions),
    /// Who may sign in to the administrator's side.
    User(UserOptions),
    /// The log of changes.
    Audit(AuditOptions),
    /// Be any number of boards, for demonstrations and tests.
    Simulate(SimulateOptions),
    /// Be a brewing plant, for those who build a brewing screen.
    Brewery(BreweryOptions),
}

/// What the program says of itself while it runs.
#[derive(Debug, Args)]
pub(crate) struct LoggingOptions {
    /// Which messages are logged: a level (error, warn, info, debug, trace, off), or directives such as `ingest=debug`,
    /// by commas; where none is for all the rest, that is `info`.
    #[arg(long, env = "DISPOBOX_LOG", default_value = "info", global = true)]
    pub(crate) log: LogFilter,
    /// The form of a log line.
    #[arg(long, env = "DISPOBOX_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text, global = true)]
    pub(crate) log_format: LogFormat,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// Where rows are kept.
#[derive(Debug, Clone, Args)]
pub(crate) struct StorageOptions {
    /// The folder of the embedded database and of secrets; made when it is missing.
    #[arg(long, env = "DISPOBOX_DATA_DIR", default_value = "./data", global = true)]
    pub(crate) data_dir: PathBuf,
    /// The database: `sqlite://path` or `mysql://user:password@host/name`. Without it, a SQLite file in the data
    /// folder.
    #[arg(long, env = "DISPOBOX_DATABASE_URL", hide_env_values = true, global = true)]
    pub(crate) database_url: Option<String>,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeOptions {
    /// Address and port of the web pages.
    #[arg(long, env = "DISPOBOX_HTTP", default_value = "127.0.0.1:3000")]
    pub(crate) http: SocketAddr,
    /// Where readers find the site, for what is printed: `https://box.example.org`. The host that a request asks without
    /// it.
    #[arg(long, env = "DISPOBOX_PUBLIC_URL", value_name = "URL", value_parser = parse_public_url)]
    pub(crate) public_url: Option<PublicUrl>,
    /// The certificate by which the web pages are encrypted, with its chain: a PEM file.
    #[arg(long, env = "DISPOBOX_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its key: a PEM file.
    #[arg(long, env = "DISPOBOX_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,
    /// Encrypt the web pages by a certificate that the server makes itself; browsers ask once whether to trust it.
    #[arg(long, env = "DISPOBOX_TLS_SELF_SIGNED", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new(),
        conflicts_with = "tls_cert")]
    pub(crate) tls_self_signed: bool,
    /// Whose word on the reader's address and encryption is taken (X-Forwarded-For, X-Forwarded-Proto): comma-separated
    /// ranges of proxies such as `127.0.0.1,10.1.0.0/24`.
    #[arg(long, env = "DISPOBOX_BEHIND_PROXY", value_name = "RANGES", default_value = "")]
    pub(crate) behind_proxy: AllowedPeers,
    /// Seconds after which somebody who does nothing is signed out.
    #[arg(long, env = "DISPOBOX_SESSION_IDLE_S", value_name = "S", default_value = "14400",
        value_parser = clap::value_parser!(u32).range(1..=2_592_000))]
    pub(crate) session_idle_s: u32,
    /// Seconds after which somebody has to sign in again, whatever they do.
    #[arg(long, env = "DISPOBOX_SESSION_MAX_S", value_name = "S", default_value = "604800",
        value_parser = clap::value_parser!(u32).range(1..=2_592_000))]
    pub(crate) session_max_s: u32,
    /// Address and port that boards connect to.
    #[arg(long, env = "DISPOBOX_BOARDS", default_value = "0.0.0.0:50000")]
    pub(crate) boards: SocketAddr,
    /// Whose boards may speak the protocol of 2016, which proves nothing of who speaks: comma-separated ranges such
    /// as `10.1.0.0/16`. None without it.
    #[arg(long, env = "DISPOBOX_V1_ALLOW", default_value = "")]
    pub(crate) v1_allow: AllowedPeers,
    /// Connections of boards at one time. Without it 2048, or a quarter of the files that the system lets the program
    /// open.
    #[arg(long, env = "DISPOBOX_BOARD_CONNECTIONS_MAX", value_name = "N")]
    pub(crate) board_connections_max: Option<NonZeroUsize>,
    /// Connections from one address at one time that have not proven who they are; the oldest makes room for the newest.
    #[arg(long, env = "DISPOBOX_BOARD_CONNECTIONS_PER_ADDRESS_MAX", value_name = "N", default_value = "64")]
    pub(crate) board_connections_per_address_max: NonZeroUsize,
    /// Seconds between the reports of boards that prove who they are, at most. Their booths are grey after two and a half
    /// times as long.
    #[arg(long, env = "DISPOBOX_BOARD_HEARTBEAT_S", value_name = "S", default_value = "30",
        value_parser = clap::value_parser!(u16).range(1..=3_600))]
    pub(crate) board_heartbeat_s: u16,
    /// Megabytes that may wait in the spool while the database is away.
    #[arg(long, env = "DISPOBOX_SPOOL_MAX_MB", value_name = "MB", default_value = "1024")]
    pub(crate) spool_max_mb: NonZeroU64,
    /// Days for which the events of boards are kept. What became of booths is kept for ever.
    #[arg(long, env = "DISPOBOX_KEEP_BOARD_EVENTS_DAYS", value_name = "DAYS", default_value = "90")]
    pub(crate) keep_board_events_days: NonZeroU32,
    /// Seconds after which an alert is over whose cause is gone; what comes back earlier is the same alert. A board is missing
    /// after as long.
    #[arg(long, env = "DISPOBOX_ALERT_SETTLE_S", value_name = "S", default_value = "60",
        value_parser = clap::value_parser!(u16).range(1..=3_600))]
    pub(crate) alert_settle_s: u16,
    /// Seconds for which nobody else is told of a box that somebody was told of.
    #[arg(long, env = "DISPOBOX_NOTICE_HOLD_S", value_name = "S", default_value = "90",
        value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(crate) notice_hold_s: u16,
    /// Whom the operators of push services write to when something is wrong: `mailto:it@example.com` or an https address.
    #[arg(long, env = "DISPOBOX_PUSH_CONTACT", value_name = "ADDRESS", value_parser = push_contact)]
    pub(crate) push_contact: Option<String>,
    /// Push notices over plain http and to addresses of this network too. Only for tests: whoever reaches the pages chooses
    /// where the server connects to.
    #[arg(long, env = "DISPOBOX_PUSH_ALLOW_INSECURE", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub(crate) push_allow_insecure: bool,
    /// Take the service worker out of all browsers that have it, should it ever do harm. Pages work without it, but not
    /// offline.
    #[arg(long, env = "DISPOBOX_NO_SERVICE_WORKER", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub(crate) no_service_worker: bool,
    /// Address and port of a brewery stub beside the map; none without it. Whoever reaches it can act.
    #[arg(long, env = "DISPOBOX_BREWERY", value_name = "ADDRESS")]
    pub(crate) brewery: Option<SocketAddr>,
    #[command(flatten)]
    pub(crate) storage: StorageOptions,
    /// Ignore the service hours: for demonstrations and tests.
    #[arg(long, env = "DISPOBOX_ALWAYS_OPEN", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub(crate) always_open: bool,
    /// Run simulated boards beside the server, an hour of the office in six minutes. Ignores the service hours and lets
    /// boards of this machine speak the protocol of 2016.
    #[arg(long, env = "DISPOBOX_DEMO", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub(crate) demo: bool,
    /// A board that the demonstration does not simulate, because there is a real one; may be repeated.
    #[arg(long, env = "DISPOBOX_DEMO_WITHOUT", value_name = "BOARD", value_delimiter = ',', requires = "demo")]
    pub(crate) demo_without: Vec<String>,
    /// The folder of the site's files. Without it, `site` beside the program.
    #[arg(long, env = "DISPOBOX_SITE_DIR")]
    pub(crate) site_dir: Option<PathBuf>,
}

/// A contact as push services take it.
fn push_contact(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("mailto:").or_else(|| text.strip_prefix("https://"));
    let is_contact = rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic()));
    if is_contact { Ok(text.to_owned()) } else { Err("it begins with mailto: or https://".to_owned()) }
}

/// Options of `keys`.
#[derive(Debug, Args)]
pub(crate) struct KeysOptions {
    #[command(subcommand)]
    pub(crate) action: KeysAction,
    #[command(flatten)]
    pub(crate) storage: StorageOptions,
}

/// What can be done about keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeysAction {
    /// Show the key of a board; make the board and the key when there is none.
    Issue {
        /// The board: 1 to 24 characters of a-z, 0-9 and -.
        board: BoardId,
    },
    /// Make the next version of a board's key. The older ones stay valid until they are revoked.
    Rotate {
        /// The board.
        board: BoardId,
    },
    /// Refuse keys of a board from now on. Sessions that use them end.
    Revoke {
        /// The board.
        board: BoardId,
        /// The version; all of them without it.
        #[arg(long, value_name = "N")]
        key_version: Option<u8>,
    },
    /// List all keys: their versions and times, not the keys themselves.
    List,
}

/// Options of `boards`.
#[derive(Debug, Args)]
pub(crate) struct BoardsOptions {
    #[command(subcommand)]
    pub(crate) action: BoardsAction,
    #[command(flatten)]
    pub(crate) storage: StorageOptions,
}

/// What can be done about boards.
#[derive(Debug, Subcommand)]
pub(crate) enum BoardsAction {
    /// List them.
    List,
    /// Let a board count its starts anew, because it was replaced or its memory was wiped.
    Confirm {
        /// The board.
        board: BoardId,
    },
    /// Say which booth a number of a board of the first sketch (June 2016) means.
    #[command(name = "map-v0")]
    MapV0 {
        /// The board's address.
        address: IpAddr,
        /// The number that it sends, 0 to 99.
        #[arg(value_parser = clap::value_parser!(u8).range(0..=99))]
        number: u8,
        /// The booth.
        booth: BoothNumber,
    },
    /// Take that back.
    #[command(name = "unmap-v0")]
    UnmapV0 {
        /// The board's address.
        address: IpAddr,
        /// The number that it sends, 0 to 99.
        #[arg(value_parser = clap::value_parser!(u8).range(0..=99))]
        number: u8,
    },
}

/// Options of `user`.
#[derive(Debug, Args)]
pub(crate) struct UserOptions {
    #[command(subcommand)]
    pub(crate) action: UserAction,
    #[command(flatten)]
    pub(crate) storage: StorageOptions,
    /// Where readers find the site, for links that are printed.
    #[arg(long, env = "DISPOBOX_PUBLIC_URL", value_name = "URL", value_parser = parse_public_url, global = true)]
    pub(crate) public_url: Option<PublicUrl>,
}

/// What can be done about accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum UserAction {
    /// Make an account. Prints a link by which its owner chooses a password, unless one is given.
    Create {
        /// By what name they sign in.
        name: AccountName,
        /// What they may do: viewer, editor, operator, admin, by commas.
        #[arg(long, value_name = "ROLES", default_value = "viewer")]
        roles: Roles,
        /// The same as `--roles admin`.
        #[arg(long, conflicts_with = "roles")]
        admin: bool,
        /// What people call them.
        #[arg(long, value_name = "NAME", default_value = "")]
        display_name: DisplayName,
        /// Take the first line of standard input for their password.
        #[arg(long)]
        password_stdin: bool,
    },
    /// List all accounts.
    List,
    /// Print a link by which somebody chooses a new password, or take one; then all their sessions end.
    Password {
        /// The account.
        name: AccountName,
        /// Take the first line of standard input for it.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Close an account. Its sessions end.
    Disable {
        /// The account.
        name: AccountName,
    },
    /// Open an account again.
    Enable {
        /// The account.
        name: AccountName,
    },
    /// Ask for no six-digit code any more.
    ForgetTotp {
        /// The account.
        name: AccountName,
    },
}

/// Options of `audit`.
#[derive(Debug, Args)]
pub(crate) struct AuditOptions {
    #[command(subcommand)]
    pub(crate) action: AuditAction,
    #[command(flatten)]
    pub(crate) storage: StorageOptions,
}

/// What can be done about the log of changes.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditAction {
    /// Check the chain of hashes from its first entry to its end; fails when it is broken.
    Verify {
        /// Write all entries into this file as well, one JSON object a line.
        #[arg(long, value_name = "FILE")]
        export: Option<PathBuf>,
    },
}

/// Options of `healthcheck`.
#[derive(Debug, Args)]
pub(crate) struct HealthcheckOptions {
    /// Address and port of the server's web pages.
    #[arg(long, env = "DISPOBOX_HTTP", default_value = "127.0.0.1:3000")]
    pub(crate) http: SocketAddr,
    /// The server encrypts its pages by itself.
    #[arg(long, env = "DISPOBOX_TLS", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub(crate) tls: bool,
}

/// Options of `brewery`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct BreweryOptions {
    #[command(subcommand)]
    pub(crate) action: Option<BreweryAction>,
    /// Address and port for brewing screens. Whoever reaches it can act.
    #[arg(long, env = "DISPOBOX_BREWERY", value_name = "ADDRESS", default_value = "127.0.0.1:8890")]
    pub(crate) brewery: SocketAddr,
    /// Another plant, by `/i/NAME/`, and on a port of its own with `NAME=ADDRESS`. May be repeated.
    #[arg(long, value_name = "NAME[=ADDRESS]")]
    pub(crate) instance: Vec<BreweryInstance>,
    /// What valves do. Without it as kept, or advisory.
    #[arg(long, env = "DISPOBOX_VALVES", value_enum)]
    pub(crate) valves: Option<Valves>,
    /// Seconds of plant time in a second, 1 to 3600. Without it as kept, or 1.
    #[arg(long, env = "DISPOBOX_RATE", value_name = "N", value_parser = parse_rate)]
    pub(crate) rate: Option<f64>,
    /// Makes the same noise again. Of plants that are not kept yet.
    #[arg(long, env = "DISPOBOX_SEED", default_value = "0")]
    pub(crate) seed: u64,
    /// Let setCible3 answer `Ebu`, as the first stub's page says, and not `Mashtun`, as its program did.
    #[arg(long, env = "DISPOBOX_SEED_TEXT", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub(crate) seed_text: bool,
    /// Take over the file `data` of the first stub, 26 lines.
    #[arg(long, value_name = "FILE")]
    pub(crate) import: Option<PathBuf>,
    /// Write such a file, and leave.
    #[arg(long, value_name = "FILE")]
    pub(crate) export: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) storage: StorageOptions,
}

/// What the brewery can do without a port.
#[derive(Debug, Subcommand)]
pub(crate) enum BreweryAction {
    /// Follow a recipe on a plant of its own: 0 when all is as expected.
    Run {
        /// The recipe, in TOML.
        file: PathBuf,
        /// Seconds of plant time in a second, 1 to 3600. As fast as the machine can without it.
        #[arg(long, value_name = "N", value_parser = parse_rate)]
        rate: Option<f64>,
        /// Makes the same noise again.
        #[arg(long, default_value = "0")]
        seed: u64,
        /// Where to write the result for build servers.
        #[arg(long, value_name = "FILE")]
        junit: Option<PathBuf>,
    },
    /// Play a recording on a plant of its own: 0 when all comes out the same.
    Replay {
        /// What the recorder wrote.
        file: PathBuf,
    },
}

/// What valves do.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Valves {
    /// A pump with no open way runs its usual loop all the same.
    Advisory,
    /// A pump with no open way moves nothing, and an alarm says so.
    Enforced,
}

impl From<Valves> for ValveMode {
    fn from(valves: Valves) -> Self {
        match valves {
            Valves::Advisory => Self::Advisory,
            Valves::Enforced => Self::Enforced,
        }
    }
}

/// A plant beside the main one.
#[derive(Debug, Clone)]
pub(crate) struct BreweryInstance {
    pub(crate) name: InstanceName,
    pub(crate) address: Option<SocketAddr>,
}

impl FromStr for BreweryInstance {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, address) = text.split_once('=').map_or((text, None), |(name, address)| (name, Some(address)));
        let name = name.parse().map_err(|error: brewery::hosting::InstanceError| error.to_string())?;
        let address = address.map(str::parse).transpose().map_err(|error| format!("the address: {error}"))?;
        Ok(Self { name, address })
    }
}

fn parse_rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (brewery::RATE_MIN..=brewery::RATE_MAX).contains(rate));
    rate.ok_or_else(|| brewery::ClockError::Rate.to_string())
}

/// `http://` or `https://` with a host and perhaps a port; a slash at the end is left out.
fn parse_public_url(text: &str) -> Result<PublicUrl, String> {
    let url = text.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_host = |host: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b".-:[]".contains(&b);
        !host.is_empty() && host.len() <= 255 && host.bytes().all(allowed)
    };
    match host {
        Some(host) if is_host(host) => Ok(PublicUrl(url.to_owned())),
        _ => Err("must read like https://box.example.org, without a path".to_owned()),
    }
}

const PREFIX: &str = "DISPOBOX_";

/// A variable with our prefix that nothing reads is most likely a slip of the pen: says so.
pub(crate) fn warn_of_unknown_variables() {
    let known = known_variables();
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && !known.iter().any(|known| *known == name) {
            tracing::warn!(variable = %name, "this variable is set but unknown, so it does nothing");
        }
    }
}

fn known_variables() -> Vec<String> {
    let cli = Cli::command();
    let all = std::iter::once(&cli).chain(cli.get_subcommands());
    let variables = all.flat_map(clap::Command::get_arguments).filter_map(clap::Arg::get_env);
    variables.map(|name| name.to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        let words = std::iter::once("dispobox").chain(line.split_whitespace());
        Cli::try_parse_from(with_command(words.map(OsString::from).collect()))
    }

    #[test]
    fn public_urls() {
        for url in ["https://box.example.org", "http://10.0.0.7:3000", "https://box.example.org/", "http://[::1]:80"] {
            let read = parse_public_url(url).map(|url| url.0);
            assert_eq!(read.as_deref(), Ok(url.trim_end_matches('/')));
        }
        for url in ["", "box.example.org", "https://", "ftp://a", "https://a/map", "https://a b", "https://a?b"] {
            assert!(parse_public_url(url).is_err(), "{url}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_flag_of_serve_is_also_a_variable() {
        let cli = Cli::command();
        let serve = cli.find_subcommand("serve").expect("serve");
        for argument in cli.get_arguments().chain(serve.get_arguments()) {
            let flag = argument.get_long().expect("a long flag");
            let variable = format!("{PREFIX}{}", flag.to_uppercase().replace('-', "_"));
            assert_eq!(argument.get_env().and_then(OsStr::to_str), Some(variable.as_str()), "--{flag}");
        }
    }

    #[test]
    fn the_variables_of_every_command_are_known() {
        let known = known_variables();
        for name in ["LOG", "HTTP", "DATABASE_URL", "BOARD_CONNECTIONS_MAX", "COUNT", "SCRIPT"] {
            assert!(known.contains(&format!("{PREFIX}{name}")), "{name}: {known:?}");
        }
        let sample = include_str!("../../.env.sample");
        let serve = Cli::command().find_subcommand("serve").expect("serve").clone();
        for name in serve.get_arguments().filter_map(clap::Arg::get_env).filter_map(OsStr::to_str) {
            assert!(sample.contains(&format!("#{name}=")), "{name} is missing in .env.sample");
        }
    }

    #[test]
    fn serve_is_the_default() {
        for line in ["--http 127.0.0.1:1", "serve --http 127.0.0.1:1", "--log debug serve --http 127.0.0.1:1"] {
            let cli = parse(line).expect(line);
            assert!(matches!(cli.command, Command::Serve(options) if options.http.port() == 1), "{line}");
        }
        assert!(matches!(parse("").expect("nothing").command, Command::Serve(_)));
        assert!(matches!(parse("--log debug simulate").expect("simulate").command, Command::Simulate(_)));
        assert!(matches!(parse("--log debug migrate").expect("migrate").command, Command::Migrate(_)));
        assert!(parse("simulat").is_err());
        for line in ["--help", "-V", "help", "--version"] {
            let help = parse(line).expect_err(line);
            assert_eq!(help.exit_code(), 0, "{line}: {help}");
        }
        assert!(parse("--help").expect_err("help").to_string().contains("simulate"));
        assert!(parse("--demo --help").expect_err("help").to_string().contains("--v1-allow"));
    }
}
