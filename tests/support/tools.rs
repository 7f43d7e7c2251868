//! The tools for reports, without a module of their own.

use fetchmark_core::scenario::params::Language;
use fetchmark_page::{
    reports::tools::{Made, ReportTools, Task},
    text::{ReportProblem, why_refused},
};
use fetchmark_report_tools as tools;
use std::{cell::Cell, future::ready, rc::Rc};

#[derive(Clone, Default)]
pub struct TestTools {
    is_missing: Rc<Cell<bool>>,
}

impl TestTools {
    pub fn set_missing(&self, is_missing: bool) {
        self.is_missing.set(is_missing);
    }
}

impl ReportTools for TestTools {
    fn make(&self, task: Task) -> Made {
        if self.is_missing.get() {
            return Box::pin(ready(Err(ReportProblem::NoTools("offline".to_owned()))));
        }
        let made = match task {
            Task::Open(report) => tools::opened(&report).map(Into::into),
            Task::Unpack(text) => tools::unpacked(&text),
            Task::Pack(report) => tools::packed(&report),
            Task::Export(report, format, language) => tools::exported(&report, format, language),
            Task::Table(report) => tools::table(&report),
            Task::Compare { baseline, candidate } => tools::compared(&baseline, &candidate),
            Task::CompareWithRow(report, baseline) => tools::compared_with_row(&report, &baseline),
        };
        Box::pin(ready(made.map_err(|refusal| {
            ReportProblem::Refused(Language::ALL.iter().map(|of| (*of, why_refused(&refusal, *of))).collect())
        })))
    }
}
