//! The rules that cases are about beyond the error rows of their conditions.

use crate::edited::EditedCall;
use serde_json::Value;
use std::borrow::Cow;

type Rules = &'static [&'static str];

macro_rules! under {
    ($prefix:literal: $($end:literal),* $(,)?) => {
        &[$(concat!($prefix, "/", $end)),*]
    };
}

/// What every accepted removal that is read back shows.
const REMOVED: Rules = under!("alibaba-disassociate-2026-03":
    "effect/removed",
    "effect/rows",
    "effect/share-stays",
    "isolation/others",
    "time/update",
    "time/create",
    "record/kept",
    "shape/target-arn",
    "shape/target-property",
    "shape/resource-property",
    "shape/message",
    "member/RequestId",
    "member/ResourceShareAssociations",
    "member/ResourceShareAssociations[].UpdateTime",
    "member/ResourceShareAssociations[].ResourceArn",
    "member/ResourceShareAssociations[].ResourceShareName",
    "member/ResourceShareAssociations[].CreateTime",
    "member/ResourceShareAssociations[].EntityType",
    "member/ResourceShareAssociations[].ResourceShareId",
    "member/ResourceShareAssociations[].AssociationStatusMessage",
    "member/ResourceShareAssociations[].AssociationType",
    "member/ResourceShareAssociations[].AssociationStatus",
    "member/ResourceShareAssociations[].TargetProperty",
    "member/ResourceShareAssociations[].EntityId",
    "member/ResourceShareAssociations[].ResourceProperty",
);

/// The same under documents that say otherwise, or more.
const REMOVED_OTHERWISE: Rules = under!("alibaba-disassociate-2020":
    "parameter/Action",
    "shape/members",
    "time/create-of-removal",
);

/// What every removal that is rejected shows.
const REJECTED: Rules = under!("alibaba-disassociate-2026-03":
    "effect/rejected",
    "isolation/others",
);

/// What every case that is read back relies on, and what every answer stands on.
const EVERYWHERE: Rules = &[
    "alibaba-gateway/floor/status",
    "alibaba-gateway/floor/undocumented",
    "alibaba-gateway/floor/same-answer",
    "alibaba-gateway/floor/time-format",
    "alibaba-gateway/floor/time-z",
    "alibaba-gateway/floor/own-clock",
    "alibaba-gateway/floor/clock",
    "alibaba-operations-2026/ListResourceShareAssociations/list/rows",
    "alibaba-operations-2026/ListResourceShareAssociations/list/isolation",
    "alibaba-operations-2026/ListResourceShareAssociations/record/kept",
    "alibaba-operations-2026/ListResourceShareAssociations/time/create",
    "alibaba-operations-2026/ListResourceShareAssociations/time/update",
    "alibaba-operations-2026/ListResourceShares/list/rows",
];

/// Every rule of the floor, for cases that are about the wire.
pub(crate) const FLOOR: Rules = under!("alibaba-gateway":
    "floor/answered",
    "floor/well-formed",
    "floor/success-body",
    "floor/error-body",
    "floor/request-id",
    "floor/server-error",
);

const CREATED: Rules = under!("alibaba-operations-2026/CreateResourceShare":
    "effect/created",
    "member/RequestId",
    "member/ResourceShare",
    "member/ResourceShare.UpdateTime",
    "member/ResourceShare.ResourceShareName",
    "member/ResourceShare.ResourceShareOwner",
    "member/ResourceShare.CreateTime",
    "member/ResourceShare.ResourceShareId",
    "member/ResourceShare.ResourceShareStatus",
    "member/ResourceShare.AllowExternalTargets",
);

const UPDATED: Rules = under!("alibaba-operations-2026/UpdateResourceShare":
    "effect/updated",
    "member/RequestId",
    "member/ResourceShare",
    "member/ResourceShare.UpdateTime",
    "member/ResourceShare.ResourceShareName",
    "member/ResourceShare.ResourceShareOwner",
    "member/ResourceShare.CreateTime",
    "member/ResourceShare.ResourceShareId",
    "member/ResourceShare.ResourceShareStatus",
    "member/ResourceShare.AllowExternalTargets",
);

const DELETED: Rules = under!("alibaba-operations-2026/DeleteResourceShare":
    "effect/deleted",
    "member/RequestId",
);

const ASSOCIATED: Rules = under!("alibaba-associate-2026-02":
    "effect/associated",
    "effect/rows",
    "shape/target-arn",
    "shape/target-property",
    "shape/message",
    "isolation/others",
    "time/create",
    "time/update",
    "member/RequestId",
    "member/ResourceShareAssociations",
    "member/ResourceShareAssociations[].UpdateTime",
    "member/ResourceShareAssociations[].EntityId",
    "member/ResourceShareAssociations[].ResourceShareName",
    "member/ResourceShareAssociations[].CreateTime",
    "member/ResourceShareAssociations[].EntityType",
    "member/ResourceShareAssociations[].ResourceShareId",
    "member/ResourceShareAssociations[].AssociationStatusMessage",
    "member/ResourceShareAssociations[].AssociationType",
    "member/ResourceShareAssociations[].AssociationStatus",
    "member/ResourceShareAssociations[].TargetProperty",
    "member/ResourceShareAssociations[].ResourceArn",
    "member/ResourceShareAssociations[].ResourceProperty",
);

const NOT_ASSOCIATED: Rules = under!("alibaba-associate-2026-02":
    "effect/rejected",
    "isolation/others",
);

const SHARES: Rules = under!("alibaba-operations-2026/ListResourceShares":
    "time/create",
    "time/update",
    "list/rows",
    "list/isolation",
    "list/paging",
    "member/RequestId",
    "member/NextToken",
    "member/ResourceShares",
    "member/ResourceShares[].UpdateTime",
    "member/ResourceShares[].ResourceShareName",
    "member/ResourceShares[].ResourceShareOwner",
    "member/ResourceShares[].CreateTime",
    "member/ResourceShares[].ResourceShareId",
    "member/ResourceShares[].ResourceShareStatus",
    "member/ResourceShares[].AllowExternalTargets",
);

const ASSOCIATIONS: Rules = under!("alibaba-operations-2026/ListResourceShareAssociations":
    "list/rows",
    "list/isolation",
    "list/paging",
    "record/kept",
    "time/create",
    "time/update",
    "member/RequestId",
    "member/NextToken",
    "member/ResourceShareAssociations",
    "member/ResourceShareAssociations[].UpdateTime",
    "member/ResourceShareAssociations[].EntityId",
    "member/ResourceShareAssociations[].ResourceShareName",
    "member/ResourceShareAssociations[].CreateTime",
    "member/ResourceShareAssociations[].EntityType",
    "member/ResourceShareAssociations[].ResourceShareId",
    "member/ResourceShareAssociations[].AssociationStatusMessage",
    "member/ResourceShareAssociations[].AssociationType",
    "member/ResourceShareAssociations[].AssociationStatus",
    "member/ResourceShareAssociations[].External",
    "member/ResourceShareAssociations[].TargetProperty",
    "member/ResourceShareAssociations[].AssociationFailedDetails",
    "member/ResourceShareAssociations[].ResourceArn",
    "member/ResourceShareAssociations[].ResourceProperty",
);

const SHARED_RESOURCES: Rules = under!("alibaba-operations-2026/ListSharedResources":
    "shape/resource-status",
    "time/create",
    "time/update",
    "list/rows",
    "list/isolation",
    "list/paging",
    "member/RequestId",
    "member/NextToken",
    "member/SharedResources",
    "member/SharedResources[].UpdateTime",
    "member/SharedResources[].ResourceType",
    "member/SharedResources[].CreateTime",
    "member/SharedResources[].ResourceShareId",
    "member/SharedResources[].ResourceId",
    "member/SharedResources[].ResourceStatus",
    "member/SharedResources[].ResourceStatusMessage",
    "member/SharedResources[].ResourceArn",
);

const SHARED_TARGETS: Rules = under!("alibaba-operations-2026/ListSharedTargets":
    "time/create",
    "time/update",
    "list/owners",
    "list/rows",
    "list/isolation",
    "list/paging",
    "member/RequestId",
    "member/NextToken",
    "member/SharedTargets",
    "member/SharedTargets[].TargetId",
    "member/SharedTargets[].UpdateTime",
    "member/SharedTargets[].CreateTime",
    "member/SharedTargets[].ResourceShareId",
    "member/SharedTargets[].External",
    "member/SharedTargets[].TargetProperty",
);

const INVITATIONS: Rules = under!("alibaba-operations-2026/ListResourceShareInvitations":
    "time/create",
    "list/rows",
    "list/isolation",
    "list/paging",
    "member/RequestId",
    "member/NextToken",
    "member/ResourceShareInvitations",
    "member/ResourceShareInvitations[].Status",
    "member/ResourceShareInvitations[].CreateTime",
    "member/ResourceShareInvitations[].ResourceShareId",
    "member/ResourceShareInvitations[].ResourceShareName",
    "member/ResourceShareInvitations[].SenderAccountId",
    "member/ResourceShareInvitations[].ReceiverAccountId",
    "member/ResourceShareInvitations[].ResourceShareInvitationId",
    "member/ResourceShareInvitations[].InvitationFailedDetails",
);

const PERMISSIONS: Rules = under!("alibaba-operations-2026/ListResourceSharePermissions":
    "list/rows",
    "list/isolation",
    "list/paging",
    "member/RequestId",
    "member/NextToken",
    "member/Permissions",
    "member/Permissions[].PermissionName",
    "member/Permissions[].PermissionVersion",
    "member/Permissions[].DefaultVersion",
    "member/Permissions[].CreateTime",
    "member/Permissions[].UpdateTime",
    "member/Permissions[].ResourceType",
    "member/Permissions[].DefaultPermission",
);

const ACCEPTED: Rules = under!("alibaba-operations-2026/AcceptResourceShareInvitation":
    "time/create",
    "effect/accepted",
    "member/RequestId",
    "member/ResourceShareInvitation",
    "member/ResourceShareInvitation.ResourceShareInvitationId",
    "member/ResourceShareInvitation.ResourceShareId",
    "member/ResourceShareInvitation.ResourceShareName",
    "member/ResourceShareInvitation.SenderAccountId",
    "member/ResourceShareInvitation.ReceiverAccountId",
    "member/ResourceShareInvitation.CreateTime",
    "member/ResourceShareInvitation.Status",
    "member/ResourceShareInvitation.AcceptInvitationFailedDetails",
);

const TURNED_DOWN: Rules = under!("alibaba-operations-2026/RejectResourceShareInvitation":
    "time/create",
    "effect/rejected-invitation",
    "member/RequestId",
    "member/ResourceShareInvitation",
    "member/ResourceShareInvitation.ResourceShareInvitationId",
    "member/ResourceShareInvitation.ResourceShareId",
    "member/ResourceShareInvitation.ResourceShareName",
    "member/ResourceShareInvitation.SenderAccountId",
    "member/ResourceShareInvitation.ReceiverAccountId",
    "member/ResourceShareInvitation.CreateTime",
    "member/ResourceShareInvitation.Status",
);

const CHECKED: Rules = under!("alibaba-operations-2026/CheckSharingWithResourceDirectoryStatus":
    "effect/status",
    "member/RequestId",
    "member/EnableSharingWithRd",
);

const REGIONS: Rules = under!("alibaba-operations-2026/DescribeRegions":
    "effect/regions",
    "member/RequestId",
    "member/Regions",
    "member/Regions[].RegionEndpoint",
    "member/Regions[].LocalName",
    "member/Regions[].RegionId",
);

/// What every success of an operation that is read back shows.
fn of_success(operation: &str) -> Rules {
    match operation {
        "DisassociateResourceShare" => REMOVED,
        "AssociateResourceShare" => ASSOCIATED,
        "CreateResourceShare" => CREATED,
        "UpdateResourceShare" => UPDATED,
        "DeleteResourceShare" => DELETED,
        "ListResourceShares" => SHARES,
        "ListResourceShareAssociations" => ASSOCIATIONS,
        "ListSharedResources" => SHARED_RESOURCES,
        "ListSharedTargets" => SHARED_TARGETS,
        "ListResourceShareInvitations" => INVITATIONS,
        "ListResourceSharePermissions" => PERMISSIONS,
        "AcceptResourceShareInvitation" => ACCEPTED,
        "RejectResourceShareInvitation" => TURNED_DOWN,
        "CheckSharingWithResourceDirectoryStatus" => CHECKED,
        "DescribeRegions" => REGIONS,
        _ => &[],
    }
}

/// What every rejection of an operation that is read back shows.
fn of_rejection(operation: &str) -> Rules {
    match operation {
        "DisassociateResourceShare" => REJECTED,
        "AssociateResourceShare" => NOT_ASSOCIATED,
        _ => &[],
    }
}

fn prefix(operation: &str) -> Cow<'static, str> {
    match operation {
        "DisassociateResourceShare" => "alibaba-disassociate-2026-03".into(),
        "AssociateResourceShare" => "alibaba-associate-2026-02".into(),
        operation => format!("alibaba-operations-2026/{operation}").into(),
    }
}

/// The rules of a case: those that it names, whole or as ends under the documents of the operation
/// under test, and those of every case of this operation and kind.
pub(crate) fn of(named: &[&'static str], test: &EditedCall<'_>, accepted: bool) -> Vec<String> {
    let operation = test.operation();
    let prefix = prefix(operation);
    let kind = if accepted { of_success(operation) } else { of_rejection(operation) };
    let fixed = kind.iter().chain(EVERYWHERE).map(|rule| Cow::Borrowed(*rule));
    let named = named.iter().map(|rule| match rule.starts_with("alibaba-") {
        true => Cow::Borrowed(*rule),
        false => format!("{prefix}/{rule}").into(),
    });
    let mut rules: Vec<Cow<'_, str>> = fixed.chain(named).collect();
    // The region is a parameter of one document only.
    for name in test.names().filter(|name| !name.contains('.') && *name != "RegionId") {
        rules.push(format!("{prefix}/parameter/{name}").into());
    }
    rules.extend(of_records(test).map(|field| format!("{prefix}/parameter/{field}").into()));
    if operation == "DisassociateResourceShare" {
        rules.extend(of_oldest(test, accepted).into_iter().map(Cow::Borrowed));
        rules.extend(of_owner_mode(test).map(Cow::Borrowed));
    }
    rules.sort_unstable();
    rules.dedup();
    rules.into_iter().map(Cow::into_owned).collect()
}

/// The fields of the lists of records that are given, where a document lists them.
fn of_records(test: &EditedCall<'_>) -> impl Iterator<Item = &'static str> {
    const FIELDS: &[(&str, &[&str])] = &[
        ("Resources", &["Resources[].ResourceType", "Resources[].ResourceId"]),
        ("TargetProperties", &["TargetProperties[].TargetId", "TargetProperties[].Property"]),
        (
            "ResourceProperties",
            &["ResourceProperties[].ResourceArn", "ResourceProperties[].Property"],
        ),
    ];
    let lists_fields =
        ["AssociateResourceShare", "DisassociateResourceShare"].contains(&test.operation());
    let given = FIELDS.iter().filter(move |_| lists_fields);
    let given = given.filter(|(list, _)| test.argument(list).is_some());
    given.flat_map(|(_, fields)| fields.iter().copied()).collect::<Vec<_>>().into_iter()
}

/// What the mode of a removal is about.
fn of_owner_mode(test: &EditedCall<'_>) -> Option<&'static str> {
    match test.argument("ResourceOwner").map(|mode| mode.as_str()) {
        None => Some("alibaba-disassociate-2026-03/effect/owner-default"),
        Some(Some("OtherAccounts")) => Some("alibaba-disassociate-2026-03/effect/leave"),
        Some(_) => None,
    }
}

/// What the oldest document of the removal says more, or otherwise, of these arguments.
fn of_oldest(test: &EditedCall<'_>, accepted: bool) -> Vec<&'static str> {
    let mut rules = if accepted { REMOVED_OTHERWISE.to_vec() } else { Vec::new() };
    let list = |name: &str| test.argument(name).and_then(|list| list.as_array());
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    if test.names().any(|name| name == "RegionId") {
        rules.push("alibaba-disassociate-2020/parameter/RegionId");
    }
    let types = list("Resources").into_iter().flatten().map(|pair| text(pair.get("ResourceType")));
    if types.into_iter().any(|kind| kind != "VSwitch") {
        rules.push("alibaba-disassociate-2020/types/vswitch-only");
        rules.push("alibaba-disassociate-2020/code/later");
    }
    let mut targets = list("Targets").into_iter().flatten().map(|target| text(Some(target)));
    let group = |target: String| !target.starts_with("$account.member");
    if targets.any(group) {
        rules.push("alibaba-disassociate-2020/targets/members-only");
    }
    rules
}
