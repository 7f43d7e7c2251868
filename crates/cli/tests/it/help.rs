//! What the program says of itself.

use insta::assert_snapshot;
use predicates::prelude::*;
use predicates::str::contains;

use crate::{fetchmark, printed};

#[test]
fn help_is_as_it_was() {
    assert_snapshot!("help", printed(&["--help"]));
    for command in ["serve", "run", "compare", "schema", "completions"] {
        assert_snapshot!(format!("help_{command}"), printed(&[command, "--help"]));
    }
}

#[test]
fn wrong_usage_is_2() {
    for wrong in [
        &["serve", "--prot", "1"][..],
        &["serve", "--port", "70000"],
        &["compare", "one.json"],
        &["fly"],
        &[],
    ] {
        fetchmark(wrong).assert().code(2);
    }
}

#[test]
fn the_schema_that_is_published_is_printed() {
    // That it is a schema, and holds for reports, is tested in core.
    assert_eq!(printed(&["schema"]), include_str!("../../../../docs/report.schema.json"));
}

#[test]
fn shells_are_told_how_to_complete() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = contains("compare").and(contains("no-fail"));
        fetchmark(&["completions", shell]).assert().success().stdout(script);
    }
}
