//! Small things of the browser that web-sys has no short name for.

mod elements;
mod origin;
mod tasks;
mod values;
mod window;

pub use elements::{bring_into_view, focus, focus_in_place, scrolled};
pub use origin::{base_uri, is_from_file};
pub use tasks::{idle, is_hidden, later_task, next_frame, spawn};
pub use values::{message, property};
pub use window::on_window;
