//! Compressed siblings of the built files, so that a server can send them without compressing on each request.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

/// Suffixes of files that compression makes smaller; images and fonts are compressed already.
const COMPRESSIBLE: [&str; 10] =
    ["html", "js", "mjs", "css", "wasm", "json", "svg", "txt", "map", "webmanifest"];

/// The best that brotli offers: built once, downloaded often.
const BROTLI_QUALITY: u32 = 11;
/// The window in powers of two: the largest that every browser must accept is 24; 22 is what servers use.
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 1 << 16;

/// The name of a compressed sibling.
pub(crate) fn sibling(file: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(suffix);
    name.into()
}

/// Whether a file is worth compressing.
pub(crate) fn is_compressible(file: &Path) -> bool {
    file.extension().and_then(|suffix| suffix.to_str()).is_some_and(|suffix| COMPRESSIBLE.contains(&suffix))
}

/// Writes `.br` and `.gz` beside every compressible file, several files at a time.
pub(crate) fn write_siblings(folder: &Path, files: &[PathBuf]) -> io::Result<()> {
    let files: Vec<&PathBuf> = files.iter().filter(|file| is_compressible(file)).collect();
    // One thread for each file: brotli at its best is slow, there are few files, and the two modules take longest.
    thread::scope(|scope| {
        let workers: Vec<_> =
            files.iter().map(|file| scope.spawn(move || write_sibling(&folder.join(file)))).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(io::Error::other("a compressor stopped")))
        })
    })
}

fn write_sibling(file: &Path) -> io::Result<()> {
    let content = fs::read(file)?;
    fs::write(sibling(file, ".gz"), gzip(&content)?)?;
    fs::write(sibling(file, ".br"), brotli(&content)?)
}

fn gzip(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
    encoder.write_all(content)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_compressed_can_be_read_again() {
        let content = b"all work and no play ".repeat(50);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(gzip(&content).unwrap().as_slice()).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, content);
        let small = brotli(&content).unwrap();
        assert!(small.len() < content.len() / 5);
        plain.clear();
        brotli::Decompressor::new(small.as_slice(), BUFFER).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, content);
    }

    #[test]
    fn siblings_keep_the_whole_name() {
        assert_eq!(sibling(Path::new("a/b.wasm"), ".br"), Path::new("a/b.wasm.br"));
    }

    #[test]
    fn images_are_left_alone() {
        assert!(is_compressible(Path::new("index.html")));
        assert!(!is_compressible(Path::new("icon.png")));
        assert!(!is_compressible(Path::new("index.html.br")));
    }
}
