//! The message of an error: the documented one, but for doubled spaces.

use crate::finding::{Check, Finding};
use sharespec_model::spec::{Row, Spec};

/// Judges the message of a rejection. That of the gateway may go on, with what a signature should
/// have been made of.
pub fn judge(spec: &Spec, row: &Row, message: &str) -> Option<Finding> {
    let wanted = row.message.as_deref()?;
    let of_gateway = row.rule.and_then(|rule| spec.rule(rule))?.operation == "*";
    let mut words = message.split_whitespace();
    let begins = wanted.split_whitespace().all(|word| words.next() == Some(word));
    let same = begins && (of_gateway || words.next().is_none());
    let rule = if of_gateway { spec.floor("gateway/message") } else { row.rule };
    (!same).then(|| {
        Finding::new(spec, Check::Message, rule, format!("another message for {}", row.code))
            .expected([wanted.to_owned()])
            .actual(message)
    })
}
