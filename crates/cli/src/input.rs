//! Files that a command reads: text in UTF-8, or in UTF-16 with a byte order mark as some editors and shells write it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::anyhow;
use encoding_rs::Encoding;
use fetchmark_core::report::Report;
use fetchmark_core::report::reading::{MOST_BYTES, ReportError};

pub(crate) fn read_report(path: &Path) -> anyhow::Result<Report> {
    let name = path.display();
    let json = read_text(path, MOST_BYTES).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => anyhow!("{name}: {}", ReportError::TooLong),
        _ => anyhow!("{name} cannot be read: {error}. Name a report that was saved as JSON."),
    })?;
    Report::from_json(&json).map_err(|error| anyhow!("{name}: {error}"))
}

/// Reads a file's text, without its byte order mark: at most so many bytes of UTF-8. What is far longer is not read into memory.
///
/// # Errors
/// If it cannot be read, is no text in these encodings, or is too long ([`io::ErrorKind::FileTooLarge`]).
pub(crate) fn read_text(path: &Path, max_bytes: usize) -> io::Result<String> {
    read_from(File::open(path)?, max_bytes)
}

/// Works for a pipe, too, whose length nobody knows before.
fn read_from(file: impl Read, max_bytes: usize) -> io::Result<String> {
    let too_long = || {
        let message = format!("it is longer than {max_bytes} bytes");
        io::Error::new(io::ErrorKind::FileTooLarge, message)
    };
    // In UTF-16 a text takes up to twice as many bytes, and a mark.
    let max_read = 2 * max_bytes + 3;
    let mut bytes = Vec::new();
    file.take(max_read as u64 + 1).read_to_end(&mut bytes)?;
    // What was cut may end in half a character.
    if bytes.len() > max_read {
        return Err(too_long());
    }
    let text = decode(bytes)?;
    if text.len() > max_bytes { Err(too_long()) } else { Ok(text) }
}

fn decode(bytes: Vec<u8>) -> io::Result<String> {
    let invalid = || {
        let message = "it is not text in UTF-8 or in UTF-16 with a byte order mark; save it as UTF-8";
        io::Error::new(io::ErrorKind::InvalidData, message)
    };
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) => {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
            text.map(Into::into).ok_or_else(invalid)
        }
        None => String::from_utf8(bytes).map_err(|_| invalid()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_too_long_is_an_error() {
        let read = |bytes: &[u8]| read_from(bytes, 4).map_err(|error| error.kind());
        let too_long = Err(io::ErrorKind::FileTooLarge);
        assert_eq!(read(b"1234"), Ok("1234".to_owned()));
        assert_eq!(read(b"\xef\xbb\xbf1234"), Ok("1234".to_owned()));
        assert_eq!(read(b"\xff\xfe1\x002\x003\x004\x00"), Ok("1234".to_owned()));
        assert_eq!(read(b"12345"), too_long);
        assert_eq!(read("한한한한한".as_bytes()), too_long);
    }

    #[test]
    fn a_report_that_is_too_long_is_an_error() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(MOST_BYTES as u64 + 1).unwrap();
        let error = read_report(file.path()).unwrap_err().to_string();
        assert!(error.ends_with(&ReportError::TooLong.to_string()), "{error}");
    }

    #[test]
    fn text_is_read_in_each_encoding_with_a_mark() {
        let text = "{\"a\": \"é한\"}";
        let utf16 = |order: fn(u16) -> [u8; 2]| {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(order).collect::<Vec<u8>>()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
        ] {
            assert_eq!(decode(bytes).unwrap(), text);
        }
        // Latin-1; UTF-16 that ends in half a character.
        for bytes in [&b"caf\xe9"[..], b"\xff\xfea\0\x00\xd8", b"\xff\xfea"] {
            assert!(decode(bytes.to_vec()).unwrap_err().to_string().contains("UTF-8"));
        }
    }
}
