//! What came of the run, in reading order: answer, figures, pictures, trust, take-away.

use super::{
    answer::answer,
    el::{El, classed, el},
    percentiles::percentiles,
    phases::phases,
    results_table::results_table,
    round_times::round_times,
    sweep::sweep,
    take_away::take_away,
    trust::trust,
    waterfall::waterfall,
};
use crate::{form::Form, run_store::RunStore};

/// Everything there is to say once there is a report.
pub fn outcome(store: RunStore, form: Form) -> El {
    // The answer's live region stays, so that its content is heard when it comes.
    let first = el("div").set("aria-live", "polite").part(move || Some(answer(&*store.report()?)));
    classed("div", "bare").child(first).part(move || {
        let report = store.report()?;
        let mut rest = classed("div", "bare").child(results_table(&report));
        if report.has_rounds() {
            rest = rest
                .child(round_times(&report))
                .children(sweep(&report))
                .children(percentiles(&report))
                .children(phases(&report))
                .children(waterfall(&report));
        }
        Some(rest.child(trust(&report)).child(take_away(store, form)))
    })
}
