//! What is wrong with what was typed, in English.

use crate::words::{FieldProblem, UrlProblem};

pub(super) fn url_problem(problem: &UrlProblem) -> String {
    match problem {
        UrlProblem::NotAnAddress(address) => {
            format!("“{address}” is not a URL. Enter one like https://example.com/path.")
        }
        UrlProblem::NotKept => "A secret in the URL was not kept. Enter it again in place of •••.".to_owned(),
        UrlProblem::Credentials(host) => {
            format!("Browsers refuse URLs with a user name or password. Enter {host} without them.")
        }
    }
}

pub(super) fn field_problem(problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::Whole { low, high } => format!("Enter a whole number from {low} to {high}."),
        FieldProblem::AutoOrWhole { low, high } => {
            format!("Enter auto, or a whole number from {low} to {high}.")
        }
        FieldProblem::Seconds { high } => format!("Enter a time in seconds, from 0.001 to {high}."),
        FieldProblem::Number { low, high } => {
            format!("Enter a number from {low} to {high}.")
        }
        FieldProblem::InFlight { high } => {
            format!(
                "Enter all, or a whole number from 1 to {high}. To compare several, separate them with commas."
            )
        }
    }
}
