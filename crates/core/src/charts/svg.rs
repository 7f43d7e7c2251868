//! A picture as a file of its own.

use super::{
    drawing::FONT,
    marks::{Align, Mark, Picture, Style},
    path::px,
};
use crate::samples::Phase;

/// Colours of rows on white: those of the page's light looks.
const ROWS: [&str; super::marks::COLOURS] =
    ["#0f766e", "#c2570c", "#5b4fc7", "#b0246b", "#2667b5", "#6b7a10", "#8a4b2a", "#4d5a66"];

/// Patterns of lines, so that rows differ without their colours.
const DASHES: [&str; 4] = ["", "7 3", "2 3", "9 3 2 3"];

/// The pattern of a row's line, for `stroke-dasharray`; empty for a line without gaps.
pub fn dashes(row: usize) -> &'static str {
    DASHES[row % DASHES.len()]
}

/// The picture as an SVG document with a white ground, its title in front of it.
pub fn standalone(picture: &Picture, title: &str) -> String {
    let (top, edge) = (34.0, 16.0);
    let (width, height) = (picture.width + 2.0 * edge, picture.height + top + 2.0 * edge);
    let marks: String = picture.marks.iter().map(mark).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"{font}\">\
         <rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\
         <text x=\"{edge}\" y=\"{title_y}\" font-size=\"16\" font-weight=\"600\" fill=\"#16202a\">{title}</text>\
         <g transform=\"translate({edge} {top})\">{marks}</g></svg>\n",
        w = px(width),
        h = px(height),
        font = px(FONT),
        edge = px(edge),
        title_y = px(edge + 8.0),
        top = px(top + edge),
        title = escaped(title),
    )
}

fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Shape { style, path } => format!("<path d=\"{path}\" {}/>", drawn(*style)),
        Mark::Text { x, y, align, is_muted, text } => {
            let anchor = match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            let fill = if *is_muted { "#52606d" } else { "#16202a" };
            let (x, y, text) = (px(*x), px(*y), escaped(text));
            format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{text}</text>")
        }
    }
}

/// How a path is drawn, as attributes.
fn drawn(style: Style) -> String {
    let stroke = |colour: &str, width: &str, rest: &str| {
        format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{rest}")
    };
    let of = |row: usize| ROWS[row % ROWS.len()];
    match style {
        Style::Grid => stroke("#d9dfe5", "1", ""),
        Style::Dots(row) => stroke(of(row), "6", " stroke-linecap=\"round\" stroke-opacity=\"0.75\""),
        Style::Line(row) => match dashes(row) {
            "" => stroke(of(row), "2", ""),
            dashes => stroke(of(row), "2", &format!(" stroke-dasharray=\"{dashes}\"")),
        },
        Style::Interval(row) => stroke(of(row), "10", " stroke-opacity=\"0.22\""),
        Style::Figure(_) | Style::New => stroke("#16202a", "2", ""),
        Style::Part(phase) => format!("fill=\"{}\"", part(phase)),
        Style::Whole => "fill=\"#7b8794\"".to_owned(),
        Style::Failed => "fill=\"#b42318\"".to_owned(),
    }
}

fn part(phase: Phase) -> &'static str {
    match phase {
        Phase::Queue => ROWS[7],
        Phase::Dns => ROWS[5],
        Phase::Connect => ROWS[1],
        Phase::Tls => ROWS[3],
        Phase::FirstByte => ROWS[0],
        Phase::Download => ROWS[4],
        Phase::ClientOverhead => ROWS[2],
    }
}

/// Text that stays text in XML, whatever it holds. What XML cannot hold at all is left out.
fn escaped(text: &str) -> String {
    let is_allowed = |sign: &char| match sign {
        '\u{fffe}' | '\u{ffff}' => false,
        sign => *sign >= ' ' || matches!(sign, '\t' | '\n' | '\r'),
    };
    let text: String = text.chars().filter(is_allowed).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_stays_text() {
        let text = "<script>\u{1}&\"".to_owned();
        let marks = vec![Mark::Text { x: 1.0, y: 2.0, align: Align::Start, is_muted: false, text }];
        let picture = Picture { width: 10.0, height: 10.0, marks, points: Vec::new() };
        let svg = standalone(&picture, "</text><script>");
        assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;&amp;&quot;"), "{svg}");
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    }
}
