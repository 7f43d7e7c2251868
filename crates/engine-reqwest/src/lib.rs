//! [reqwest](https://docs.rs/reqwest) in the browser, as a client the engine loads when it is chosen.
//!
//! **Reused** means: one `Client` and one `Request`, built once; each call sends a clone. **Fresh** means: client,
//! headers and request for each call. reqwest's client pools nothing in a browser: the browser does.
//!
//! `js/clients/reqwest.js` is its only caller.

#[cfg(target_arch = "wasm32")]
mod client;
