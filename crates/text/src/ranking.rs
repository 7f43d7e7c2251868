//! Words of the ranking.

/// Words of the ranking.
pub struct Ranking {
    /// Headline.
    pub title: &'static str,
    /// What the bars are: requests, rounds.
    pub caption: fn(&str, &str) -> String,
    /// What the ratios compare with: the baseline's label.
    pub compared_with: fn(&str) -> String,
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
    /// A row without a time: no round was finished.
    pub no_round: &'static str,
    /// A row without a time: no request succeeded.
    pub no_success: &'static str,
    /// A row without a time: every round is voided.
    pub all_voided: &'static str,
    /// Name of the links to what follows.
    pub sections: &'static str,
}
