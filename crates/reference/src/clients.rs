//! The rows of the usual table.

use fetchmark_core::client_choice::ClientChoice;

/// Each in the lifecycles of the scenario; the one that is there for fairness kept only, since a fresh one opens a single
/// connection whatever its limit.
const USUAL: [&str; 5] = ["requests", "httpx", "httpx-async", "aiohttp", "aiohttp-6:reused"];

/// The clients that stand beside the browser's where nobody chose others.
pub fn usual_clients() -> Vec<ClientChoice> {
    USUAL.iter().filter_map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fetchmark_core::client::Client;

    #[test]
    fn every_python_client_is_among_them() {
        let clients: Vec<_> = usual_clients().iter().map(|choice| choice.client).collect();
        assert_eq!(clients, Client::all_in_python().collect::<Vec<_>>());
    }
}
