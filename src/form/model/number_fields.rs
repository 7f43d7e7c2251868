//! Number fields of the form: what was typed, and the setting it means.

use fetchmark_core::{
    scenario::{
        Scenario,
        params::{Expected, Parameter},
    },
    stats::numbers::read_number,
};

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
    Seed,
    /// Arrivals per second, where requests are sent at a rate.
    Rate,
    /// What still counts as the same, in percent.
    Margin,
}

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

    /// The field's id in the document, which is the parameter's name in links.
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
            Self::Timeout => (f64::from(scenario.timeout_ms) / 1_000.0).to_string(),
            Self::Margin => ((scenario.margin * 1e5).round() / 1e3).to_string(),
            _ => {
                let text = Parameter::named(self.id()).map(|parameter| parameter.write(scenario));
                text.unwrap_or_default().replace(',', ", ")
            }
        }
    }

    /// Puts what was typed into the scenario. A budget that came with the link is kept.
    ///
    /// # Errors
    /// What was expected, in the field's unit, if it is not a setting; the scenario stays as it was.
    pub fn read(self, typed: &str, scenario: &mut Scenario) -> Result<(), Expected> {
        let typed = typed.trim();
        let text = match (self, read_number(typed)) {
            (Self::Timeout, Some(seconds)) => format!("{}ms", (seconds * 1_000.0).round()),
            (Self::Margin, Some(percent)) => (percent / 100.0).to_string(),
            _ => typed.to_owned(),
        };
        let Some(parameter) = Parameter::named(self.id()) else { return Ok(()) };
        parameter.read(&text, scenario).map_err(|expected| match (self, expected) {
            (_, Expected::Duration(low, high)) => {
                Expected::Number(f64::from(low) / 1_000.0, f64::from(high) / 1_000.0)
            }
            (Self::Margin, Expected::Number(low, high)) => Expected::Number(low * 100.0, high * 100.0),
            (_, expected) => expected,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::scenario::concurrency::Concurrency;

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
        for (field, typed, expected) in [
            (NumberField::N, "0", Expected::Whole(1, 100_000)),
            (NumberField::Timeout, "NaN", Expected::Number(0.001, 600.0)),
            (NumberField::Timeout, "601", Expected::Number(0.001, 600.0)),
            (NumberField::Margin, "101", Expected::Number(0.1, 100.0)),
        ] {
            assert_eq!(field.read(typed, &mut scenario), Err(expected), "{typed}");
        }
        assert_eq!(scenario, Scenario::default());
    }
}
