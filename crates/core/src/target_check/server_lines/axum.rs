//! axum with tower-http: <https://docs.rs/tower-http/latest/tower_http/cors/>.

use super::fields::{Field, Preflight, lines};

/// axum's own `serve` keeps connections; this is for who serves with hyper.
pub(super) const KEEP_ALIVE: &str = "let mut server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());\nserver.http1().keep_alive(true);\n";

pub(super) const PREFLIGHT_AGE: &str = "let cors = cors.max_age(Duration::from_secs(600));\n";

/// With axum-server, which offers HTTP/2 over TLS (<https://docs.rs/axum-server/latest/axum_server/tls_rustls/>).
pub(super) const HTTP2: &str = "let tls = RustlsConfig::from_pem_file(\"cert.pem\", \"key.pem\").await?;\naxum_server::bind_rustls(address, tls).serve(app.into_make_service()).await?;\n";

pub(super) fn set(fields: &[Field]) -> String {
    lines(fields, |name, value| {
        let (name, value) = (header(name), static_value(value));
        format!("let app = app.layer(SetResponseHeaderLayer::overriding({name}, {value}));\n")
    })
}

pub(super) fn cors(origin: &str, has_credentials: bool, preflight: Option<&Preflight<'_>>) -> String {
    let mut lines = "let cors = CorsLayer::new()\n".to_owned();
    let mut call = |name: &str, argument: &str| lines.push_str(&format!("    .{name}({argument})\n"));
    call("allow_origin", &if origin == "*" { "Any".to_owned() } else { static_value(origin) });
    if has_credentials {
        call("allow_credentials", "true");
    }
    if let Some(Preflight { method, headers }) = preflight {
        call("allow_methods", &format!("[Method::{method}]"));
        if !headers.is_empty() {
            let names: Vec<_> = headers.iter().map(|name| header(name)).collect();
            call("allow_headers", &format!("[{}]", names.join(", ")));
        }
        call("max_age", "Duration::from_secs(600)");
    }
    let lines = lines.trim_end();
    format!("{lines};\nlet app = app.layer(cors);\n")
}

pub(super) fn cold(fields: &[Field]) -> String {
    let fields = [&[("Connection", "close".to_owned())], fields].concat();
    let inner = lines(&fields, |name, value| format!("    ({}, \"{value}\"),\n", header(name)));
    format!(
        "let headers = [\n{inner}];\nlet app = app.route(\"/cold\", get(move || async move {{ (headers, \"ok\") }}));\n"
    )
}

fn header(name: &str) -> String {
    format!("HeaderName::from_static(\"{}\")", name.to_ascii_lowercase())
}

fn static_value(value: &str) -> String {
    format!("HeaderValue::from_static(\"{value}\")")
}
