//! The lines that go to and from the worker.

use fetchmark_core::{
    map::Map,
    report::RuntimeReport,
    run::native::{RoundAnswer, RoundOrder},
    scenario::factors::Runtime,
};
use serde::{Deserialize, Serialize};

pub(crate) const PROTOCOL: u32 = 1;

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Request<'a> {
    /// Asks for versions, and whether every package can be imported.
    Hello {
        /// The clients that will be asked for; all if there are none.
        clients: &'a [String],
    },
    Round(&'a RoundOrder),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Response {
    Hello(Hello),
    Round(RoundAnswer),
    Error { code: String, message: String },
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Hello {
    pub protocol: u32,
    /// Python's version.
    pub python: String,
    /// Which Python, such as `CPython`.
    pub implementation: String,
    /// The TLS library and its version.
    pub openssl: String,
    /// The step of the clock that rounds are measured with, in ms, as Python states it.
    pub clock_step_ms: f64,
    /// The libraries' versions, by name.
    pub libraries: Map<String, String>,
    /// The rows it knows: `<client>:<lifecycle>`.
    pub rows: Vec<String>,
    /// Environment variables that name a proxy: only some of the libraries obey them, so none of them does here. A
    /// browser may.
    pub ignored_proxies: Vec<String>,
}

impl Hello {
    /// For the report, with the TLS library among those of the clients.
    pub fn runtime(&self) -> RuntimeReport {
        let mut libraries = self.libraries.clone();
        // `OpenSSL 3.0.19 27 Jan 2026`, or another library's name and version.
        let mut words = self.openssl.split_whitespace();
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            libraries.insert(name.to_lowercase(), version.to_owned());
        }
        RuntimeReport { name: Runtime::Python, version: self.python.clone(), libraries, blocking: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_python_and_what_its_clients_rest_on() {
        let hello = Hello {
            python: "3.11.7".into(),
            openssl: "OpenSSL 3.0.19 27 Jan 2026".into(),
            libraries: [("httpx".to_owned(), "0.28.1".to_owned())].into(),
            ..Hello::default()
        };
        let runtime = hello.runtime();
        assert_eq!((runtime.name, runtime.version.as_str()), (Runtime::Python, "3.11.7"));
        let libraries: Vec<_> =
            runtime.libraries.iter().map(|(name, version)| format!("{name} {version}")).collect();
        assert_eq!(libraries, ["httpx 0.28.1", "openssl 3.0.19"]);
    }
}
