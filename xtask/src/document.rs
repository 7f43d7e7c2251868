//! What commands write into docs/: tables between the lines that say whose they are, and the schema of a report.

use crate::workspace::{Workspace, quietly};
use anyhow::{Context, Result};
use xshell::cmd;

/// Replaces what stands in a document between the markers of a command: `bench stats`, for one.
pub(crate) fn write(workspace: &Workspace, name: &str, command: &str, tables: &str) -> Result<()> {
    let path = workspace.root.join("docs").join(name);
    let document = workspace.sh.read_file(&path)?;
    let document = with_tables(&document, command, tables).with_context(|| {
        format!("{name} has no lines “{}”: write them where the tables go", markers(command).join("” and “"))
    })?;
    workspace.sh.write_file(&path, document)?;
    println!("Written into {}.", path.display());
    Ok(())
}

fn markers(command: &str) -> [String; 2] {
    ["begin", "end"].map(|what| format!("<!-- cargo xtask {command}: {what} -->"))
}

/// The document with these tables between the markers of a command, if it has them.
pub(crate) fn with_tables(document: &str, command: &str, tables: &str) -> Option<String> {
    let [begin, end] = markers(command);
    let (before, rest) = document.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n\n{}\n\n{end}{after}", tables.trim()))
}

/// `cargo xtask schema`: the JSON Schema of a report, from its types; the built page ships a copy.
pub(crate) fn write_schema(workspace: &Workspace) -> Result<()> {
    let run =
        ["run", "--quiet", "--package", "fetchmark-core", "--features", "schema", "--example", "schema"];
    let schema = quietly(cmd!(workspace.sh, "cargo {run...}"))?;
    let file = workspace.root.join("docs/report.schema.json");
    workspace.sh.write_file(&file, schema)?;
    println!("Schema: {}.", file.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_replace_what_stood_between_the_markers() {
        let [begin, end] = markers("bench stats");
        let document = format!("# Method\n{begin}\nold\n{end}\nmore\n");
        let written = with_tables(&document, "bench stats", "| new |\n").unwrap();
        assert_eq!(written, format!("# Method\n{begin}\n\n| new |\n\n{end}\nmore\n"));
        assert_eq!(with_tables(&written, "bench stats", "| new |\n").unwrap(), written);
        assert_eq!(with_tables(&written, "bench floor", ""), None);
    }
}
