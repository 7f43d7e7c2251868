//! Starts browsers and speaks WebDriver to them: one place for the `fetchmark` command and the end-to-end tests.
//!
//! [`Driver`] is a driver program on this machine, [`Endpoint`] the address of any WebDriver, [`Session`] a browser behind it.
//! Why this is our own and no library: docs/decisions/0019.

mod browser;
mod display;
mod driver;
mod endpoint;
mod error;
mod http_client;
mod sandbox;
mod session;

pub use browser::{Browser, BrowserOptions};
pub use driver::{Driver, DriverError, free_port};
pub use endpoint::Endpoint;
pub use error::Error;
pub use session::{Element, Session};

/// A JSON object of capabilities, as WebDriver names them.
pub type Capabilities = serde_json::Map<String, serde_json::Value>;
