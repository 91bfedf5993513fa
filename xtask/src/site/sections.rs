//! Wasm without what browsers do not read. A module is eight bytes, then sections: a number, the length in LEB128, and as many
//! bytes; section 0 is custom.

use anyhow::{Context, Result};

const HEAD: usize = 8;
const CUSTOM: u8 = 0;

/// Leaves out the custom sections: the names of functions, which weigh more than the functions, and who made it.
pub(super) fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    let (head, mut rest) = wasm.split_at_checked(HEAD).context("it is too short for wasm")?;
    let mut kept = head.to_vec();
    while let Some(&number) = rest.first() {
        let (length, length_bytes) = read_leb128(&rest[1..]).context("a section has no length")?;
        let (section, after) = rest.split_at_checked(1 + length_bytes + length).context("a section is cut off")?;
        if number != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = after;
    }
    Ok(kept)
}

/// The number, and how many bytes it takes.
fn read_leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (place, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((value, place + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections() {
        let head = b"\0asm\x01\0\0\0";
        let check = |sections: &[u8], expect: Option<&[u8]>| {
            let expect = expect.map(|sections| [head, sections].concat());
            assert_eq!(without_custom_sections(&[head, sections].concat()).ok(), expect, "{sections:?}");
        };
        check(b"", Some(b""));
        check(b"\x01\x02ab", Some(b"\x01\x02ab"));
        check(b"\x01\x02ab\0\x83\0abc\x03\x01c", Some(b"\x01\x02ab\x03\x01c"));
        check(b"\x01\x03ab", None);
        check(b"\x01", None);
        check(b"\x01\xff\xff\xff\xff\xff\xff", None);
        assert!(without_custom_sections(b"\0asm").is_err());
    }
}
