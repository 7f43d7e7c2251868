//! index.html with what it links to inside it.

use super::{hash_source, policy};

/// What goes into the page.
pub(crate) struct Parts<'a> {
    /// The script.
    pub(crate) script: &'a str,
    /// The stylesheet.
    pub(crate) style: &'a str,
    /// The icon as an address.
    pub(crate) icon: &'a str,
}

/// Why index.html cannot be put into one file.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    /// A part is not there, or not as this program knows it.
    #[error("index.html has no {0}: write it as before, or teach xtask/src/single_file/html.rs the new way")]
    Missing(&'static str),
    /// A script or style holds what would end it, or change how a browser reads it.
    #[error(
        "the bundled {what} holds “{mark}”, which HTML does not allow there: find where it comes from, and write it in parts"
    )]
    Unsafe {
        /// Script or style.
        what: &'static str,
        /// What it holds.
        mark: &'static str,
    },
}

/// The name by which the worker finds the page's script; also in `single-file/engine-files.js`.
const SCRIPT_ID: &str = "fetchmark-script";

const POLICY: &str = "http-equiv=\"Content-Security-Policy\"";

/// The page as one file.
pub(crate) fn assemble(index: &str, parts: &Parts<'_>) -> Result<String, Error> {
    check("script", parts.script, &["</script", "<script", "<!--"])?;
    check("style", parts.style, &["</style", "<!--", "url(", "@import"])?;
    let bare = without(index, "<!--", "-->").ok_or(Error::Missing("comments that end"))?;
    let bare = without(&bare, "<link", ">").ok_or(Error::Missing("links that end"))?;
    let bare = without(&bare, "<script", "</script>").ok_or(Error::Missing("script that ends"))?;
    let bare = with_policy(&bare, parts)?;
    let lines: Vec<&str> = bare.lines().filter(|line| !line.trim().is_empty()).collect();
    let head = format!(
        "    <link rel=\"icon\" href=\"{}\" />\n    <style>{}</style>\n  </head>",
        parts.icon, parts.style
    );
    let body = format!("    <script id=\"{SCRIPT_ID}\">{}</script>\n  </body>", parts.script);
    let page = lines.join("\n");
    let page = replaced(&page, "  </head>", &head).ok_or(Error::Missing("end of the head"))?;
    let page = replaced(&page, "  </body>", &body).ok_or(Error::Missing("end of the body"))?;
    Ok(page + "\n")
}

fn check(what: &'static str, content: &str, forbidden: &[&'static str]) -> Result<(), Error> {
    let lower = content.to_ascii_lowercase();
    match forbidden.iter().find(|mark| lower.contains(*mark)) {
        Some(mark) => Err(Error::Unsafe { what, mark }),
        None => Ok(()),
    }
}

fn with_policy(page: &str, parts: &Parts<'_>) -> Result<String, Error> {
    let missing = Error::Missing("content security policy");
    let content =
        page.split_once(POLICY).and_then(|(_, rest)| rest.split_once("content=\"")?.1.split_once('"'));
    let (written, _) = content.ok_or(missing)?;
    let strict = policy::inline(written, &hash_source(parts.script), &hash_source(parts.style));
    Ok(page.replace(written, &strict))
}

/// The text without what stands between two marks; `None` where a second mark is missing.
fn without(text: &str, begin: &str, end: &str) -> Option<String> {
    let mut pieces = text.split(begin);
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        kept.push_str(piece.split_once(end)?.1);
    }
    Some(kept)
}

/// The text with one mark replaced; `None` without the mark.
fn replaced(text: &str, mark: &str, by: &str) -> Option<String> {
    text.contains(mark).then(|| text.replacen(mark, by, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<!DOCTYPE html>
<html lang="en">
  <head>
    <!-- Said to developers. -->
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'" />
    <title>T</title>
    <link data-trunk rel="css" href="style/a.css" data-integrity="none" />
    <link data-trunk rel="css" href="style/b.css" />
    <link
      data-trunk
      rel="rust"
    />
    <script src="./boot.js" defer></script>
  </head>
  <body>
    <div id="app"></div>
  </body>
</html>
"#;

    fn parts() -> Parts<'static> {
        Parts { script: "run()", style: "a{}", icon: "data:," }
    }

    #[test]
    fn what_was_linked_is_inside() {
        let page = assemble(INDEX, &parts()).unwrap();
        let expected = format!(
            r#"<!DOCTYPE html>
<html lang="en">
  <head>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {}; style-src {}; require-trusted-types-for 'script'; trusted-types fetchmark" />
    <title>T</title>
    <link rel="icon" href="data:," />
    <style>a{{}}</style>
  </head>
  <body>
    <div id="app"></div>
    <script id="fetchmark-script">run()</script>
  </body>
</html>
"#,
            hash_source("run()"),
            hash_source("a{}")
        );
        assert_eq!(page, expected);
    }

    #[test]
    fn what_would_end_the_script_is_refused() {
        let parts = Parts { script: "'</Script>'", ..parts() };
        let error = assemble(INDEX, &parts).unwrap_err();
        assert_eq!(error, Error::Unsafe { what: "script", mark: "</script" });
    }

    #[test]
    fn a_page_without_a_policy_is_refused() {
        let error = assemble(&INDEX.replace("Content-Security-Policy", "refresh"), &parts()).unwrap_err();
        assert_eq!(error, Error::Missing("content security policy"));
    }

    #[test]
    fn the_page_of_this_repository_can_be_put_into_one_file() {
        let root = crate::workspace::Workspace::find().unwrap().root;
        let index = std::fs::read_to_string(root.join("index.html")).unwrap();
        let page = assemble(&index, &parts()).unwrap();
        assert!(page.contains("id=\"app\"") && page.contains("worker-src blob:"), "{page}");
        assert!(!page.contains("'self'") && !page.contains("data-trunk") && !page.contains("src="), "{page}");
    }
}
