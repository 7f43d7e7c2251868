//! The stylesheets that index.html links to, and which of them are the rest's ([`crate::split`]).

/// How index.html marks a stylesheet that a page in parts loads with its rest; without quotation marks where it was made smaller.
const MARKS: [&str; 2] = ["data-part=\"rest\"", "data-part=rest"];

/// All, in their order, as they are called in dist/.
pub(crate) fn all(index: &str) -> impl Iterator<Item = &str> {
    links(index).filter_map(name)
}

/// Those of the rest.
pub(crate) fn of_the_rest(index: &str) -> impl Iterator<Item = &str> {
    links(index).filter(|link| is_of_the_rest(link)).filter_map(name)
}

/// The page without links to those.
pub(crate) fn without_the_rest(index: &str) -> String {
    let mut pieces = index.split(BEGIN);
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once(END) {
            Some((link, after)) if is_of_the_rest(link) => kept.push_str(after),
            _ => kept.extend([BEGIN, piece]),
        }
    }
    kept
}

const BEGIN: &str = "<link";
const END: char = '>';

fn links(index: &str) -> impl Iterator<Item = &str> {
    index.split(BEGIN).skip(1).filter_map(|link| link.split(END).next())
}

/// The file's name, if the link is one to a stylesheet.
fn name(link: &str) -> Option<&str> {
    let path = link.split_once("href=\"").filter(|_| link.contains("rel=\"css\""))?.1.split('"').next()?;
    path.rsplit('/').next()
}

fn is_of_the_rest(link: &str) -> bool {
    MARKS.iter().any(|mark| link.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<link rel="icon" href="i.svg" /><link data-trunk rel="css" href="style/a.css" />
        <link data-trunk rel="css" href="style/b.css" data-part="rest" /><p></p>"#;

    #[test]
    fn stylesheets_come_in_their_order() {
        assert_eq!(all(INDEX).collect::<Vec<_>>(), ["a.css", "b.css"]);
        assert_eq!(of_the_rest(INDEX).collect::<Vec<_>>(), ["b.css"]);
    }

    #[test]
    fn a_page_in_parts_does_not_link_to_the_rest() {
        let built = "<link href=./a.css rel=stylesheet><link data-part=rest href=./b.css rel=stylesheet><p>";
        assert_eq!(without_the_rest(built), "<link href=./a.css rel=stylesheet><p>");
        assert!(!without_the_rest(INDEX).contains("b.css") && without_the_rest(INDEX).contains("a.css"));
    }

    #[test]
    fn the_rest_of_this_repository_s_page_has_stylesheets() {
        let root = crate::workspace::Workspace::find().unwrap().root;
        let index = std::fs::read_to_string(root.join("index.html")).unwrap();
        assert!(all(&index).all(|style| root.join("style").join(style).is_file()));
        assert!(of_the_rest(&index).next().is_some());
    }
}
