//! Small parts that the rooms share.
//!
//! | what | where |
//! |---|---|
//! | `Card`, `Notice` | [`card`] |
//! | `Button`, `CopyButton` | [`button`] |
//! | `Chip` | [`chip`] |
//! | `Field`, `FieldGroup`, `TextInput`, `FieldError`, `Hint` | [`field`] |
//! | `Fold` | [`fold`] |
//! | `Select` | [`select`] |
//! | `ScrollRegion`, `DataTable`, `Cell` | [`table`] |
//!
//! They take `String`s, signals, callbacks and children rather than generics, so that each is compiled once.

pub mod button;
pub mod card;
pub mod chip;
pub mod clipboard;
pub mod dates;
pub mod field;
pub mod files;
pub mod fold;
pub mod numbers;
pub mod select;
pub mod table;
