//! What the pages of boards show, as the server finds it before it writes them.

use crate::navigation::encode;
use domain::{
    BatteryOutlook, BoardCommand, BoardHealth, BoardId, BoardLabel, BoardSample, BoothNumber, Channel, CommandState,
    FloorNumber, UtcMs,
};

/// A page about boards.
#[derive(Debug, Clone)]
pub enum BoardsView {
    /// `/admin/boards`.
    Fleet(FleetView),
    /// `/admin/boards/new`.
    New(NewBoardView),
    /// `/admin/boards/{id}`.
    Board(Box<BoardView>),
    /// `/admin/boards/{id}/key`: once.
    Key(NewKeyView),
}

/// All boards.
#[derive(Debug, Clone)]
pub struct FleetView {
    /// What was asked for.
    pub query: FleetQuery,
    /// Those that match, in order.
    pub boards: Vec<BoardEntry>,
    /// How many there are, without retired ones.
    pub total: usize,
    /// How many of them somebody should look at.
    pub problems: usize,
    /// The span of the small curves.
    pub span: Span,
}

/// Filter and order of the boards, as they stand in the address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FleetQuery {
    /// In what order.
    pub sort: FleetSort,
    /// The other way round.
    pub is_descending: bool,
    /// Which.
    pub show: FleetShow,
    /// Only those whose name, label or booth has this in it.
    pub text: String,
}

impl FleetQuery {
    /// The address of the page that shows this.
    #[must_use]
    pub fn href(&self) -> String {
        let Self { sort, is_descending, show, text } = self;
        let mut parts = Vec::new();
        if *sort != FleetSort::default() {
            parts.push(format!("sort={}", sort.as_str()));
        }
        if *is_descending {
            parts.push("desc=1".to_owned());
        }
        if *show != FleetShow::default() {
            parts.push(format!("show={}", show.as_str()));
        }
        if !text.is_empty() {
            parts.push(format!("q={}", encode(text)));
        }
        let mark = if parts.is_empty() { "" } else { "?" };
        format!("/admin/boards{mark}{}", parts.join("&"))
    }

    /// The same boards ordered by something; what they are ordered by already is turned round.
    #[must_use]
    pub fn sorted_by(&self, sort: FleetSort) -> Self {
        Self { sort, is_descending: self.sort == sort && !self.is_descending, ..self.clone() }
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { $($(#[$of])* $variant),* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As it stands in an address.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// By how it stands in an address; what makes no sense is the first.
            #[must_use]
            pub fn read(text: &str) -> Self {
                Self::ALL.iter().copied().find(|known| known.as_str() == text).unwrap_or_default()
            }
        }
    };
}

words! {
    /// What boards are ordered by.
    FleetSort {
        /// The worst first.
        #[default]
        State = "state",
        /// By name.
        Name = "name",
        /// The one first that was not heard for longest.
        Seen = "seen",
        /// The emptiest first.
        Battery = "battery",
        /// The weakest first.
        Signal = "signal",
        /// By firmware.
        Firmware = "firmware"
    }
}

words! {
    /// Which boards.
    FleetShow {
        /// All that are used.
        #[default]
        All = "all",
        /// Those that somebody should look at.
        Problems = "problems",
        /// Those that are not used any more.
        Retired = "retired"
    }
}

words! {
    /// How far back the curves of one board go.
    ChartRange {
        /// 24 hours.
        #[default]
        Day = "24h",
        /// 7 days.
        Week = "7d",
        /// 90 days.
        Season = "90d"
    }
}

impl ChartRange {
    /// So many hours.
    #[must_use]
    pub const fn hours(self) -> u64 {
        match self {
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Season => 90 * 24,
        }
    }
}

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its beginning.
    pub from: UtcMs,
    /// Its end, which is now.
    pub to: UtcMs,
}

/// A board among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardEntry {
    /// Its name.
    pub id: BoardId,
    /// What people call it.
    pub label: BoardLabel,
    /// What it watches, by channel.
    pub booths: Vec<BoothNumber>,
    /// How it is.
    pub health: BoardHealth,
    /// Whether it proves who it is; if not, it speaks the protocol of 2016.
    pub has_keys: bool,
    /// Whether it is used no more.
    pub is_retired: bool,
    /// When it was last heard.
    pub seen_at: Option<UtcMs>,
    /// When it should be heard next.
    pub expected_at: Option<UtcMs>,
    /// Its battery, in millivolts.
    pub battery_mv: Option<u16>,
    /// How long that lasts.
    pub outlook: BatteryOutlook,
    /// Millivolts over the span.
    pub battery: Vec<(UtcMs, i32)>,
    /// The strength of its signal, in dBm.
    pub rssi_dbm: Option<i16>,
    /// The same over the span.
    pub rssi: Vec<(UtcMs, i32)>,
    /// Its firmware.
    pub firmware: Option<String>,
    /// Why it was last reset, by its own word.
    pub reset_reason: Option<String>,
    /// When it woke up or was started.
    pub up_since: Option<UtcMs>,
    /// Why somebody should look, besides its health.
    pub suspicions: Vec<Suspicion>,
}

/// Something about a board that ought not to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suspicion {
    /// Two boards use its name.
    Copy,
    /// It counts its starts anew: somebody has to confirm that it is the one.
    Restarted,
    /// It still uses a key that was revoked.
    RevokedKey,
}

/// One board.
#[derive(Debug, Clone)]
pub struct BoardView {
    /// As among the others.
    pub entry: BoardEntry,
    /// The instant of the page.
    pub now: UtcMs,
    /// Seconds between its reports, where that is not as for all.
    pub heartbeat_s: Option<u16>,
    /// Seconds between reports of all.
    pub heartbeat_default_s: u16,
    /// What its channels watch.
    pub wires: Vec<BoardWire>,
    /// The versions of its key, newest first.
    pub keys: Vec<BoardKeyEntry>,
    /// What it was told, newest first.
    pub commands: Vec<CommandEntry>,
    /// When it was here, newest first.
    pub sessions: Vec<SessionEntry>,
    /// How far back the curves go.
    pub range: ChartRange,
    /// Their span.
    pub span: Span,
    /// What they show.
    pub samples: Vec<BoardSample>,
}

/// A channel and what it watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardWire {
    /// The channel.
    pub channel: Channel,
    /// The booth.
    pub booth: BoothNumber,
    /// Its floor.
    pub floor: FloorNumber,
}

/// A version of a board's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardKeyEntry {
    /// From 1.
    pub version: u8,
    /// Since when it is good.
    pub issued_at: UtcMs,
    /// Since when it is refused.
    pub revoked_at: Option<UtcMs>,
    /// Whether the board's newest session used it.
    pub is_used: bool,
}

/// Something that a board was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandEntry {
    /// Its row.
    pub id: i32,
    /// What.
    pub command: BoardCommand,
    /// By whom.
    pub asked_by: String,
    /// When.
    pub asked_at: UtcMs,
    /// What came of it.
    pub state: CommandState,
    /// When that was.
    pub ended_at: Option<UtcMs>,
}

/// A time during which a board was here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEntry {
    /// When it began.
    pub started_at: UtcMs,
    /// When it ended and why, in a word; none while it goes on.
    pub end: Option<(UtcMs, String)>,
    /// With what firmware.
    pub firmware: String,
    /// Why the board had been reset.
    pub reset_reason: String,
    /// From where.
    pub peer: String,
}

/// The form for a new board.
#[derive(Debug, Clone, Default)]
pub struct NewBoardView {
    /// What was typed.
    pub id: String,
    /// How many detectors were chosen; 0: none yet.
    pub channels: u8,
    /// Why no board was made.
    pub problem: Option<BoardRefusal>,
}

/// A key, to be put on its board. Shown once.
#[derive(Clone)]
pub struct NewKeyView {
    /// The board.
    pub id: BoardId,
    /// The version of the key.
    pub version: u8,
    /// 64 hexadecimal digits.
    pub key: String,
    /// What to type on the board's serial line.
    pub line: String,
    /// The same as a code to scan: SVG.
    pub code: String,
}

/// Without the key.
impl std::fmt::Debug for NewKeyView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKeyView").field("id", &self.id).field("version", &self.version).finish_non_exhaustive()
    }
}

/// What came of something that was done about a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardTold {
    /// It is as it was asked for.
    Saved,
    /// The board was told.
    Asked,
    /// It will be, when it is here.
    Queued,
    /// It is not told any more.
    TakenBack,
    /// It was told already.
    TooLate,
    /// A key is refused from now on.
    Revoked,
    /// The board is used no more.
    Retired,
    /// It may count its starts anew.
    Confirmed,
    /// Nothing was done.
    Refused(BoardRefusal),
}

impl BoardTold {
    /// Whether it is good news.
    #[must_use]
    pub const fn is_good(self) -> bool {
        !matches!(self, Self::Refused(_) | Self::TooLate)
    }
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardRefusal {
    /// No name of a board.
    BadName,
    /// Not a number of detectors.
    BadChannels,
    /// Not what a board can be called.
    BadLabel,
    /// Not a number of seconds between reports.
    BadHeartbeat,
    /// Not a time that a board can sleep for.
    BadSleep,
    /// There is a board of this name.
    Taken,
    /// There is no such board.
    Unknown,
    /// There is no such version of its key.
    UnknownKey,
    /// It has no key, and so cannot be told anything.
    NoKey,
    /// It still watches booths.
    Wired,
    /// Enough waits for it.
    Waiting,
    /// It has had every version of its key.
    Exhausted,
    /// The database does not answer.
    Away,
}
