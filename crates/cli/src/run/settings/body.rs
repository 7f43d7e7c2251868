//! The request body, as --body gives it: text, `@FILE`, or standard input.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// The file that `--body` names.
pub(super) fn file(given: &str) -> Option<&Path> {
    given.strip_prefix('@').filter(|file| *file != "-" && !file.starts_with('@')).map(Path::new)
}

/// The text that `--body` means: what a file holds after `@`, standard input for `-` and `@-`; `@@x` is the text `@x`.
///
/// # Errors
/// A sentence, if that cannot be read, or is no text in UTF-8: a body goes through the page as text, and out byte for byte.
pub(super) fn read(given: &str) -> Result<String, String> {
    let (from, bytes) = match given.strip_prefix('@') {
        Some(text) if text.starts_with('@') => return Ok(text.to_owned()),
        Some("-") => ("standard input", standard_input()),
        Some(file) => (file, fs::read(file)),
        None if given == "-" => ("standard input", standard_input()),
        None => return Ok(given.to_owned()),
    };
    let bytes = bytes.map_err(|error| {
        format!(
            "The body cannot be read from {from}: {error}. Check the name after the @; a body that begins with @ itself is \
             written @@."
        )
    })?;
    String::from_utf8(bytes).map_err(|_| {
        format!(
            "The body in {from} is not UTF-8: a page would not send it byte for byte. Save it as UTF-8, or encode it in a way \
             that the server accepts, such as Base64."
        )
    })
}

fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_byte_for_byte_and_anything_else_is_text() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("body.xml");
        let given = format!("@{}", file.display());
        let missing = read(&given).unwrap_err();
        assert!(missing.contains("body.xml") && missing.contains("@@"), "{missing}");
        let content = "\u{feff}<a>\r\n".repeat(60_000);
        fs::write(&file, &content).unwrap();
        assert_eq!(read(&given).unwrap(), content);
        fs::write(&file, b"\xff\xfe<\0").unwrap();
        assert!(read(&given).unwrap_err().contains("not UTF-8"));
        for (given, text) in [("{\"a\":1}", "{\"a\":1}"), ("@@x", "@x"), ("a@b", "a@b"), ("", "")] {
            assert_eq!(read(given).unwrap(), text);
            assert_eq!(super::file(given), None);
        }
    }
}
