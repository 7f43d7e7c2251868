//! What a result must keep to, and whether it did.

use crate::scenario::factors::string_enum;
use serde::{Deserialize, Serialize};

string_enum! {
    /// Whether a result kept to a gate.
    GateOutcome {
        /// It did.
        Passed = "passed",
        /// It did not.
        Crossed = "crossed",
        /// The numbers do not tell, or they are missing.
        Unresolved = "unresolved",
    }
}

/// One thing a result must keep to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// What: a threshold as it was written, or a row compared with another report.
    pub name: String,
    /// Whether it did.
    pub outcome: GateOutcome,
    /// Why, as English sentences with the figures.
    pub message: String,
}

impl Gate {
    /// A gate with its outcome.
    pub fn new(name: impl Into<String>, outcome: GateOutcome, message: impl Into<String>) -> Self {
        Self { name: name.into(), outcome, message: message.into() }
    }
}

/// The outcome of all gates together: crossed if any is, else unresolved if any is.
pub fn overall<'a>(gates: impl IntoIterator<Item = &'a Gate>) -> GateOutcome {
    let worst = |so_far, gate: &Gate| match (so_far, gate.outcome) {
        (GateOutcome::Crossed, _) | (_, GateOutcome::Crossed) => GateOutcome::Crossed,
        (GateOutcome::Unresolved, _) | (_, GateOutcome::Unresolved) => GateOutcome::Unresolved,
        _ => GateOutcome::Passed,
    };
    gates.into_iter().fold(GateOutcome::Passed, worst)
}
