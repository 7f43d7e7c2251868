//! The sessions of a merged report: which they were, and what each row took in each of them.

use super::{
    labels::Labels,
    numbers::{NONE, count, measure, span},
    table::Table,
};
use crate::words::Text;
use fetchmark_core::{
    report::{Report, SessionReport},
    stats::{order::ascending, summary::median},
};

/// With more sessions than this, a column for each is more than one can read.
const MOST_COLUMNS: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// How many there are, and what is merged how.
    pub summary: String,
    /// The throughput of the time in which they measured together, where that is known.
    pub common_time: Option<String>,
    /// The median round of each row: in each session, or, of many, the shortest, the middle and the longest.
    pub medians: Table,
    /// A row per session: its browser, clock and ending. What no session has is in no column.
    pub list: Table,
}

/// The sessions of a report; `None` where one browser measured.
pub fn sessions(report: &Report, labels: &Labels, text: &Text) -> Option<Sessions> {
    if report.sessions.is_empty() {
        return None;
    }
    let common_time = report.common_time.map(|common| {
        let seconds = measure(Some(common.ms / 1_000.0));
        let per_second = measure(Some(common.requests_per_second));
        (text.sessions.common_time)(&seconds, &count(common.requests), &per_second)
    });
    Some(Sessions {
        summary: (text.sessions.summary)(&count(report.sessions.len() as u64)),
        common_time,
        medians: medians(report, labels, text),
        list: list(report, text),
    })
}

/// The median round of a row in each session, in ms; `None` where the session has no round of it whose time counts.
pub fn session_medians(report: &Report, row: usize) -> Vec<Option<f64>> {
    let id = &report.variants[row].id;
    report.sessions.iter().map(|session| session.row(id)?.round_median_ms).collect()
}

fn medians(report: &Report, labels: &Labels, text: &Text) -> Table {
    let words = &text.sessions;
    let is_spread = report.sessions.len() > MOST_COLUMNS;
    let columns: Vec<String> = if is_spread {
        words.spread_heads.map(str::to_owned).into()
    } else {
        report.sessions.iter().map(|session| session.id.clone()).collect()
    };
    let row = |place: usize| {
        let of_sessions = session_medians(report, place);
        let figures = if is_spread { spread(&of_sessions) } else { of_sessions };
        std::iter::once(labels.row(place, text)).chain(figures.into_iter().map(measure)).collect()
    };
    Table {
        title: (if is_spread { words.spread } else { words.medians }).to_owned(),
        heads: std::iter::once(text.results.variant.to_owned()).chain(columns).collect(),
        rows: (0..report.variants.len()).map(row).collect(),
    }
}

/// The shortest, the middle and the longest.
fn spread(medians: &[Option<f64>]) -> Vec<Option<f64>> {
    let known = ascending(&medians.iter().flatten().copied().collect::<Vec<_>>());
    vec![known.first().copied(), median(&known), known.last().copied()]
}

fn list(report: &Report, text: &Text) -> Table {
    let words = &text.sessions;
    let of_all = |of: &dyn Fn(u32, &SessionReport) -> Option<String>| -> Vec<Option<String>> {
        (0..).zip(&report.sessions).map(|(place, session)| of(place, session)).collect()
    };
    let rounds = |place: u32, _: &SessionReport| {
        let of_row = |row: usize| {
            report.variants[row].rounds.iter().filter(|round| round.session == place).count() as u64
        };
        Some(span((0..report.variants.len()).map(of_row)))
    };
    let columns = [
        (words.session, of_all(&|_, session| Some(session.id.clone()))),
        (words.browser, of_all(&|_, session| Some(browser(&session.user_agent)))),
        (words.node, of_all(&|_, session| session.node.clone())),
        (words.clock_step, of_all(&|_, session| Some(measure(Some(session.clock_step_ms * 1_000.0))))),
        (words.offset, of_all(&|_, session| offset(session))),
        (words.skew, of_all(&|_, session| session.skew_ms.map(signed))),
        (words.rounds, of_all(&rounds)),
        (words.ending, of_all(&|_, session| Some((words.ended)(session.ending).to_owned()))),
    ];
    let columns: Vec<_> =
        columns.into_iter().filter(|(_, cells)| cells.iter().any(Option::is_some)).collect();
    let row = |at: usize| {
        columns.iter().map(|(_, cells)| cells[at].clone().unwrap_or_else(|| NONE.to_owned())).collect()
    };
    Table {
        title: words.list.to_owned(),
        heads: columns.iter().map(|(head, _)| (*head).to_owned()).collect(),
        rows: (0..report.sessions.len()).map(row).collect(),
    }
}

/// How far a clock is ahead, and by how much that may be wrong.
fn offset(session: &SessionReport) -> Option<String> {
    let error = session.offset_error_ms.map(|error| format!(" ± {}", measure(Some(error))));
    Some(signed(session.offset_ms?) + &error.unwrap_or_default())
}

/// A time that may be below zero.
fn signed(ms: f64) -> String {
    format!("{}{}", if ms < 0.0 { "-" } else { "" }, measure(Some(ms.abs())))
}

/// The browsers that are known, by what their names for themselves hold. Those that say more than one stand before the one they say besides.
const BROWSERS: [(&str, &str); 5] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

/// A browser and its version, in short; its own name for itself where it is none of the known ones.
fn browser(user_agent: &str) -> String {
    let known = BROWSERS.iter().find_map(|(mark, name)| Some((name, user_agent.split_once(mark)?.1)));
    let Some((name, rest)) = known else { return user_agent.to_owned() };
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let mut version = &rest[..end];
    while let Some(shorter) = version.strip_suffix(".0") {
        version = shorter;
    }
    format!("{name} {version}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EN, KO};
    use fetchmark_core::{
        fleet::{Session, merge_sessions},
        report::{Ending, fixture::two_rows},
    };

    const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36";

    /// So many sessions of two rows, each a tenth slower than the one before; the second is on a node of its own, the last is lost.
    fn fleet(count: usize) -> Report {
        let session = |number: usize| {
            let mut report = two_rows();
            let by = 1.0 + (number - 1) as f64 / 10.0;
            for row in &mut report.variants {
                row.round_median_ms = row.round_median_ms.map(|ms| by * ms);
            }
            report.environment.user_agent = CHROME.to_owned();
            report.environment.timer_step_ms = 0.005;
            if number == count {
                report.ending = Ending::Failed;
                report.variants[1].rounds.truncate(2);
            }
            let alone = Session::alone(report, number);
            if number != 2 {
                return alone;
            }
            let node = Some("http://10.0.0.2:5555".to_owned());
            Session { node, offset_ms: Some(-1_234.5), offset_error_ms: Some(0.25), ..alone }
        };
        merge_sessions(&(1..=count).map(session).collect::<Vec<_>>()).unwrap()
    }

    fn said(report: &Report, text: &Text) -> Sessions {
        sessions(report, &Labels::of(&report.variants), text).unwrap()
    }

    #[test]
    fn each_session_has_a_row_and_a_column() {
        let Sessions { summary, common_time, medians, list } = said(&fleet(3), &EN);
        assert!(summary.starts_with("Merged from 3 sessions.") && common_time.is_none());
        assert_eq!(medians.heads, ["Variant", "session-1", "session-2", "session-3"]);
        assert_eq!(medians.rows, [["reused", "100", "110", "120"], ["fresh", "150", "165", "180"]]);
        let heads = [
            "Session",
            "Browser",
            "Node",
            "Clock step (µs)",
            "Clock offset (ms)",
            "Rounds per row",
            "Ending",
        ];
        assert_eq!(list.heads, heads);
        assert_eq!(
            list.rows,
            [
                ["session-1", "Chrome 156", "–", "5.00", "–", "3", "complete"],
                ["session-2", "Chrome 156", "http://10.0.0.2:5555", "5.00", "-1,235 ± 0.25", "3", "complete"],
                ["session-3", "Chrome 156", "–", "5.00", "–", "2–3", "lost"],
            ]
        );
        assert_eq!(said(&fleet(3), &KO).list.rows[2].last().map(String::as_str), Some("끊김"));
        assert_eq!(sessions(&two_rows(), &Labels::default(), &EN), None);
    }

    #[test]
    fn many_sessions_are_told_by_their_spread() {
        let medians = said(&fleet(9), &EN).medians;
        assert_eq!(medians.heads, ["Variant", "shortest", "median", "longest"]);
        assert_eq!(medians.rows, [["reused", "100", "140", "180"], ["fresh", "150", "210", "270"]]);
    }

    #[test]
    fn a_browser_is_called_by_its_name_and_version() {
        let named = [
            (CHROME, "Chrome 156"),
            ("Mozilla/5.0 (X11; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox 153"),
            (
                "Mozilla/5.0 AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
                "Safari 26.1",
            ),
            ("Mozilla/5.0 AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0", "Edge 156"),
            ("Test/1", "Test/1"),
        ];
        for (user_agent, name) in named {
            assert_eq!(browser(user_agent), name);
        }
    }
}
