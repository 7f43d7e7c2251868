//! Fetchmark's lab: a target server whose behaviour is known, which counts what really arrives, and which serves the
//! built page beside it.
//!
//! Every response names its connection (`Server-Timing: conn;desc="<socket>-<nth>"`), so that what a browser says of
//! connection reuse can be checked: [`Lab::sockets`], or `/lab/sockets` over HTTP. The endpoints are listed at
//! `/lab/`.
//!
//! ```
//! # async fn example() -> anyhow::Result<()> {
//! use fetchmark_lab::{Lab, LabConfig};
//!
//! let lab = Lab::start(LabConfig::default()).await?;
//! let target = format!("{}/lab/ping", lab.http_url());
//! // … requests to `target` …
//! assert_eq!(lab.sockets().requests, 0);
//! lab.stop().await;
//! # Ok(())
//! # }
//! # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
//! ```

mod config;
mod connections;
mod distance;
mod endpoints;
mod foreground;
mod lab;
mod page;
mod response;
mod server;
mod timer;

pub use config::{LabConfig, TlsOffer};
pub use connections::report::{OriginReport, Protocol, Scheme, SocketReport, SocketsReport};
pub use distance::{Distance, DistanceOptions, Far};
pub use foreground::{Interrupt, announce};
pub use lab::Lab;
pub use page::{EmbeddedFile, PageSource};
