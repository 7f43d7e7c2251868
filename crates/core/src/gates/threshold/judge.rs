//! Judging a report by a threshold.

use super::{RowError, RowName, Subject, Threshold};
use crate::{
    compare::{Comparison, Criteria, compare_rows, compare_targets},
    gates::{
        Gate, GateOutcome, Metric,
        failures::{FailedRounds, MissingRequests, Range},
        figure::Missing,
    },
    report::{Report, VariantReport},
    stats::numbers::{decimals_apart, interval},
};

/// One row judged by a threshold on a figure.
struct Judged {
    outcome: GateOutcome,
    /// The end of the figure that is nearer to the limit; NaN where there is none.
    value: f64,
    message: String,
}

impl Threshold {
    /// Whether the report keeps to it.
    ///
    /// A figure is judged as it was measured; where connections are unknown, for all that they may have been. Requests that failed
    /// are in no latency: there they count as longer than the others, those that timed out as the time-out or more. So do rounds
    /// none of whose requests succeeded. A ratio is judged by its 95% interval: passed or crossed if the whole interval is, else
    /// unresolved. What is missing or was refused is unresolved, with one exception: a row none of whose requests succeeded has no
    /// times, and crosses every threshold on them.
    pub fn judge(&self, report: &Report) -> Gate {
        let (outcome, message) = match &self.subject {
            Subject::Figure { row, metric } => self.judge_figure(row.as_ref(), *metric, report),
            Subject::Ratio { candidate, baseline } => self.judge_ratio(candidate, baseline, report),
        }
        .unwrap_or_else(|error| (GateOutcome::Unresolved, error.to_string()));
        Gate::new(self.to_string(), outcome, message)
    }

    fn judge_figure(
        &self,
        row: Option<&RowName>,
        metric: Metric,
        report: &Report,
    ) -> Result<(GateOutcome, String), RowError> {
        let ids: Vec<&str> = report.variants.iter().map(|row| row.id.as_str()).collect();
        let rows = match row {
            Some(row) => row.among(&ids)?,
            None => (0..ids.len()).collect(),
        };
        let judged: Vec<Judged> =
            rows.iter().map(|at| self.judge_row(metric, &report.variants[*at], report)).collect();
        let of = |outcome| judged.iter().filter(move |row| row.outcome == outcome);
        // The message names what decides: all that crossed, else all that is unresolved, else the row nearest to the limit.
        for outcome in [GateOutcome::Crossed, GateOutcome::Unresolved] {
            let messages: Vec<&str> = of(outcome).map(|row| row.message.as_str()).collect();
            if !messages.is_empty() {
                return Ok((outcome, messages.join(" ")));
            }
        }
        let nearest = of(GateOutcome::Passed).reduce(|nearest, row| {
            if self.operator.is_worse(row.value, nearest.value) { row } else { nearest }
        });
        Ok(match nearest {
            None => (GateOutcome::Unresolved, "The report has no rows.".to_owned()),
            Some(row) if judged.len() == 1 => (GateOutcome::Passed, row.message.clone()),
            Some(row) => (
                GateOutcome::Passed,
                format!("It holds for all {} rows. Nearest to the limit: {}", judged.len(), row.message),
            ),
        })
    }

    fn judge_row(&self, metric: Metric, row: &VariantReport, report: &Report) -> Judged {
        let id = &row.id;
        let timeout_ms = f64::from(report.scenario.timeout_ms);
        let (outcome, value, words) = match metric.of(row, timeout_ms) {
            Ok(Range { low, high }) => {
                let outcome = self.operator.outcome(low, high, self.limit);
                let unit = metric.unit();
                let written = |value| unit.written(value, self.limit);
                let figure = if high.is_infinite() {
                    format!("{} or more", written(low))
                } else if low == high {
                    written(low)
                } else {
                    format!("{} to {}", written(low), written(high))
                };
                let words = if let Some(FailedRounds { failed, all }) = metric.failed_rounds(row) {
                    format!(
                        "no request succeeded in {failed} of {all} rounds. Counted as slower than all others, they make {metric} {figure}."
                    )
                } else if let Some(MissingRequests { all, timed_out, present }) = metric.missing_requests(row)
                {
                    let of_time_outs = match timed_out {
                        0 => String::new(),
                        _ => format!(", {timed_out} of them at the timeout of {timeout_ms} ms"),
                    };
                    format!(
                        "{all} of {} requests failed{of_time_outs}. Counted as slower than all others, they make \
                         {metric} {figure}.",
                        all + present
                    )
                } else if low == high {
                    format!("{metric} is {}.", written(low))
                } else {
                    format!(
                        "{metric} is from {} to {}: the connection of {} requests is unknown.",
                        written(low),
                        written(high),
                        row.connections.unknown
                    )
                };
                (outcome, if self.operator.is_worse(high, low) { high } else { low }, words)
            }
            Err(missing) => {
                let is_dead = missing == Missing::Success;
                let outcome = if is_dead { GateOutcome::Crossed } else { GateOutcome::Unresolved };
                (outcome, f64::NAN, format!("{missing}, so there is no {metric}."))
            }
        };
        Judged { outcome, value, message: format!("{id}: {words}") }
    }

    fn judge_ratio(
        &self,
        candidate: &RowName,
        baseline: &RowName,
        report: &Report,
    ) -> Result<(GateOutcome, String), RowError> {
        let ids: Vec<&str> = report.variants.iter().map(|row| row.id.as_str()).collect();
        let (names, are_dead, (figures, reason));
        let is_dead = |row: &VariantReport| row.requests.ok == 0 && row.requests.failed > 0;
        if candidate.is_target(&ids) && baseline.is_target(&ids) {
            let (candidate, baseline) = (candidate.to_string(), baseline.to_string());
            let of = |label| report.variants.iter().filter(move |row| row.target.as_ref() == Some(label));
            are_dead = [&candidate, &baseline].into_iter().any(|label| of(label).all(is_dead));
            names = format!("{candidate} ÷ {baseline}");
            let known = report.targets.iter().map(|target| &target.overall);
            (figures, reason) = ratio(&candidate, &baseline, known, || {
                let rows: Vec<VariantReport> = of(&baseline).chain(of(&candidate)).cloned().collect();
                Some(compare_targets(&rows, Criteria::of(report)).pop()?.overall)
            });
        } else {
            let (candidate, baseline) = (candidate.one_among(&ids)?, baseline.one_among(&ids)?);
            if candidate == baseline {
                return Err(RowError::Same(ids[baseline].to_owned()));
            }
            let rows = (&report.variants[candidate], &report.variants[baseline]);
            are_dead = is_dead(rows.0) || is_dead(rows.1);
            names = format!("{} ÷ {}", ids[candidate], ids[baseline]);
            // Neither may be the report's baseline.
            let anew = || compare_rows(&[(rows.1, rows.0)], Criteria::of(report)).pop();
            (figures, reason) = ratio(&rows.0.id, &rows.1.id, report.comparisons.iter(), anew);
        }
        let Some([ratio, low, high]) = figures else {
            if are_dead {
                return Ok((GateOutcome::Crossed, format!("{names}: no request of one of them succeeded.")));
            }
            return Ok((GateOutcome::Unresolved, format!("{names}: not compared. {reason}")));
        };
        let outcome = self.operator.outcome(low, high, self.limit);
        let figures = [ratio, low, high];
        let apart = figures.map(|figure| decimals_apart(figure, self.limit, 0)).into_iter().fold(0, u8::max);
        let [ratio, low, high] = interval(figures, apart);
        let mut message = format!("{names} is {ratio}, its 95% interval {low} to {high}.");
        if outcome == GateOutcome::Unresolved {
            message +=
                &format!(" The limit {} lies inside, so it is inconclusive. Run more rounds.", self.limit);
        }
        Ok((outcome, message))
    }
}

/// Ratio and interval of the two, and why there may be none: as is known, whichever is called the baseline, or else compared anew.
fn ratio<'c>(
    candidate: &str,
    baseline: &str,
    mut known: impl Iterator<Item = &'c Comparison> + Clone,
    anew: impl FnOnce() -> Option<Comparison>,
) -> (Option<[f64; 3]>, String) {
    if let Some(one) = known.clone().find(|one| one.is_between(baseline, candidate)) {
        return (one.shown(), one.reason.clone());
    }
    let turned = |[ratio, low, high]: [f64; 3]| [1.0 / ratio, 1.0 / high, 1.0 / low];
    if let Some(one) = known.find(|one| one.is_between(candidate, baseline)) {
        return (one.shown().map(turned), one.reason.clone());
    }
    anew().map(|one| (one.shown(), one.reason)).unwrap_or_default()
}
