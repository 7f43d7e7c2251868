//! `fetchmark run`: a run of the page in a browser, from the command line.

mod answer;
mod authorities;
mod body;
mod capability;
mod config;
mod error;
mod lab_address;
mod options;
mod outputs;
mod outside;
mod plan;
mod proxy;
mod reach;
mod session;
mod settings;
mod show;
mod text;
mod watch;

use std::env;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use fetchmark_core::export::Format;
use fetchmark_core::gate::{Gate, GateOutcome, gates_of_comparison, together};
use fetchmark_core::language::Language;
use fetchmark_core::report::Report;
use fetchmark_core::report_comparison::compare_reports;
use fetchmark_core::scenario::Scenario;
use fetchmark_core::secrets;
use fetchmark_core::validity::FindingCode;
use fetchmark_lab::{Interrupt, Lab, LabConfig};
use fetchmark_text::export::export;
use url::Url;

use crate::error::CliError;
use crate::exit::Exit;
use crate::output::print;
use crate::page;
use outside::Outside;
use plan::{Page, Plan};
use session::Session;
use show::Show;
use watch::{Limits, Ran, Trouble, follow};

pub(crate) use error::RunError;
pub(crate) use options::Options;

/// Measures, writes and prints what came of it, and says how it ended.
///
/// # Errors
/// [`RunError`] if the run could not be made or went no further; the rounds that were finished are written all the same.
pub(crate) async fn run(options: Options) -> Result<Exit, RunError> {
    let settings = config::merged(options.settings, options.config.as_deref())?;
    let plan = Plan::of(settings, options.config.as_deref())?;
    let mut show = Show::new(options.quiet);
    if let Some(file) = &plan.missing_baseline {
        let file = file.display();
        show.warn(&format!(
            "{file} is not there yet: this is the first run, so there is nothing to compare with."
        ));
    }
    let begun = Instant::now();
    for error in outputs::clear(&plan) {
        show.warn(&error.to_string());
    }
    let measured = measure(&plan, &mut show).await;
    show.end();
    let ran = match measured {
        Ok(ran) => ran,
        Err(error) => Ran { report: None, rounds: Vec::new(), trouble: Some(Trouble::Error(error)) },
    };
    let Ran { report, rounds, trouble } = ran.without(&plan.secrets);

    let gates = match (&report, &trouble) {
        (Some(report), None) => gates(report, &plan, &show),
        // What is not whole is held to nothing.
        _ => Vec::new(),
    };
    // Nothing is left undone because something else failed: a run is dear.
    let not_written = match (&report, &trouble) {
        (Some(report), _) => outputs::write(report, &rounds, &gates, &plan),
        (None, Some(trouble)) => outputs::write_failure(&trouble.to_string(), begun.elapsed(), &plan),
        (None, None) => Vec::new(),
    };
    let told = match &report {
        Some(report) => tell(report, &gates, &plan, (options.json, options.quiet)),
        None => Ok(()),
    };
    for error in &not_written {
        show.warn(&error.to_string());
    }
    if let Some(trouble) = trouble {
        let kept = match (&report, plan.outputs.len()) {
            (None, _) => "No round was finished, so that there is no report.",
            (Some(_), 0) => "The finished rounds are in the answer above.",
            (Some(_), _) => "The finished rounds are in the report.",
        };
        show.say(kept);
        if let Trouble::Error(error) = trouble {
            return Err(error);
        }
        return if not_written.is_empty() { Ok(Exit::Interrupted) } else { Ok(Exit::CouldNotRun) };
    }
    told?;
    Ok(match () {
        () if !not_written.is_empty() => Exit::CouldNotRun,
        () if has_crossed(&gates, plan.strict) => Exit::Crossed,
        () => Exit::Good,
    })
}

/// Serves the page, opens it in a browser, and follows the run. Whatever was started has ended when this returns.
async fn measure(plan: &Plan, show: &mut Show) -> Result<Ran, RunError> {
    let interrupt = Interrupt::listen().map_err(CliError::Signal)?;
    let mut interrupted = std::pin::pin!(interrupt.wait());
    let (lab, url) = serve(&plan.page).await?;
    let mut scenario = plan.scenario.clone();
    let certificate = lab.as_ref().and_then(Lab::certificate_pem);
    let requested = proxy::requested(&scenario.target, &url);
    let of_environment = proxy::of_environment(&requested, |name| env::var(name).ok());
    let starting = outside::start_if_wanted(
        &mut scenario,
        &plan.thresholds,
        certificate,
        of_environment.is_some(),
        show,
    );
    let (mut outside, notices) = tokio::select! {
        started = starting => started?,
        () = &mut interrupted => return Ok(interrupted_early()),
    };
    show.say(&format!("Opening {} in {}.", secrets::address(url.as_str()), plan.browser.name()));
    let opening = Session::open(plan, show);
    let opened = tokio::select! {
        opened = opening => Some(opened),
        () = &mut interrupted => None,
    };
    let mut ran = match opened {
        None => Ok(interrupted_early()),
        Some(Err(error)) => Err(error),
        Some(Ok(session)) => {
            let wants_samples = plan.samples.is_some();
            let begun = tokio::select! {
                begun = begin(&session, url.as_str(), &scenario, outside.as_ref(), wants_samples) => Some(begun),
                () = &mut interrupted => None,
            };
            let ran = match begun {
                None => Ok(interrupted_early()),
                Some(Err(error)) => Err(error),
                Some(Ok(())) => {
                    let request = Duration::from_millis(plan.scenario.timeout_ms.into());
                    let limits = Limits { request, total: plan.total };
                    Ok(follow(&session, outside.as_mut(), limits, show, interrupted).await)
                }
            };
            if let Err(still_open) = session.end().await {
                show.warn(&plan.secrets.hide(&still_open.to_string()));
            }
            ran
        }
    };
    if let Ok(Ran { report: Some(report), .. }) = &mut ran {
        notices.put_into(report);
        // A browser elsewhere has an environment of its own.
        let own = of_environment.filter(|_| plan.webdriver.is_none());
        if let Some(proxy) = proxy::of_browser(&requested, &plan.capabilities).unwrap_or(own) {
            proxy::put_into(report, &proxy);
        }
        // Of a browser on another machine a look from here says nothing. The lab must still be there.
        if plan.webdriver.is_none() {
            reach::look(report).await;
        }
    }
    if let Some(lab) = lab {
        lab.stop().await;
    }
    ran
}

async fn begin(
    session: &Session,
    url: &str,
    scenario: &Scenario,
    outside: Option<&Outside>,
    wants_samples: bool,
) -> Result<(), RunError> {
    session.load(url).await?;
    let runtimes = outside.map(|outside| std::slice::from_ref(outside.runtime()));
    session.start(scenario, runtimes, wants_samples).await
}

fn interrupted_early() -> Ran {
    Ran { report: None, rounds: Vec::new(), trouble: Some(Trouble::Interrupted) }
}

/// Serves the page unless it is served already; tells its address.
async fn serve(page: &Page) -> Result<(Option<Lab>, Url), RunError> {
    let (directory, address, port, tls, url) = match page {
        Page::Elsewhere(url) => return Ok((None, url.clone())),
        Page::Served { directory, address, port, tls, url } => {
            (directory, *address, *port, *tls, url.clone())
        }
    };
    let source = page::source(directory.clone())?;
    // The page itself comes by TLS then, so that what is measured is its own server as it is without.
    let (http, https) = if tls.is_some() { (0, Some(port)) } else { (port, None) };
    let config = LabConfig {
        http,
        https,
        tls: tls.unwrap_or_default(),
        address,
        page: Some(source),
        ..LabConfig::default()
    };
    let lab = Lab::start(config).await?;
    let own = || {
        let url = lab.https_url().unwrap_or_else(|| lab.http_url());
        Url::parse(&url).map_err(|error| RunError::Answer(error.to_string()))
    };
    let url = url.map_or_else(own, Ok)?;
    Ok((Some(lab), url))
}

fn gates(report: &Report, plan: &Plan, show: &Show) -> Vec<Gate> {
    let thresholds = plan.thresholds.iter().map(|threshold| threshold.judge(report));
    let baseline = plan.baseline.as_ref().map(|baseline| {
        let compared = compare_reports(baseline, report);
        for secret in &compared.unknown {
            show.say(&format!("This run and the baseline may differ in {secret}: its value is not kept."));
        }
        gates_of_comparison(&compared)
    });
    thresholds.chain(baseline.into_iter().flatten()).chain(missing(report, plan.strict)).collect()
}

/// Rows that were asked for and could not run: who is strict did not get what was wanted.
fn missing(report: &Report, is_strict: bool) -> Option<Gate> {
    let is_missing = report.validity.iter().any(|finding| finding.code == FindingCode::OutsideMissing);
    let message = "Variants that run outside the browser are missing; the findings say why.";
    (is_strict && is_missing).then(|| Gate::new("rows outside the browser", GateOutcome::Unresolved, message))
}

/// Whether the gates as a whole are crossed; where it is to be strict, also if the numbers do not tell.
fn has_crossed(gates: &[Gate], strict: bool) -> bool {
    match together(gates) {
        GateOutcome::Passed => false,
        GateOutcome::Unresolved => strict,
        GateOutcome::Crossed => true,
    }
}

fn tell(report: &Report, gates: &[Gate], plan: &Plan, (json, quiet): (bool, bool)) -> Result<(), RunError> {
    if json {
        print(&export(report, Format::Json, gates, Language::English)?)?;
    }
    let text = if quiet {
        let crossed = gates.iter().filter(|gate| has_crossed(std::slice::from_ref(gate), plan.strict));
        crossed.map(|gate| format!("{}: {}. {}\n", gate.name, gate.outcome, gate.message)).collect()
    } else {
        let authorities =
            authorities::advice(report, |name| env::var_os(name).is_some_and(|file| !file.is_empty()));
        answer::text(report, gates) + &authorities.map(|advice| advice + "\n").unwrap_or_default()
    };
    if json || quiet {
        // Nothing is left to do if not even this can be told.
        let _ = write!(io::stderr(), "{text}");
        Ok(())
    } else {
        Ok(print(&text)?)
    }
}
