//! Files of text as editors and shells of any system leave them: UTF-8 with or without a byte order mark, or UTF-16 with one.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::Encoding;

/// Reads a file's text, without its byte order mark. What follows after so many bytes is not read into memory.
///
/// # Errors
/// When it cannot be read, or is no text in these encodings.
pub(crate) fn read(path: &Path, most_bytes: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most_bytes).read_to_end(&mut bytes)?;
    decoded(bytes)
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
