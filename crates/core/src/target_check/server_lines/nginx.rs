//! nginx: <https://nginx.org/en/docs/http/ngx_http_headers_module.html>.

use super::fields::{Field, Preflight, lines};

pub(super) const KEEP_ALIVE: &str = "keepalive_timeout 65s;\nkeepalive_requests 1000;\n";

/// Since nginx 1.25.1 (<https://nginx.org/en/docs/http/ngx_http_v2_module.html>). Browsers speak it over TLS only.
pub(super) const HTTP2: &str = "http2 on;\n";

pub(super) fn set(fields: &[Field], indent: &str) -> String {
    lines(fields, |name, value| format!("{indent}add_header {name} \"{value}\" always;\n"))
}

/// A block takes over none of the headers around it once it has its own: the inner one has all.
pub(super) fn cors(fields: &[Field], preflight: Option<&Preflight<'_>>) -> String {
    let asked = preflight.map_or_else(String::new, |preflight| {
        let inner = [fields, &preflight.fields()].concat();
        format!("if ($request_method = OPTIONS) {{\n{}    return 204;\n}}\n", set(&inner, "    "))
    });
    format!("{}{asked}", set(fields, ""))
}

pub(super) fn cold(fields: &[Field]) -> String {
    format!(
        "location = /cold {{\n    keepalive_timeout 0;\n{}    return 200 \"ok\";\n}}\n",
        set(fields, "    ")
    )
}
