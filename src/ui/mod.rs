//! Small parts that the rooms share.
//!
//! | what | where |
//! |---|---|
//! | `Card`, `Notice`, `Fold` | [`card`] |
//! | `Button`, `CopyButton`, `Chip` | [`button`] |
//! | `Field`, `FieldGroup`, `TextInput`, `FieldError`, `Hint` | [`field`] |
//! | `Select` | [`select`] |
//! | `ScrollRegion`, `DataTable`, `Cell` | [`table`] |
//!
//! They take `String`s, signals, callbacks and children rather than generics, so that each is compiled once.

pub mod button;
pub mod card;
pub mod clipboard;
pub mod dates;
pub mod field;
pub mod files;
pub mod select;
pub mod table;
