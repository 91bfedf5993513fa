use super::*;

fn check(list: &str, inside: &[&str], outside: &[&str]) {
    let peers: AllowedPeers = list.parse().expect("a list of ranges");
    for (addresses, expect) in [(inside, true), (outside, false)] {
        for address in addresses {
            assert_eq!(peers.contains(address.parse().expect("an address")), expect, "{address} in {list}");
        }
    }
}

#[test]
fn ranges() {
    check("", &[], &["127.0.0.1", "::1"]);
    check("off", &[], &["127.0.0.1", "::1"]);
    check("127.0.0.0/8", &["127.0.0.1", "127.255.255.255", "::ffff:127.0.0.1"], &["128.0.0.0", "126.0.0.1", "::1"]);
    check("127.0.0.0/8, 10.0.0.0/16", &["10.0.255.1", "127.1.2.3"], &["10.1.0.0", "9.255.255.255"]);
    check("192.168.7.9", &["192.168.7.9"], &["192.168.7.8"]);
    check("10.0.0.8/30", &["10.0.0.8", "10.0.0.11"], &["10.0.0.7", "10.0.0.12"]);
    check("0.0.0.0/0", &["1.2.3.4", "::ffff:1.2.3.4"], &["::1"]);
    check("::/0", &["::1", "fe80::1"], &["1.2.3.4", "::ffff:1.2.3.4"]);
    check("fd00::/8,::1", &["fd12:3456::1", "::1"], &["fe80::1", "::2"]);
    check("::ffff:10.0.0.0/104", &["10.9.8.7", "::ffff:10.9.8.7"], &["11.0.0.1"]);
}

#[test]
fn mistakes_are_named() {
    let cases = [
        ("127.0.0.0/8,nonsense", "\"nonsense\" is no range of addresses, such as 10.20.0.0/16 or fd00::/8"),
        ("127.0.0.0/8,", "\"\" is no range of addresses, such as 10.20.0.0/16 or fd00::/8"),
        ("127.0.0.0/33", "\"127.0.0.0/33\": after the slash comes a number from 0 to 32"),
        ("127.0.0.0/", "\"127.0.0.0/\": after the slash comes a number from 0 to 32"),
        ("::1/129", "\"::1/129\": after the slash comes a number from 0 to 128"),
        (
            "10.0.3.7/16",
            "\"10.0.3.7/16\" is not the start of its range; write 10.0.0.0/16 for the range or leave out the slash for \
             one address",
        ),
    ];
    for (list, expect) in cases {
        let error = list.parse::<AllowedPeers>().expect_err(list);
        assert_eq!(error.to_string(), expect);
    }
}

#[test]
fn written_as_read() {
    for list in ["off", "127.0.0.0/8,10.0.0.0/16", "fd00::/8"] {
        assert_eq!(list.parse::<AllowedPeers>().expect(list).to_string(), list);
    }
}

#[test]
fn more_peers() {
    let allowed = AllowedPeers::default().with_loopback().with_address("::ffff:10.0.0.7".parse().expect("an address"));
    assert_eq!(allowed.to_string(), "127.0.0.0/8,::1/128,10.0.0.7/32");
}
