//! What the documents contradict each other in, or their own samples: each departure is a warning
//! under the document that it departs from.

use super::tools::{REMOVAL, associates, error, removes};
use super::{addition, always, on, removal, when};
use crate::change::{Change, Effect, Moment, Trigger};
use crate::edit;
use serde_json::{Map, Value};
use sharespec_model::condition::ConditionSet;
use sharespec_model::spec::{Row, Spec};

/// The id of a rule of the oldest document.
macro_rules! oldest {
    ($rule:literal) => {
        concat!("alibaba-disassociate-2020/", $rule)
    };
}

/// Properties as the samples show them.
const PROPERTY: &str = r#"{"sharePrincipals":true,"shareTagOptions":false}"#;

pub(super) const FAULTS: &[Change] = &[
    when(
        |moment| removes(moment) || associates(moment),
        "target-property-of-accounts",
        "Rows of accounts have a TargetProperty.",
        &[removal!("shape/target-property"), addition!("shape/target-property")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| of_kind(row, "Target", "TargetProperty", PROPERTY))
        })],
    ),
    when(
        removes,
        "resource-property-of-accounts",
        "Rows of accounts have a ResourceProperty.",
        &[removal!("shape/resource-property")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| of_kind(row, "Target", "ResourceProperty", PROPERTY))
        })],
    ),
    when(
        |moment| removes(moment) || associates(moment),
        "message-without-failure",
        "Rows that did not fail have the reason of a failure.",
        &[removal!("shape/message"), addition!("shape/message")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| {
                row.insert("AssociationStatusMessage".into(), "The Resources is invalid.".into());
            })
        })],
    ),
    when(
        removes,
        "members-of-a-later-document",
        "Rows have members that only later documents have.",
        &[oldest!("shape/members")],
        &[Effect::Reply(|reply, _| {
            edit::each_row(reply, |row| {
                of_kind(row, "Resource", "ResourceProperty", PROPERTY);
            })
        })],
    ),
    always(
        "code-of-a-later-document",
        "An unknown type has the code that only later documents have.",
        &[oldest!("code/later")],
        &[Effect::Spec(later_code)],
    ),
    always(
        "create-time-of-association-only",
        "CreateTime is the time of the association where the document says otherwise.",
        &[oldest!("time/create-of-removal")],
        &[Effect::Policy(|policy| {
            let _ = policy.follow("create-time", "association");
        })],
    ),
    always(
        "region-not-wanted",
        "A call without RegionId is taken.",
        &[oldest!("region/required"), oldest!("parameter/RegionId")],
        &[Effect::Overlook(&["region/missing"])],
    ),
    always(
        "types-of-later-documents",
        "Every type of the world is taken.",
        &[oldest!("types/vswitch-only")],
        &[Effect::Overlook(&["resources/type-beyond"])],
    ),
    always(
        "principals-of-later-documents",
        "Every kind of principal is taken.",
        &[oldest!("targets/members-only")],
        &[Effect::Overlook(&["targets/beyond"])],
    ),
    always(
        "numbers-out-of-range-taken",
        "Entries with numbers that the document does not have are passed over.",
        &[oldest!("index/range")],
        &[Effect::Overlook(&["lists/irregular", "lists/index-out-of-range", "lists/empty"])],
    ),
    on(
        Trigger::If(has_gap),
        "gaps-refused",
        "A list whose numbers leave one out is refused.",
        &[oldest!("index/gap")],
        &[Effect::Refuse(|| error(400, "InvalidParameter", "The specified parameter is invalid."))],
    ),
];

/// Gives rows of a kind a member.
fn of_kind(row: &mut Map<String, Value>, kind: &str, member: &str, value: &str) {
    if row.get("AssociationType").and_then(Value::as_str) == Some(kind) {
        row.insert(member.to_owned(), value.into());
    }
}

fn later_code(spec: &mut Spec) {
    let Some(condition) = spec.condition("resources/type-unknown") else { return };
    let row = Row {
        status: 400,
        code: "InvalidParameter.ResourceType".to_owned(),
        message: Some("The ResourceType is invalid.".to_owned()),
        rule: None,
        conditions: ConditionSet::only(condition),
        readings: Vec::new(),
    };
    let operation = spec.operation_mut(REMOVAL);
    operation.into_iter().for_each(|operation| operation.rows.insert(0, row.clone()));
}

/// Whether some list of the call, as it came, leaves a number out.
fn has_gap(moment: &Moment<'_>) -> bool {
    let numbered = |key: &String| {
        let mut parts = key.split('.').skip(1);
        matches!(parts.next().map(str::parse::<u8>), Some(Ok(2..=5)))
    };
    removes(moment)
        && moment.incoming.is_some_and(|incoming| incoming.irregular.iter().any(numbered))
}
