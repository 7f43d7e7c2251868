//! The order of the table's rows.

use fetchmark_core::{
    report::{Connections, Report, VariantReport},
    stats::order::order_by,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Median total time.
    Total,
    PerSecond,
    /// A percentile of one request, by its place.
    Percentile(usize),
    /// Requests on a kind of connection, by its place.
    Connections(usize),
    Failures,
    /// Ratio to the target's first row.
    Ratio,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in the report: the baseline first.
    #[default]
    Given,
    /// Smallest first.
    Rising(Column),
    /// Largest first.
    Falling(Column),
}

impl Order {
    /// What pressing a column's head makes of it: rising, then falling, then as given.
    pub fn pressed(self, column: Column) -> Self {
        match self {
            Self::Rising(by) if by == column => Self::Falling(column),
            Self::Falling(by) if by == column => Self::Given,
            _ => Self::Rising(column),
        }
    }

    /// The value of `aria-sort` for a column.
    pub fn aria(self, column: Column) -> &'static str {
        match self {
            Self::Rising(by) if by == column => "ascending",
            Self::Falling(by) if by == column => "descending",
            _ => "none",
        }
    }

    /// The places of the report's rows in this order. Rows without a figure come last either way; equal ones stay as given.
    pub fn of(self, report: &Report) -> Vec<usize> {
        let (column, is_falling) = match self {
            Self::Given => return (0..report.variants.len()).collect(),
            Self::Rising(column) => (column, false),
            Self::Falling(column) => (column, true),
        };
        let figures: Vec<Option<f64>> =
            report.variants.iter().map(|variant| figure(variant, report, column)).collect();
        order_by(figures.len(), |place| match figures[place] {
            Some(figure) if is_falling => [0.0, -figure],
            Some(figure) => [0.0, figure],
            None => [1.0, 0.0],
        })
    }
}

/// How many requests were on each kind of connection, in the order of the table's columns.
pub fn connection_counts(counts: Connections) -> [u64; 4] {
    [counts.new, counts.reused, counts.cached, counts.unknown]
}

fn figure(variant: &VariantReport, report: &Report, column: Column) -> Option<f64> {
    match column {
        Column::Total => variant.round_median_ms,
        Column::PerSecond => variant.requests_per_second,
        Column::Percentile(place) => variant.percentiles_ms().get(place).copied().flatten(),
        Column::Connections(place) => {
            connection_counts(variant.connections).get(place).map(|&count| count as f64)
        }
        Column::Failures => Some(variant.requests.failed as f64),
        Column::Ratio if report.index_of(&variant.id).is_some_and(|row| report.is_baseline(row)) => Some(1.0),
        Column::Ratio => report.comparison_of(&variant.id)?.shown().map(|[ratio, ..]| ratio),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_pressed_three_times_is_back_where_it_was() {
        let first = Order::default().pressed(Column::Total);
        let second = first.pressed(Column::Total);
        assert_eq!([first.aria(Column::Total), second.aria(Column::Total)], ["ascending", "descending"]);
        assert_eq!(second.pressed(Column::Total), Order::Given);
        assert_eq!(second.pressed(Column::Ratio), Order::Rising(Column::Ratio));
        assert_eq!(second.aria(Column::Ratio), "none");
    }
}
