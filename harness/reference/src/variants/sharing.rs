//! The readings of the open points of sharing: with whom, what, how much, and again.

use super::reads;
use crate::change::Change;

/// One variant for each reading that is not the first of its point.
pub(super) const VARIANTS: &[Change] = &[
    reads(
        "malformed-target-no-member",
        "A text that is no principal is no member of the directory.",
        &["malformed-target:target"],
    ),
    reads(
        "outsider-not-in-directory",
        "An account outside that is not allowed is not in the directory.",
        &["target-not-allowed:directory"],
    ),
    reads(
        "service-not-in-directory",
        "A service that is not allowed is not in the directory.",
        &["service-not-allowed:directory"],
    ),
    reads(
        "service-invalid",
        "A service that is not allowed is invalid.",
        &["service-not-allowed:invalid"],
    ),
    reads(
        "other-directory-not-in-directory",
        "A directory of others is not in the directory.",
        &["other-directory:directory"],
    ),
    reads(
        "other-directory-invalid",
        "A directory of others is invalid.",
        &["other-directory:invalid"],
    ),
    reads(
        "unknown-account-not-in-directory",
        "An account that nobody has is not in the directory.",
        &["unknown-account:directory"],
    ),
    reads(
        "unknown-account-invalid",
        "An account that nobody has is invalid.",
        &["unknown-account:invalid"],
    ),
    reads(
        "members-invited-without-directory",
        "Members are invited where sharing with the directory is not enabled.",
        &["member-not-enabled:invited"],
    ),
    reads(
        "nothing-shared-where-not-enabled",
        "Nothing is shared at all where sharing with the directory is not enabled.",
        &["sharing-off:rejected"],
    ),
    reads(
        "type-of-another-region-invalid",
        "A type that is shared from another region alone is invalid.",
        &["type-of-another-region:type"],
    ),
    reads(
        "type-of-another-region-other",
        "A type that is shared from another region alone gives an error of its own.",
        &["type-of-another-region:other"],
    ),
    reads(
        "nonexistent-resource-fails-later",
        "A resource that does not exist is accepted, and fails.",
        &["nonexistent-resource:failed"],
    ),
    reads(
        "resource-of-another-fails-later",
        "A resource of another account is accepted, and fails.",
        &["resource-of-another:failed"],
    ),
    reads(
        "quota-counts-each-share",
        "A resource in two shares counts twice.",
        &["quota-resource-in-two-shares:twice"],
    ),
    reads(
        "quota-counts-transitions",
        "A resource in transition counts.",
        &["quota-in-transition:moving"],
    ),
    reads(
        "invitations-limited-by-share",
        "The number of open invitations is limited for each share.",
        &["quota-invitations-scope:share"],
    ),
    reads(
        "quota-counts-deleting-shares",
        "A share that is being deleted counts.",
        &["quota-deleting-share:deleting"],
    ),
    reads(
        "open-share-wants-external-types",
        "A share that is open to anyone holds no type that must stay inside.",
        &["type-in-open-share:rejected"],
    ),
    reads(
        "service-has-the-resource",
        "A resource that a service has by another share is shared repeatedly.",
        &["service-in-other-share:resource"],
    ),
    reads(
        "service-has-it-again",
        "A resource that a service has by the same share is shared repeatedly.",
        &["service-again:conflict"],
    ),
    reads(
        "associated-again-invalid",
        "What is associated cannot be associated: an invalid parameter.",
        &["entity-already-associated:invalid"],
    ),
    reads(
        "associated-again-conflict",
        "What is associated cannot be associated: a conflict.",
        &["entity-already-associated:conflict"],
    ),
    reads(
        "invited-again",
        "Who is invited again gets a new invitation in place of the old one.",
        &["entity-already-invited:again"],
    ),
    reads(
        "invited-again-invalid",
        "Who is invited cannot be invited: an invalid parameter.",
        &["entity-already-invited:invalid"],
    ),
    reads(
        "invited-again-conflict",
        "Who is invited cannot be invited: a conflict.",
        &["entity-already-invited:conflict"],
    ),
    reads(
        "rejected-row-disassociated",
        "The row of who rejected its invitation is Disassociated.",
        &["rejected-row:disassociated"],
    ),
    reads("rejected-row-gone", "Who rejected its invitation has no row.", &["rejected-row:absent"]),
    reads(
        "rejected-row-stays",
        "The row of who rejected its invitation stays Associating.",
        &["rejected-row:associating"],
    ),
    reads(
        "expired-row-failed",
        "The row of an invitation that expired is Failed.",
        &["expired-row:failed"],
    ),
    reads(
        "properties-general",
        "Whatever is wrong with a property is an invalid parameter.",
        &[
            "broken-target-property:general",
            "broken-resource-property:general",
            "wrong-time-range-type:general",
            "property-not-json:general",
            "property-form:general",
            "property-of-no-service:general",
            "property-of-unnamed:general",
        ],
    ),
    reads(
        "properties-passed-over",
        "A property that cannot be used is passed over.",
        &[
            "broken-resource-property:ignored",
            "property-not-json:ignored",
            "property-form:accepted",
            "property-of-no-service:ignored",
            "property-of-unnamed:ignored",
            "two-properties:accepted",
        ],
    ),
    reads(
        "two-properties-invalid",
        "Two properties of one entity are invalid.",
        &["two-properties:named"],
    ),
    reads(
        "property-shown-as-plan",
        "The time range of a service is shown under the key plan.",
        &["property-key:plan"],
    ),
    reads(
        "permissions-invalid",
        "A permission that cannot be used is an invalid parameter.",
        &["permission-of-other-type:general", "permission-again:general"],
    ),
    reads(
        "permissions-passed-over",
        "A permission that cannot be used is passed over.",
        &["permission-of-other-type:accepted", "two-permissions-of-a-type:accepted"],
    ),
    reads("expired-row-gone", "An invitation that expired leaves no row.", &["expired-row:absent"]),
];
