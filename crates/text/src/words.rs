//! What there is to say, part by part of page and reports: a language gives each its words.

mod answer;
mod charts;
mod check;
mod export;
mod form;
mod headline;
mod kept;
mod problem;
mod results;
mod run;
mod tag;
mod text;
mod validity;

pub use answer::{Answer, Baseline};
pub use charts::Charts;
pub use check::Check;
pub use export::Export;
pub use form::{Form, LinkErrors, Options, Request};
pub use headline::{Differs, HeadlineText};
pub use kept::{ComparedReport, Comparison, Kept};
pub(crate) use problem::said;
pub use problem::{FieldProblem, Refusal, ReportProblem, UrlProblem};
pub use results::{Lifecycles, Ranking, Results};
pub use run::{Failures, Run};
pub(crate) use tag::client_word;
pub use tag::{Side, Tag};
pub use text::Text;
pub use validity::Validity;
