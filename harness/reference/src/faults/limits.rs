//! Limits that are off: by one, by much, or counted over the wrong things.

use super::tools::{REMOVAL, error, limit, removes};
use super::{addition, always, other, removal, when};
use crate::change::{Change, Effect, Moment};
use sharespec_wire::alibaba::GatewayError;

pub(super) const FAULTS: &[Change] = &[
    always(
        "target-limit-four",
        "A removal takes at most four principals.",
        &[
            removal!("error/InvalidParameter.Targets.Length"),
            removal!("parameter/Targets"),
            removal!("effect/removed"),
        ],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "Targets", 4))],
    ),
    always(
        "target-limit-six",
        "A removal takes six principals.",
        &[removal!("error/InvalidParameter.Targets.Length"), removal!("parameter/Targets")],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "Targets", 6))],
    ),
    always(
        "target-limit-twenty",
        "A removal takes as many principals as the gateway lets pass.",
        &[removal!("error/InvalidParameter.Targets.Length"), removal!("parameter/Targets")],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "Targets", 20))],
    ),
    always(
        "resource-limit-four",
        "A removal takes at most four resources.",
        &[
            removal!("error/InvalidParameter.Resources.Length"),
            removal!("parameter/Resources"),
            removal!("effect/removed"),
        ],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "Resources", 4))],
    ),
    always(
        "resource-limit-six",
        "A removal takes six resources.",
        &[removal!("error/InvalidParameter.Resources.Length"), removal!("parameter/Resources")],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "Resources", 6))],
    ),
    always(
        "resource-limit-twenty",
        "A removal takes as many resources as the gateway lets pass.",
        &[removal!("error/InvalidParameter.Resources.Length"), removal!("parameter/Resources")],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "Resources", 20))],
    ),
    always(
        "arn-limit-four",
        "A removal takes at most four ARNs.",
        &[
            removal!("parameter/ResourceArns"),
            removal!("error/InvalidParameter.ResourceArns.Length"),
            removal!("parameter/ResourceArns"),
            removal!("effect/removed"),
        ],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "ResourceArns", 4))],
    ),
    always(
        "arn-limit-six",
        "A removal takes six ARNs.",
        &[
            removal!("error/InvalidParameter.ResourceArns.Length"),
            removal!("parameter/ResourceArns"),
        ],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "ResourceArns", 6))],
    ),
    always(
        "arn-limit-twenty",
        "A removal takes as many ARNs as the gateway lets pass.",
        &[
            removal!("error/InvalidParameter.ResourceArns.Length"),
            removal!("parameter/ResourceArns"),
        ],
        &[Effect::Spec(|spec| limit(spec, REMOVAL, "ResourceArns", 20))],
    ),
    always(
        "no-limit-at-all",
        "A removal takes lists of any length.",
        &[
            removal!("error/InvalidParameter.Targets.Length"),
            removal!("error/InvalidParameter.Resources.Length"),
            removal!("error/InvalidParameter.ResourceArns.Length"),
        ],
        &[Effect::Overlook(&[
            "targets/over-limit",
            "targets/over-gateway",
            "resources/over-limit",
            "resources/over-gateway",
            "arns/over-limit",
            "arns/over-gateway",
        ])],
    ),
    when(
        more_than_five_in_all,
        "limit-over-all-lists",
        "The limit of five is counted over all lists together.",
        &[
            removal!("effect/removed"),
            removal!("error/InvalidParameter.Targets.Length"),
            removal!("parameter/Targets"),
        ],
        &[Effect::Refuse(targets_too_long)],
    ),
    when(
        |moment| removes(moment) && !moment.list("Resources").is_empty(),
        "target-limit-without-resources-only",
        "The limit of principals is forgotten beside resources.",
        &[removal!("error/InvalidParameter.Targets.Length")],
        &[Effect::Overlook(&["targets/over-limit"])],
    ),
    always(
        "associate-limit-four",
        "An association takes at most four principals.",
        &[
            addition!("error/InvalidParameter.Targets.Length"),
            addition!("parameter/Targets"),
            addition!("effect/associated"),
        ],
        &[Effect::Spec(|spec| limit(spec, "AssociateResourceShare", "Targets", 4))],
    ),
    always(
        "associate-limit-six",
        "An association takes six principals.",
        &[addition!("error/InvalidParameter.Targets.Length"), addition!("parameter/Targets")],
        &[Effect::Spec(|spec| limit(spec, "AssociateResourceShare", "Targets", 6))],
    ),
    always(
        "create-limit-six",
        "A creation takes six principals.",
        &[
            other!("CreateResourceShare/error/InvalidParameter.Targets.Length"),
            other!("CreateResourceShare/parameter/Targets"),
        ],
        &[Effect::Spec(|spec| limit(spec, "CreateResourceShare", "Targets", 6))],
    ),
    always(
        "list-share-ids-limit-four",
        "A list of associations takes at most four share ids.",
        &[
            other!("ListResourceShareAssociations/error/InvalidParameter.ResourceShareIds.Length"),
            other!("ListResourceShareAssociations/parameter/ResourceShareIds"),
            other!("ListResourceShareAssociations/list/rows"),
        ],
        &[Effect::Spec(|spec| limit(spec, "ListResourceShareAssociations", "ResourceShareIds", 4))],
    ),
    always(
        "list-share-ids-limit-six",
        "A list of associations takes six share ids.",
        &[
            other!("ListResourceShareAssociations/error/InvalidParameter.ResourceShareIds.Length"),
            other!("ListResourceShareAssociations/parameter/ResourceShareIds"),
        ],
        &[Effect::Spec(|spec| limit(spec, "ListResourceShareAssociations", "ResourceShareIds", 6))],
    ),
    always(
        "share-name-of-any-length",
        "A name of more than 50 letters is taken.",
        &[other!("CreateResourceShare/error/InvalidParameter.ResourceShareName.Length")],
        &[Effect::Overlook(&["share-name/too-long"])],
    ),
    always(
        "share-name-of-any-letters",
        "A name may have letters that are not allowed.",
        &[other!("CreateResourceShare/error/InvalidParameter.ResourceShareName")],
        &[Effect::Overlook(&["share-name/invalid"])],
    ),
    when(
        |moment| name_in_bytes(moment) > 50 && name_in_letters(moment) <= 50,
        "share-name-counted-in-bytes",
        "The length of a name is counted in bytes.",
        &[
            other!("CreateResourceShare/effect/created"),
            other!("CreateResourceShare/error/InvalidParameter.ResourceShareName.Length"),
        ],
        &[Effect::Refuse(name_too_long)],
    ),
];

fn more_than_five_in_all(moment: &Moment<'_>) -> bool {
    let lists = ["Targets", "Resources", "ResourceArns"].map(|name| moment.list(name).len());
    removes(moment) && lists.iter().sum::<usize>() > 5 && lists.iter().all(|length| *length <= 5)
}

fn targets_too_long() -> GatewayError {
    let message = "The maximum number of Targets exceeds 5.";
    error(400, "InvalidParameter.Targets.Length", message)
}

fn name_in_bytes(moment: &Moment<'_>) -> usize {
    moment.text("ResourceShareName").map_or(0, str::len)
}

fn name_in_letters(moment: &Moment<'_>) -> usize {
    moment.text("ResourceShareName").map_or(0, |name| name.chars().count())
}

fn name_too_long() -> GatewayError {
    let message = "The maximum length of ResourceShareName exceeds 50 characters.";
    error(400, "InvalidParameter.ResourceShareName.Length", message)
}
