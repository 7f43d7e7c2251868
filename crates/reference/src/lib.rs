//! requests, httpx and aiohttp as Fetchmark's rows: the Python package in `reference/python`, installed into a virtual
//! environment, started, and asked to run rounds.
//!
//! ```no_run
//! # fn example(order: &fetchmark_core::run::native::RoundOrder) -> anyhow::Result<()> {
//! use fetchmark_reference::{Installation, Worker};
//!
//! // Installs what is missing, which takes a minute the first time.
//! let installation = Installation::in_cache(|_| {})?;
//! let mut worker = Worker::start(&installation, None, &[])?;
//! println!("Python {}", worker.hello().python);
//! let answer = worker.round(order)?;
//! println!("{} ms", answer.wall_ms);
//! # Ok(())
//! # }
//! ```
//!
//! Everything here blocks: on an async runtime, call it where blocking is allowed. [`Worker::abort_handle`] ends a worker
//! from elsewhere, whatever it is doing.

mod clients;
mod files;
mod installation;
mod message;
mod python;
mod worker;

pub use clients::default_clients;
pub use installation::Installation;
pub use message::Hello;
pub use worker::{AbortHandle, Aborted, Worker};
