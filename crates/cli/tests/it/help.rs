use insta::assert_snapshot;
use predicates::prelude::*;
use predicates::str::contains;

use crate::{fetchmark, printed};

#[test]
fn help_matches_its_snapshot() {
    assert_snapshot!("help", printed(&["--help"]));
    for command in ["serve", "run", "compare", "schema", "completions"] {
        assert_snapshot!(format!("help_{command}"), printed(&[command, "--help"]));
    }
}

#[test]
fn wrong_usage_ends_with_2() {
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
fn the_published_schema_is_printed() {
    // That it is a schema, and holds for reports, is tested in core.
    assert_eq!(printed(&["schema"]), include_str!("../../../../docs/report.schema.json"));
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = contains("compare").and(contains("no-fail"));
        fetchmark(&["completions", shell]).assert().success().stdout(script);
    }
}
