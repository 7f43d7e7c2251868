//! Names of rows: only what tells them apart, the rest once in the caption.

use crate::words::{Side, Tag, Text};
use fetchmark_core::{
    report::VariantReport,
    scenario::{
        factors::{Connection, Lifecycle, Pacing, Runtime, Thread},
        variant::Variant,
    },
};

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The label of its target, where there are several.
    pub target: Option<String>,
    pub client: String,
    pub runtime: Runtime,
    pub lifecycle: Lifecycle,
    pub connection: Connection,
    pub pacing: Pacing,
    pub concurrency: u32,
    /// Arrivals per second, at a rate only.
    pub rate_per_second: Option<f64>,
    /// The thread that measured it; `None` where none did, or none is known.
    pub thread: Option<Thread>,
    /// Whether it is the baseline measured a second time.
    pub is_again: bool,
    /// Which of two reports it is of, where two stand side by side.
    pub side: Option<Side>,
}

impl From<&Variant> for Row {
    fn from(variant: &Variant) -> Self {
        Self {
            target: variant.label.clone(),
            client: variant.client.name().to_owned(),
            runtime: variant.client.runtime(),
            lifecycle: variant.lifecycle,
            connection: variant.connection,
            pacing: variant.pacing,
            concurrency: variant.concurrency,
            rate_per_second: variant.rate_per_second,
            thread: variant.thread,
            is_again: Self::is_again(&variant.id),
            side: None,
        }
    }
}

impl From<&VariantReport> for Row {
    fn from(variant: &VariantReport) -> Self {
        Self {
            target: variant.target.clone(),
            client: variant.client.clone(),
            runtime: variant.runtime,
            lifecycle: variant.lifecycle,
            connection: variant.connection,
            pacing: variant.pacing,
            concurrency: variant.concurrency,
            rate_per_second: variant.rate_per_second,
            thread: variant.thread,
            is_again: Self::is_again(&variant.id),
            side: None,
        }
    }
}

/// How many factors tell rows apart.
const FACTORS: usize = 6;

impl Row {
    /// Whether the row with this id is the second of an A/A pair. Core marks it in the id, and nowhere else.
    pub fn is_again(id: &str) -> bool {
        id.ends_with(":again")
    }

    fn tags(&self) -> [Option<Tag>; FACTORS] {
        [
            self.target.clone().map(Tag::Target),
            Some(Tag::Client(self.client.clone(), self.runtime)),
            Some(Tag::Lifecycle(self.lifecycle)),
            Some(Tag::Connection(self.connection)),
            Some(Tag::Pace {
                pacing: self.pacing,
                concurrency: self.concurrency,
                rate_per_second: self.rate_per_second,
            }),
            self.thread.map(Tag::Thread),
        ]
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// What tells each row from the others, in table order; never empty for a row.
    pub rows: Vec<Vec<Tag>>,
    /// What all rows have in common.
    pub common: Vec<Tag>,
}

impl Labels {
    pub fn of<'a, T: 'a>(rows: impl IntoIterator<Item = &'a T>) -> Self
    where
        Row: From<&'a T>,
    {
        Self::of_rows(&rows.into_iter().map(Row::from).collect::<Vec<_>>())
    }

    /// The labels of groups of rows that differ in how requests follow each other: that is in no label.
    pub fn without_pace(mut rows: Vec<Row>) -> Self {
        for row in &mut rows {
            (row.pacing, row.concurrency, row.rate_per_second) = (Pacing::Concurrent, 0, None);
        }
        Self::of_rows(&rows)
    }

    /// The same of rows that are prepared for it.
    pub fn of_rows(rows: &[Row]) -> Self {
        // Where none is on the page's thread, that the others are in a worker goes without saying.
        let is_said = rows.iter().any(|row| row.thread == Some(Thread::Main));
        let tags = |row: &Row| {
            let [target, client, lifecycle, connection, pace, thread] = row.tags();
            [target, client, lifecycle, connection, pace, thread.filter(|_| is_said)]
        };
        let Some(first) = rows.first().map(tags) else { return Self::default() };
        let mut differs = [false; FACTORS];
        for row in rows {
            for (place, tag) in tags(row).iter().enumerate() {
                differs[place] |= *tag != first[place];
            }
        }
        // Rows that are all alike (one row, or a row and its repetition) are still called by something.
        if !differs.contains(&true) {
            differs[1..3].fill(true);
        }
        let label = |row: &Row| {
            let tags =
                tags(row).into_iter().zip(differs).filter_map(|(tag, differs)| tag.filter(|_| differs));
            tags.chain(row.is_again.then_some(Tag::Again)).chain(row.side.map(Tag::Of)).collect()
        };
        Self {
            rows: rows.iter().map(label).collect(),
            common: first
                .iter()
                .zip(differs)
                .filter_map(|(tag, differs)| tag.clone().filter(|_| !differs))
                .collect(),
        }
    }

    pub fn row(&self, index: usize, text: &Text) -> String {
        self.rows.get(index).map(|tags| in_words(tags, text)).unwrap_or_default()
    }

    /// The tags of a row with its client first, which they leave out where all rows have the same.
    pub fn with_client(&self, index: usize, row: &VariantReport) -> Vec<Tag> {
        let others = self.rows.get(index).into_iter().flatten().filter(|tag| !matches!(tag, Tag::Client(..)));
        std::iter::once(Tag::Client(row.client.clone(), row.runtime)).chain(others.cloned()).collect()
    }

    pub fn common(&self, text: &Text) -> String {
        in_words(&self.common, text)
    }
}

pub fn in_words(tags: &[Tag], text: &Text) -> String {
    tags.iter().map(text.tag_word).collect::<Vec<_>>().join(text.comma)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EN, KO};
    use fetchmark_core::scenario::{NamedTarget, Scenario};

    #[test]
    fn what_no_browser_ran_is_marked() {
        let clients = ["gloo-net:reused", "aiohttp:reused"].map(|word| word.parse().unwrap()).to_vec();
        let labels = Labels::of(&Scenario { clients, ..Scenario::default() }.variants());
        assert_eq!((labels.row(0, &EN), labels.row(1, &EN)), ("gloo-net".into(), "aiohttp (Python)".into()));
        assert_eq!(labels.row(1, &KO), "aiohttp (Python)");
    }

    #[test]
    fn rows_show_what_differs_and_the_caption_the_rest() {
        let labels = Labels::of(&Scenario::default().variants());
        let rows: Vec<_> = (0..3).map(|index| labels.row(index, &EN)).collect();
        assert_eq!(rows, ["gloo-net, reused", "gloo-net, fresh", "js-fetch, reused"]);
        assert_eq!(labels.common(&EN), "warm connections, 100 in flight");
    }

    #[test]
    fn a_thread_is_named_where_it_differs_or_is_the_page_s() {
        let of = |thread: &[Thread]| {
            let clients = vec!["ky:reused".parse().unwrap(), "aiohttp:reused".parse().unwrap()];
            Labels::of(&Scenario { clients, thread: thread.to_vec(), ..Scenario::default() }.variants())
        };
        let both = of(Thread::ALL);
        let rows: Vec<_> = (0..3).map(|index| both.row(index, &EN)).collect();
        assert_eq!(rows, ["ky, in a worker", "ky, on the main thread", "aiohttp (Python)"]);
        assert_eq!(of(&[Thread::Worker]).row(0, &EN), "ky");
        assert_eq!(of(&[Thread::Main]).row(0, &EN), "ky, on the main thread");
        let mut scenario = Scenario { thread: vec![Thread::Main], ..Scenario::default() };
        let on_the_page = Labels::of(&scenario.variants()).common(&EN);
        assert_eq!(on_the_page, "warm connections, 100 in flight, on the main thread");
        scenario.thread = vec![Thread::Worker];
        assert_eq!(Labels::of(&scenario.variants()).common(&EN), "warm connections, 100 in flight");
    }

    #[test]
    fn of_several_targets_a_row_begins_with_its_own() {
        let targets = ["a", "b"].map(|label| NamedTarget::new(label, "/")).to_vec();
        let clients = vec!["ky:reused".parse().unwrap()];
        let labels = Labels::of(&Scenario { targets, clients, ..Scenario::default() }.variants());
        assert_eq!([0, 1].map(|row| labels.row(row, &EN)), ["a", "b"]);
        assert_eq!(labels.common(&EN), "ky, reused, warm connections, 100 in flight");
    }

    #[test]
    fn a_row_and_its_repetition_differ_by_name() {
        let mut scenario = Scenario { aa: true, ..Scenario::default() };
        scenario.clients.truncate(1);
        scenario.lifecycle.truncate(1);
        let labels = Labels::of(&scenario.variants());
        assert_eq!(labels.row(0, &EN), "gloo-net, reused");
        assert_eq!(labels.row(1, &EN), "gloo-net, reused, again");
    }
}
