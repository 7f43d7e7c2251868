//! What opens, compares, exports and packs reports: what the page asks of it, and the module that is served beside the page.

mod browser;
pub mod interface;

pub use browser::BrowserTools;
pub use interface::{Made, ReportTools};
