//! Express: <https://expressjs.com/en/api.html#res.set>.

use super::fields::{Field, Preflight, lines};

pub(super) const KEEP_ALIVE: &str = "const server = app.listen(8080);\nserver.keepAliveTimeout = 65_000;\n";

/// Express speaks HTTP/1.1 only (<https://expressjs.com/en/advanced/best-practice-performance.html> has it behind a proxy): nginx before it.
pub(super) const HTTP2: &str = "server {\n    listen 443 ssl;\n    http2 on;\n    location / {\n        proxy_pass http://127.0.0.1:8080;\n        proxy_http_version 1.1;\n        proxy_set_header Connection \"\";\n    }\n}\n";

pub(super) fn always(fields: &[Field]) -> String {
    cors(fields, None)
}

pub(super) fn cors(fields: &[Field], preflight: Option<&Preflight<'_>>) -> String {
    let end = preflight.map_or_else(
        || "  next();\n".to_owned(),
        |preflight| {
            let answer = set(&preflight.fields());
            format!("  if (req.method !== \"OPTIONS\") return next();\n{answer}  res.sendStatus(204);\n")
        },
    );
    format!("app.use((req, res, next) => {{\n{}{end}}});\n", set(fields))
}

pub(super) fn cold(fields: &[Field]) -> String {
    let fields = [&[("Connection", "close".to_owned())], fields].concat();
    format!("app.get(\"/cold\", (req, res) => {{\n{}  res.send(\"ok\");\n}});\n", set(&fields))
}

fn set(fields: &[Field]) -> String {
    lines(fields, |name, value| format!("  res.set(\"{name}\", \"{value}\");\n"))
}
