//! Cases: what is sent, from which state, and by whom.
//!
//! [`alibaba()`] and [`aws()`] build the suites of the APIs: finite, deterministic, sorted by id. A case is
//! data of the wire crate; how it is played and judged is not known here. [`hash()`] tells whether
//! the content of a case changed, [`aliases()`] how a case was called before. [`fuzz`] makes cases up.

mod alibaba;
mod aws;
mod axes;
pub mod covering;
mod draft;
mod edited;
pub mod fuzz;
mod identity;
mod odd;
mod plan;

use covering::Coverage;
use sharespec_wire::case::Case;

pub use alibaba::{alibaba, alibaba_at};
pub use aws::{aws, aws_at};
pub use axes::{DEFAULT_STRENGTH, Strength};
pub use identity::{aliases, hash};

/// The combined case of this id, whatever the strength.
pub fn combined(id: &str) -> Option<Case> {
    alibaba::combined(id).or_else(|| aws::combined(id))
}

/// How far the cases of one API combine its axes, by their ids, and how many axes are combined with
/// each other; none if none of them is a combination.
pub fn coverage<'a>(
    ids: impl Iterator<Item = &'a str>,
    strength: Strength,
) -> Option<(usize, Coverage)> {
    let ids: Vec<&str> = ids.collect();
    [alibaba::AXES, aws::AXES].iter().find_map(|axes| {
        let found = axes.coverage(ids.iter().copied(), strength)?;
        Some((axes.combined(strength), found))
    })
}
