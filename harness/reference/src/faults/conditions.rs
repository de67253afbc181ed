//! What a call is wrong in is overlooked, so that the call is accepted: at least once for each row of
//! the error table of DisassociateResourceShare that some request certainly answers.

use super::tools::{self, removes};
use super::{removal, when};
use crate::change::{Change, Effect, Moment};
use serde_json::Value;
use sharespec_model::status::{AssociationStatus, ShareStatus};

const ENDED: &[&str] = &[
    "share/deleting",
    "share/deleted",
    "entities/ended",
    "targets/not-associated",
    "targets/outside-directory",
    "resources/not-associated",
    "arns/not-associated",
    "resources/unknown",
];

pub(super) const FAULTS: &[Change] = &[
    when(
        removes,
        "share-id-not-needed",
        "A removal without ResourceShareId is accepted.",
        &[
            removal!("error/MissingParameter.ResourceShareId"),
            removal!("parameter/ResourceShareId"),
        ],
        &[Effect::Overlook(&["share-id/missing"])],
    ),
    when(
        removes,
        "empty-share-id-accepted",
        "A removal with an empty ResourceShareId is accepted.",
        &[
            removal!("error/MissingParameter.ResourceShareId"),
            removal!("error/InvalidParameter.ResourceShareId"),
        ],
        &[Effect::Overlook(&["share-id/empty"])],
    ),
    when(
        removes,
        "malformed-share-id-accepted",
        "A removal from a share whose id is no id is accepted.",
        &[
            removal!("error/InvalidParameter.ResourceShareId"),
            removal!("error/EntityNotExists.ResourceShare"),
        ],
        &[Effect::Overlook(&["share-id/malformed"])],
    ),
    when(
        removes,
        "unknown-share-accepted",
        "A removal from a share that does not exist is accepted.",
        &[removal!("error/EntityNotExists.ResourceShare")],
        &[Effect::Overlook(&["share/unknown"])],
    ),
    when(
        removes,
        "foreign-share-silently-accepted",
        "A removal from a share of another account is accepted, and nothing is done.",
        &[removal!("error/EntityNotExists.ResourceShare")],
        &[Effect::Overlook(&["share/foreign"])],
    ),
    when(
        removes,
        "broken-pair-accepted",
        "A resource without a type or an id is passed over.",
        &[
            removal!("error/InvalidParameter.Resources"),
            removal!("error/InvalidParameter.ResourceType"),
            removal!("error/InvalidParameter"),
        ],
        &[Effect::Overlook(&["resources/pair-broken"])],
    ),
    when(
        |moment| removes(moment) && first_pair_is_whole(moment),
        "only-first-pair-checked",
        "Only the first resource needs both a type and an id.",
        &[
            removal!("error/InvalidParameter.Resources"),
            removal!("error/InvalidParameter.ResourceType"),
            removal!("error/InvalidParameter"),
        ],
        &[Effect::Overlook(&["resources/pair-broken"])],
    ),
    when(
        removes,
        "unknown-resource-accepted",
        "A resource that does not exist is passed over.",
        &[removal!("error/InvalidParameter.Resources"), removal!("error/DisassociateInvalid")],
        &[Effect::Overlook(&["resources/unknown"])],
    ),
    when(
        removes,
        "unknown-type-accepted",
        "A resource of a type that does not exist is passed over.",
        &[
            removal!("error/InvalidParameter.ResourceType"),
            removal!("error/InvalidParameter.Resources"),
        ],
        &[Effect::Overlook(&["resources/type-unknown"])],
    ),
    when(
        removes,
        "duplicate-resources-accepted",
        "A resource may be named twice.",
        &[removal!("error/InvalidParameter.Resources.Duplicate")],
        &[Effect::Overlook(&["resources/duplicate"])],
    ),
    when(
        |moment| removes(moment) && apart(moment.list("Resources")),
        "only-neighbouring-resources-compared",
        "A resource named twice is noticed if the two are neighbours.",
        &[removal!("error/InvalidParameter.Resources.Duplicate")],
        &[Effect::Overlook(&["resources/duplicate"])],
    ),
    when(
        removes,
        "malformed-target-accepted",
        "A text that is no principal is passed over.",
        &[
            removal!("error/InvalidParameter.Targets"),
            removal!("error/DisassociateInvalid"),
            removal!("error/AccountNotInResourceDirectory"),
        ],
        &[Effect::Overlook(&["targets/malformed"])],
    ),
    when(
        |moment| removes(moment) && known(moment, moment.list("Targets").first()),
        "only-first-target-checked",
        "Only the first principal is checked for its form.",
        &[removal!("error/InvalidParameter.Targets"), removal!("error/DisassociateInvalid")],
        &[Effect::Overlook(&["targets/malformed"])],
    ),
    when(
        |moment| removes(moment) && known(moment, moment.list("Targets").last()),
        "only-last-target-checked",
        "Only the last principal is checked for its form.",
        &[removal!("error/InvalidParameter.Targets"), removal!("error/DisassociateInvalid")],
        &[Effect::Overlook(&["targets/malformed"])],
    ),
    when(
        removes,
        "duplicate-targets-accepted",
        "A principal may be named twice.",
        &[removal!("error/InvalidParameter.Targets.Duplicate")],
        &[Effect::Overlook(&["targets/duplicate"])],
    ),
    when(
        |moment| removes(moment) && apart(moment.list("Targets")),
        "only-neighbouring-targets-compared",
        "A principal named twice is noticed if the two are neighbours.",
        &[removal!("error/InvalidParameter.Targets.Duplicate")],
        &[Effect::Overlook(&["targets/duplicate"])],
    ),
    when(
        |moment| removes(moment) && ends_differ(moment.list("Targets")),
        "only-first-and-last-target-compared",
        "A principal named twice is noticed if it is the first and the last.",
        &[removal!("error/InvalidParameter.Targets.Duplicate")],
        &[Effect::Overlook(&["targets/duplicate"])],
    ),
    when(
        removes,
        "nothing-named-accepted",
        "A removal that names nothing is accepted.",
        &[removal!("error/ResourceAndTargetBothEmpty")],
        &[Effect::Overlook(&["lists/empty"])],
    ),
    when(
        removes,
        "unassociated-target-accepted",
        "The removal of a principal that was never associated is accepted.",
        &[removal!("error/DisassociateInvalid"), removal!("error/InvalidParameter.Targets")],
        &[Effect::Overlook(&["targets/not-associated"])],
    ),
    when(
        removes,
        "outside-target-accepted",
        "The removal of a principal outside that was never associated is accepted.",
        &[removal!("error/AccountNotInResourceDirectory"), removal!("error/DisassociateInvalid")],
        &[Effect::Overlook(&["targets/outside-directory"])],
    ),
    when(
        removes,
        "unassociated-resource-accepted",
        "The removal of a resource that was never associated is accepted.",
        &[removal!("error/DisassociateInvalid")],
        &[Effect::Overlook(&["resources/not-associated"])],
    ),
    when(
        removes,
        "unassociated-arn-accepted",
        "The removal of an ARN that was never associated is accepted.",
        &[removal!("parameter/ResourceArns"), removal!("error/DisassociateInvalid")],
        &[Effect::Overlook(&["arns/not-associated"])],
    ),
    when(
        removes,
        "wrong-owner-mode-accepted",
        "An unknown ResourceOwner means Self.",
        &[
            removal!("parameter/ResourceOwner"),
            removal!("error/InvalidParameter"),
            removal!("parameter/ResourceOwner"),
        ],
        &[Effect::Overlook(&["owner-mode/invalid"])],
    ),
    when(
        removes,
        "malformed-arn-accepted",
        "A text that is no ARN is passed over.",
        &[removal!("error/InvalidParameter.ResourceArns")],
        &[Effect::Overlook(&["arns/malformed"])],
    ),
    when(
        |moment| removes(moment) && first_arn_is_one(moment),
        "only-first-arn-checked",
        "Only the first ARN is checked for its form.",
        &[removal!("error/InvalidParameter.ResourceArns")],
        &[Effect::Overlook(&["arns/malformed"])],
    ),
    when(
        removes,
        "arn-of-elsewhere-accepted",
        "An ARN that names nothing is passed over.",
        &[
            removal!("parameter/ResourceArns"),
            removal!("error/InvalidParameter.ResourceArns"),
            removal!("error/DisassociateInvalid"),
        ],
        &[Effect::Overlook(&["arns/elsewhere"])],
    ),
    when(
        removes,
        "duplicate-arns-accepted",
        "An ARN may be named twice.",
        &[removal!("error/InvalidParameter.ResourceArns.Duplicate")],
        &[Effect::Overlook(&["arns/duplicate"])],
    ),
    when(
        |moment| removes(moment) && apart(moment.list("ResourceArns")),
        "only-neighbouring-arns-compared",
        "An ARN named twice is noticed if the two are neighbours.",
        &[removal!("error/InvalidParameter.ResourceArns.Duplicate")],
        &[Effect::Overlook(&["arns/duplicate"])],
    ),
    when(
        removes,
        "conflict-accepted",
        "Resources and ResourceArns may be given together.",
        &[removal!("error/InvalidParameter.ResourceConflict")],
        &[Effect::Overlook(&["lists/conflict"])],
    ),
    when(
        |moment| {
            removes(moment) && moment.list("Resources").len() != moment.list("ResourceArns").len()
        },
        "conflict-of-equal-lengths-only",
        "Resources and ResourceArns conflict if they are equally long.",
        &[removal!("error/InvalidParameter.ResourceConflict")],
        &[Effect::Overlook(&["lists/conflict"])],
    ),
    when(
        |moment| removes(moment) && !moment.list("Targets").is_empty(),
        "no-conflict-beside-targets",
        "Resources and ResourceArns conflict if no principal is named.",
        &[removal!("error/InvalidParameter.ResourceConflict")],
        &[Effect::Overlook(&["lists/conflict"])],
    ),
    when(
        removes,
        "arn-only-type-accepted",
        "A type that only ARNs can name is taken in Resources.",
        &[removal!("error/NotSupport.ResourceType.ResourcesParameter")],
        &[Effect::Overlook(&["resources/type-arn-only"])],
    ),
    when(
        |moment| removes(moment) && share_is(moment, ShareStatus::Deleting),
        "deleting-share-usable",
        "Entities can be removed from a share that is being deleted.",
        &[removal!("error/ResourceShareStatusMismatchAction")],
        &[Effect::Overlook(ENDED)],
    ),
    when(
        |moment| removes(moment) && share_is(moment, ShareStatus::Deleted),
        "deleted-share-usable",
        "Entities can be removed from a share that is deleted.",
        &[
            removal!("error/ResourceShareStatusMismatchAction"),
            removal!("error/EntityNotExists.ResourceShare"),
        ],
        &[Effect::Overlook(ENDED)],
    ),
    when(
        removes,
        "associating-entity-removable",
        "An entity that is being associated can be removed.",
        &[removal!("error/DisassociateConflict")],
        &[Effect::Overlook(&["entities/associating"])],
    ),
    when(
        |moment| removes(moment) && first_is_settled(moment),
        "only-first-entity-asked-for-progress",
        "Only the first entity is asked whether it is being associated.",
        &[removal!("error/DisassociateConflict")],
        &[Effect::Overlook(&["entities/associating"])],
    ),
];

fn first_pair_is_whole(moment: &Moment<'_>) -> bool {
    let first = moment.list("Resources").first().and_then(Value::as_object);
    first.is_some_and(|pair| pair.len() == 2)
}

fn first_arn_is_one(moment: &Moment<'_>) -> bool {
    let first = moment.list("ResourceArns").first().and_then(Value::as_str);
    first.is_some_and(|arn| arn.starts_with("acs:"))
}

fn known(moment: &Moment<'_>, entry: Option<&Value>) -> bool {
    entry.and_then(Value::as_str).is_some_and(|id| moment.world.principal(id).is_some())
}

/// Whether no two neighbours are equal.
fn apart(list: &[Value]) -> bool {
    list.iter().zip(list.iter().skip(1)).all(|(one, next)| one != next)
}

fn ends_differ(list: &[Value]) -> bool {
    list.first() != list.last()
}

fn share_is(moment: &Moment<'_>, status: ShareStatus) -> bool {
    tools::is_own(moment) && tools::share(moment).is_some_and(|share| share.status == status)
}

fn first_is_settled(moment: &Moment<'_>) -> bool {
    let named = tools::named(moment);
    let row = named.first().and_then(|first| tools::share(moment)?.row(first));
    row.is_some_and(|row| row.status == AssociationStatus::Associated)
}
