//! The lines of a server's configuration that let a page measure it.
//!
//! They hold what the page and the request really are, so that they can be copied as they stand, and no comments: what is
//! to be said is said in the reader's language beside them.

mod apache;
mod axum;
mod caddy;
mod express;
mod fields;
mod nginx;

use crate::{
    request::target::Target,
    scenario::factors::{Credentials, string_enum},
    target_check::Fix,
};
use fields::{Field, Preflight, preflight_age};

string_enum! {
    /// A server, or the framework it is written with.
    Server {
        Nginx = "nginx",
        Caddy = "Caddy",
        /// Apache httpd.
        Apache = "Apache",
        /// Express on Node.js.
        Express = "Express",
        /// axum, with tower-http.
        Axum = "axum",
    }
}

/// Who asks, and for what.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'a> {
    /// The page's origin, as the browser sends it; `null` for a page from a file.
    pub origin: &'a str,
    /// Whether it is another one than the target's.
    pub is_cross_origin: bool,
    /// What it requests.
    pub target: &'a Target,
}

/// The lines that change this on this server.
pub fn server_lines(server: Server, fix: Fix, context: CheckContext<'_>) -> String {
    match (fix, server) {
        (Fix::Timing, _) => set_all(server, &[context.timing()]),
        (Fix::NoStore, _) => set_all(server, &[("Cache-Control", "no-store".to_owned())]),
        (Fix::Cors, Server::Nginx) => nginx::cors(&context.cors(), context.preflight().as_ref()),
        (Fix::Cors, Server::Caddy) => caddy::cors(&context.cors(), context.preflight().as_ref()),
        (Fix::Cors, Server::Apache) => apache::cors(&context.cors(), context.preflight().as_ref()),
        (Fix::Cors, Server::Express) => express::cors(&context.cors(), context.preflight().as_ref()),
        (Fix::Cors, Server::Axum) => {
            axum::cors(&context.allowed_origin(), context.has_credentials(), context.preflight().as_ref())
        }
        (Fix::PreflightAge, Server::Axum) => axum::PREFLIGHT_AGE.to_owned(),
        (Fix::PreflightAge, _) => set_all(server, &[preflight_age()]),
        (Fix::Http2, Server::Nginx) => nginx::HTTP2.to_owned(),
        (Fix::Http2, Server::Caddy) => caddy::HTTP2.to_owned(),
        (Fix::Http2, Server::Apache) => apache::HTTP2.to_owned(),
        (Fix::Http2, Server::Express) => express::HTTP2.to_owned(),
        (Fix::Http2, Server::Axum) => axum::HTTP2.to_owned(),
        (Fix::KeepAlive, Server::Nginx) => nginx::KEEP_ALIVE.to_owned(),
        (Fix::KeepAlive, Server::Caddy) => caddy::KEEP_ALIVE.to_owned(),
        (Fix::KeepAlive, Server::Apache) => apache::KEEP_ALIVE.to_owned(),
        (Fix::KeepAlive, Server::Express) => express::KEEP_ALIVE.to_owned(),
        (Fix::KeepAlive, Server::Axum) => axum::KEEP_ALIVE.to_owned(),
        (Fix::ColdAddress, Server::Nginx) => nginx::cold(&context.all()),
        (Fix::ColdAddress, Server::Caddy) => caddy::cold(&context.all()),
        (Fix::ColdAddress, Server::Apache) => apache::cold(&context.all()),
        (Fix::ColdAddress, Server::Express) => express::cold(&context.all()),
        (Fix::ColdAddress, Server::Axum) => axum::cold(&context.all()),
    }
}

fn set_all(server: Server, fields: &[Field]) -> String {
    match server {
        Server::Nginx => nginx::set(fields, ""),
        Server::Caddy => caddy::set(fields, ""),
        Server::Apache => apache::set(fields, ""),
        Server::Express => express::always(fields),
        Server::Axum => axum::set(fields),
    }
}

impl CheckContext<'_> {
    fn has_credentials(&self) -> bool {
        self.target.credentials == Credentials::Include
    }

    /// A page from a file has an origin that any page can have. Naming it would say no more than naming all, but with
    /// credentials browsers do not take all for an answer.
    fn allowed_origin(&self) -> String {
        if self.origin == "null" && !self.has_credentials() { "*" } else { self.origin }.to_owned()
    }

    fn timing(&self) -> Field {
        ("Timing-Allow-Origin", if self.origin == "null" { "*" } else { self.origin }.to_owned())
    }

    fn cors(&self) -> Vec<Field> {
        let mut fields = vec![("Access-Control-Allow-Origin", self.allowed_origin())];
        if self.has_credentials() {
            fields.push(("Access-Control-Allow-Credentials", "true".to_owned()));
        }
        fields
    }

    /// What every address needs that this page measures.
    fn all(&self) -> Vec<Field> {
        if !self.is_cross_origin {
            return Vec::new();
        }
        let mut fields = self.cors();
        fields.push(self.timing());
        fields
    }

    fn preflight(&self) -> Option<Preflight<'_>> {
        let mut headers: Vec<String> = Vec::new();
        let names = self.target.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
        for name in names.filter(|name| is_plain(name)) {
            if let Err(place) = headers.binary_search(&name) {
                headers.insert(place, name);
            }
        }
        self.target.needs_preflight().then(|| Preflight { method: self.target.method.word(), headers })
    }
}

/// Whether a header's name means the same inside every server's quotation marks. Names that do not are as good as unused.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests;
