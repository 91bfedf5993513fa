//! `.br` and `.gz` beside every file that gains by it.

use super::public_files::files_below;
use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Pictures and fonts are compressed already.
const EXTENSIONS: [&str; 6] = ["css", "js", "json", "svg", "wasm", "webmanifest"];

/// Goes through a folder and the folders below.
pub(super) fn compress_folder(folder: &Path) -> Result<()> {
    for path in files_below(folder)? {
        if !path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known)) {
            continue;
        }
        let content = fs::read(&path).with_context(|| format!("while reading {}", path.display()))?;
        write_if_smaller(&path, "br", &content, &brotli(&content)?)?;
        write_if_smaller(&path, "gz", &content, &gzip(&content)?)?;
    }
    Ok(())
}

fn write_if_smaller(path: &Path, suffix: &str, content: &[u8], compressed: &[u8]) -> Result<()> {
    if compressed.len() >= content.len() {
        return Ok(());
    }
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{suffix}"));
    fs::write(&name, compressed).with_context(|| format!("while writing {}", name.display()))
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters).context("while compressing with brotli")?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).and_then(|()| encoder.finish()).context("while compressing with gzip")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn there_and_back() -> Result<()> {
        let content = b"free occupied free occupied free occupied".repeat(20);
        let (br, gz) = (brotli(&content)?, gzip(&content)?);
        assert!(br.len() < gz.len() && gz.len() < content.len());
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &br[..], &mut back)?;
        assert_eq!(back, content);
        back.clear();
        flate2::read::GzDecoder::new(&gz[..]).read_to_end(&mut back)?;
        assert_eq!(back, content);
        Ok(())
    }
}
