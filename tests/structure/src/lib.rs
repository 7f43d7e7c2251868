//! Which file of a crate imports which, and where they do so in a circle.
//!
//! Files are read from a crate's root by their `mod` lines. What a file names of the crate (`crate::…`, `super::…`, `self::…`, a child
//! module, in `use` lines and elsewhere) is followed through re-exports to the file that defines it. Code for tests is left out.

mod circles;
mod modules;
mod names;

pub use circles::{Circle, circles};
