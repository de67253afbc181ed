//! The readings of the open points, one variant for each that is not the first of its point.

use super::{INVITATIONS_LATER, reads, with};
use crate::change::{Change, Effect};
use sharespec_model::belief::{KEPT_AT_LEAST, KEPT_AT_MOST};

/// Every reading that leaves any answer to an odd value open.
pub(super) const ODD: &[&str] = &[
    "duplicate-spelling:open",
    "owner-mode-spelling:open",
    "own-share-as-other:open",
    "leaving-arguments:open",
    "leaving-invited:open",
    "blank-entries:open",
    "irregular-index:open",
    "spelling:open",
    "odd-property:open",
    "unknown-outsider:open",
    "arn-of-another-place:open",
    "outsiders-left:open",
    "service-type:open",
    "odd-external-flag:open",
    "share-grouped:open",
    "invitation-ended:open",
    "undescribed-parameter:open",
    "other-region:open",
    "list-filter-unknown:open",
    "list-scope:open",
    "directory-none:open",
];

/// One variant for each reading, or for a few that belong together.
pub(super) const VARIANTS: &[Change] = &[
    reads(
        "errors-last-row-first",
        "Of several errors the last of the table wins.",
        &["precedence:reverse-order"],
    ),
    reads(
        "errors-by-name",
        "Of several errors the first by its code wins.",
        &["precedence:by-name"],
    ),
    reads(
        "errors-scattered",
        "Of several errors another one wins each time.",
        &["precedence:scattered"],
    ),
    reads(
        "gateway-wants-share-id",
        "The gateway answers a call without ResourceShareId.",
        &["missing-share-id:gateway"],
    ),
    reads(
        "empty-share-id-invalid",
        "An empty ResourceShareId is invalid, not missing.",
        &["empty-share-id:invalid"],
    ),
    reads(
        "malformed-share-id-unknown",
        "A share id of another form is unknown, not invalid.",
        &["malformed-share-id:unknown"],
    ),
    reads(
        "gateway-wants-parameters",
        "The gateway answers a call without a required parameter.",
        &["missing-parameter:gateway"],
    ),
    reads(
        "gateway-judges-numbers",
        "The gateway answers a number that is out of range.",
        &["number-out-of-range:gateway"],
    ),
    reads(
        "empty-parameter-invalid",
        "An empty required parameter is invalid, not missing.",
        &["empty-parameter:invalid"],
    ),
    reads(
        "empty-parameter-gateway",
        "The gateway answers an empty required parameter.",
        &["empty-parameter:gateway"],
    ),
    reads("broken-pair-type", "An id without a type is an invalid type.", &["broken-pair:type"]),
    reads(
        "broken-pair-general",
        "An id without a type is an invalid parameter.",
        &["broken-pair:general"],
    ),
    reads(
        "many-entries-invalid",
        "A list of more than 20 entries is invalid, not too long.",
        &["more-than-twenty:invalid"],
    ),
    reads(
        "many-entries-gateway",
        "The gateway answers a list of more than 20 entries.",
        &["more-than-twenty:gateway"],
    ),
    reads(
        "one-id-two-types",
        "Two resources with one id and two types are two resources.",
        &["duplicate-id:distinct", "some-unassociated:partial"],
    ),
    reads(
        "unassociated-target-invalid",
        "A principal that is not associated is invalid.",
        &["unassociated-target:invalid"],
    ),
    reads(
        "unassociated-target-directory",
        "A principal outside that is not associated is not in the directory.",
        &["unassociated-target:directory"],
    ),
    reads(
        "malformed-target-unassociated",
        "A text that is no principal is not associated.",
        &["malformed-target:unassociated"],
    ),
    reads(
        "malformed-target-directory",
        "A text that is no principal is not in the directory.",
        &["malformed-target:directory"],
    ),
    reads(
        "partial-removal",
        "Of several entities those that are associated are removed.",
        &["some-unassociated:partial"],
    ),
    reads(
        "unknown-resource-unassociated",
        "A resource that does not exist is not associated.",
        &["unknown-resource:unassociated"],
    ),
    reads(
        "ended-entity-conflict",
        "An entity that was removed before is a conflict.",
        &["ended-entity:conflict", "repeated-call:as-ended"],
    ),
    reads(
        "ended-entity-shown",
        "The removal of what was removed before succeeds and shows its row.",
        &["ended-entity:current-row", "repeated-call:as-ended"],
    ),
    reads(
        "left-already-unassociated",
        "An account that left is not associated.",
        &["left-already:unassociated"],
    ),
    reads(
        "left-already-shown",
        "An account that left may leave again and sees its row.",
        &["left-already:current-row"],
    ),
    reads(
        "left-already-conflict",
        "An account that left conflicts with itself.",
        &["left-already:conflict"],
    ),
    reads(
        "busy-share",
        "A transition of one entity blocks calls on others of the share.",
        &["busy-scope:share"],
    ),
    reads(
        "unsupported-external-opened",
        "A share of types that may not go outside can be opened.",
        &["unsupported-external:accepted"],
    ),
    reads("deleted-share-unknown", "A deleted share is unknown.", &["deleted-share:unknown"]),
    reads(
        "pending-share-rejected",
        "Nothing can be done to a share that waits for an invitee.",
        &["pending-share:status", "invited-share-status:pending"],
    ),
    reads(
        "wrong-owner-mode-named",
        "An unknown ResourceOwner has a code of its own.",
        &["wrong-owner-mode:named"],
    ),
    reads(
        "leaving-member-task",
        "A member that wants to leave meets a task of its directory.",
        &["leaving-member:task"],
    ),
    reads(
        "leaving-in-progress-task",
        "An account that leaves too early meets a task of its directory.",
        &["leaving-in-progress:task"],
    ),
    reads(
        "leaving-in-progress-unknown",
        "An account that leaves too early does not know the share yet.",
        &["leaving-in-progress:unknown"],
    ),
    reads(
        "leaving-stranger-unassociated",
        "A stranger that wants to leave is not associated.",
        &["leaving-stranger:unassociated", "leaving-member-stranger:unassociated"],
    ),
    reads(
        "leaving-member-stranger-as-member",
        "A member that wants to leave what it is no principal of hears that members cannot.",
        &["leaving-member-stranger:member"],
    ),
    reads(
        "invitee-conflict",
        "A principal with an open invitation cannot be removed: a conflict.",
        &["pending-invitee:conflict"],
    ),
    reads(
        "invitee-unassociated",
        "A principal with an open invitation is not associated.",
        &["pending-invitee:unassociated"],
    ),
    reads(
        "caller-needs-directory",
        "An account in no directory may not call.",
        &["caller-without-directory:rejected"],
    ),
    reads(
        "unknown-type-resources",
        "An unknown type makes Resources invalid.",
        &["unknown-type:resources"],
    ),
    reads(
        "foreign-arn-unassociated",
        "An ARN of elsewhere is not associated.",
        &["foreign-arn:unassociated"],
    ),
    reads(
        "invitation-is-a-task",
        "An open invitation is an unfinished task of its share.",
        &["invitation-as-task:conflict"],
    ),
    reads(
        "malformed-invitation-unknown",
        "An invitation id of another form is unknown.",
        &["malformed-invitation:unknown"],
    ),
    with(
        "odd-values-accepted",
        "What the documents leave wholly open is accepted.",
        ODD,
        &[Effect::Policy(|policy| policy.accepts_odd_values = true)],
    ),
    with(
        "odd-values-rejected",
        "What the documents leave wholly open is rejected.",
        ODD,
        &[Effect::Policy(|policy| policy.accepts_odd_values = false)],
    ),
    reads(
        "unknown-type-general",
        "An unknown type is an invalid parameter, where the table has no row for types.",
        &["unknown-type:general"],
    ),
    reads(
        "beyond-document-general",
        "What the document does not have, and later ones have, is an invalid parameter.",
        &["beyond-document:general"],
    ),
    reads(
        "beyond-document-directory",
        "A principal that is no member account is not in the directory.",
        &["beyond-document:directory"],
    ),
    reads(
        "beyond-document-accepted",
        "What the document does not have, and later ones have, is taken.",
        &["beyond-document:accepted"],
    ),
    reads(
        "missing-region-general",
        "A call without the region that the document wants has an invalid parameter.",
        &["missing-region:general"],
    ),
    reads(
        "missing-region-accepted",
        "A call without the region that the document wants is taken.",
        &["missing-region:accepted"],
    ),
    reads(
        "create-time-of-association",
        "CreateTime in the answer of a removal is the time of the association.",
        &["create-time:association"],
    ),
    reads(
        "rows-reversed",
        "Rows come the other way round: in lists the newest first.",
        &["row-order:reversed"],
    ),
    reads(
        "rows-targets-first",
        "Rows of principals come before those of resources.",
        &["row-order:targets-first"],
    ),
    reads("rows-scattered", "Rows come in another order each time.", &["row-order:scattered"]),
    reads(
        "create-time-of-removal",
        "CreateTime in the answer of a removal is the time of the removal.",
        &["create-time:operation"],
    ),
    reads(
        "update-time-at-end",
        "The end of a transition is an update.",
        &["update-time:transition"],
    ),
    with(
        "update-time-at-each-step",
        "Each step of a transition is an update.",
        &["update-time:transition"],
        &[Effect::Policy(|policy| policy.stamps_steps = true)],
    ),
    reads(
        "removal-at-once",
        "A removal is over when the call returns.",
        &["answer-status:at-once"],
    ),
    reads(
        "association-at-once",
        "An association is complete when the call returns.",
        &["associate-status:at-once"],
    ),
    reads("creation-later", "A new share is pending at first.", &["creation-status:later"]),
    reads(
        "deletion-at-once",
        "A share is deleted when the call returns.",
        &["deletion-status:at-once"],
    ),
    reads(
        "message-absent",
        "There is no AssociationStatusMessage without a failure.",
        &["message-without-failure:absent"],
    ),
    reads(
        "message-null",
        "AssociationStatusMessage is null without a failure.",
        &["message-without-failure:null"],
    ),
    reads(
        "target-arn-empty",
        "Rows of principals have an empty ResourceArn.",
        &["target-arn:empty"],
    ),
    reads(
        "properties-empty",
        "TargetProperty and ResourceProperty are empty texts.",
        &["properties:empty"],
    ),
    reads(
        "properties-object",
        "TargetProperty and ResourceProperty are empty objects as text.",
        &["properties:object"],
    ),
    reads(
        "entity-type-kind",
        "The EntityType of a principal says what it is.",
        &["entity-type:kind"],
    ),
    reads(
        "row-reused",
        "An association made again has the old row with a new CreateTime.",
        &["re-association:reused-row"],
    ),
    reads(
        "row-reused-whole",
        "An association made again has the old row with its CreateTime.",
        &["re-association:reused-keeping-time"],
    ),
    with(
        "records-kept-shortest",
        "Records are kept for 48 hours to the millisecond.",
        &["record-kept:shortest"],
        &[Effect::Policy(|policy| policy.kept = Some(KEPT_AT_LEAST))],
    ),
    with(
        "records-kept-longest",
        "Records are kept for almost 96 hours.",
        &["record-kept:longest"],
        &[Effect::Policy(|policy| policy.kept = Some(KEPT_AT_MOST - 1))],
    ),
    reads(
        "invitee-without-row",
        "An invited principal has no row before it accepts.",
        &["invited-row:absent"],
    ),
    reads(
        "invited-share-pending",
        "A share with an open invitation is pending.",
        &["invited-share-status:pending"],
    ),
    reads(
        "lonely-entities-hidden",
        "A resource without a principal is not listed as shared, nor the reverse.",
        &["shared-without-target:hidden"],
    ),
    INVITATIONS_LATER,
    with(
        "short-pages",
        "A page has at most two rows, whatever is asked for.",
        &["page-filling:short"],
        &[Effect::Policy(|policy| policy.page_limit = 2)],
    ),
    with(
        "empty-pages",
        "An empty page with a token comes before each other one.",
        &["page-filling:short"],
        &[Effect::Policy(|policy| policy.empty_pages = true)],
    ),
    reads("times-in-seconds", "Times are shown in seconds.", &["time-precision:seconds"]),
    reads(
        "times-in-nanoseconds",
        "Times are shown in nanoseconds.",
        &["time-precision:nanoseconds"],
    ),
    reads(
        "invisible-share-invalid",
        "A filter by a share that the caller does not see is invalid.",
        &["invisible-share-filter:invalid"],
    ),
    reads("empty-lists-absent", "An empty list is absent.", &["list-empty-form:absent"]),
];
