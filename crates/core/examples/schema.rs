//! Prints the JSON Schema of a report, as `cargo xtask schema` writes it into docs/.

use std::io::Write;

fn main() -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{:#}", fetchmark_core::report::schema::schema())
}
