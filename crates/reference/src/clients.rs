//! The Python clients that are measured where nobody names any.

use fetchmark_core::scenario::client_choice::ClientChoice;

/// Each in the lifecycles of the scenario; aiohttp with a browser's limit of 6 connections reused only, since a fresh client opens a
/// single connection whatever its limit.
const DEFAULT: [&str; 5] = ["requests", "httpx", "httpx-async", "aiohttp", "aiohttp-6:reused"];

/// The clients that `--with python` adds.
pub fn default_clients() -> Vec<ClientChoice> {
    DEFAULT.iter().filter_map(|name| name.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::scenario::client::Client;

    #[test]
    fn every_python_client_is_a_default() {
        let clients: Vec<_> = default_clients().iter().map(|choice| choice.client).collect();
        assert_eq!(clients, Client::all_in_python().collect::<Vec<_>>());
    }
}
