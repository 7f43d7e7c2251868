//! The browsers of a run, from one to many: opened, measuring at the same time, their reports merged, and closed in any case.

mod members;
mod opening;
mod stop;

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::pin::pin;

use fetchmark_core::scenario::Scenario;
use futures::FutureExt;
use url::Url;

use super::driver::follow::RunOutcome;
use super::progress::ProgressDisplay;
use super::python::PythonClients;
use super::settings::plan::Plan;
use crate::error::CliError;
use members::Work;
use opening::Opened;

/// Measures in as many browsers as the plan says. All are closed when this returns.
pub(super) async fn measure(
    plan: &Plan,
    scenario: &Scenario,
    page: &Url,
    python: Option<&mut PythonClients>,
    progress: &ProgressDisplay,
    interrupted: impl Future<Output = ()>,
) -> Result<RunOutcome, CliError> {
    let mut interrupted = pin!(interrupted);
    let mut opened = Opened::default();
    let measuring = async {
        opening::open(plan, &mut opened, progress, &mut interrupted).await?;
        let Opened { members, missing, .. } = &mut opened;
        if plan.fleet.sessions > 1 {
            tokio::select! {
                () = opening::find_nodes(plan, members) => {}
                () = &mut interrupted => return Err(CliError::interrupted()),
            }
        }
        let work = Work { plan, scenario, page };
        members::measure(members, missing, &work, python, progress, interrupted).await
    };
    // A mistake of ours must not leave browsers open that somebody pays for.
    let measured = AssertUnwindSafe(measuring).catch_unwind().await;
    for error in opened.close().await {
        progress.warn(&plan.secrets.hide(&error.to_string()));
    }
    measured.unwrap_or_else(|panic| resume_unwind(panic))
}
