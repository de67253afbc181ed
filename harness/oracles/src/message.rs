//! The message of an error: the documented one, but for doubled spaces.

use crate::finding::{Check, Finding};
use sharespec_model::spec::{Row, Spec};

/// Judges the message of a rejection.
pub fn judge(spec: &Spec, row: &Row, message: &str) -> Option<Finding> {
    let wanted = row.message.as_deref()?;
    let same = wanted.split_whitespace().eq(message.split_whitespace());
    (!same).then(|| {
        Finding::new(spec, Check::Message, row.rule, format!("another message for {}", row.code))
            .expected([wanted.to_owned()])
            .actual(message)
    })
}
