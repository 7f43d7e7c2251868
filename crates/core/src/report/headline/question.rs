//! What rows differ in, and so what a run asks.

use crate::{
    report::VariantReport,
    scenario::{
        client::Client,
        factors::{Connection, Pacing, Runtime, Thread, string_enum},
    },
};

string_enum! {
    /// What a run asks: the factor in which its rows differ.
    Question {
        /// Which target is faster?
        Target = "target",
        /// Keep the client, or create one for each request?
        Lifecycle = "lifecycle",
        /// What does a new connection cost?
        Connection = "connection",
        /// Which client is fastest?
        Client = "client",
        /// Does it matter whether the page's thread measures?
        Thread = "thread",
        /// How much do requests in flight together save?
        Pacing = "pacing",
        /// Does a row differ from itself, measured twice?
        Repetition = "repetition",
        /// Which row is faster, where rows differ in more than one factor?
        Rows = "rows",
    }
}

impl Question {
    /// Whether two rows differ in this factor, and in nothing else.
    pub fn alone_separates(self, one: &VariantReport, other: &VariantReport) -> bool {
        let factors = Self::ALL.iter().filter(|factor| **factor != Self::Rows);
        let differ = |factor: Self| match (self, factor) {
            // One client cold and another warm differ in more than the client, whatever the connections go with.
            (Self::Client, Self::Connection) => one.connection != other.connection,
            _ => factor.separates(one, other),
        };
        self != Self::Rows && factors.copied().all(|factor| differ(factor) == (factor == self))
    }

    /// Whether two rows differ in this factor.
    pub fn separates(self, one: &VariantReport, other: &VariantReport) -> bool {
        match self {
            Self::Target => one.target != other.target,
            Self::Lifecycle => one.lifecycle != other.lifecycle,
            Self::Connection => connection(one) != connection(other),
            Self::Client => (one.runtime, &one.client) != (other.runtime, &other.client),
            Self::Thread => is_in_browser(one) && is_in_browser(other) && thread(one) != thread(other),
            Self::Pacing => pace(one) != pace(other),
            Self::Repetition => is_repetition(one) != is_repetition(other),
            Self::Rows => one.id != other.id,
        }
    }
}

/// A fresh client of Python, or of messages, has connections of its own, which are cold where those of the kept one are warm: that goes
/// with its lifecycle, and is no factor of its own. In a browser the pool is below the client.
fn connection(row: &VariantReport) -> Connection {
    let own = Client::named(&row.client).is_ok_and(|client| client.own_connection(row.lifecycle).is_some());
    if own || row.runtime == Runtime::Python { Connection::Warm } else { row.connection }
}

/// What no browser runs is on no thread of a page, so no thread separates it from another row.
fn is_in_browser(row: &VariantReport) -> bool {
    row.runtime == Runtime::Browser
}

/// Reports from before rows had a thread were measured in a worker.
fn thread(row: &VariantReport) -> Thread {
    row.thread.unwrap_or(Thread::Worker)
}

fn pace(row: &VariantReport) -> (Pacing, u32, Option<f64>) {
    (row.pacing, row.concurrency, row.rate_per_second)
}

/// Whether this is the second row of an A/A pair: its id tells, and nothing else.
fn is_repetition(row: &VariantReport) -> bool {
    row.id.ends_with(":again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{report::fixture::variant, scenario::factors::Lifecycle};

    #[test]
    fn rows_are_separated_by_what_they_differ_in() {
        let row = variant("a", &[100.0]);
        let of = |change: &dyn Fn(&mut VariantReport)| {
            let mut other = VariantReport { id: "b".to_owned(), ..row.clone() };
            change(&mut other);
            let alone: Vec<Question> =
                Question::ALL.iter().copied().filter(|one| one.alone_separates(&row, &other)).collect();
            alone
        };
        assert_eq!(of(&|_| {}), []);
        assert_eq!(of(&|row| row.lifecycle = Lifecycle::Fresh), [Question::Lifecycle]);
        assert_eq!(of(&|row| row.connection = Connection::Cold), [Question::Connection]);
        assert_eq!(of(&|row| row.client = "ky".to_owned()), [Question::Client]);
        assert_eq!(of(&|row| row.thread = Some(Thread::Main)), [Question::Thread]);
        assert_eq!(of(&|row| row.thread = None), []);
        assert_eq!(of(&|row| row.concurrency = 6), [Question::Pacing]);
        assert_eq!(of(&|row| row.id = "a:again".to_owned()), [Question::Repetition]);
        // More than one factor.
        assert_eq!(of(&|row| (row.lifecycle, row.connection) = (Lifecycle::Fresh, Connection::Cold)), []);
        // A client of Python on no thread, beside one of a browser; and its connections, which go with its lifecycle.
        let python = |row: &mut VariantReport| (row.runtime, row.thread) = (Runtime::Python, None);
        assert_eq!(of(&python), [Question::Client]);
        let mut on_the_page = row.clone();
        on_the_page.thread = Some(Thread::Main);
        let mut beside = row.clone();
        python(&mut beside);
        assert!(Question::Client.alone_separates(&on_the_page, &beside));
        assert!(Question::Client.alone_separates(&beside, &on_the_page));
        let mut kept = row.clone();
        python(&mut kept);
        let fresh =
            VariantReport { lifecycle: Lifecycle::Fresh, connection: Connection::Cold, ..kept.clone() };
        assert!(Question::Lifecycle.alone_separates(&kept, &fresh));
        // A fresh client of a browser keeps its connections warm.
        let in_browser = VariantReport { lifecycle: Lifecycle::Fresh, ..row.clone() };
        assert!(!Question::Client.alone_separates(&in_browser, &fresh));
        let cold = VariantReport { connection: Connection::Cold, ..in_browser };
        assert!(Question::Client.alone_separates(&cold, &fresh));
    }
}
