//! Behaviours: what a run saw of the open points, as a file, as a page, and against another one.

mod diff;
pub(crate) mod matrix;
mod read;
mod show;
#[cfg(test)]
mod tests;
mod write;

pub use diff::{BehaviourDiff, PairDiff, PointDiff, diff};
pub use read::{UnreadableBehaviour, read_behaviour};
pub use show::{show, show_diff};
pub use write::BehaviourFile;
