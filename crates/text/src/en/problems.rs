//! What is wrong with what was typed, in English.

use crate::{FieldProblem, UrlProblem};

pub(super) fn url_problem(problem: &UrlProblem) -> String {
    match problem {
        UrlProblem::NotAnAddress(address) => {
            format!("“{address}” is not a web address. Write it like https://example.com/path.")
        }
        UrlProblem::NotKept => {
            "A value in the address was not kept with the other settings. Write it again in place of •••."
                .to_owned()
        }
        UrlProblem::Credentials(host) => {
            format!("Browsers refuse addresses that hold a user name or password. Write {host} without them.")
        }
    }
}

pub(super) fn field_problem(problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::Whole { low, high } => format!("Write a whole number from {low} to {high}."),
        FieldProblem::AutoOrWhole { low, high } => {
            format!("Write auto, or a whole number from {low} to {high}.")
        }
        FieldProblem::Seconds { high } => format!("Write a time in seconds, from 0.001 to {high}."),
        FieldProblem::Number { low, high } => {
            format!("Write a number from {low} to {high}.")
        }
        FieldProblem::InFlight { high } => {
            format!("Write all, or a whole number from 1 to {high}; several with commas, to compare them.")
        }
    }
}
