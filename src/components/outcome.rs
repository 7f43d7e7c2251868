//! What came of the run, in reading order: answer, figures, pictures, trust, take-away.

use super::{
    answer::answer,
    el::{El, classed, el},
    percentiles::percentiles,
    phases::phases,
    report_comparison::report_comparison,
    results_table::results_table,
    round_times::round_times,
    sweep::sweep,
    take_away::take_away,
    trust::trust,
    waterfall::waterfall,
};
use crate::{dates::when, desk::Desk, text::text};

/// Everything there is to say once there is a report.
pub fn outcome(desk: Desk) -> El {
    let text = text();
    let store = desk.store;
    // The answer's live region stays, so that its content is heard when it comes.
    let first = el("div").set("aria-live", "polite").part(move || Some(answer(&*store.report()?)));
    let opened = el("div").set("role", "status").part(move || {
        let report = store.report().filter(|_| store.is_opened())?;
        let notice = classed("p", "notice").set("data-testid", "opened");
        Some(notice.text(&(text.kept.opened)(&when(&report.started_at, text.tag))))
    });
    let against = report_comparison(desk);
    classed("div", "bare").child(opened).child(first).child(against).part(move || {
        let report = store.report()?;
        let mut rest = classed("div", "bare").child(results_table(&report));
        if report.has_rounds() {
            rest = rest
                .children(round_times(&report, "rounds", text.results.rounds_title))
                .children(sweep(&report))
                .children(percentiles(&report, "percentiles", text.pictures.percentiles_title))
                .children(phases(&report))
                .children(waterfall(&report));
        }
        Some(rest.child(trust(&report)).child(take_away(desk)))
    })
}
