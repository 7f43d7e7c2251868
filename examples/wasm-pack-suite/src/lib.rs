//! A crate of one's own. Its test suite (`tests/http.rs`) runs in a real browser and holds the API it calls to a budget:
//!
//! ```sh
//! wasm-pack test --headless --chrome examples/wasm-pack-suite
//! ```

/// The address that this crate's code asks, relative to the page it runs in. Under `wasm-pack test` that is the test's own server.
pub const API: &str = "/";
