//! Every sentence that a person reads, on the page, in the terminal and in exports: per language one value of [`Text`].
//!
//! A language is complete: a string that is missing does not compile. Sentences that hold numbers or
//! names are functions, so that a language can order their parts as it needs. Numbers come in already written
//! for the reader's locale.
//!
//! A new sentence is an entry in `words/`, with its text in English and in Korean. What a report says, which takes
//! more than one sentence, is put together in `report/`; [`export`] writes it as text and files.

pub mod export;
mod report;
mod words;

pub use report::*;
pub use words::*;
