//! JPEG: the segments that are needed to show it, and nothing else.
//!
//! What cameras and telephones write beside the picture (place, date, a small copy, other pictures behind the end) is left
//! out. How it is to be turned is kept, in a segment written anew. Source: ITU-T T.81, annex B.

use crate::image::{ImageKind, PlanImage, check_pixels, check_size};
use crate::refusal::PlanRefusal;

/// The first bytes of each file.
pub(crate) const SIGNATURE: [u8; 3] = [0xFF, 0xD8, 0xFF];
const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP14: u8 = 0xEE;
/// More scans than this are no picture but work for decoders.
const SCANS_MAX: usize = 100;

pub(crate) fn read(file: &[u8]) -> Result<PlanImage, PlanRefusal> {
    check_size(file)?;
    let mut rest = &file[2..];
    let mut kept = Vec::with_capacity(file.len());
    let (mut size, mut scans, mut orientation) = (None, 0, 1);
    loop {
        let (marker, body) = take_segment(&mut rest).ok_or(PlanRefusal::BrokenImage)?;
        match marker {
            END => break,
            // Baseline, extended and progressive, by Huffman's code; browsers show no others.
            0xC0..=0xC2 if size.is_none() => {
                size = Some(read_frame(body)?);
                push_segment(&mut kept, marker, body);
            }
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCF => return Err(PlanRefusal::BrokenImage),
            // Tables and intervals.
            0xC4 | 0xDB | 0xDD => push_segment(&mut kept, marker, body),
            APP0 if body.starts_with(b"JFIF\0") => push_segment(&mut kept, marker, &without_thumbnail(body)),
            // How colours are stored.
            APP14 if body.starts_with(b"Adobe") => push_segment(&mut kept, marker, body),
            APP1 => orientation = find_orientation(body).unwrap_or(orientation),
            SCAN => {
                scans += 1;
                if size.is_none() || scans > SCANS_MAX {
                    return Err(PlanRefusal::BrokenImage);
                }
                push_segment(&mut kept, marker, body);
                kept.extend_from_slice(take_scan(&mut rest));
            }
            _ => {}
        }
    }
    let (width, height) = size.filter(|_| scans > 0).ok_or(PlanRefusal::BrokenImage)?;
    let mut bytes = vec![0xFF, START];
    if orientation > 1 {
        push_segment(&mut bytes, APP1, &orientation_segment(orientation));
    }
    bytes.append(&mut kept);
    bytes.extend_from_slice(&[0xFF, END]);
    // From 5 on it lies on its side.
    let (width, height) = if orientation >= 5 { (height, width) } else { (width, height) };
    Ok(PlanImage::new(ImageKind::Jpeg, bytes, width, height))
}

/// A marker, and what belongs to it.
fn take_segment<'a>(rest: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    let mut file = rest.strip_prefix(&[0xFF])?;
    while let Some(behind) = file.strip_prefix(&[0xFF]) {
        file = behind;
    }
    let (marker, behind) = file.split_first()?;
    if *marker == END {
        *rest = behind;
        return Some((END, &[]));
    }
    let (length, _) = behind.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (segment, behind) = behind.split_at_checked(length)?;
    *rest = behind;
    Some((*marker, segment.get(2..)?))
}

fn push_segment(bytes: &mut Vec<u8>, marker: u8, body: &[u8]) {
    // Each was read with a length of two bytes, or is a few bytes of ours.
    let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
    bytes.extend_from_slice(&[0xFF, marker]);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(body);
}

/// The compressed pixels of a scan: up to a marker that is neither a stuffed zero nor a restart.
fn take_scan<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let file = *rest;
    let is_marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF);
    let end = file.windows(2).position(is_marker).unwrap_or(file.len());
    *rest = &file[end..];
    &file[..end]
}

/// Width and height.
fn read_frame(body: &[u8]) -> Result<(u32, u32), PlanRefusal> {
    let &[8, h0, h1, w0, w1, components @ (1 | 3 | 4), ..] = body else { return Err(PlanRefusal::BrokenImage) };
    if body.len() != 6 + 3 * usize::from(components) {
        return Err(PlanRefusal::BrokenImage);
    }
    let (width, height) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
    check_pixels(width.into(), height.into())?;
    Ok((width.into(), height.into()))
}

/// The first 12 bytes of a JFIF segment, and a small copy of no size.
fn without_thumbnail(body: &[u8]) -> Vec<u8> {
    let mut kept: Vec<u8> = body.iter().copied().chain(std::iter::repeat(0)).take(12).collect();
    kept.extend_from_slice(&[0, 0]);
    kept
}

/// How the picture is to be turned, 1 to 8, from the first table of an Exif segment.
fn find_orientation(body: &[u8]) -> Option<u8> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let is_little = match tiff.first_chunk::<4>()? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = *tiff.get(4..)?.first_chunk::<4>()?;
    let table = if is_little { u32::from_le_bytes(long) } else { u32::from_be_bytes(long) };
    let table = usize::try_from(table).ok()?;
    let entries = usize::from(short(table)?);
    let entry = (0..entries).map(|i| table + 2 + 12 * i).find(|at| short(*at) == Some(0x0112))?;
    u8::try_from(short(entry + 8)?).ok().filter(|orientation| (1..=8).contains(orientation))
}

/// An Exif segment that says how to turn, and nothing else.
fn orientation_segment(orientation: u8) -> Vec<u8> {
    let mut body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    body.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    body
}
