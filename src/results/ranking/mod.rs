//! The ranking: each row's time as a bar with its interval, and how it compares with a baseline that can be chosen.

mod layout;
mod live;
mod row;
mod table;
mod view;

pub use live::LiveRanking;
pub use view::Ranking;
