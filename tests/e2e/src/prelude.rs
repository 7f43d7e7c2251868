pub use crate::{
    browser::{Browser, Kind},
    in_both, in_chromium, in_chromium_and_firefox, in_each_browser, in_webkit,
    library::{Library, assert_ok, finds, issued},
    matrix::{Test, all_clients, pyodide_clients},
    page::Page,
    schema,
    site::Site,
    static_host::StaticHost,
};
pub use anyhow::Context;
pub use serde_json::{Value, json};
pub use tempfile::{TempDir, tempdir};
