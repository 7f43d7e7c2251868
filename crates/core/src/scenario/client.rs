//! The clients Fetchmark can measure: the one list of them.

use crate::scenario::factors::{Connection, Lifecycle, Runtime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Where a client's code lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// `gloo_net.rs` in the engine's own wasm.
    GlooNet,
    /// `web_sys.rs` in the engine's own wasm.
    WebSys,
    /// `websocket.rs` in the engine's own wasm.
    WebSocket,
    /// An ES module of its own, `engine/clients/<name>.js`, loaded only when the client is chosen.
    Module,
    /// `reference/pyodide`, run by Pyodide in a worker of its own, which is loaded only when such a client is chosen.
    Pyodide,
    /// `reference/python`, run by a Python interpreter. No browser runs it: the engine has such a round run outside.
    Python,
}

/// What the rest of the program needs to know about one client.
#[derive(Debug, PartialEq, Eq)]
pub struct ClientInfo {
    /// The name used in links, reports and tables.
    pub name: &'static str,
    /// Where its code lives.
    pub home: Home,
    /// What "reused" keeps from one call to the next.
    pub reused: &'static str,
    /// What "fresh" builds for every call.
    pub fresh: &'static str,
    /// Blocks its thread until the answer is there: runs in a worker only, and one request at a time whatever the
    /// pacing asked for.
    pub blocking: bool,
    /// Can ask the browser to leave its cache alone (fetch's `cache: "no-store"`). XMLHttpRequest has no cache mode; on
    /// the page's own origin it can send the headers that ask for it.
    pub bypasses_cache: bool,
    /// Tells an answer whose body broke off from no answer. XMLHttpRequest says the same of both.
    pub tells_broken_bodies: bool,
    /// Exchanges messages over connections of its own: no HTTP requests, and a browser has no timing entries for them.
    pub messages: bool,
}

/// What clients over fetch have in common.
const FETCH: ClientInfo = ClientInfo {
    name: "",
    home: Home::Module,
    reused: "",
    fresh: "",
    blocking: false,
    bypasses_cache: true,
    tells_broken_bodies: true,
    messages: false,
};
/// What those over XMLHttpRequest have in common.
const XHR: ClientInfo = ClientInfo { bypasses_cache: false, tells_broken_bodies: false, ..FETCH };

/// Every client that a browser runs, in the order in which the page offers them. A new client is one row here and one file in the
/// engine, named after it; one written in Rust has a [`Home`] of its own besides.
pub const CLIENTS: &[ClientInfo] = &[
    ClientInfo {
        name: "gloo-net",
        home: Home::GlooNet,
        reused: "requests built before the round, one for each call in flight",
        fresh: "a request builder, headers and request for each call",
        ..FETCH
    },
    ClientInfo {
        name: "web-sys",
        home: Home::WebSys,
        reused: "Requests built before the round, one for each call in flight",
        fresh: "options, headers and Request for each call",
        ..FETCH
    },
    ClientInfo {
        name: "reqwest",
        reused: "one client and request, built once; each call sends a clone",
        fresh: "a client, headers and request for each call",
        ..FETCH
    },
    ClientInfo {
        name: "js-fetch",
        reused: "Requests built before the round, one for each call in flight",
        fresh: "options, headers and Request for each call",
        ..FETCH
    },
    ClientInfo {
        name: "xhr",
        reused: "objects that have ended are opened again",
        fresh: "an XMLHttpRequest for each call",
        ..XHR
    },
    ClientInfo {
        name: "xhr-sync",
        reused: "one object, opened again for each call",
        fresh: "an XMLHttpRequest for each call",
        blocking: true,
        ..XHR
    },
    ClientInfo {
        name: "axios",
        reused: "one instance with its defaults",
        fresh: "an instance for each call",
        ..XHR
    },
    ClientInfo {
        name: "ky",
        reused: "one instance with its defaults",
        fresh: "an instance for each call",
        ..FETCH
    },
];

/// Clients of a browser that exchange messages over a connection of their own. They need a server that answers messages.
pub const MESSAGE_CLIENTS: &[ClientInfo] = &[
    ClientInfo {
        name: "websocket",
        home: Home::WebSocket,
        reused: "one WebSocket, kept from round to round; each request is a message",
        fresh: "a WebSocket for each message",
        messages: true,
        ..FETCH
    },
    ClientInfo {
        name: "webtransport",
        reused: "one WebTransport session, kept from round to round; each request is a stream",
        fresh: "a WebTransport session for each message",
        messages: true,
        ..FETCH
    },
];

/// Every client that Python runs, in table order. A new one is one row here and one file in `reference/python`.
pub const PYTHON_CLIENTS: &[ClientInfo] = &[
    python("requests", "one Session", "requests.get", true),
    python("httpx", "one Client", "httpx.get", true),
    python("httpx-async", "one AsyncClient", "an AsyncClient for each call", false),
    python("aiohttp", "one ClientSession", "a ClientSession for each call", false),
    python(
        "aiohttp-6",
        "one ClientSession of at most 6 connections",
        "a ClientSession of at most 6 connections for each call",
        false,
    ),
];

/// No Python client has a cache that would have to be bypassed.
const fn python(name: &'static str, reused: &'static str, fresh: &'static str, blocking: bool) -> ClientInfo {
    ClientInfo { name, home: Home::Python, reused, fresh, blocking, ..FETCH }
}

/// Every client that Python in the tab runs, in the order in which the page offers them. A new one is one row here and one in
/// `reference/pyodide`.
pub const PYODIDE_CLIENTS: &[ClientInfo] = &[
    pyodide("pyodide-requests", "one Session", "requests.get", true),
    pyodide("pyodide-httpx", "one Client over fetch", "a Client over fetch for each call", true),
    pyodide(
        "pyodide-httpx-async",
        "one AsyncClient over fetch",
        "an AsyncClient over fetch for each call",
        false,
    ),
    pyodide(
        "pyodide-aiohttp",
        "one ClientSession over fetch",
        "a ClientSession over fetch for each call",
        false,
    ),
    pyodide("pyodide-pyfetch", "one dictionary of options", "options for each call", false),
    ClientInfo {
        bypasses_cache: false,
        tells_broken_bodies: false,
        ..pyodide("pyodide-pyxhr", "one dictionary of headers", "headers for each call", true)
    },
];

const fn pyodide(
    name: &'static str,
    reused: &'static str,
    fresh: &'static str,
    blocking: bool,
) -> ClientInfo {
    ClientInfo { name, home: Home::Pyodide, reused, fresh, blocking, ..FETCH }
}

/// Whether the client of this name tells an answer whose body broke off from no answer; one that nobody knows is taken to.
pub fn tells_broken_bodies(name: &str) -> bool {
    Client::named(name).ok().is_none_or(|client| client.info().tells_broken_bodies)
}

/// Whether the client of this name exchanges messages in place of requests.
pub fn exchanges_messages(name: &str) -> bool {
    Client::named(name).is_ok_and(|client| client.info().messages)
}

/// One of the [`CLIENTS`], the [`MESSAGE_CLIENTS`], the [`PYODIDE_CLIENTS`] or the [`PYTHON_CLIENTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(&'static ClientInfo);

/// A name that is in none of these lists, of which a page cannot run the [`PYTHON_CLIENTS`] and so does not offer them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a client. The clients are {known}.", known = known())]
pub struct UnknownClient(pub String);

fn known() -> String {
    let names =
        |clients: &[ClientInfo]| clients.iter().map(|client| client.name).collect::<Vec<_>>().join(", ");
    let [own, messages, in_tab, outside] =
        [CLIENTS, MESSAGE_CLIENTS, PYODIDE_CLIENTS, PYTHON_CLIENTS].map(names);
    format!("{own}; for messages {messages}; Python in the tab {in_tab}; outside the browser {outside}")
}

impl Client {
    /// Every client that a browser runs by itself, in the order of [`CLIENTS`].
    pub fn all() -> impl Iterator<Item = Self> {
        CLIENTS.iter().map(Self)
    }

    /// Every client that a page can run: its own, those of messages, and Python's in the tab.
    pub fn all_in_browser() -> impl Iterator<Item = Self> {
        Self::all().chain(MESSAGE_CLIENTS.iter().map(Self)).chain(Self::all_in_pyodide())
    }

    /// Every client that Python in the tab runs, in the order of [`PYODIDE_CLIENTS`].
    pub fn all_in_pyodide() -> impl Iterator<Item = Self> {
        PYODIDE_CLIENTS.iter().map(Self)
    }

    /// Every client that Python runs, in the order of [`PYTHON_CLIENTS`].
    pub fn all_in_python() -> impl Iterator<Item = Self> {
        PYTHON_CLIENTS.iter().map(Self)
    }

    /// The client of this name.
    ///
    /// # Errors
    /// [`UnknownClient`] if there is none.
    pub fn named(name: &str) -> Result<Self, UnknownClient> {
        Self::all_in_browser()
            .chain(Self::all_in_python())
            .find(|client| client.name() == name)
            .ok_or_else(|| UnknownClient(name.to_owned()))
    }

    /// The name used in links, reports and tables.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// All that is known about it.
    pub fn info(self) -> &'static ClientInfo {
        self.0
    }

    /// What runs it.
    pub fn runtime(self) -> Runtime {
        match self.0.home {
            Home::Python => Runtime::Python,
            Home::Pyodide => Runtime::Pyodide,
            Home::GlooNet | Home::WebSys | Home::WebSocket | Home::Module => Runtime::Browser,
        }
    }

    /// What its requests do about their connections in this lifecycle, where that is no factor of its own: a Python client
    /// and one of messages hold their connections themselves, so that a kept one finds them and a fresh one has none.
    pub fn own_connection(self, lifecycle: Lifecycle) -> Option<Connection> {
        (self.0.messages || self.runtime() == Runtime::Python).then_some(match lifecycle {
            Lifecycle::Reused => Connection::Warm,
            Lifecycle::Fresh => Connection::Cold,
        })
    }
}

impl Serialize for Client {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Client {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_client_is_found_by_its_name_and_names_are_unique() {
        let all = || Client::all_in_browser().chain(Client::all_in_python());
        for client in all() {
            assert_eq!(Client::named(client.name()).unwrap(), client);
            assert_eq!(all().filter(|other| *other == client).count(), 1);
        }
    }

    #[test]
    fn an_unknown_name_is_named_with_the_known_ones() {
        let sentence = Client::named("curl").unwrap_err().to_string();
        assert!(
            sentence.contains("“curl”") && sentence.contains("gloo-net, web-sys, reqwest, js-fetch"),
            "{sentence}"
        );
    }
}
