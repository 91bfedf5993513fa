//! PNG and JPEG: what is kept of them, and which are refused.

#![allow(clippy::expect_used)]

use plan_file::{ImageKind, PlanFile, PlanImage, PlanRefusal, read_plan};
use proptest::prelude::*;

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut checked = name.to_vec();
    checked.extend_from_slice(body);
    let mut bytes = u32::try_from(body.len()).expect("short").to_be_bytes().to_vec();
    bytes.extend_from_slice(&checked);
    bytes.extend_from_slice(&crc32fast::hash(&checked).to_be_bytes());
    bytes
}

fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let mut body = [width.to_be_bytes(), height.to_be_bytes()].concat();
    body.extend_from_slice(&[depth, colour, 0, 0, 0]);
    chunk(b"IHDR", &body)
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunks.concat()].concat()
}

fn plain_png() -> Vec<u8> {
    png(&[header(800, 400, 8, 2), chunk(b"IDAT", b"pixels"), chunk(b"IEND", b"")])
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker], &length[..], body].concat()
}

fn frame(width: u16, height: u16) -> Vec<u8> {
    let sizes = [height.to_be_bytes(), width.to_be_bytes()].concat();
    segment(0xC0, &[&[8], &sizes[..], &[1, 1, 0x11, 0]].concat())
}

fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    [vec![0xFF, 0xD8], segments.concat(), vec![0xFF, 0xD9]].concat()
}

fn scan() -> Vec<u8> {
    [segment(0xDA, &[1, 1, 0, 0, 63, 0]), vec![1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4]].concat()
}

fn plain_jpeg() -> Vec<u8> {
    jpeg(&[segment(0xDB, &[0; 65]), frame(1600, 900), segment(0xC4, &[0; 20]), scan()])
}

fn image(file: &[u8]) -> PlanImage {
    match read_plan(file) {
        Ok(PlanFile::Image(image)) => image,
        other => panic!("{other:?}"),
    }
}

fn refuse(file: &[u8]) -> PlanRefusal {
    read_plan(file).expect_err("refused")
}

#[test]
fn a_png_keeps_what_shows_it() {
    let read = image(&plain_png());
    assert_eq!((read.kind, read.width_px, read.height_px), (ImageKind::Png, 800, 400));
    assert_eq!((read.view_box.width, read.view_box.height), (800.0, 400.0));
    assert_eq!(read.bytes, plain_png());
    let full = png(&[
        header(800, 400, 8, 2),
        chunk(b"tEXt", b"Comment\0<script>alert(1)</script>"),
        chunk(b"iCCP", b"profile"),
        chunk(b"eXIf", b"Exif place"),
        chunk(b"acTL", &[0; 8]),
        chunk(b"IDAT", b"pixels"),
        chunk(b"fdAT", b"more"),
        chunk(b"IEND", b""),
    ]);
    let behind = [full, b"PK\x03\x04 an archive <svg onload=alert(1)>".to_vec()].concat();
    assert_eq!(image(&behind).bytes, plain_png());
}

#[test]
fn what_is_no_png() {
    let pixels = || chunk(b"IDAT", b"pixels");
    let end = || chunk(b"IEND", b"");
    let mut wrong = plain_png();
    wrong[40] ^= 1;
    let cases = [
        ("checksum", wrong),
        ("cut off", plain_png()[..50].to_vec()),
        ("nothing", png(&[])),
        ("no header", png(&[pixels(), end()])),
        ("two headers", png(&[header(8, 8, 8, 2), header(9, 9, 8, 2), pixels(), end()])),
        ("no pixels", png(&[header(8, 8, 8, 2), end()])),
        ("no end", png(&[header(8, 8, 8, 2), pixels()])),
        ("no palette", png(&[header(8, 8, 8, 3), pixels(), end()])),
        ("no such colours", png(&[header(8, 8, 3, 2), pixels(), end()])),
        ("no width", png(&[header(0, 8, 8, 2), pixels(), end()])),
        ("a length beyond the end", png(&[header(8, 8, 8, 2), vec![0xFF, 0xFF, 0xFF, 0xFF, b'I', b'D', b'A', b'T']])),
    ];
    for (name, file) in cases {
        assert_eq!(refuse(&file), PlanRefusal::BrokenImage, "{name}");
    }
}

#[test]
fn bombs_are_small_files() {
    let bomb = |width, height| png(&[header(width, height, 8, 2), chunk(b"IDAT", b"zeros"), chunk(b"IEND", b"")]);
    for (width, height) in [(50_000, 50_000), (12_001, 10), (10, u32::MAX), (10_000, 5_000)] {
        assert!(matches!(refuse(&bomb(width, height)), PlanRefusal::TooManyPixels { .. }), "{width} {height}");
    }
    assert!(matches!(refuse(&jpeg(&[frame(65_535, 65_535), scan()])), PlanRefusal::TooManyPixels { .. }));
    let large = [plain_png(), vec![0; 9 * 1024 * 1024]].concat();
    assert!(matches!(refuse(&large), PlanRefusal::TooLarge { .. }));
}

#[test]
fn a_jpeg_keeps_what_shows_it() {
    let read = image(&plain_jpeg());
    assert_eq!((read.kind, read.width_px, read.height_px), (ImageKind::Jpeg, 1600, 900));
    assert_eq!(read.bytes, plain_jpeg());
    let full = jpeg(&[
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0 somebody's name"),
        segment(0xE2, b"ICC_PROFILE\0"),
        segment(0xFE, b"<script>alert(1)</script>"),
        segment(0xDB, &[0; 65]),
        frame(1600, 900),
        segment(0xC4, &[0; 20]),
        scan(),
    ]);
    let behind = [full, b"\xFF\xD8\xFF another picture".to_vec()].concat();
    assert_eq!(image(&behind).bytes, plain_jpeg());
    // A small copy in the first segment goes, the segment stays.
    let copy = segment(0xE0, b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\x02\x02secret-copy!");
    let read = image(&jpeg(&[copy, frame(16, 9), scan()]));
    assert_eq!(read.bytes, jpeg(&[segment(0xE0, b"JFIF\0\x01\x02\x00\x00\x48\x00\x48\0\0"), frame(16, 9), scan()]));
}

#[test]
fn how_a_jpeg_is_turned_is_kept_and_nothing_else_of_its_camera() {
    for (orientation, is_little) in [(1_u8, true), (3, false), (6, true), (8, false)] {
        let number = |value: u32, bytes: usize| {
            if is_little { value.to_le_bytes()[..bytes].to_vec() } else { value.to_be_bytes()[4 - bytes..].to_vec() }
        };
        let entry =
            |tag: u32, value: u32| [number(tag, 2), number(3, 2), number(1, 4), number(value, 2), vec![0, 0]].concat();
        let head = if is_little { b"II*\0" } else { b"MM\0*" };
        let exif = [
            b"Exif\0\0".to_vec(),
            head.to_vec(),
            number(8, 4),
            number(2, 2),
            entry(0x0110, 7),
            entry(0x0112, orientation.into()),
            b"\0\0\0\0 48.85 N 2.35 E".to_vec(),
        ];
        let read = image(&jpeg(&[segment(0xE1, &exif.concat()), frame(1600, 900), scan()]));
        let is_on_its_side = orientation >= 5;
        assert_eq!((read.width_px, read.height_px), if is_on_its_side { (900, 1600) } else { (1600, 900) });
        assert_eq!(read.bytes.windows(4).any(|bytes| bytes == b"Exif"), orientation > 1);
        assert!(!read.bytes.windows(4).any(|bytes| bytes == b"48.8"));
        // It says so when it is read again.
        assert_eq!(image(&read.bytes), read);
    }
}

#[test]
fn what_is_no_jpeg() {
    let cases = [
        ("nothing", jpeg(&[])),
        ("cut off", plain_jpeg()[..60].to_vec()),
        ("no end", plain_jpeg()[..plain_jpeg().len() - 2].to_vec()),
        ("no pixels", jpeg(&[frame(8, 8)])),
        ("no frame", jpeg(&[scan()])),
        ("two frames", jpeg(&[frame(8, 8), frame(9, 9), scan()])),
        ("no height", jpeg(&[frame(8, 0), scan()])),
        ("arithmetic", jpeg(&[segment(0xC9, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]), scan()])),
        ("scans without end", jpeg(&[frame(8, 8), scan().repeat(200)])),
        ("a length of one", [vec![0xFF, 0xD8, 0xFF, 0xDB, 0, 1], vec![0; 9]].concat()),
    ];
    for (name, file) in cases {
        assert_eq!(refuse(&file), PlanRefusal::BrokenImage, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Whatever comes, there is an answer; and what is accepted is accepted again, as it is.
    #[test]
    fn any_bytes(
        start in proptest::sample::select(vec![plain_png(), plain_jpeg(), b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0a1 1 0 00 2 2z' id='box-1' transform='rotate(5)' style='fill:red'/><text>1</text></svg>".to_vec(), Vec::new()]),
        changes in proptest::collection::vec((0..200_usize, any::<u8>()), 0..6),
        cut in 0..400_usize,
        behind in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut file = start;
        for (at, byte) in changes {
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
        }
        file.truncate(cut.max(3));
        file.extend(behind);
        if let Ok(PlanFile::Image(image)) = read_plan(&file) {
            let again = read_plan(&image.bytes);
            prop_assert_eq!(again, Ok(PlanFile::Image(image)));
        }
    }
}
