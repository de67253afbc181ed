//! Variants that combine many lawful ways, as whole implementations do.

use super::transport::bare;
use super::{reads, with};
use crate::answer::Delivery;
use crate::change::{Change, Effect};
use crate::edit;
use sharespec_model::call::Reply;

/// The combinations.
pub(super) const VARIANTS: &[Change] = &[
    with(
        "everything-scattered",
        "Errors, rows, on short pages, and lengths of transitions are left to luck.",
        SCATTERED,
        &[
            Effect::Policy(|policy| policy.page_limit = 2),
            Effect::Policy(|policy| policy.transition_varies = true),
            Effect::Bytes(|response, _| edit::rewrite(response, edit::reversed)),
            Effect::Connection(Delivery::Chunked(11)),
        ],
    ),
    with(
        "strict-gateway",
        "A gateway checks first, and names what it misses in its own way.",
        STRICT,
        &[Effect::Bytes(bare)],
    ),
    with(
        "lenient",
        "Whatever may be accepted is accepted.",
        LENIENT,
        &[Effect::Policy(|policy| policy.accepts_odd_values = true)],
    ),
    with(
        "aws-like",
        "Answered as AWS RAM would: the share is busy as a whole, rows are reused, pages are short.",
        AWS_LIKE,
        &[
            Effect::Policy(|policy| policy.empty_pages = true),
            Effect::Policy(|policy| policy.page_limit = 3),
        ],
    ),
    with(
        "everything-at-once",
        "Every call is over when it returns.",
        AT_ONCE,
        &[Effect::Policy(|policy| policy.transition = None)],
    ),
    with(
        "bare-replies",
        "Answers hold what they must, and nothing else.",
        BARE,
        &[Effect::Reply(strip), Effect::Bytes(bare)],
    ),
    reads(
        "everything-unassociated",
        "Whatever may be called not associated is.",
        &[
            "unassociated-target:unassociated",
            "malformed-target:unassociated",
            "unknown-resource:unassociated",
            "ended-entity:unassociated",
            "leaving-stranger:unassociated",
            "left-already:unassociated",
            "pending-invitee:unassociated",
            "foreign-arn:unassociated",
            "malformed-share-id:unknown",
            "malformed-invitation:unknown",
            "deleted-share:unknown",
        ],
    ),
    with(
        "late-and-old",
        "Transitions are slow, times are in seconds by a clock behind, rows are reused whole.",
        &[
            "time-precision:seconds",
            "re-association:reused-keeping-time",
            "update-time:transition",
            "create-time:operation",
            "record-kept:longest",
            "creation-status:later",
        ],
        &[
            Effect::Policy(|policy| policy.transition = Some(1500)),
            Effect::Policy(|policy| policy.clock = -300_000),
        ],
    ),
];

const SCATTERED: &[&str] = &["precedence:scattered", "row-order:scattered", "page-filling:short"];

const STRICT: &[&str] = &[
    "missing-share-id:gateway",
    "missing-parameter:gateway",
    "empty-parameter:gateway",
    "empty-share-id:invalid",
    "more-than-twenty:gateway",
    "caller-without-directory:rejected",
    "pending-share:status",
    "invited-share-status:pending",
    "busy-scope:share",
    "invitation-as-task:conflict",
    "pending-invitee:conflict",
    "ended-entity:conflict",
    "left-already:conflict",
    "wrong-owner-mode:named",
    "precedence:reverse-order",
    "entity-already-associated:conflict",
    "entity-already-invited:conflict",
    "type-in-open-share:rejected",
    "quota-resource-in-two-shares:twice",
    "quota-in-transition:moving",
    "quota-deleting-share:deleting",
];

const LENIENT: &[&str] = &[
    "duplicate-id:distinct",
    "beyond-document:accepted",
    "missing-region:accepted",
    "some-unassociated:partial",
    "ended-entity:current-row",
    "left-already:current-row",
    "busy-scope:entity",
    "pending-share:accepted",
    "pending-invitee:cancelled",
    "caller-without-directory:accepted",
    "invitation-as-task:idle",
    "entity-already-associated:shown",
    "entity-already-invited:shown",
    "member-not-enabled:invited",
    "nonexistent-resource:failed",
    "resource-of-another:failed",
    "quota-invitations-scope:share",
    "rejected-row:absent",
    "expired-row:absent",
    "property-not-json:ignored",
    "property-form:accepted",
    "two-properties:accepted",
    "property-key:plan",
    "permission-of-other-type:accepted",
    "two-permissions-of-a-type:accepted",
];

const AWS_LIKE: &[&str] = &[
    "busy-scope:share",
    "re-association:reused-row",
    "page-filling:short",
    "row-order:reversed",
    "properties:absent",
    "message-without-failure:absent",
    "entity-type:kind",
    "list-empty-form:empty",
    "invited-row:associating",
    "precedence:by-name",
    "time-precision:milliseconds",
];

const AT_ONCE: &[&str] = &[
    "answer-status:at-once",
    "associate-status:at-once",
    "creation-status:at-once",
    "deletion-status:at-once",
];

const BARE: &[&str] = &[
    "message-without-failure:absent",
    "properties:absent",
    "target-arn:absent",
    "list-empty-form:absent",
    "time-precision:seconds",
];

/// Drops every member that may be absent.
fn strip(reply: &mut Reply, _: &crate::change::Moment<'_>) {
    for name in ["AssociationFailedDetails", "LocalName"] {
        edit::drop_member(reply, name);
    }
    if let Some(extra) = edit::extra(reply) {
        extra.clear();
    }
}
