//! Lists that hold too much or too little: filters, scopes, statuses.

use super::tools::{self, lists, lists_associations};
use super::{always, common, other, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::state::{Row, Share};
use serde_json::{Value, json};
use sharespec_model::call::{Call, Reply};
use sharespec_model::status::{AssociationStatus, InvitationStatus};
use sharespec_model::world::PrincipalKind;

pub(super) const FAULTS: &[Change] = &[
    when(
        lists_associations,
        "share-filter-ignored",
        "A list of associations shows every share.",
        &[other!("ListResourceShareAssociations/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceShareIds"))],
    ),
    when(
        lists,
        "only-first-share-id-used",
        "Of several share ids a list takes the first only.",
        &[
            other!("ListResourceShareAssociations/list/rows"),
            other!("ListResourceShares/list/rows"),
        ],
        &[Effect::Call(first_share_only)],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "shares-of-every-group",
        "A list of shares shows every resource group.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceGroupId"))],
    ),
    when(
        lists_associations,
        "status-filter-ignored",
        "A list of associations shows every status.",
        &[other!("ListResourceShareAssociations/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "AssociationStatus"))],
    ),
    when(
        lists_associations,
        "target-filter-ignored",
        "A list of associations shows every principal.",
        &[other!("ListResourceShareAssociations/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "Target"))],
    ),
    when(
        lists_associations,
        "resource-filter-ignored",
        "A list of associations shows every resource.",
        &[other!("ListResourceShareAssociations/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceId"))],
    ),
    when(
        lists_associations,
        "arn-filter-ignored",
        "A list of associations shows every ARN.",
        &[other!("ListResourceShareAssociations/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceArn"))],
    ),
    when(
        lists_associations,
        "association-type-ignored",
        "A list of principals shows resources.",
        &[
            other!("ListResourceShareAssociations/list/isolation"),
            other!("ListResourceShareAssociations/list/rows"),
        ],
        &[Effect::Call(resources_only)],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "share-name-filter-ignored",
        "A list of shares shows every name.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceShareName"))],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "share-status-filter-ignored",
        "A list of shares shows every status.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceShareStatus"))],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "share-ids-ignored",
        "A list of shares shows every share of the caller.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceShareIds"))],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "owner-mode-of-lists-ignored",
        "A list of shares shows one's own, whatever is asked.",
        &[other!("ListResourceShares/list/isolation"), other!("ListResourceShares/list/rows")],
        &[Effect::Call(|call, _| {
            drop(call.arguments.insert("ResourceOwner".into(), "Self".into()))
        })],
    ),
    when(
        |moment| moment.is("ListSharedResources"),
        "shared-resource-type-ignored",
        "A list of shared resources shows every type.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceType"))],
    ),
    when(
        |moment| moment.is("ListSharedResources"),
        "shared-resource-ids-ignored",
        "A list of shared resources shows every id.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceIds"))],
    ),
    when(
        |moment| moment.is("ListSharedResources"),
        "shared-resource-target-ignored",
        "A list of shared resources shows what is shared with anyone.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "Target"))],
    ),
    when(
        |moment| moment.is("ListSharedResources") && is_member(moment),
        "directory-shares-with-nobody",
        "A share with a directory is a share with none of its members.",
        &[other!("ListSharedResources/list/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, Vec::clear))],
    ),
    when(
        |moment| lists(moment) && moment.text("NextToken").is_some(),
        "filters-on-first-page-only",
        "From the second page on a list shows what no filter lets through.",
        &[
            other!("ListResourceShareAssociations/list/isolation"),
            other!("ListResourceShares/list/isolation"),
            other!("ListSharedResources/list/isolation"),
            other!("ListSharedTargets/list/isolation"),
        ],
        &[Effect::Call(|call, _| FILTERS.iter().for_each(|name| ignore(call, name)))],
    ),
    when(
        lists,
        "external-inverted",
        "External says true of accounts inside the directory.",
        &[
            other!("ListResourceShareAssociations/member/ResourceShareAssociations[].External"),
            other!("ListSharedTargets/member/SharedTargets[].External"),
        ],
        &[Effect::Reply(|reply, _| {
            edit::replace(reply, "External", |old| (old != &json!(true)).into())
        })],
    ),
    when(
        |moment| moment.is("ListSharedTargets"),
        "shared-targets-ignored",
        "A list of principals shows every one.",
        &[other!("ListSharedTargets/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "Targets"))],
    ),
    when(
        lists_associations,
        "first-row-left-out",
        "A list of associations lacks its first row.",
        &[other!("ListResourceShareAssociations/list/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, |rows| drop(rows.drain(..rows.len().min(1)))))],
    ),
    when(
        lists_associations,
        "newest-row-left-out",
        "A list of associations lacks the newest row.",
        &[other!("ListResourceShareAssociations/list/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, |rows| drop(rows.pop())))],
    ),
    when(
        lists_associations,
        "row-listed-twice",
        "A list of associations has its last row twice.",
        &[
            other!("ListResourceShareAssociations/list/rows"),
            other!("ListResourceShareAssociations/list/paging"),
        ],
        &[Effect::Reply(|reply, _| edit_rows(reply, |rows| rows.extend(rows.last().cloned())))],
    ),
    when(
        lists_associations,
        "records-not-listed",
        "A list of associations lacks what was removed.",
        &[
            other!("ListResourceShareAssociations/record/kept"),
            other!("ListResourceShareAssociations/list/rows"),
        ],
        &[Effect::Reply(|reply, _| {
            edit_rows(reply, |rows| {
                rows.retain(|row| !is(row, "AssociationStatus", "Disassociated"))
            })
        })],
    ),
    when(
        lists_associations,
        "transitions-not-listed",
        "A list of associations lacks what is in transition.",
        &[other!("ListResourceShareAssociations/list/rows")],
        &[Effect::Reply(|reply, _| {
            edit_rows(reply, |rows| {
                rows.retain(|row| {
                    !row["AssociationStatus"].as_str().is_some_and(|text| text.ends_with("ing"))
                })
            })
        })],
    ),
    when(
        lists_associations,
        "removals-listed-as-associated",
        "A list of associations says Associated of what was removed.",
        &[
            other!("ListResourceShareAssociations/list/rows"),
            "alibaba-disassociate-2026-03/effect/removed",
        ],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "AssociationStatus", |text| {
                text.replace("Disassociated", "Associated").replace("Disassociating", "Associated")
            })
        })],
    ),
    when(
        lists_associations,
        "listed-share-name-is-old",
        "A list of associations shows the name of the share with its first letter only.",
        &[
            other!("ListResourceShareAssociations/list/rows"),
            other!(
                "ListResourceShareAssociations/member/ResourceShareAssociations[].ResourceShareName"
            ),
        ],
        &[Effect::Reply(|reply, _| {
            edit::replace_text(reply, "ResourceShareName", |name| name.chars().take(1).collect())
        })],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListResourceShares"),
        "share-name-filter-ignored-of-others",
        "A list of the shares of others shows every name.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceShareName"))],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListResourceShares"),
        "share-status-filter-ignored-of-others",
        "A list of the shares of others shows every status.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Call(|call, _| ignore(call, "ResourceShareStatus"))],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListSharedResources"),
        "only-first-share-id-used-of-others",
        "Of several share ids a list of what others share takes the first only.",
        &[other!("ListSharedResources/list/rows")],
        &[Effect::Call(first_share_only)],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListSharedResources"),
        "resources-of-acceptance-alone",
        "A principal sees the resources that were there when it came.",
        &[other!("ListSharedResources/list/rows")],
        &[Effect::Reply(early_resources)],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListSharedResources"),
        "invited-see-resources",
        "Who is invited sees the resources before it accepts.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Reply(|reply, moment| {
            let invited = moment.state.shares.iter().enumerate().filter(|(position, _)| {
                let last = moment.state.invitations.iter().rev().find(|each| {
                    each.share == *position && Some(each.receiver) == tools::caller(moment)
                });
                last.is_some_and(|last| last.status == InvitationStatus::Pending)
            });
            show_resources(reply, moment, invited.map(|(_, share)| share));
        })],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListSharedResources"),
        "members-of-removed-group-see-resources",
        "Who was a principal through a folder or a directory sees the resources after it was removed.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Reply(|reply, moment| {
            let removed = removed_rows(moment).filter(|(_, row)| {
                tools::caller(moment).is_some_and(|caller| {
                    moment.world.principal_of(caller) != row.entity
                        && moment.world.covers(&row.entity, caller)
                })
            });
            show_resources(reply, moment, removed.map(|(share, _)| share));
        })],
    ),
    when(
        |moment| of_others(moment) && moment.is("ListSharedResources"),
        "own-shares-are-of-others-too",
        "Who shares with its own directory sees its resources as those of another.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Reply(|reply, moment| {
            let own = moment.state.shares.iter().filter(|share| {
                tools::caller(moment) == Some(share.owner)
                    && share.rows.iter().any(|row| moment.world.covers(&row.entity, share.owner))
            });
            show_resources(reply, moment, own);
        })],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "left-share-listed",
        "A share is listed as shared with an account that left it.",
        &[other!("ListResourceShares/list/isolation")],
        &[Effect::Reply(left_shares)],
    ),
    when(
        |moment| moment.is("ListSharedResources"),
        "removed-resource-listed-as-shared",
        "A resource is listed as shared after its removal.",
        &[other!("ListSharedResources/list/isolation")],
        &[Effect::Reply(removed_resources)],
    ),
    when(
        |moment| moment.is("ListSharedTargets"),
        "shared-targets-empty",
        "No principals are listed as shared with.",
        &[other!("ListSharedTargets/list/rows")],
        &[Effect::Reply(|reply, _| edit_rows(reply, Vec::clear))],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "deleted-shares-active",
        "A deleted share is listed as Active.",
        &[other!("ListResourceShares/list/rows"), other!("DeleteResourceShare/effect/deleted")],
        &[Effect::Reply(|reply, _| {
            edit::replace(reply, "ResourceShareStatus", |_| "Active".into())
        })],
    ),
    when(
        lists_associations,
        "list-without-type",
        "AssociationType may be left out.",
        &[
            other!("ListResourceShareAssociations/error/MissingParameter.AssociationType"),
            other!("ListResourceShareAssociations/parameter/AssociationType"),
        ],
        &[Effect::Overlook(&["association-type/missing"])],
    ),
    when(
        lists_associations,
        "list-of-any-type",
        "An unknown AssociationType means Resource.",
        &[
            other!("ListResourceShareAssociations/error/InvalidParameter.AssociationType"),
            other!("ListResourceShareAssociations/parameter/AssociationType"),
        ],
        &[Effect::Overlook(&["association-type/invalid"])],
    ),
    when(
        lists_associations,
        "list-conflict-accepted",
        "A principal may be asked for in a list of resources.",
        &[other!("ListResourceShareAssociations/error/ConflictedAssociationType")],
        &[Effect::Overlook(&["association-type/conflict"])],
    ),
    when(
        lists_associations,
        "list-status-unchecked",
        "An unknown AssociationStatus is no filter.",
        &[other!("ListResourceShareAssociations/error/InvalidParameter.AssociationStatus")],
        &[Effect::Overlook(&["status-filter/invalid"])],
    ),
    when(
        lists,
        "list-duplicate-ids-accepted",
        "A list takes a share id twice.",
        &[
            other!(
                "ListResourceShareAssociations/error/InvalidParameter.ResourceShareIds.Duplicate"
            ),
            other!("ListResourceShares/error/InvalidParameter.ResourceShareIds.Duplicate"),
        ],
        &[Effect::Overlook(&["share-ids/duplicate"])],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "list-without-owner-mode",
        "ResourceOwner may be left out of a list of shares.",
        &[
            other!("ListResourceShares/error/MissingParameter.ResourceOwner"),
            other!("ListResourceShares/parameter/ResourceOwner"),
        ],
        &[Effect::Overlook(&["owner-mode/missing"])],
    ),
    when(
        |moment| moment.is("ListResourceShares"),
        "list-of-any-owner-mode",
        "An unknown ResourceOwner means Self in a list of shares.",
        &[
            other!("ListResourceShares/error/InvalidParameter.ResourceOwner"),
            other!("ListResourceShares/parameter/ResourceOwner"),
        ],
        &[Effect::Overlook(&["owner-mode/invalid"])],
    ),
    always(
        "regions-empty",
        "There are no regions.",
        &[other!("DescribeRegions/effect/regions"), other!("DescribeRegions/member/Regions")],
        &[Effect::Reply(|reply, moment| {
            if moment.is("DescribeRegions") {
                edit_rows(reply, Vec::clear)
            }
        })],
    ),
    when(
        lists_associations,
        "reads-change-answers",
        "Every other list of associations is empty.",
        &[common!("floor/same-answer"), other!("ListResourceShareAssociations/list/rows")],
        &[Effect::Reply(|reply, moment| {
            if moment.turn.is_multiple_of(2) {
                edit_rows(reply, Vec::clear)
            }
        })],
    ),
];

/// The filters of all lists.
const FILTERS: &[&str] = &[
    "AssociationStatus",
    "ResourceArn",
    "ResourceArns",
    "ResourceId",
    "ResourceIds",
    "ResourceShareIds",
    "ResourceShareName",
    "ResourceShareStatus",
    "ResourceType",
    "Target",
    "Targets",
];

/// Whether the caller asks for what others share with its directory as a whole.
fn is_member(moment: &Moment<'_>) -> bool {
    let directory = tools::caller(moment).and_then(|caller| moment.world.directory_of(caller));
    let rows = moment.state.shares.iter().flat_map(|share| &share.rows);
    let mut entries = rows.filter_map(|row| moment.world.principal_entry(&row.entity));
    moment.text("ResourceOwner") == Some("OtherAccounts")
        && entries
            .any(|(_, kind)| matches!(kind, PrincipalKind::Directory(at) if Some(at) == directory))
}

fn ignore(call: &mut Call, name: &str) {
    call.arguments.remove(name);
}

fn first_share_only(call: &mut Call, _: &Moment<'_>) {
    let ids = call.arguments.get_mut("ResourceShareIds").and_then(Value::as_array_mut);
    ids.into_iter().filter(|ids| ids.len() <= 5).for_each(|ids| ids.truncate(1));
}

fn resources_only(call: &mut Call, _: &Moment<'_>) {
    if let Some(kind) = call.arguments.get_mut("AssociationType")
        && kind == "Target"
        && !call.arguments.contains_key("Target")
    {
        call.arguments.insert("AssociationType".into(), "Resource".into());
    }
}

fn edit_rows(reply: &mut Reply, edit: impl Fn(&mut Vec<Value>)) {
    edit::list(reply).into_iter().for_each(edit);
}

fn is(row: &Value, name: &str, value: &str) -> bool {
    row.get(name).and_then(Value::as_str) == Some(value)
}

/// The rows of what was removed, with their shares.
fn removed_rows<'a>(moment: &Moment<'a>) -> impl Iterator<Item = (&'a Share, &'a Row)> {
    let rows =
        moment.state.shares.iter().flat_map(|share| share.rows.iter().map(move |row| (share, row)));
    rows.filter(|(_, row)| row.status == AssociationStatus::Disassociated)
}

fn left_shares(reply: &mut Reply, moment: &Moment<'_>) {
    let own = tools::caller(moment).map(|caller| moment.world.principal_of(caller));
    if moment.text("ResourceOwner") != Some("OtherAccounts") {
        return;
    }
    let left = removed_rows(moment).filter(|(_, row)| Some(&row.entity) == own.as_ref());
    let rows: Vec<Value> = left.map(|(share, _)| shown(moment, share)).collect();
    edit_rows(reply, |list| list.extend(rows.iter().cloned()));
}

fn of_others(moment: &Moment<'_>) -> bool {
    moment.text("ResourceOwner") == Some("OtherAccounts")
}

/// The resources that came into a share no later than the caller did.
fn early_resources(reply: &mut Reply, moment: &Moment<'_>) {
    let Some(caller) = tools::caller(moment) else { return };
    let late = |share: &Share| {
        let came = share.rows.iter().filter(|row| moment.world.covers(&row.entity, caller));
        let came = came.map(|row| row.created).min();
        let late = move |row: &&Row| row.entity.is_resource() && Some(row.created) > came;
        share
            .rows
            .iter()
            .filter(late)
            .map(|row| moment.world.entity_id(&row.entity).to_owned())
            .collect::<Vec<_>>()
    };
    let late: Vec<String> = moment.state.shares.iter().flat_map(late).collect();
    edit_rows(reply, |rows| {
        rows.retain(|row| !late.iter().any(|id| is(row, "ResourceId", id)));
    });
}

/// Adds the resources of some shares that were asked for.
fn show_resources<'a>(
    reply: &mut Reply,
    moment: &Moment<'_>,
    shares: impl Iterator<Item = &'a Share>,
) {
    let asked = |share: &&Share| {
        moment.list("ResourceShareIds").iter().any(|id| id.as_str() == Some(&share.id))
    };
    let rows: Vec<Value> = shares
        .filter(asked)
        .flat_map(|share| share.rows.iter().map(move |row| (share, row)))
        .filter(|(_, row)| row.entity.is_resource() && row.status == AssociationStatus::Associated)
        .map(|(share, row)| shared_row(moment, share, row))
        .collect();
    edit_rows(reply, |list| list.extend(rows.iter().cloned()));
}

fn shared_row(moment: &Moment<'_>, share: &Share, row: &Row) -> Value {
    json!({
        "ResourceShareId": share.id,
        "ResourceId": moment.world.entity_id(&row.entity),
        "ResourceType": moment.world.type_of(&row.entity).map(|kind| kind.name.as_str()),
        "CreateTime": "2026-01-01T00:00:00.000Z",
        "UpdateTime": "2026-01-01T00:00:00.000Z",
    })
}

fn shown(moment: &Moment<'_>, share: &Share) -> Value {
    json!({
        "ResourceShareId": share.id,
        "ResourceShareName": share.name,
        "ResourceShareOwner": moment.world.account_id(share.owner),
        "ResourceShareStatus": "Active",
        "AllowExternalTargets": share.external,
        "CreateTime": "2026-01-01T00:00:00.000Z",
        "UpdateTime": "2026-01-01T00:00:00.000Z",
    })
}

fn removed_resources(reply: &mut Reply, moment: &Moment<'_>) {
    let caller = tools::caller(moment);
    let own = removed_rows(moment)
        .filter(|(share, row)| Some(share.owner) == caller && row.entity.is_resource());
    let rows: Vec<Value> = own.map(|(share, row)| shared_row(moment, share, row)).collect();
    edit_rows(reply, |list| list.extend(rows.iter().cloned()));
}
