use super::*;

/// Not SHA-256, but different for different bytes.
fn digest(bytes: &[u8]) -> [u8; 32] {
    let mut sums = [0xcbf2_9ce4_8422_2325_u64; 4];
    for (lane, sum) in sums.iter_mut().enumerate() {
        for byte in bytes {
            *sum = (*sum ^ u64::from(*byte) ^ lane as u64).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let mut hash = [0; 32];
    for (part, sum) in hash.chunks_mut(8).zip(sums) {
        part.copy_from_slice(&sum.to_le_bytes());
    }
    hash
}

fn chain(length: i64) -> Vec<AuditEntry> {
    let mut prev = AuditHash::NONE;
    let entry = |seq| {
        let mut entry = AuditEntry {
            seq,
            at: UtcMs(1_000 * seq),
            actor: Actor { account: Some(AccountId(7)), name: "ann".to_owned() },
            action: "account.changed".to_owned(),
            subject: "account:bob".to_owned(),
            before: (seq > 1).then(|| format!("{{\"n\":{}}}", seq - 1)),
            after: Some(format!("{{\"n\":{seq}}}")),
            prev,
            hash: AuditHash::NONE,
        };
        entry.hash = AuditHash(digest(&entry.hashed_bytes()));
        prev = entry.hash;
        entry
    };
    (1..=length).map(entry).collect()
}

fn check(entries: &[AuditEntry], noted: AuditHead) -> Result<AuditHead, AuditFault> {
    let mut check = AuditCheck::default();
    entries.iter().try_for_each(|entry| check.push(entry, digest))?;
    check.finish(noted)
}

fn head(entries: &[AuditEntry]) -> AuditHead {
    entries.last().map_or(AuditHead::EMPTY, |last| AuditHead { seq: last.seq, hash: last.hash })
}

#[test]
fn a_whole_chain() {
    for length in [0, 1, 5] {
        let entries = chain(length);
        assert_eq!(check(&entries, head(&entries)), Ok(head(&entries)), "{length}");
    }
}

type Tampering = fn(&mut Vec<AuditEntry>);

#[test]
fn every_field_counts() {
    let altered: [Tampering; 8] = [
        |entries| entries[2].at = UtcMs(1),
        |entries| entries[2].actor.account = None,
        |entries| entries[2].actor.name = "eve".to_owned(),
        |entries| entries[2].action = "account.created".to_owned(),
        |entries| entries[2].subject = "account:eve".to_owned(),
        |entries| entries[2].before = None,
        |entries| entries[2].after = Some("{}".to_owned()),
        |entries| entries[2].hash = AuditHash([9; 32]),
    ];
    for (case, alter) in altered.into_iter().enumerate() {
        let mut entries = chain(5);
        let noted = head(&entries);
        alter(&mut entries);
        assert_eq!(check(&entries, noted), Err(AuditFault::Altered { seq: 3 }), "{case}");
    }
}

#[test]
fn entries_come_and_go() {
    let noted = head(&chain(5));
    let tampered = |tamper: Tampering| {
        let mut entries = chain(5);
        tamper(&mut entries);
        check(&entries, noted)
    };
    let missing = |expected, found| Err(AuditFault::Missing { expected, found });
    assert_eq!(tampered(|entries| drop(entries.remove(2))), missing(3, 4));
    assert_eq!(tampered(|entries| drop(entries.remove(0))), missing(1, 2));
    assert_eq!(tampered(|entries| entries.insert(1, entries[0].clone())), missing(2, 1));
    assert_eq!(tampered(|entries| entries.truncate(4)), Err(AuditFault::WrongEnd { expected: 5, found: 4 }));
    assert_eq!(tampered(|entries| entries[3].prev = AuditHash::NONE), Err(AuditFault::Unlinked { seq: 4 }));
}

#[test]
fn a_chain_made_anew_has_another_end() {
    let mut entries = chain(5);
    let noted = head(&entries);
    entries[2].actor.name = "eve".to_owned();
    for at in 2..5 {
        entries[at].prev = entries[at - 1].hash;
        entries[at].hash = AuditHash(digest(&entries[at].hashed_bytes()));
    }
    assert_eq!(check(&entries, noted), Err(AuditFault::WrongEnd { expected: 5, found: 5 }));
}

#[test]
fn texts_cannot_pass_for_others() {
    let entry = |action: &str, subject: &str, before: Option<&str>| AuditEntry {
        action: action.to_owned(),
        subject: subject.to_owned(),
        before: before.map(str::to_owned),
        ..chain(1).remove(0)
    };
    let bytes = [
        entry("a", "b", None),
        entry("a,1:b", "", None),
        entry("", "a,1:b", None),
        entry("a", "b", Some("")),
        entry("a", "b", Some("-")),
        entry("ab", "", None),
    ]
    .map(|entry| entry.hashed_bytes());
    for (at, one) in bytes.iter().enumerate() {
        assert!(!bytes[at + 1..].contains(one), "{at}");
    }
    let text = String::from_utf8(bytes[0].clone()).expect("text");
    let zeros = "0".repeat(64);
    assert_eq!(text, format!("dispobox audit 1\n1:1,4:1000,1:7,3:ann,1:a,1:b,-,7:{{\"n\":1}},64:{zeros},"));
}

#[test]
fn hashes_as_texts() {
    let hash = AuditHash(digest(b"x"));
    assert_eq!(hash.to_string().parse(), Ok(hash));
    for text in ["", "00", &"g".repeat(64), &"0".repeat(65)] {
        assert_eq!(text.parse::<AuditHash>(), Err(AuditHashError), "{text}");
    }
}
