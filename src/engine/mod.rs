//! The measuring engine: what the page asks of one, and the one that is served beside it.

mod browser;
pub mod interface;
pub mod report;

pub use browser::BrowserEngine;
pub use interface::{CheckFuture, Engine, RunFuture, Watch};
pub use report::EngineReport;
