//! Caddy: <https://caddyserver.com/docs/caddyfile/directives/header>.

use super::fields::{Field, Preflight, lines};

pub(super) const KEEP_ALIVE: &str = "{\n\tservers {\n\t\ttimeouts {\n\t\t\tidle 5m\n\t\t}\n\t}\n}\n";

/// What Caddy does by itself over TLS (<https://caddyserver.com/docs/caddyfile/options#protocols>).
pub(super) const HTTP2: &str = "{\n\tservers {\n\t\tprotocols h1 h2 h3\n\t}\n}\n";

/// Deferred, so that what a proxied server sets does not stand beside it.
pub(super) fn set(fields: &[Field], indent: &str) -> String {
    let inner = lines(fields, |name, value| format!("{indent}\t{name} \"{value}\"\n"));
    format!("{indent}header {{\n{inner}{indent}\tdefer\n{indent}}}\n")
}

pub(super) fn cors(fields: &[Field], preflight: Option<&Preflight<'_>>) -> String {
    let asked = preflight.map_or_else(String::new, |preflight| {
        let inner = set(&preflight.fields(), "\t");
        format!("@preflight method OPTIONS\nhandle @preflight {{\n{inner}\trespond 204\n}}\n")
    });
    format!("{}{asked}", set(fields, ""))
}

pub(super) fn cold(fields: &[Field]) -> String {
    let fields = [&[("Connection", "close".to_owned())], fields].concat();
    format!("handle /cold {{\n{}\trespond \"ok\"\n}}\n", set(&fields, "\t"))
}
