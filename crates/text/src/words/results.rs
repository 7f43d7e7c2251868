//! Words of the ranking and of the tables below it.

/// Words of the ranking.
pub struct Ranking {
    /// Headline.
    pub title: &'static str,
    /// Headline while the run is under way.
    pub so_far: &'static str,
    /// What the bars are: requests, rounds.
    pub caption: fn(&str, &str) -> String,
    /// Another baseline was chosen than the run had.
    pub chosen_later: &'static str,
    /// Label of the choice of a baseline.
    pub compare_with: &'static str,
    /// Label of the choice of an order.
    pub sort_by: &'static str,
    /// Its choices: by time, by ratio, as measured.
    pub orders: [&'static str; 3],
    /// Column: the time with its bar.
    pub time: &'static str,
    /// Column: the ratio to the baseline.
    pub ratio: &'static str,
    /// A time's interval, for screen readers: low, high.
    pub interval: fn(&str, &str) -> String,
    /// A row of which many requests failed: how many, of how many.
    pub failures: fn(&str, &str) -> String,
    /// A row without a time while the run is under way.
    pub no_time_yet: &'static str,
    /// A row without a time: no round was finished.
    pub no_round: &'static str,
    /// A row without a time: no request succeeded.
    pub no_success: &'static str,
    /// A row without a time: every round is voided.
    pub all_voided: &'static str,
    /// Name of the links to what follows.
    pub sections: &'static str,
}

/// Words of table and pictures.
pub struct Results {
    /// Headline of the table.
    pub title: &'static str,
    /// Caption: requests, rounds, what all rows have in common.
    pub caption: fn(&str, &str, &str) -> String,
    /// Added to the caption where every round was left out.
    pub no_timed_rounds: &'static str,
    /// Before the buttons that order the rows, where rows are cards.
    pub order: &'static str,
    /// Column: the variant.
    pub variant: &'static str,
    /// Column: median total time for n requests.
    pub total: fn(&str) -> String,
    /// Column: requests per second.
    pub per_second: &'static str,
    /// Column group: latency of one request.
    pub latency: &'static str,
    /// Columns: percentiles.
    pub percentiles: [&'static str; 3],
    /// Column group: connections.
    pub connections: &'static str,
    /// Columns: new, reused, cached, unknown.
    pub labels: [&'static str; 4],
    /// Column: failures.
    pub failures: &'static str,
    /// Column: ratio with interval.
    pub ratio: &'static str,
    /// Instead of a ratio in the first row.
    pub baseline: &'static str,
    /// The unit of times in headers.
    pub ms: &'static str,
    /// Column: block.
    pub block: &'static str,
    /// A median.
    pub median: &'static str,
    /// Column: requests in flight.
    pub in_flight: &'static str,
}

/// Words of the table of fresh against reused.
pub struct Lifecycles {
    /// Headline of the table.
    pub title: &'static str,
    /// Its caption.
    pub caption: &'static str,
    /// Column: ratio with interval.
    pub ratio: &'static str,
}
