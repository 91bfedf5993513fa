//! The building of a test: its boards, their keys, its rows.

use crate::process::{TempDir, dispobox, run};
use crate::v2_session::Identity;
use crate::v2_wire::{Key, decode_key};
use std::process::{Command, Output};

/// The boards of a new installation, and how many booths each of them watches.
const WIRED: [(&str, usize); 4] = [("board-1", 4), ("board-2", 3), ("board-3", 4), ("board-4", 4)];

/// Where a server keeps things: its folder, and its database when that is not in the folder.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) dir: &'a TempDir,
    pub(crate) database_url: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub(crate) fn embedded(dir: &'a TempDir) -> Self {
        Self { dir, database_url: None }
    }

    /// Runs one of our own commands on what is kept here.
    pub(crate) fn command(&self, words: &[&str]) -> Output {
        let mut command = dispobox();
        command.args(words).arg("--data-dir").arg(self.dir.path().join("data"));
        command.args(self.database_url.iter().flat_map(|url| ["--database-url", url]));
        run(command)
    }

    /// The same; it must succeed. Returns what it printed.
    pub(crate) fn succeed(&self, words: &[&str]) -> String {
        let output = self.command(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// The key of a board, which is made if there is none.
    pub(crate) fn issue_key(&self, board: &str) -> Key {
        decode_key(self.succeed(&["keys", "issue", board]).trim())
    }

    /// A board with its first key.
    pub(crate) fn identify(&self, board: &str) -> Identity {
        let channels = WIRED.iter().find(|(id, _)| *id == board).map_or(4, |(_, channels)| *channels);
        Identity { id: board.to_owned(), key: self.issue_key(board), key_version: 1, boot: 1, channels }
    }

    /// `board-1` and so on; the first four are wired to booths.
    pub(crate) fn identify_many(&self, count: usize) -> Vec<Identity> {
        (1..=count).map(|i| self.identify(&format!("board-{i}"))).collect()
    }

    /// Runs statements on the embedded database and returns the rows of the last one, as Python prints them.
    pub(crate) fn sql(&self, statements: &[&str]) -> String {
        let script = "import sqlite3, sys\n\
                      connection = sqlite3.connect(sys.argv[1], timeout=10)\n\
                      for statement in sys.argv[2:]: rows = connection.execute(statement).fetchall()\n\
                      connection.commit()\n\
                      print(rows)\n";
        let mut command = Command::new("python3");
        command.args(["-c", script]).arg(self.dir.path().join("data/dispobox.sqlite")).args(statements);
        let output = command.output().expect("python3 runs");
        assert!(output.status.success(), "{statements:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    }
}
