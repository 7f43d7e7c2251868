//! The parts of the page, one file each.
//!
//! Texts come in as expressions, never as literals in the markup: one place holds all words, and Leptos then builds
//! every element through the DOM. A wholly literal element would be parsed from HTML, which Trusted Types forbid.

mod answer;
mod client_chips;
mod environment;
mod explain;
mod footer;
mod header;
mod in_flight;
mod lean;
mod more_options;
mod number_input;
mod outcome;
mod param_errors;
mod results_table;
mod round_times;
mod round_times_table;
mod run_button;
mod run_panel;
mod strip_plot;
mod tags;
mod take_away;
mod trust;
mod url_field;
mod what_form;

pub use footer::Footer;
pub use header::Header;
pub use outcome::Outcome;
pub use param_errors::ParamErrors;
pub use run_panel::RunPanel;
pub use what_form::WhatForm;

use crate::numbers::Numbers;
use leptos::prelude::use_context;

/// The number formats of the page's language, from the nearest context.
fn numbers() -> Numbers {
    use_context().unwrap_or_else(|| Numbers::new(crate::text::EN.tag))
}
