//! Faults of conditions: what is wrong is taken.

use super::tools::{is_principal, named};
use crate::change::{Change, Effect};
use crate::faults::{always, when};

pub(super) const FAULTS: &[Change] = &[
    always(
        "unknown-share-accepted",
        "A share that does not exist is taken.",
        &["aws-ram-disassociate/error/UnknownResourceException"],
        &[Effect::Overlook(&["share/unknown"])],
    ),
    always(
        "malformed-share-accepted",
        "What is no ARN is taken for a share.",
        &["aws-ram-disassociate/error/MalformedArnException"],
        &[Effect::Overlook(&["share-arn/malformed"])],
    ),
    always(
        "missing-share-accepted",
        "A call without a share is taken.",
        &[
            "aws-ram-disassociate/error/InvalidParameterException",
            "aws-ram-disassociate/parameter/resourceShareArn",
        ],
        &[Effect::Overlook(&["share-arn/missing"])],
    ),
    always(
        "malformed-resource-accepted",
        "What is no ARN is taken for a resource.",
        &["aws-ram-disassociate/error/MalformedArnException"],
        &[Effect::Overlook(&["resources/malformed"])],
    ),
    always(
        "malformed-principal-accepted",
        "Any text is taken for a principal.",
        &["aws-ram-disassociate/error/InvalidParameterException"],
        &[Effect::Overlook(&["principals/malformed"])],
    ),
    always(
        "mismatch-accepted",
        "A token is taken again with other parameters.",
        &["aws-ram-disassociate/error/IdempotentParameterMismatchException"],
        &[Effect::Overlook(&["client-token/mismatch"])],
    ),
    always(
        "foreign-share-accepted",
        "The share of another account is taken.",
        &["aws-ram-disassociate/error/UnknownResourceException"],
        &[Effect::Overlook(&["share/foreign"])],
    ),
    always(
        "deleted-share-accepted",
        "A share that is deleted is taken, with what was in it.",
        &[
            "aws-ram-disassociate/error/InvalidStateTransitionException",
            "aws-ram-disassociate/error/UnknownResourceException",
        ],
        &[Effect::Overlook(&["share/deleted", "share/deleting", "entities/ended"])],
    ),
    always(
        "quota-of-shares-ignored",
        "An account may have any number of shares.",
        &["aws-ram-operations/CreateResourceShare/error/ResourceShareLimitExceededException"],
        &[Effect::Overlook(&["shares/over-quota"])],
    ),
    always(
        "outsider-associated",
        "Principals outside come into a share that does not allow them.",
        &["aws-ram-operations/AssociateResourceShare/error/OperationNotPermittedException"],
        &[Effect::Overlook(&["add/outsider"])],
    ),
    when(
        |moment| named(moment).iter().filter(|entity| !entity.is_resource()).count() > 1,
        "outsider-associated-among-others",
        "Of several principals nobody looks at where they are.",
        &[
            "aws-ram-operations/AssociateResourceShare/error/OperationNotPermittedException",
            "aws-ram-operations/CreateResourceShare/error/OperationNotPermittedException",
        ],
        &[Effect::Overlook(&["add/outsider"])],
    ),
    when(
        |moment| moment.is("AssociateResourceShare") && is_principal(moment),
        "principal-associates",
        "A principal of a share associates others with it.",
        &["aws-ram-operations/AssociateResourceShare/error/UnknownResourceException"],
        &[Effect::Overlook(&["share/foreign"])],
    ),
    when(
        |moment| moment.is("UpdateResourceShare") && is_principal(moment),
        "principal-updates",
        "A principal of a share changes it.",
        &["aws-ram-operations/UpdateResourceShare/error/UnknownResourceException"],
        &[Effect::Overlook(&["share/foreign"])],
    ),
    when(
        |moment| moment.is("DeleteResourceShare") && is_principal(moment),
        "principal-deletes",
        "A principal of a share deletes it.",
        &["aws-ram-operations/DeleteResourceShare/error/UnknownResourceException"],
        &[Effect::Overlook(&["share/foreign"])],
    ),
    always(
        "accepted-twice",
        "An invitation is accepted twice.",
        &[
            "aws-ram-operations/AcceptResourceShareInvitation/error/ResourceShareInvitationAlreadyAcceptedException",
        ],
        &[Effect::Overlook(&["invitation/accepted"])],
    ),
    always(
        "rejected-accepted",
        "A rejected invitation is accepted.",
        &[
            "aws-ram-operations/AcceptResourceShareInvitation/error/ResourceShareInvitationAlreadyRejectedException",
        ],
        &[Effect::Overlook(&["invitation/rejected"])],
    ),
    when(
        |moment| moment.is("RejectResourceShareInvitation"),
        "accepted-rejected",
        "An accepted invitation is rejected.",
        &[
            "aws-ram-operations/RejectResourceShareInvitation/error/ResourceShareInvitationAlreadyAcceptedException",
        ],
        &[Effect::Overlook(&["invitation/accepted"])],
    ),
    when(
        |moment| moment.is("RejectResourceShareInvitation"),
        "rejected-twice",
        "An invitation is rejected twice.",
        &[
            "aws-ram-operations/RejectResourceShareInvitation/error/ResourceShareInvitationAlreadyRejectedException",
        ],
        &[Effect::Overlook(&["invitation/rejected"])],
    ),
    always(
        "foreign-invitation-accepted",
        "The invitation of another account is accepted.",
        &[
            "aws-ram-operations/AcceptResourceShareInvitation/error/ResourceShareInvitationArnNotFoundException",
        ],
        &[Effect::Overlook(&["invitation/foreign"])],
    ),
    always(
        "invalid-owner-accepted",
        "Any owner mode is taken.",
        &["aws-ram-operations/GetResourceShares/error/InvalidParameterException"],
        &[Effect::Overlook(&["owner/invalid"])],
    ),
    always(
        "invalid-type-accepted",
        "Any association type is taken.",
        &["aws-ram-operations/GetResourceShareAssociations/error/InvalidParameterException"],
        &[Effect::Overlook(&["association-type/invalid"])],
    ),
    always(
        "filter-conflict-accepted",
        "A principal is taken as a filter of resources.",
        &["aws-ram-operations/GetResourceShareAssociations/error/InvalidParameterException"],
        &[Effect::Overlook(&["filter/conflict"])],
    ),
    always(
        "page-size-ignored",
        "Any page size is taken.",
        &["aws-ram-operations/GetResourceShares/error/InvalidParameterException"],
        &[Effect::Overlook(&["max-results/out-of-range"])],
    ),
    always(
        "wrong-page-token-accepted",
        "Any token is taken for that of a page.",
        &["aws-ram-operations/GetResourceShares/error/InvalidNextTokenException"],
        &[Effect::Overlook(&["next-token/invalid"])],
    ),
    always(
        "missing-name-accepted",
        "A share needs no name.",
        &["aws-ram-operations/CreateResourceShare/error/InvalidParameterException"],
        &[Effect::Overlook(&["share-name/missing"])],
    ),
    always(
        "unknown-invitation-accepted",
        "An invitation that does not exist is accepted.",
        &[
            "aws-ram-operations/AcceptResourceShareInvitation/error/ResourceShareInvitationArnNotFoundException",
        ],
        &[Effect::Overlook(&["invitation/unknown"])],
    ),
];
