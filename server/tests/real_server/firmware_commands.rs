//! Our firmware, built for this machine, against a server of the test: one that has the board's key, or one that has not.

use crate::chance::Chance;
use crate::firmware_board::{HostBoard, set_up};
use crate::http::request;
use crate::process::{DEADLINE, TempDir, eventually};
use crate::v2_wire::{Key, SessionKeys, encode_hex, sign, verify};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

const KEY: Key = [0x5a; 32];
/// What the host build checks an image's signature with, in place of a public key.
const SIGNING_KEY: &[u8; 32] = b"host build signing key, public\0\0";

/// A server that knows the protocol.
struct Master {
    listener: TcpListener,
    address: SocketAddr,
}

/// A board's connection to it.
struct Guest {
    lines: BufReader<TcpStream>,
    keys: SessionKeys,
    hello: String,
}

impl Master {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        Self { listener, address }
    }

    /// The next connection, up to the board's proof.
    fn challenge(&self, key: &Key) -> Guest {
        let (stream, _) = self.listener.accept().expect("a board");
        stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
        let mut guest =
            Guest { lines: BufReader::new(stream), keys: SessionKeys::derive(key, "", ""), hello: String::new() };
        guest.hello = guest.line();
        let challenge = format!("DB2 CHAL sn={}", encode_hex(&Chance::new().bytes::<16>()));
        guest.keys = SessionKeys::derive(key, &guest.hello, &challenge);
        guest.write(&format!("{challenge}\n"));
        guest
    }

    /// The next session; the board has proven itself, and so has this.
    fn welcome(&self) -> Guest {
        let mut guest = self.challenge(&KEY);
        assert_eq!(guest.line(), guest.keys.auth_line());
        guest.tell("DB2 OK now=1795233600123 hb=30 win=30 last=0.0");
        guest
    }
}

impl Guest {
    fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line).expect("a line in time");
        assert!(read > 0, "the board has closed the connection");
        line.trim_end().to_owned()
    }

    fn write(&mut self, bytes: &str) {
        // A board that has closed meanwhile is found out by who reads.
        let _ = self.lines.get_mut().write_all(bytes.as_bytes());
    }

    fn tell(&mut self, text: &str) {
        let line = sign(&self.keys.to_board, text);
        self.write(&format!("{line}\n"));
    }

    /// The next answer to a command; events before it are acknowledged.
    fn answer(&mut self) -> String {
        loop {
            let line = self.line();
            let text = verify(&self.keys.to_server, &line).expect("a right proof");
            let Some(report) = text.strip_prefix("DB2 D ") else { return text.to_owned() };
            let mut words = report.split(' ');
            let (seq, event) = (words.next().expect("seq"), words.next().expect("ev"));
            self.tell(&format!("DB2 A {seq} {event}"));
        }
    }

    /// What else comes until the board closes.
    fn rest(mut self) -> String {
        let mut rest = String::new();
        // It may close over what it has not read.
        let _ = self.lines.read_to_string(&mut rest);
        rest
    }
}

fn board(dir: &TempDir, server: SocketAddr) -> HostBoard {
    HostBoard::blank(dir, "board-1", &["--set", &set_up(&encode_hex(&KEY), server)])
}

/// Serves one file once, over HTTP.
fn serve_once(content: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a reader");
        let mut lines = BufReader::new(stream.try_clone().expect("a socket")).lines();
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let head = format!("HTTP/1.0 200 OK\r\nContent-Length: {}\r\n\r\n", content.len());
        stream.write_all(head.as_bytes()).expect("a head");
        // Who refuses it before its end closes.
        let _ = stream.write_all(&content);
    });
    address
}

/// An image as the Arduino core signs it: the program, its signature, the length of that.
fn signed_image(program: &[u8]) -> Vec<u8> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(SIGNING_KEY).expect("any length will do");
    hmac.update(program);
    let signature = hmac.finalize().into_bytes();
    [program, &signature, &32_u32.to_le_bytes()].concat()
}

fn update_command(k: u32, image: &[u8], hash_of: &[u8]) -> String {
    let hash: Key = Sha256::digest(hash_of).into();
    let address = serve_once(image.to_vec());
    format!("DB2 C {k} ota url=http://{address}/firmware.bin sha256={}", encode_hex(&hash))
}

#[test]
fn commands_are_answered_in_their_turn() {
    let dir = TempDir::new();
    let master = Master::new();
    let board = board(&dir, master.address);
    let mut guest = master.welcome();
    assert!(guest.hello.contains(" id=board-1 kv=1 ") && guest.hello.contains(" n=4 fw=2.0.0 rst=setup"));
    let commands = [
        ("id", "ok"),
        ("conf hb=1 win=60", "ok"),
        ("conf hb=0 win=60", "err=range"),
        ("sing", "err=unknown"),
        ("reboot", "ok"),
    ];
    for (k, (command, expect)) in (1..).zip(commands) {
        guest.tell(&format!("DB2 C {k} {command}"));
        let answer = guest.answer();
        assert!(answer.starts_with(&format!("DB2 R {k} {expect} bat=")), "{answer}");
    }
    board.wait_for("identify");
    let mut guest = master.welcome();
    assert!(guest.hello.ends_with(" rst=reboot"), "{}", guest.hello);
    guest.tell("DB2 C 1 sleep=1");
    assert!(guest.answer().starts_with("DB2 R 1 ok sleep=1 ev="));
    assert_eq!(guest.rest(), "");
    assert!(master.welcome().hello.ends_with(" rst=deepsleep"));
}

#[test]
fn new_firmware_must_be_whole_and_signed() {
    let dir = TempDir::new();
    let master = Master::new();
    let mut board = board(&dir, master.address);
    let mut guest = master.welcome();
    let program: Vec<u8> = (0..50_000_u32).map(|at| (at % 251) as u8).collect();
    let image = signed_image(&program);
    let mut bent = image.clone();
    bent[20_000] ^= 1;
    let cut = &image[..40_000];
    let cases = [(&bent[..], &image[..], "err=hash"), (&bent, &bent, "err=signature"), (cut, cut, "err=signature")];
    for (k, (image, hash_of, expect)) in (1..).zip(cases) {
        guest.tell(&update_command(k, image, hash_of));
        let answer = guest.answer();
        assert!(answer.starts_with(&format!("DB2 R {k} {expect} bat=")), "{answer}");
    }
    let installed = dir.path().join("board-1/installed.bin");
    assert!(!installed.exists());
    guest.tell(&update_command(4, &image, &image));
    assert!(guest.answer().starts_with("DB2 R 4 ok bat="));
    assert_eq!(std::fs::read(installed).expect("an image"), program);
    let mut guest = master.welcome();
    assert!(guest.hello.ends_with(" rst=update"), "{}", guest.hello);
    // With a weak battery it does not even begin.
    board.say("adc 600");
    guest.tell("DB2 C 1 reboot");
    guest.answer();
    let mut guest = master.welcome();
    guest.tell(&update_command(1, &image, &image));
    assert!(guest.answer().starts_with("DB2 R 1 err=battery bat=3249"));
}

/// It speaks of the right board at the right port, and has everything but the key.
#[test]
fn a_rogue_server_commands_nothing() {
    let dir = TempDir::new();
    let master = Master::new();
    let board = board(&dir, master.address);
    let orders = ["sleep=10800", "reboot", "id", "conf hb=1 win=1", "ota url=http://127.0.0.1:1/a sha256=00"];
    let shut = |guest: Guest| {
        let rest = guest.rest();
        assert!(!rest.contains("DB2 R"), "{rest}");
        rest
    };
    for (at, order) in orders.iter().enumerate() {
        // Before any proof; then with a proof under another key.
        let mut guest = if at % 2 == 0 { master.challenge(&KEY) } else { master.challenge(&[at as u8; 32]) };
        guest.line();
        let command = format!("DB2 C 1 {order}");
        if at % 2 == 0 {
            guest.write(&format!("{command}\n").repeat(1_000));
        } else {
            guest.tell("DB2 OK now=1795233600123 hb=30 win=30 last=0.0");
            guest.tell(&command);
        }
        assert_eq!(shut(guest), "", "it tells nothing to whom it does not know");
    }
    // In an open session: what the board itself has signed, and what was right in the last.
    let mut guest = master.welcome();
    let old = sign(&guest.keys.to_board, "DB2 C 1 reboot");
    let reflected = sign(&guest.keys.to_server, "DB2 C 1 reboot");
    guest.write(&format!("{reflected}\n"));
    shut(guest);
    let mut guest = master.welcome();
    guest.write(&format!("{old}\n"));
    shut(guest);
    let log = board.log();
    assert!(!["identify", "asleep", "update", "anew"].iter().any(|word| log.contains(word)), "{log}");
}

#[test]
fn the_radio_is_started_anew_when_nothing_gets_through() {
    let dir = TempDir::new();
    let master = Master::new();
    let mut board = HostBoard::blank(&dir, "board-1", &[]);
    board.say("wifi off");
    board.say(&format!("set {}", set_up(&encode_hex(&KEY), master.address)));
    board.wait_for("wifi: connecting to Wifi Vi4");
    board.say("wifi on");
    drop(master.welcome());
    // The network goes, and comes back.
    board.say("wifi off");
    board.wait_for("wifi: the network is gone");
    board.say("wifi on");
    board.wait_for_times("wifi: up", 2);
}

/// From a phone, while somebody holds the button.
#[test]
fn set_up_by_the_portal() {
    let dir = TempDir::new();
    let master = Master::new();
    let mut board = HostBoard::blank(&dir, "board-1", &[]);
    board.wait_for("not set up yet");
    board.say("button held");
    board.say("restart");
    board.wait_for("portal: listening on ");
    board.say("button free");
    let log = board.log();
    let address: SocketAddr = log
        .split("listening on ")
        .nth(1)
        .and_then(|rest| rest.lines().next())
        .map_or_else(|| panic!("{log}"), |text| text.parse().expect("an address"));
    let page = request(address, "GET", "/generate_204", &[]);
    assert!(page.status == 200 && page.body.contains("name=key"), "{}", page.body);
    let post = |form: &str| {
        let mut stream = TcpStream::connect(address).expect("the portal");
        let head = format!("POST /save HTTP/1.1\r\nContent-Length: {}\r\n\r\n{form}", form.len());
        stream.write_all(head.as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    assert!(post("id=Not+A+Name").contains("id: 1 to 24"));
    let key = encode_hex(&KEY);
    let saved = post(&format!("id=board-1&kv=&key={key}&ssid=Wifi%20Vi4&pass=&server={}&n=3", master.address));
    assert!(saved.contains(" 200 "), "{saved}");
    let hello = master.welcome().hello;
    assert!(hello.contains(" id=board-1 kv=1 ") && hello.contains(" n=3 "), "{hello}");
    eventually("it says so", || board.log().contains("portal: saved").then_some(()));
}
