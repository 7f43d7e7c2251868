//! What tells a row from others.

use fetchmark_core::scenario::factors::{Connection, Lifecycle, Pacing, Runtime, Thread};

/// One factor of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Tag {
    /// The client's name, and what ran it.
    Client(String, Runtime),
    /// Whether client and request are kept.
    Lifecycle(Lifecycle),
    /// What requests may do about their connection.
    Connection(Connection),
    /// How requests follow each other.
    Pace {
        /// The kind.
        pacing: Pacing,
        /// Requests in flight at most.
        concurrency: u32,
        /// Arrivals per second, at a rate only.
        rate_per_second: Option<f64>,
    },
    /// The thread that measured it.
    Thread(Thread),
    /// The row is the baseline measured a second time.
    Again,
    /// Which of two reports the row is of.
    Of(Side),
}

/// One of two reports that stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that the other is compared with.
    Before,
    /// The one shown.
    Now,
}

/// A client's name, with `python` in brackets behind it where no browser ran it.
pub(crate) fn client_word(name: &str, runtime: Runtime, python: &str) -> String {
    match runtime {
        Runtime::Python => format!("{name} ({python})"),
        Runtime::Browser => name.to_owned(),
    }
}
