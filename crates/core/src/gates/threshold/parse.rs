//! Reading a threshold.

use super::{
    Operator, RowName, Subject, Threshold, ThresholdError, ThresholdProblem as Problem, error::MOST_BYTES,
};
use crate::gates::{Metric, Unit};
use std::str::FromStr;

/// How much of a threshold that is too long is repeated, in characters.
const SHOWN: usize = 40;

/// A piece of the text, and what is wrong with it.
struct Wrong<'a>(&'a str, Problem);

impl FromStr for Threshold {
    type Err = ThresholdError;

    fn from_str(text: &str) -> Result<Self, ThresholdError> {
        if text.len() > MOST_BYTES {
            let text = text.chars().take(SHOWN).chain(['…']).collect();
            return Err(ThresholdError { text, at: 1, problem: Problem::TooLong });
        }
        read(text).map_err(|Wrong(piece, problem)| {
            // Pieces are slices of the text, so that their place is the distance of their beginnings.
            let bytes = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            let at = text.get(..bytes).map_or(0, |before| before.chars().count()) + 1;
            ThresholdError { text: text.to_owned(), at, problem }
        })
    }
}

fn read(text: &str) -> Result<Threshold, Wrong<'_>> {
    let is_sign = |c: char| matches!(c, '<' | '>' | '=' | '!');
    let Some(start) = text.find(is_sign) else {
        return Err(Wrong(&text[text.trim_end().len()..], Problem::NoOperator));
    };
    let (subject, rest) = text.split_at(start);
    let (sign, limit) = rest.split_at(rest.find(|c| !is_sign(c)).unwrap_or(rest.len()));
    let operator =
        Operator::from_word(sign).ok_or_else(|| Wrong(sign, Problem::Operator(sign.to_owned())))?;
    let subject = read_subject(subject)?;
    let limit = limit.trim();
    if limit.is_empty() {
        return Err(Wrong(limit, Problem::NoLimit));
    }
    let (name, metric) = match &subject {
        Subject::Figure { metric, .. } => (metric.word(), Some(*metric)),
        Subject::Ratio { .. } => ("a ratio", None),
    };
    let limit = read_limit(limit, name, metric)?;
    let may_be_exact = metric.is_some_and(|metric| matches!(metric.unit(), Unit::Count | Unit::Percent));
    if operator == Operator::Exactly && !may_be_exact {
        return Err(Wrong(sign, Problem::NeverExact(name.to_owned())));
    }
    Ok(Threshold { subject, operator, limit })
}

fn read_subject(text: &str) -> Result<Subject, Wrong<'_>> {
    if let Some((candidate, baseline)) = text.split_once('/') {
        let (candidate, baseline) = (read_row(candidate.trim())?, read_row(baseline.trim())?);
        if candidate == baseline {
            return Err(Wrong(text, Problem::SameRow));
        }
        return Ok(Subject::Ratio { candidate, baseline });
    }
    let mut words = text.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (None, ..) => Err(Wrong(text, Problem::NoFigure)),
        (Some(word), None, _) => {
            // `production:p95` is `production p95`.
            let (row, metric) =
                word.rsplit_once(':').map_or((None, word), |(row, metric)| (Some(row), metric));
            Ok(Subject::Figure { row: row.map(read_row).transpose()?, metric: read_metric(metric)? })
        }
        (Some(row), Some(metric), None) => {
            Ok(Subject::Figure { row: Some(read_row(row)?), metric: read_metric(metric)? })
        }
        (_, _, Some(more)) => Err(Wrong(more, Problem::TooManyWords(more.to_owned()))),
    }
}

fn read_row(name: &str) -> Result<RowName, Wrong<'_>> {
    RowName::new(name).ok_or_else(|| Wrong(name, Problem::Row(name.to_owned())))
}

fn read_metric(word: &str) -> Result<Metric, Wrong<'_>> {
    let alias = || (word == "median").then_some(Metric::RoundMedian);
    Metric::from_word(word).or_else(alias).ok_or_else(|| Wrong(word, Problem::Figure(word.to_owned())))
}

/// A limit in the figure's own unit.
fn read_limit<'a>(limit: &'a str, name: &str, metric: Option<Metric>) -> Result<f64, Wrong<'a>> {
    let end = limit.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(limit.len());
    let (digits, unit) = limit.split_at(end);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.matches('.').count() <= 1;
    let no_number = || Wrong(limit, Problem::Limit(limit.to_owned()));
    if !is_number {
        return Err(no_number());
    }
    let unit = unit.trim_start();
    let kind = metric.map(Metric::unit);
    // Seconds become ms where they are written: multiplied as floats, 1.005 s were a hair less than 1005 ms.
    let exponent = match (kind, unit) {
        (Some(Unit::Ms), "s") => "e3",
        (Some(Unit::Ms), "ms") | (Some(Unit::Percent), "%") => "",
        (Some(Unit::Count | Unit::PerSecond) | None, "") => "",
        (unit_of, given) => {
            let problem = Problem::Unit { figure: name.to_owned(), unit: unit_of, given: given.to_owned() };
            return Err(Wrong(if given.is_empty() { limit } else { given }, problem));
        }
    };
    let value: f64 = format!("{digits}{exponent}").parse().map_err(|_| no_number())?;
    match metric {
        Some(metric) if metric.unit() == Unit::Count && value.fract() != 0.0 => {
            Err(Wrong(limit, Problem::NotWhole(metric)))
        }
        _ if !value.is_finite() => Err(no_number()),
        _ => Ok(value),
    }
}
