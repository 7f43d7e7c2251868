//! The parts of the page, one file each: plain functions from what there is to show to an [`el::El`].

mod answer;
mod check_button;
mod check_fix;
mod client_chips;
mod clipboard;
mod connection_choice;
mod dropped_files;
mod el;
mod environment;
mod explain;
mod footer;
mod from_file;
mod header;
mod in_flight;
mod kept_reports;
mod languages;
mod lifecycles;
mod more_options;
mod number_input;
mod outcome;
mod pacing_choice;
mod param_errors;
mod percentiles;
mod phases;
mod plot;
mod preset_choice;
mod problems;
mod report_comparison;
mod request_fields;
mod results_table;
mod round_times;
mod run_button;
mod run_panel;
mod sweep;
mod tags;
mod take_away;
mod target_check;
mod trust;
mod url_field;
mod waterfall;
mod what_form;

pub use dropped_files::open_dropped_files;
pub use el::{El, classed, el};
pub use footer::footer;
pub use header::header;
pub use kept_reports::kept_reports;
pub use languages::languages;
pub use outcome::outcome;
pub use param_errors::param_errors;
pub use run_panel::run_panel;
pub use what_form::what_form;

use crate::numbers::Numbers;
use leptos::prelude::use_context;

/// The number formats of the page's language, from the nearest context.
fn numbers() -> Numbers {
    use_context().unwrap_or_else(|| Numbers::new(crate::text::EN.tag))
}
