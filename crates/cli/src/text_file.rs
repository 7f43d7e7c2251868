//! Files of text as editors and shells of any system leave them: UTF-8 with or without a byte order mark, or UTF-16 with one.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::Encoding;

/// Reads a file's text, without its byte order mark: at most so many bytes of UTF-8. What is far longer is not read into memory.
///
/// # Errors
/// When it cannot be read, is no text in these encodings, or is too long ([`io::ErrorKind::FileTooLarge`]).
pub(crate) fn read(path: &Path, most_bytes: usize) -> io::Result<String> {
    read_from(File::open(path)?, most_bytes)
}

/// The same of a pipe, too, whose length nobody knows before.
fn read_from(file: impl Read, most_bytes: usize) -> io::Result<String> {
    let too_long = || {
        let why = format!("it is longer than {most_bytes} bytes");
        io::Error::new(io::ErrorKind::FileTooLarge, why)
    };
    // In UTF-16 a text takes up to twice as many bytes, and a mark.
    let most_read = 2 * most_bytes + 3;
    let mut bytes = Vec::new();
    file.take(most_read as u64 + 1).read_to_end(&mut bytes)?;
    // What was cut may end in half a character.
    if bytes.len() > most_read {
        return Err(too_long());
    }
    let text = decoded(bytes)?;
    if text.len() > most_bytes { Err(too_long()) } else { Ok(text) }
}

fn decoded(bytes: Vec<u8>) -> io::Result<String> {
    let no_text = || {
        let why = "it is not text in UTF-8 or in UTF-16 with a byte order mark; save it as UTF-8";
        io::Error::new(io::ErrorKind::InvalidData, why)
    };
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) => {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
            text.map(Into::into).ok_or_else(no_text)
        }
        None => String::from_utf8(bytes).map_err(|_| no_text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_not_cut() {
        let read = |bytes: &[u8]| read_from(bytes, 4).map_err(|error| error.kind());
        let too_long = Err(io::ErrorKind::FileTooLarge);
        assert_eq!(read(b"1234"), Ok("1234".to_owned()));
        assert_eq!(read(b"\xef\xbb\xbf1234"), Ok("1234".to_owned()));
        assert_eq!(read(b"\xff\xfe1\x002\x003\x004\x00"), Ok("1234".to_owned()));
        assert_eq!(read(b"12345"), too_long);
        assert_eq!(read("한한한한한".as_bytes()), too_long);
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
            assert_eq!(decoded(bytes).unwrap(), text);
        }
        // Latin-1; UTF-16 that ends in half a character.
        for bytes in [&b"caf\xe9"[..], b"\xff\xfea\0\x00\xd8", b"\xff\xfea"] {
            assert!(decoded(bytes.to_vec()).unwrap_err().to_string().contains("UTF-8"));
        }
    }
}
