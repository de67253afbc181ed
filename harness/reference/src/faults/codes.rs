//! Errors of a removal with the wrong status or the wrong code.

use super::tools::{self, REMOVAL, edit_row};
use super::{always, common, other, removal, when};
use crate::change::{Change, Effect};
use sharespec_model::spec::Spec;

/// Whatever is wrong with a share that is being deleted, its entities are ended too: which is said
/// first, so that its own row is seen only where the last row of the table wins.
const LAST_ROW: Effect = Effect::Policy(|policy| {
    policy.follow("precedence", "reverse-order");
});

pub(super) const FAULTS: &[Change] = &[
    when(
        |moment| {
            (moment.is("CreateResourceShare") || moment.is("UpdateResourceShare"))
                && moment.text("ResourceShareName").is_none()
        },
        "missing-name-as-missing-type",
        "A share without a name is said to be without another parameter.",
        &[
            other!("CreateResourceShare/error/MissingParameter.ResourceShareName"),
            other!("UpdateResourceShare/error/MissingParameter.ResourceShareName"),
        ],
        &[Effect::Refuse(|| {
            let message = "AssociationType is mandatory for this action.";
            tools::error(400, "MissingAssociationType", message)
        })],
    ),
    always(
        "unknown-share-as-400",
        "EntityNotExists.ResourceShare has status 400.",
        &[removal!("error/EntityNotExists.ResourceShare"), common!("floor/status")],
        &[Effect::Spec(|spec| status(spec, "EntityNotExists.ResourceShare", 400))],
    ),
    always(
        "unknown-share-as-403",
        "EntityNotExists.ResourceShare has status 403.",
        &[removal!("error/EntityNotExists.ResourceShare"), common!("floor/status")],
        &[Effect::Spec(|spec| status(spec, "EntityNotExists.ResourceShare", 403))],
    ),
    always(
        "unassociated-as-409",
        "DisassociateInvalid has status 409.",
        &[removal!("error/DisassociateInvalid"), common!("floor/status")],
        &[Effect::Spec(|spec| status(spec, "DisassociateInvalid", 409))],
    ),
    always(
        "unassociated-as-404",
        "DisassociateInvalid has status 404.",
        &[removal!("error/DisassociateInvalid"), common!("floor/status")],
        &[Effect::Spec(|spec| status(spec, "DisassociateInvalid", 404))],
    ),
    always(
        "conflict-as-400",
        "DisassociateConflict has status 400.",
        &[removal!("error/DisassociateConflict"), common!("floor/status")],
        &[Effect::Spec(|spec| status(spec, "DisassociateConflict", 400))],
    ),
    always(
        "status-mismatch-as-400",
        "ResourceShareStatusMismatchAction has status 400.",
        &[removal!("error/ResourceShareStatusMismatchAction"), common!("floor/status")],
        &[LAST_ROW, Effect::Spec(|spec| status(spec, "ResourceShareStatusMismatchAction", 400))],
    ),
    always(
        "leaving-failed-as-403",
        "LeavingFailed.Account has status 403.",
        &[
            removal!("parameter/ResourceOwner"),
            removal!("error/LeavingFailed.Account"),
            common!("floor/status"),
        ],
        &[Effect::Spec(|spec| status(spec, "LeavingFailed.Account", 403))],
    ),
    always(
        "leaving-type-as-400",
        "LeavingFailed.ResourceType has status 400.",
        &[
            removal!("parameter/ResourceOwner"),
            removal!("error/LeavingFailed.ResourceType"),
            common!("floor/status"),
        ],
        &[Effect::Spec(|spec| status(spec, "LeavingFailed.ResourceType", 400))],
    ),
    always(
        "nothing-named-as-422",
        "ResourceAndTargetBothEmpty has status 422.",
        &[removal!("error/ResourceAndTargetBothEmpty"), common!("floor/status")],
        &[Effect::Spec(|spec| status(spec, "ResourceAndTargetBothEmpty", 422))],
    ),
    always(
        "missing-share-id-as-404",
        "MissingParameter.ResourceShareId has status 404.",
        &[removal!("error/MissingParameter.ResourceShareId"), common!("floor/status")],
        &[Effect::Spec(|spec| status(spec, "MissingParameter.ResourceShareId", 404))],
    ),
    always(
        "target-length-code",
        "Too many principals have the code of another page.",
        &[removal!("error/InvalidParameter.Targets.Length"), common!("floor/undocumented")],
        &[Effect::Spec(|spec| {
            code(spec, "InvalidParameter.Targets.Length", "InvalidParameter.Target.Length")
        })],
    ),
    always(
        "target-length-as-resources",
        "Too many principals have the code of too many resources.",
        &[removal!("error/InvalidParameter.Targets.Length")],
        &[Effect::Spec(|spec| {
            code(spec, "InvalidParameter.Targets.Length", "InvalidParameter.Resources.Length")
        })],
    ),
    always(
        "resource-length-as-arns",
        "Too many resources have the code of too many ARNs.",
        &[removal!("error/InvalidParameter.Resources.Length")],
        &[Effect::Spec(|spec| {
            code(spec, "InvalidParameter.Resources.Length", "InvalidParameter.ResourceArns.Length")
        })],
    ),
    always(
        "arn-length-as-malformed",
        "Too many ARNs have the code of a wrong ARN.",
        &[removal!("error/InvalidParameter.ResourceArns.Length")],
        &[Effect::Spec(|spec| {
            code(spec, "InvalidParameter.ResourceArns.Length", "InvalidParameter.ResourceArns")
        })],
    ),
    always(
        "duplicate-as-length",
        "A principal named twice has the code of too many.",
        &[removal!("error/InvalidParameter.Targets.Duplicate")],
        &[Effect::Spec(|spec| {
            code(spec, "InvalidParameter.Targets.Duplicate", "InvalidParameter.Targets.Length")
        })],
    ),
    always(
        "resource-duplicate-as-invalid",
        "A resource named twice has the code of a wrong one.",
        &[removal!("error/InvalidParameter.Resources.Duplicate")],
        &[Effect::Spec(|spec| {
            code(spec, "InvalidParameter.Resources.Duplicate", "InvalidParameter.Resources")
        })],
    ),
    always(
        "arn-duplicate-as-resource",
        "An ARN named twice has the code of a resource named twice.",
        &[removal!("error/InvalidParameter.ResourceArns.Duplicate")],
        &[Effect::Spec(|spec| {
            code(
                spec,
                "InvalidParameter.ResourceArns.Duplicate",
                "InvalidParameter.Resources.Duplicate",
            )
        })],
    ),
    always(
        "arn-code-in-singular",
        "A wrong ARN has a code in the singular.",
        &[
            removal!("parameter/ResourceArns"),
            removal!("error/InvalidParameter.ResourceArns"),
            common!("floor/undocumented"),
        ],
        &[Effect::Spec(|spec| {
            code(spec, "InvalidParameter.ResourceArns", "InvalidParameter.ResourceArn")
        })],
    ),
    always(
        "nothing-named-as-missing",
        "A removal that names nothing lacks a parameter.",
        &[removal!("error/ResourceAndTargetBothEmpty"), common!("floor/undocumented")],
        &[Effect::Spec(|spec| {
            code(spec, "ResourceAndTargetBothEmpty", "MissingParameter.Targets")
        })],
    ),
    always(
        "share-code-in-plural",
        "An unknown share has a code in the plural.",
        &[removal!("error/EntityNotExists.ResourceShare"), common!("floor/undocumented")],
        &[Effect::Spec(|spec| {
            code(spec, "EntityNotExists.ResourceShare", "EntityNotExists.ResourceShares")
        })],
    ),
    always(
        "unassociated-renamed",
        "What is not associated has a code with its words the other way round.",
        &[removal!("error/DisassociateInvalid"), common!("floor/undocumented")],
        &[Effect::Spec(|spec| code(spec, "DisassociateInvalid", "InvalidDisassociate"))],
    ),
    always(
        "conflict-of-associate",
        "What is in progress has the code of Associate.",
        &[removal!("error/DisassociateConflict"), common!("floor/undocumented")],
        &[Effect::Spec(|spec| code(spec, "DisassociateConflict", "AssociateConflict"))],
    ),
    always(
        "conflict-code-in-general",
        "Resources beside ResourceArns have the general code.",
        &[removal!("error/InvalidParameter.ResourceConflict")],
        &[Effect::Spec(|spec| code(spec, "InvalidParameter.ResourceConflict", "InvalidParameter"))],
    ),
    always(
        "arn-only-type-as-unknown",
        "A type that only ARNs can name is unknown.",
        &[removal!("error/NotSupport.ResourceType.ResourcesParameter")],
        &[Effect::Spec(|spec| {
            code(
                spec,
                "NotSupport.ResourceType.ResourcesParameter",
                "InvalidParameter.ResourceType",
            )
        })],
    ),
    always(
        "leaving-type-as-account",
        "A share that cannot be left has the code of a member.",
        &[removal!("error/LeavingFailed.ResourceType")],
        &[Effect::Spec(|spec| code(spec, "LeavingFailed.ResourceType", "LeavingFailed.Account"))],
    ),
    always(
        "leaving-member-as-type",
        "A member that cannot leave has the code of a type.",
        &[removal!("error/LeavingFailed.Account")],
        &[Effect::Spec(|spec| code(spec, "LeavingFailed.Account", "LeavingFailed.ResourceType"))],
    ),
    always(
        "unsupported-external-as-target",
        "A share that cannot be opened has the code of its principals.",
        &[other!("UpdateResourceShare/error/NotSupport.AllowExternalTargets")],
        &[Effect::Spec(|spec| {
            edit_row(spec, "UpdateResourceShare", "NotSupport.AllowExternalTargets", |row| {
                "ExternalTargetsNotAllowed.ResourceType".clone_into(&mut row.code)
            })
        })],
    ),
    always(
        "status-mismatch-shortened",
        "A share that is being deleted has a code that is cut short.",
        &[removal!("error/ResourceShareStatusMismatchAction"), common!("floor/undocumented")],
        &[
            LAST_ROW,
            Effect::Spec(|spec| {
                code(spec, "ResourceShareStatusMismatchAction", "ResourceShareStatusMismatch")
            }),
        ],
    ),
];

fn status(spec: &mut Spec, code: &str, status: u16) {
    edit_row(spec, REMOVAL, code, |row| row.status = status);
}

fn code(spec: &mut Spec, from: &str, to: &str) {
    edit_row(spec, REMOVAL, from, |row| to.clone_into(&mut row.code));
}
