//! A full disk: the map stays live, boards are told to try again, and nothing that was acknowledged is lost.

use crate::api::{wait_for_reason, wait_until_well};
use crate::audit::settle_accounts;
use crate::building::Place;
use crate::probe::Probe;
use crate::process::{DEADLINE, Server, TempDir, serve_command_at, within};
use crate::soak::{alone, figure, short_or_long};
use crate::sockets::reserve_port;
use crate::v2_board::{Habits, V2Board};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const DISK: &str = "24m";
/// How soon after there is space boards must be acknowledged again.
const RECOVERY_MAX: Duration = Duration::from_secs(5);

#[test]
fn the_disk_is_full_for_a_while() {
    let _alone = alone();
    if let Err(why) = try_to_mount() {
        println!("skipped: this system lets nobody mount a small disk: {why}");
        return;
    }
    let dir = TempDir::new().with_site();
    let mut identities = Place::embedded(&dir).identify_many(4);
    let probing = identities.remove(0);
    let address = reserve_port();
    let server = Server::start_command(on_small_disk(&serve_command_at(&dir, address), &dir));
    let boards: Vec<V2Board> =
        identities.into_iter().map(|who| V2Board::start(address, who, Habits::events_per_second(20))).collect();
    let mut probe = Probe::start(server.web, address, probing, 41);
    boards[0].wait_until_acknowledged(20);

    let data = PathBuf::from(format!("/proc/{}/root", server.process_id()))
        .join(data_of(&dir).strip_prefix("/").expect("an absolute path"));
    let mut slowest = Duration::ZERO;
    let mut recoveries = Vec::new();
    for _ in 0..short_or_long(1, 5) {
        let filler = fill(&data);
        let refusals = || boards.iter().map(|board| board.ledger().refused).sum::<u32>();
        let before = refusals();
        within(3 * DEADLINE, "boards are told to try again", || {
            slowest = slowest.max(probe.step().took);
            (refusals() > before + 40).then_some(())
        });
        wait_for_reason(server.web, Duration::from_secs(2), &["disk"]);
        for _ in 0..10 {
            slowest = slowest.max(probe.step().took);
        }
        std::fs::remove_file(filler).expect("space");
        let freed = Instant::now();
        boards.iter().for_each(|board| board.wait_until_acknowledged(1));
        recoveries.push(freed.elapsed());
        assert!(freed.elapsed() < RECOVERY_MAX, "{:?}", freed.elapsed());
        wait_until_well(server.web, DEADLINE);
    }
    assert!(slowest < Duration::from_secs(1), "a change took {slowest:?}");
    let refused: u32 = boards.iter().map(|board| board.ledger().refused).sum();
    let account = settle_accounts(server.web, &boards, DEADLINE);
    figure(
        "14",
        &format!("{refused} told to try again, slowest change {slowest:?}, well {recoveries:?} after: {account}"),
    );
}

fn data_of(dir: &TempDir) -> PathBuf {
    dir.path().join("data")
}

/// Writes until nothing more fits; returns the file.
fn fill(data: &Path) -> PathBuf {
    let path = data.join("filler");
    let mut file = File::create(&path).expect("a file");
    for length in [1 << 16, 1 << 10, 1] {
        let piece = vec![0; length];
        while file.write_all(&piece).is_ok() {}
    }
    path
}

/// A namespace of its own: the disk is gone when the program is.
fn namespace() -> Command {
    let mut command = Command::new("unshare");
    let by_root = std::fs::metadata("/proc/self").is_ok_and(|us| std::os::unix::fs::MetadataExt::uid(&us) == 0);
    command.arg("--mount").args((!by_root).then_some(["--user", "--map-root-user"]).into_iter().flatten());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn try_to_mount() -> Result<(), String> {
    let dir = TempDir::new();
    let mut command = namespace();
    command.args(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(dir.path());
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// The same command with its data folder, and what is in it already, on a disk of its own.
fn on_small_disk(command: &Command, dir: &TempDir) -> Command {
    let script = r#"set -e; data=$1; seed=$2; shift 2; mv "$data" "$seed"; mkdir "$data"
                    mount -t tmpfs -o size="$SIZE" tmpfs "$data"; cp -a "$seed/." "$data"; exec "$@""#;
    let mut small = namespace();
    small.env("SIZE", DISK).args(["sh", "-c", script, "sh"]).arg(data_of(dir)).arg(dir.path().join("seed"));
    small.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => small.env(name, value),
            None => small.env_remove(name),
        };
    }
    small
}
