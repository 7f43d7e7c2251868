//! Number fields of the form: what was typed, and the setting it means.

use crate::text::FieldProblem;
use fetchmark_core::{
    scenario::{
        Scenario,
        concurrency::Concurrency,
        limits::{
            LARGEST_SEED, MARGIN_RANGE, MAX_IN_FLIGHT, N_RANGE, RATE_RANGE, ROUNDS_RANGE, TIMEOUT_MS_RANGE,
            WARMUP_RANGE,
        },
    },
    stats::numbers::read_number,
};
use std::ops::RangeInclusive;

/// One number field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberField {
    N,
    /// Requests in flight: `all`, a number, or several numbers to compare.
    InFlight,
    /// Measured rounds per variant, or `auto`.
    Rounds,
    /// Discarded rounds per variant.
    Warmup,
    /// Time-out of one request, in seconds.
    Timeout,
    /// Seed of the schedule.
    Seed,
    /// Arrivals per second, where requests are sent at a rate.
    Rate,
    /// What still counts as the same, in percent.
    Margin,
}

/// The word for as many rounds as the answer needs.
const AUTO: &str = "auto";

impl NumberField {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::N,
        Self::InFlight,
        Self::Rounds,
        Self::Warmup,
        Self::Timeout,
        Self::Seed,
        Self::Rate,
        Self::Margin,
    ];

    /// The field's id in the document.
    pub fn id(self) -> &'static str {
        match self {
            Self::N => "n",
            Self::InFlight => "concurrency",
            Self::Rounds => "rounds",
            Self::Warmup => "warmup",
            Self::Timeout => "timeout",
            Self::Seed => "seed",
            Self::Rate => "rate",
            Self::Margin => "margin",
        }
    }

    /// Whether nothing but a number can be typed.
    pub fn is_only_a_number(self) -> bool {
        !matches!(self, Self::InFlight | Self::Rounds)
    }

    /// The setting as it would be typed.
    pub fn write(self, scenario: &Scenario) -> String {
        match self {
            Self::N => scenario.n.to_string(),
            Self::InFlight => {
                scenario.concurrency.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }
            Self::Rounds if scenario.auto.is_some() => AUTO.to_owned(),
            Self::Rounds => scenario.rounds.to_string(),
            Self::Warmup => scenario.warmup.to_string(),
            Self::Timeout => (f64::from(scenario.timeout_ms) / 1_000.0).to_string(),
            Self::Seed => scenario.seed.to_string(),
            Self::Rate => scenario.rate.to_string(),
            Self::Margin => ((scenario.margin * 1e5).round() / 1e3).to_string(),
        }
    }

    /// Puts what was typed into the scenario.
    ///
    /// # Errors
    /// A [`FieldProblem`] if it is not a setting; the scenario stays as it was.
    pub fn read(self, typed: &str, scenario: &mut Scenario) -> Result<(), FieldProblem> {
        let typed = typed.trim();
        match self {
            Self::N => scenario.n = whole(typed, N_RANGE)?,
            Self::InFlight => {
                let lanes: Result<Vec<Concurrency>, _> =
                    typed.split(',').map(|lanes| lanes.trim().parse()).collect();
                scenario.concurrency = lanes.map_err(|_| FieldProblem::InFlight { high: MAX_IN_FLIGHT })?;
            }
            // A budget that came with the link is kept.
            Self::Rounds if typed == AUTO => scenario.auto = Some(scenario.auto.unwrap_or_default()),
            Self::Rounds => {
                let (low, high) = (*ROUNDS_RANGE.start(), *ROUNDS_RANGE.end());
                let problem = |_| FieldProblem::AutoOrWhole { low, high };
                scenario.rounds = whole(typed, ROUNDS_RANGE).map_err(problem)?;
                scenario.auto = None;
            }
            Self::Warmup => scenario.warmup = whole(typed, WARMUP_RANGE)?,
            Self::Timeout => scenario.timeout_ms = seconds(typed)?,
            Self::Rate => scenario.rate = number(typed, RATE_RANGE)?,
            Self::Margin => {
                let percent = number(typed, MARGIN_RANGE.start() * 100.0..=MARGIN_RANGE.end() * 100.0)?;
                scenario.margin = percent / 100.0;
            }
            Self::Seed => {
                let seed = typed.parse().ok().filter(|seed| *seed <= LARGEST_SEED);
                scenario.seed = seed.ok_or(FieldProblem::Whole { low: 0, high: LARGEST_SEED })?;
            }
        }
        Ok(())
    }
}

fn whole(typed: &str, range: RangeInclusive<u32>) -> Result<u32, FieldProblem> {
    typed
        .parse()
        .ok()
        .filter(|number| range.contains(number))
        .ok_or(FieldProblem::Whole { low: (*range.start()).into(), high: (*range.end()).into() })
}

fn number(typed: &str, range: RangeInclusive<f64>) -> Result<f64, FieldProblem> {
    let problem = FieldProblem::Number { low: *range.start(), high: *range.end() };
    read_number(typed).filter(|number| range.contains(number)).ok_or(problem)
}

/// Seconds as typed, in ms.
fn seconds(typed: &str) -> Result<u32, FieldProblem> {
    let ms = read_number(typed).map_or(f64::NAN, |seconds| (seconds * 1_000.0).round());
    let bounds = f64::from(*TIMEOUT_MS_RANGE.start())..=f64::from(*TIMEOUT_MS_RANGE.end());
    if bounds.contains(&ms) {
        Ok(ms as u32)
    } else {
        Err(FieldProblem::Seconds { high: TIMEOUT_MS_RANGE.end() / 1_000 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let scenario = Scenario {
            n: 7,
            rounds: 3,
            warmup: 0,
            timeout_ms: 1_500,
            seed: 42,
            rate: 12.5,
            margin: 0.02,
            concurrency: vec![Concurrency::Exactly(6), Concurrency::All],
            ..Scenario::default()
        };
        let mut read = Scenario::default();
        for field in NumberField::ALL {
            field.read(&field.write(&scenario), &mut read).unwrap();
        }
        assert_eq!(read, scenario);
    }

    #[test]
    fn what_is_no_setting_is_refused_and_changes_nothing() {
        let mut scenario = Scenario::default();
        for typed in ["", "0", "-1", "1e9", "1.5", "ten", "1000000000"] {
            assert!(NumberField::N.read(typed, &mut scenario).is_err(), "{typed}");
        }
        for (field, typed) in [
            (NumberField::Timeout, "0"),
            (NumberField::Timeout, "NaN"),
            (NumberField::Timeout, "601"),
            (NumberField::InFlight, "6,"),
            (NumberField::InFlight, "257"),
            (NumberField::Seed, "-1"),
            (NumberField::Rate, "0"),
            (NumberField::Rate, "NaN"),
            (NumberField::Margin, "101"),
        ] {
            assert!(field.read(typed, &mut scenario).is_err(), "{typed}");
        }
        assert_eq!(scenario, Scenario::default());
    }
}
