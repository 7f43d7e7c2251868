//! Starts browsers and speaks WebDriver to them: one place for the `fetchmark` command and the end-to-end tests.
//!
//! [`Driver`] is a driver program on this machine, [`Endpoint`] the address of any WebDriver, [`Session`] a browser behind it.
//! Why this is our own and no library: docs/decisions/0019.

mod bidi;
mod browser;
pub mod cdp;
mod display;
mod driver;
mod endpoint;
mod error;
mod grid;
mod http_client;
mod sandbox;
mod session;

pub use bidi::{BiDi, Document, Event, WEB_SOCKET_URL};
pub use browser::{Browser, BrowserOptions, Capabilities};
pub use driver::{Driver, free_port};
pub use endpoint::Endpoint;
pub use error::Error;
pub use grid::Grid;
pub use session::{Element, Session};
