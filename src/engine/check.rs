//! The engine's word on a target.

use crate::reports::reading::{Value, Wrong};
use fetchmark_core::{
    server_lines::Server,
    target::Method,
    target_check::{CheckCode, CheckFinding, Fix, Mark, ServerLines, TargetCheck, Topic},
};

/// Reads a check.
///
/// # Errors
/// [`Wrong`], naming the first field that is not as expected.
pub fn read_check(check: &Value) -> Result<TargetCheck, Wrong> {
    Ok(TargetCheck {
        url: check.text("url")?,
        method: check.word("method", Method::from_word)?,
        cross_origin: check.truth("cross_origin")?,
        requests: check.count("requests")? as u32,
        findings: check.list("findings", finding)?,
    })
}

fn finding(finding: &Value) -> Result<CheckFinding, Wrong> {
    Ok(CheckFinding {
        topic: finding.word("topic", Topic::from_word)?,
        code: finding.word("code", CheckCode::from_word)?,
        mark: finding.word("mark", Mark::from_word)?,
        detail: finding.optional_text("detail"),
        fix: finding.word("fix", Fix::from_word).ok(),
        lines: finding.list("lines", lines)?,
    })
}

fn lines(lines: &Value) -> Result<ServerLines, Wrong> {
    Ok(ServerLines { server: lines.word("server", Server::from_word)?, text: lines.text("text")? })
}
