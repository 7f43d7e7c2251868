//! The ranking: each row's time as a bar with its interval, and how it compares with a baseline that can be chosen.

mod layout;
mod row;
mod view;

pub use view::Ranking;
