//! JUnit XML, which CI systems show as tests: a case for each gate.
//!
//! Without a gate there is one case, the run: a file without any is taken for tests that did not run.
//!
//! A gate that was crossed is a failure. One that the numbers do not decide is skipped, which keeps it in sight and fails nothing.
//! The shape is the common one of Jenkins' xunit schema and the testmoapp/junitxml description.

use crate::{
    report::{self, Labels, Sessions},
    words::EN,
};
use fetchmark_core::{
    export::{ExportError, Format},
    gates::{Gate, GateOutcome},
    report::{Ending, Report},
    request::secrets,
    scenario::Scenario,
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use std::io;

/// The case that is of no gate.
const THE_RUN: &str = "the run";

/// What the gates are of.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// The address, or the labels of several targets.
    name: String,
    /// Labels with addresses, of several targets; then sessions by their ids.
    properties: Vec<[String; 2]>,
    started_at: String,
    seconds: f64,
    /// Why the run is not whole, if it is not.
    broken: Option<String>,
}

impl Head {
    pub(super) fn of(report: &Report) -> Self {
        let mut head = Self::of_scenario(&report.scenario);
        head.properties.extend(sessions(report));
        Self {
            started_at: allowed(report.started_at.trim_end_matches('Z')),
            seconds: report.duration_ms / 1_000.0,
            broken: (report.ending != Ending::Complete).then(|| {
                let details = report.validity.iter().filter(|finding| finding.variant.is_none());
                let details: Vec<&str> = details.filter_map(|finding| finding.detail.as_deref()).collect();
                allowed(&format!("The run was not finished ({}). {}", report.ending, details.join(" ")))
            }),
            ..head
        }
    }

    fn of_scenario(scenario: &Scenario) -> Self {
        let address = |url: &str| allowed(&secrets::address(url));
        let several = if scenario.has_several_targets() { &scenario.targets[..] } else { &[] };
        let labels = several.iter().map(|target| target.label.as_str()).collect::<Vec<_>>().join(", ");
        Self {
            name: if several.is_empty() { address(&scenario.target.url) } else { allowed(&labels) },
            properties: several.iter().map(|target| [allowed(&target.label), address(&target.url)]).collect(),
            started_at: String::new(),
            seconds: 0.0,
            broken: None,
        }
    }
}

/// The JUnit XML of a run that came to no report: one case, an error with this sentence.
pub fn junit_of_failure(
    scenario: &Scenario,
    started_at: &str,
    seconds: f64,
    why: &str,
) -> Result<String, ExportError> {
    let head = Head {
        started_at: allowed(started_at.trim_end_matches('Z')),
        seconds,
        broken: Some(allowed(why)),
        ..Head::of_scenario(scenario)
    };
    write(&head, &[])
}

pub(super) fn write(head: &Head, gates: &[Gate]) -> Result<String, ExportError> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    suites(&mut writer, head, gates).map_err(|error| ExportError::not_written(Format::Junit, error))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|error| ExportError::not_written(Format::Junit, error))
}

fn suites(writer: &mut Writer<Vec<u8>>, head: &Head, gates: &[Gate]) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let count = |outcome| gates.iter().filter(|gate| gate.outcome == outcome).count().to_string();
    let cases = gates.len() + usize::from(head.broken.is_some() || gates.is_empty());
    // All gates are judged on the same rounds. With an equal share for each, readers that add up get the run's time.
    let share = seconds(head.seconds / cases as f64);
    let totals = [
        ("tests", cases.to_string()),
        ("failures", count(GateOutcome::Crossed)),
        ("errors", u8::from(head.broken.is_some()).to_string()),
        ("skipped", count(GateOutcome::Unresolved)),
        ("time", seconds(head.seconds)),
    ];
    let totals = || totals.iter().map(|(name, value)| (*name, value.as_str()));
    let suites = writer.create_element("testsuites").with_attribute(("name", "fetchmark"));
    suites.with_attributes(totals()).write_inner_content(|writer| {
        let suite = writer.create_element("testsuite").with_attribute(("name", head.name.as_str()));
        let suite = suite.with_attributes(totals()).with_attribute(("timestamp", head.started_at.as_str()));
        suite.write_inner_content(|writer| {
            properties(writer, &head.properties)?;
            match &head.broken {
                Some(why) => error(writer, why, &share)?,
                None if gates.is_empty() => case(writer, &whole(), &share)?,
                None => {}
            }
            gates.iter().try_for_each(|gate| case(writer, gate, &share))
        })?;
        Ok(())
    })?;
    Ok(())
}

/// What is known of each session, by its id.
fn sessions(report: &Report) -> Vec<[String; 2]> {
    let Some(Sessions { list, .. }) = report::sessions(report, &Labels::default(), &EN) else {
        return Vec::new();
    };
    let known = |row: &Vec<String>| {
        let cells = list.heads.iter().zip(row).skip(1);
        let cells: Vec<String> = cells.map(|(head, cell)| format!("{head}: {cell}")).collect();
        [&row[0], &cells.join("; ")].map(|text| allowed(text))
    };
    list.rows.iter().map(known).collect()
}

fn properties(writer: &mut Writer<Vec<u8>>, properties: &[[String; 2]]) -> io::Result<()> {
    if properties.is_empty() {
        return Ok(());
    }
    writer.create_element("properties").write_inner_content(|writer| {
        properties.iter().try_for_each(|[name, value]| {
            let property = writer.create_element("property").with_attribute(("name", name.as_str()));
            property.with_attribute(("value", value.as_str())).write_empty().map(drop)
        })
    })?;
    Ok(())
}

/// The case that tells of a run that is not whole: without it nothing would seem wrong.
fn error(writer: &mut Writer<Vec<u8>>, why: &str, time: &str) -> io::Result<()> {
    let attributes = [("name", THE_RUN), ("classname", "fetchmark"), ("time", time)];
    writer.create_element("testcase").with_attributes(attributes).write_inner_content(|writer| {
        let element = writer.create_element("error").with_attribute(("message", why));
        element.with_attribute(("type", "not-finished")).write_empty()?;
        Ok(())
    })?;
    Ok(())
}

/// The case of a run that is whole and was held to nothing.
fn whole() -> Gate {
    Gate::new(THE_RUN, GateOutcome::Passed, "The run completed. No threshold was set.")
}

fn case(writer: &mut Writer<Vec<u8>>, gate: &Gate, time: &str) -> io::Result<()> {
    let (name, message) = (allowed(&gate.name), allowed(&gate.message));
    let attributes = [("name", name.as_str()), ("classname", "fetchmark"), ("time", time)];
    let element = writer.create_element("testcase").with_attributes(attributes);
    let name_of_element = match gate.outcome {
        GateOutcome::Passed => "system-out",
        GateOutcome::Crossed => "failure",
        GateOutcome::Unresolved => "skipped",
    };
    element.write_inner_content(|writer| {
        let element = writer.create_element(name_of_element);
        match gate.outcome {
            GateOutcome::Passed => element.write_text_content(BytesText::new(&message))?,
            GateOutcome::Crossed => element
                .with_attribute(("message", message.as_str()))
                .with_attribute(("type", "crossed"))
                .write_text_content(BytesText::new(&message))?,
            GateOutcome::Unresolved => element.with_attribute(("message", message.as_str())).write_empty()?,
        };
        Ok(())
    })?;
    Ok(())
}

/// A time as readers of such files take it: never with an exponent.
fn seconds(seconds: f64) -> String {
    format!("{seconds:.3}")
}

/// Text without what XML 1.0 cannot hold even escaped (<https://www.w3.org/TR/xml/#charsets>), each such character replaced by U+FFFD.
fn allowed(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_allowed(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}
