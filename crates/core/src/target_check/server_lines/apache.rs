//! Apache httpd: <https://httpd.apache.org/docs/2.4/mod/mod_headers.html>, and `nokeepalive` in
//! <https://httpd.apache.org/docs/2.4/env.html>.

use super::fields::{Field, Preflight, lines};

pub(super) const KEEP_ALIVE: &str = "KeepAlive On\nKeepAliveTimeout 65\nMaxKeepAliveRequests 1000\n";

/// <https://httpd.apache.org/docs/2.4/howto/http2.html>; over TLS.
pub(super) const HTTP2: &str = "Protocols h2 http/1.1\n";

pub(super) fn set(fields: &[Field], indent: &str) -> String {
    lines(fields, |name, value| format!("{indent}Header always set {name} \"{value}\"\n"))
}

/// What is said to a browser that asks may be said to all.
pub(super) fn cors(fields: &[Field], preflight: Option<&Preflight<'_>>) -> String {
    let asked = preflight.map_or_else(String::new, |preflight| {
        let answer = "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} =OPTIONS\nRewriteRule ^ - [R=204,L]\n";
        format!("{}{answer}", set(&preflight.fields(), ""))
    });
    format!("{}{asked}", set(fields, ""))
}

pub(super) fn cold(fields: &[Field]) -> String {
    format!("<Location \"/cold\">\n    SetEnv nokeepalive 1\n{}</Location>\n", set(fields, "    "))
}
