//! PNG: the chunks that are needed to show it, and nothing else.
//!
//! Texts, colour profiles, animations and what follows the end are left out, so a file that is also something else, such as
//! an archive or a page, is only an image afterwards. Source: <https://www.w3.org/TR/png-3/>.

use crate::image::{ImageKind, PlanImage, check_pixels, check_size};
use crate::refusal::PlanRefusal;

/// The first bytes of each file.
pub(crate) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
const KEPT: [&[u8; 4]; 5] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"];

pub(crate) fn read(file: &[u8]) -> Result<PlanImage, PlanRefusal> {
    check_size(file)?;
    let mut rest = &file[SIGNATURE.len()..];
    let mut bytes = SIGNATURE.to_vec();
    let (mut size, mut has_pixels, mut has_palette) = (None, false, false);
    loop {
        let chunk = Chunk::take(&mut rest).ok_or(PlanRefusal::BrokenImage)?;
        match (chunk.name, size) {
            (b"IHDR", None) => size = Some(read_header(chunk.body)?),
            (b"IHDR", Some(_)) | (_, None) => return Err(PlanRefusal::BrokenImage),
            (b"IDAT", _) => has_pixels |= !chunk.body.is_empty(),
            (b"PLTE", _) => has_palette = true,
            _ => {}
        }
        if KEPT.contains(&chunk.name) {
            bytes.extend_from_slice(chunk.whole);
        }
        if chunk.name == b"IEND" {
            break;
        }
    }
    match size {
        Some((width, height, needs_palette)) if has_pixels && (has_palette || !needs_palette) => {
            Ok(PlanImage::new(ImageKind::Png, bytes, width, height))
        }
        _ => Err(PlanRefusal::BrokenImage),
    }
}

/// Length, name, body, checksum.
struct Chunk<'a> {
    name: &'a [u8; 4],
    body: &'a [u8],
    whole: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The next chunk; none when it is cut off or its checksum is wrong.
    fn take(rest: &mut &'a [u8]) -> Option<Self> {
        let file = *rest;
        let (length, behind) = file.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (name, behind) = behind.split_first_chunk::<4>()?;
        let (body, behind) = behind.split_at_checked(length)?;
        let (checksum, behind) = behind.split_first_chunk::<4>()?;
        let checked = &file[4..8 + length];
        if crc32fast::hash(checked) != u32::from_be_bytes(*checksum) {
            return None;
        }
        *rest = behind;
        Some(Self { name, body, whole: &file[..12 + length] })
    }
}

/// Width, height, and whether it needs a palette.
fn read_header(body: &[u8]) -> Result<(u32, u32, bool), PlanRefusal> {
    let &[w0, w1, w2, w3, h0, h1, h2, h3, depth, colour, 0, 0, interlace @ (0 | 1)] = body else {
        return Err(PlanRefusal::BrokenImage);
    };
    let _ = interlace;
    let is_known = matches!((colour, depth), (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16));
    if !is_known {
        return Err(PlanRefusal::BrokenImage);
    }
    let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
    check_pixels(width, height)?;
    Ok((width, height, colour == 3))
}
