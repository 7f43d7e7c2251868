//! What a person started stays in view: the form is longer than a screen, and progress and answer stand below it.

use crate::{
    js,
    run::{request::Request, store::RunStore},
};
use std::{cell::Cell, rc::Rc};

/// How far the run is.
const PROGRESS: &str = ".run-panel";

/// What came of it: why there is nothing, or else the answer.
const END: &str = "[data-testid=run-error], [data-testid=answer]";

/// The button that starts and stops.
pub const GO: &str = ".go";

/// The report that was opened, by its notice.
pub const OPENED: &str = "[data-testid=opened]";

/// The comparison of two reports.
pub const COMPARED: &str = "#compared-title";

/// Why a report was not opened or compared.
pub const NOT_OPENED: &str = "[data-testid=report-problem]";

/// Brings into view what was asked for, once it is drawn.
pub fn show(selector: &'static str) {
    js::spawn(async move {
        js::next_frame().await;
        js::bring_into_view(selector);
    });
}

/// Runs, and brings progress into view, and then what came of it, unless the person has scrolled meanwhile.
pub fn run(store: RunStore, request: Request) {
    let place = Rc::new(Cell::new(js::scrolled()));
    let noted = place.clone();
    js::spawn(async move {
        js::next_frame().await;
        js::bring_into_view(PROGRESS);
        noted.set(js::scrolled());
    });
    js::spawn(async move {
        // The page shows how it ended.
        let _ = store.run(request).await;
        if place.get() == js::scrolled() {
            js::bring_into_view(END);
        }
    });
}
