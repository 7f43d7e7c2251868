//! Numbers as the reader's language writes them, by the browser's own `Intl`.

use crate::text::EN;
use fetchmark_core::stats::numbers::{end_decimals, interval_decimals, percent_decimals};
use js_sys::Function;
use leptos::prelude::use_context;
use leptos_use_intl_number_format::{NumberStyle, UseIntlNumberFormatOptions, use_intl_number_format};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// One way to write numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Format {
    locale: &'static str,
    style: NumberStyle,
    decimals: u8,
}

thread_local! {
    // Making a format costs far more than using it.
    static FORMATS: RefCell<Vec<(Format, Function)>> = const { RefCell::new(Vec::new()) };
}

/// What stands where there is no figure.
const NONE: &str = "–";

/// The most decimals a time is shown with: clocks resolve no more.
const MOST_DECIMALS: u8 = 2;

/// Numbers in one language.
#[derive(Clone, Copy)]
pub struct Numbers {
    locale: &'static str,
}

impl Numbers {
    /// Numbers as `locale` (a BCP 47 tag) writes them.
    pub fn new(locale: &'static str) -> Self {
        Self { locale }
    }

    /// With this many decimals; a dash where there is no number.
    pub fn fixed(self, value: impl Into<Option<f64>>, decimals: u8) -> String {
        self.write(value.into().unwrap_or(f64::NAN), NumberStyle::Decimal, decimals)
    }

    /// A count.
    pub fn count(self, value: u64) -> String {
        self.fixed(value as f64, 0)
    }

    /// A ratio of times with the ends of its interval: ratio, low, high ([`fetchmark_core::stats::numbers::interval_decimals`]).
    pub fn ratios(self, figures: [f64; 3]) -> [String; 3] {
        let [_, low, high] = figures;
        let decimals = interval_decimals(low, high);
        figures.map(|figure| self.fixed(figure, end_decimals(figure, decimals)))
    }

    /// A ratio with its interval in brackets; a dash where there is none to show.
    pub fn ratio(self, figures: Option<[f64; 3]>) -> String {
        let Some(figures) = figures else { return NONE.to_owned() };
        let [ratio, low, high] = self.ratios(figures);
        format!("{ratio} ({low}–{high})")
    }

    /// A share as a percentage ([`fetchmark_core::stats::numbers::percent_decimals`]); a dash where there is none.
    pub fn percent(self, share: impl Into<Option<f64>>) -> String {
        let share = share.into().unwrap_or(f64::NAN);
        self.write(share, NumberStyle::Percent, percent_decimals(share))
    }

    /// One value with three significant digits, as far as decimals go.
    pub fn measure(self, value: f64) -> String {
        self.fixed(value, decimals([value]))
    }

    fn write(self, value: f64, style: NumberStyle, decimals: u8) -> String {
        if !value.is_finite() {
            return NONE.to_owned();
        }
        let format = Format { locale: self.locale, style, decimals };
        let written = FORMATS.with_borrow_mut(|formats| {
            let known = formats.iter().position(|(known, _)| *known == format);
            let index = known.unwrap_or_else(|| {
                formats.push((format, format.function()));
                formats.len() - 1
            });
            formats[index].1.call1(&JsValue::UNDEFINED, &JsValue::from_f64(value)).ok()
        });
        written.and_then(|written| written.as_string()).unwrap_or_else(|| value.to_string())
    }
}

impl Format {
    fn function(self) -> Function {
        let options = UseIntlNumberFormatOptions::default()
            .locale(self.locale)
            .style(self.style)
            .minimum_fraction_digits(self.decimals)
            .maximum_fraction_digits(self.decimals);
        use_intl_number_format(options).js_intl_number_format.format()
    }
}

/// The decimals that give the smallest of a column's values three significant digits, so that all of the column
/// can be written alike and stand aligned.
pub fn decimals(values: impl IntoIterator<Item = f64>) -> u8 {
    let smallest = values.into_iter().filter(|value| *value > 0.0).fold(f64::INFINITY, f64::min);
    match smallest {
        100.0.. => 0,
        10.0.. => 1,
        _ => MOST_DECIMALS,
    }
}

/// The number formats of the page's language, from the nearest context.
pub fn numbers() -> Numbers {
    use_context().unwrap_or_else(|| Numbers::new(EN.locale))
}

#[cfg(test)]
mod tests {
    use super::decimals;

    #[test]
    fn a_column_is_written_alike() {
        assert_eq!(decimals([152.1, 163.0]), 0);
        assert_eq!(decimals([152.1, 45.0]), 1);
        assert_eq!(decimals([0.0, 3.2]), 2);
        assert_eq!(decimals([]), 0);
    }
}
