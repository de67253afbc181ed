//! Lists of entities that are wrong in the call alone, for the operations that add entities.

use crate::alibaba::cast::{ARN_ONLY, List};
use crate::alibaba::draft::{Draft, Put, pair};

/// A name, the condition, and what puts the lists into a call.
pub(super) type Wrong = (&'static str, &'static str, Put);

/// Lists that are wrong in one way.
pub(super) const WRONG: &[Wrong] = &[
    ("targets/over-limit/6", "targets/over-limit", |draft| draft.entries(List::Targets, 1..=6)),
    ("targets/over-gateway/21", "targets/over-gateway", |draft| {
        draft.entries(List::Targets, 1..=21)
    }),
    ("targets/duplicate/1-2", "targets/duplicate", |draft| draft.entries(List::Targets, [1, 1])),
    ("targets/duplicate/2-5", "targets/duplicate", |draft| {
        draft.entries(List::Targets, [1, 2, 3, 4, 2])
    }),
    ("targets/malformed/word", "targets/malformed", |draft| draft.target("nobody")),
    ("targets/malformed/among-others", "targets/malformed", |draft| {
        draft.entries(List::Targets, [1]).target("nobody").entries(List::Targets, [2])
    }),
    ("targets/self", "targets/self", |draft| draft.account("owner")),
    ("targets/self-among-others", "targets/self", |draft| {
        draft.entries(List::Targets, [1, 2]).account("owner")
    }),
    ("resources/over-limit/6", "resources/over-limit", |draft| {
        draft.entries(List::Resources, 1..=6)
    }),
    ("resources/over-gateway/21", "resources/over-gateway", |draft| {
        draft.entries(List::Resources, 1..=21)
    }),
    ("resources/duplicate/1-2", "resources/duplicate", |draft| {
        draft.entries(List::Resources, [1, 1])
    }),
    ("resources/duplicate/1-5", "resources/duplicate", |draft| {
        draft.entries(List::Resources, [1, 2, 3, 4, 1])
    }),
    ("resources/pair-broken/no-type", "resources/pair-broken", |draft| {
        draft.entry("Resources", pair(None, Some("$id.owner.VSwitch.1".into())))
    }),
    ("resources/pair-broken/no-id", "resources/pair-broken", |draft| {
        draft.entry("Resources", pair(Some("VSwitch"), None))
    }),
    ("resources/type-unknown", "resources/type-unknown", |draft| {
        draft.pair("Spaceship", "$id.owner.VSwitch.1")
    }),
    ("resources/type-arn-only", "resources/type-arn-only", |draft| draft.resource(ARN_ONLY, 1)),
    ("arns/over-limit/6", "arns/over-limit", |draft| draft.entries(List::Arns, 1..=6)),
    ("arns/over-gateway/21", "arns/over-gateway", |draft| draft.entries(List::Arns, 1..=21)),
    ("arns/duplicate/1-2", "arns/duplicate", |draft| draft.entries(List::Arns, [1, 1])),
    ("arns/duplicate/3-4", "arns/duplicate", |draft| draft.entries(List::Arns, [1, 2, 3, 3])),
    ("arns/malformed", "arns/malformed", |draft| draft.entry("ResourceArns", "nothing")),
    ("lists/conflict/same-resource", "lists/conflict", |draft| {
        draft.resource("VSwitch", 1).arn("VSwitch", 1)
    }),
    ("lists/conflict/other-resource", "lists/conflict", |draft| {
        draft.resource("VSwitch", 1).arn("VSwitch", 2)
    }),
];

/// One resource id under two types, of which one is of no resource.
pub(super) fn one_id_of_two_types(draft: Draft) -> Draft {
    draft.resource("VSwitch", 1).pair("PrefixList", "$id.owner.VSwitch.1")
}
