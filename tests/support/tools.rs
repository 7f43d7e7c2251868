//! The tools for reports, without a module of their own.

use fetchmark_core::{export::Format, scenario::params::Language};
use fetchmark_page::{
    reports::tools::{Made, ReportTools},
    text::{Refusal, ReportProblem, why_refused},
};
use fetchmark_report_tools as tools;
use std::{cell::Cell, future::ready, rc::Rc};

/// What the module does, done here.
#[derive(Clone, Default)]
pub struct TestTools {
    is_missing: Rc<Cell<bool>>,
}

impl TestTools {
    /// Has the module not load, or load again.
    pub fn set_missing(&self, is_missing: bool) {
        self.is_missing.set(is_missing);
    }

    fn made(&self, made: impl FnOnce() -> Result<String, Refusal>) -> Made {
        let refused = |refusal: Refusal| {
            ReportProblem::Refused(Language::ALL.iter().map(|of| (*of, why_refused(&refusal, *of))).collect())
        };
        let made = match self.is_missing.get() {
            true => Err(ReportProblem::NoTools("offline".to_owned())),
            false => made().map_err(refused),
        };
        Box::pin(ready(made))
    }
}

impl ReportTools for TestTools {
    fn opened(&self, report: String) -> Made {
        self.made(|| tools::opened(&report).map(Into::into))
    }

    fn unpacked(&self, text: String) -> Made {
        self.made(|| tools::unpacked(&text))
    }

    fn packed(&self, report: String) -> Made {
        self.made(|| tools::packed(&report))
    }

    fn exported(&self, report: String, format: Format, language: Language) -> Made {
        self.made(|| tools::exported(&report, format, language))
    }

    fn table(&self, report: String) -> Made {
        self.made(|| tools::table(&report))
    }

    fn compared(&self, baseline: String, candidate: String) -> Made {
        self.made(|| tools::compared(&baseline, &candidate))
    }
}
