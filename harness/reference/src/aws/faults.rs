//! Faults of AWS RAM: unlawful changes, as real implementers make them. Some case that cites a rule
//! which a fault names must fail with it.

use super::tools::{
    REMOVAL, adds, always, caller, creates, edit_row, end_rows, error, lists_associations,
    lists_shares, named, removes, restore, share, share_mut, when,
};
use crate::change::{Change, Effect, Moment};
use crate::edit::{drop_member, each_row, list, members, replace, replace_text};
use crate::state::State;
use serde_json::{Value, json};
use sharespec_model::call::{Body, Call, Reply};
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;
use sharespec_wire::alibaba::GatewayError;

/// Every fault.
pub(super) const FAULTS: &[Change] = &[
    always(
        "mismatch-as-invalid-token",
        "What IdempotentParameterMismatchException is for is answered with InvalidClientTokenException.",
        &["aws-ram-disassociate/error/IdempotentParameterMismatchException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "IdempotentParameterMismatchException", |row| {
                row.code = "InvalidClientTokenException".into()
            })
        })],
    ),
    always(
        "mismatch-with-409",
        "What IdempotentParameterMismatchException is for comes with the status 409.",
        &["aws-ram-disassociate/error/IdempotentParameterMismatchException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "IdempotentParameterMismatchException", |row| row.status = 409)
        })],
    ),
    always(
        "invalid-token-with-403",
        "What InvalidClientTokenException is for comes with the status 403.",
        &["aws-ram-disassociate/error/InvalidClientTokenException"],
        &[
            Effect::Policy(|policy| _ = policy.follow_named("odd-token:token")),
            Effect::Spec(|spec| {
                edit_row(spec, REMOVAL, "InvalidClientTokenException", |row| row.status = 403)
            }),
        ],
    ),
    always(
        "parameter-as-state",
        "What InvalidParameterException is for is answered with InvalidStateTransitionException.",
        &["aws-ram-disassociate/error/InvalidParameterException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "InvalidParameterException", |row| {
                row.code = "InvalidStateTransitionException".into()
            })
        })],
    ),
    always(
        "parameter-with-422",
        "What InvalidParameterException is for comes with the status 422.",
        &["aws-ram-disassociate/error/InvalidParameterException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "InvalidParameterException", |row| row.status = 422)
        })],
    ),
    always(
        "state-as-mismatch",
        "What InvalidStateTransitionException is for is answered with IdempotentParameterMismatchException.",
        &["aws-ram-disassociate/error/InvalidStateTransitionException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "InvalidStateTransitionException", |row| {
                row.code = "IdempotentParameterMismatchException".into()
            })
        })],
    ),
    always(
        "state-with-409",
        "What InvalidStateTransitionException is for comes with the status 409.",
        &["aws-ram-disassociate/error/InvalidStateTransitionException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "InvalidStateTransitionException", |row| row.status = 409)
        })],
    ),
    always(
        "malformed-as-state",
        "What MalformedArnException is for is answered with InvalidStateTransitionException.",
        &["aws-ram-disassociate/error/MalformedArnException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "MalformedArnException", |row| {
                row.code = "InvalidStateTransitionException".into()
            })
        })],
    ),
    always(
        "malformed-as-unknown",
        "What MalformedArnException is for is answered with UnknownResourceException.",
        &["aws-ram-disassociate/error/MalformedArnException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "MalformedArnException", |row| {
                row.code = "UnknownResourceException".into()
            })
        })],
    ),
    always(
        "malformed-with-404",
        "What MalformedArnException is for comes with the status 404.",
        &["aws-ram-disassociate/error/MalformedArnException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "MalformedArnException", |row| row.status = 404)
        })],
    ),
    always(
        "not-permitted-as-limit",
        "What OperationNotPermittedException is for is answered with ResourceShareLimitExceededException.",
        &["aws-ram-disassociate/error/OperationNotPermittedException"],
        &[
            Effect::Policy(|policy| _ = policy.follow_named("leaving:not-permitted")),
            Effect::Spec(|spec| {
                edit_row(spec, REMOVAL, "OperationNotPermittedException", |row| {
                    row.code = "ResourceShareLimitExceededException".into()
                })
            }),
        ],
    ),
    always(
        "not-permitted-with-401",
        "What OperationNotPermittedException is for comes with the status 401.",
        &["aws-ram-disassociate/error/OperationNotPermittedException"],
        &[
            Effect::Policy(|policy| _ = policy.follow_named("leaving:not-permitted")),
            Effect::Spec(|spec| {
                edit_row(spec, REMOVAL, "OperationNotPermittedException", |row| row.status = 401)
            }),
        ],
    ),
    always(
        "unknown-as-malformed",
        "What UnknownResourceException is for is answered with MalformedArnException.",
        &["aws-ram-disassociate/error/UnknownResourceException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "UnknownResourceException", |row| {
                row.code = "MalformedArnException".into()
            })
        })],
    ),
    always(
        "unknown-with-404",
        "What UnknownResourceException is for comes with the status 404.",
        &["aws-ram-disassociate/error/UnknownResourceException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "UnknownResourceException", |row| row.status = 404)
        })],
    ),
    always(
        "unknown-without-suffix",
        "What UnknownResourceException is for is answered with UnknownResource.",
        &["aws-ram-disassociate/error/UnknownResourceException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, REMOVAL, "UnknownResourceException", |row| {
                row.code = "UnknownResource".into()
            })
        })],
    ),
    always(
        "limit-as-parameter",
        "A share too many is answered with InvalidParameterException.",
        &["aws-ram-operations/CreateResourceShare/error/ResourceShareLimitExceededException"],
        &[Effect::Spec(|spec| {
            edit_row(spec, "CreateResourceShare", "ResourceShareLimitExceededException", |row| {
                row.code = "InvalidParameterException".into()
            })
        })],
    ),
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
    when(
        removes,
        "removal-does-nothing",
        "A removal is accepted and does nothing.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(|state, moment| {
            named(moment).iter().for_each(|entity| restore(state, moment, entity))
        })],
    ),
    when(
        removes,
        "principals-not-removed",
        "Principals stay.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(|state, moment| keep(state, moment, false))],
    ),
    when(
        removes,
        "resources-not-removed",
        "Resources stay.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(|state, moment| keep(state, moment, true))],
    ),
    when(
        removes,
        "only-first-removed",
        "Of several entities only one is removed.",
        &["aws-ram-disassociate/effect/removed", "aws-ram-disassociate/effect/rows"],
        &[Effect::After(only_first)],
    ),
    when(
        removes,
        "all-principals-removed",
        "A removal of a principal removes all of them.",
        &["aws-ram-disassociate/isolation/others"],
        &[Effect::After(|state, moment| spread(state, moment, false))],
    ),
    when(
        removes,
        "all-resources-removed",
        "A removal of a resource removes all of them.",
        &["aws-ram-disassociate/isolation/others"],
        &[Effect::After(|state, moment| spread(state, moment, true))],
    ),
    when(
        removes,
        "removed-from-every-share",
        "A removal reaches the other shares of the account.",
        &["aws-ram-disassociate/isolation/others"],
        &[Effect::After(everywhere)],
    ),
    when(
        removes,
        "empty-share-deleted",
        "A share that holds nothing more is deleted.",
        &["aws-ram-disassociate/isolation/others"],
        &[Effect::After(delete_empty)],
    ),
    when(
        removes,
        "rejected-removal-works",
        "A rejected removal removes what it can.",
        &["aws-ram-disassociate/effect/rejected"],
        &[Effect::After(removed_all_the_same)],
    ),
    when(
        removes,
        "removal-never-ends",
        "A removal is under way for ever.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(never_ends)],
    ),
    when(
        removes,
        "removal-comes-back",
        "What was removed is there again.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::After(comes_back)],
    ),
    always(
        "token-ignored",
        "Tokens mean nothing.",
        &[
            "aws-ram-disassociate/effect/repeated",
            "aws-ram-disassociate/error/IdempotentParameterMismatchException",
        ],
        &[Effect::Call(without_token)],
    ),
    always(
        "token-in-one-case",
        "Tokens are compared without their case.",
        &["aws-ram-disassociate/effect/case-sensitive"],
        &[Effect::Call(lower_token)],
    ),
    always(
        "token-cut",
        "Of a token the first twelve letters count.",
        &[
            "aws-ram-disassociate/effect/case-sensitive",
            "aws-ram-disassociate/effect/repeated",
            "aws-ram-disassociate/effect/token-shown",
        ],
        &[Effect::Call(cut_token)],
    ),
    when(
        used_by_another,
        "token-of-all-accounts",
        "Tokens of other accounts count.",
        &["aws-ram-disassociate/effect/repeated"],
        &[Effect::Refuse(mismatch)],
    ),
    when(
        creates,
        "repeated-creation-makes-another",
        "A creation that comes again makes a second share.",
        &["aws-ram-operations/CreateResourceShare/effect/repeated"],
        &[Effect::Call(without_token)],
    ),
    when(
        comes_again,
        "repetition-refused",
        "A call that comes again is refused.",
        &["aws-ram-disassociate/effect/repeated"],
        &[Effect::Refuse(mismatch)],
    ),
    when(
        removes,
        "token-not-shown",
        "The answer has no token.",
        &["aws-ram-disassociate/effect/token-shown", "aws-ram-disassociate/member/clientToken"],
        &[Effect::Reply(|reply, _| {
            drop(members(reply).and_then(|members| members.remove("clientToken")))
        })],
    ),
    when(
        removes,
        "another-token-shown",
        "The answer has another token than the call.",
        &["aws-ram-disassociate/effect/token-shown"],
        &[Effect::Reply(other_token)],
    ),
    when(
        removes,
        "empty-token-shown",
        "The answer has an empty token.",
        &["aws-ram-disassociate/effect/token-shown", "aws-ram-disassociate/member/clientToken"],
        &[Effect::Reply(empty_token)],
    ),
    when(
        removes,
        "row-without-entity",
        "Rows have no associatedEntity.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].associatedEntity"],
        &[Effect::Reply(|reply, _| drop_member(reply, "associatedEntity"))],
    ),
    when(
        removes,
        "row-without-type",
        "Rows have no associationType.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].associationType"],
        &[Effect::Reply(|reply, _| drop_member(reply, "associationType"))],
    ),
    when(
        removes,
        "row-without-creation-time",
        "Rows have no creationTime.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].creationTime"],
        &[Effect::Reply(|reply, _| drop_member(reply, "creationTime"))],
    ),
    when(
        removes,
        "row-without-update-time",
        "Rows have no lastUpdatedTime.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].lastUpdatedTime"],
        &[Effect::Reply(|reply, _| drop_member(reply, "lastUpdatedTime"))],
    ),
    when(
        removes,
        "row-without-share",
        "Rows have no resourceShareArn.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].resourceShareArn"],
        &[Effect::Reply(|reply, _| drop_member(reply, "resourceShareArn"))],
    ),
    when(
        removes,
        "row-without-status",
        "Rows have no status.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].status"],
        &[Effect::Reply(|reply, _| drop_member(reply, "status"))],
    ),
    when(
        removes,
        "no-rows",
        "The answer has no rows.",
        &["aws-ram-disassociate/effect/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        removes,
        "first-row-alone",
        "The answer has the first row alone.",
        &["aws-ram-disassociate/effect/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(|rows| rows.truncate(1)))],
    ),
    when(
        removes,
        "rows-twice",
        "Each row comes twice.",
        &["aws-ram-disassociate/effect/rows"],
        &[Effect::Reply(|reply, _| {
            list(reply).into_iter().for_each(|rows| rows.extend(rows.clone()))
        })],
    ),
    when(
        removes,
        "row-of-another",
        "The answer has a row of what the call does not name.",
        &["aws-ram-disassociate/effect/rows"],
        &[Effect::Reply(extra_row)],
    ),
    when(
        removes,
        "status-in-capitalized-words",
        "Statuses are written Disassociating.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].status"],
        &[Effect::Reply(|reply, _| replace_text(reply, "status", capitalized))],
    ),
    when(
        removes,
        "status-stays-associated",
        "The answer says ASSOCIATED.",
        &["aws-ram-disassociate/effect/removed"],
        &[Effect::Reply(|reply, _| replace_text(reply, "status", |_| "ASSOCIATED".into()))],
    ),
    when(
        removes,
        "status-unknown",
        "The answer says REMOVED.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].status"],
        &[Effect::Reply(|reply, _| replace_text(reply, "status", |_| "REMOVED".into()))],
    ),
    when(
        removes,
        "type-is-target",
        "Principals are called TARGET.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].associationType"],
        &[Effect::Reply(|reply, _| {
            replace_text(reply, "associationType", |text| text.replace("PRINCIPAL", "TARGET"))
        })],
    ),
    when(
        removes,
        "types-swapped",
        "Principals are called RESOURCE and the reverse.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].associationType",
            "aws-ram-disassociate/effect/rows",
        ],
        &[Effect::Reply(|reply, _| replace_text(reply, "associationType", swapped))],
    ),
    when(
        removes,
        "times-as-text",
        "Times are texts.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].creationTime",
            "aws-gateway/floor/time-format",
        ],
        &[Effect::Reply(|reply, _| {
            replace(reply, "creationTime", |_| json!("2026-01-01T00:00:00Z"))
        })],
    ),
    when(
        removes,
        "times-in-milliseconds",
        "Times are milliseconds.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].lastUpdatedTime",
            "aws-gateway/floor/time-format",
        ],
        &[Effect::Reply(|reply, _| {
            replace(reply, "lastUpdatedTime", |time| {
                json!(time.as_f64().unwrap_or_default() * 1000.0)
            })
        })],
    ),
    when(
        removes,
        "update-time-of-creation",
        "lastUpdatedTime is the time of the creation.",
        &["aws-ram-disassociate/time/update"],
        &[Effect::Reply(update_of_creation)],
    ),
    when(
        removes,
        "update-time-early",
        "lastUpdatedTime is a minute early.",
        &["aws-ram-disassociate/time/update"],
        &[Effect::Reply(|reply, _| {
            replace(reply, "lastUpdatedTime", |time| {
                json!(time.as_f64().unwrap_or_default() - 60.5)
            })
        })],
    ),
    when(
        removes,
        "creation-time-of-removal",
        "creationTime is the time of the removal.",
        &["aws-ram-disassociate/time/create"],
        &[Effect::Reply(creation_of_update)],
    ),
    when(
        removes,
        "external-as-text",
        "external is a text.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].external"],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| drop(row.insert("external".into(), "true".into())))
        })],
    ),
    when(
        removes,
        "message-as-object",
        "statusMessage is an object.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].statusMessage"],
        &[Effect::Reply(|reply, _| {
            each_row(reply, |row| drop(row.insert("statusMessage".into(), json!({}))))
        })],
    ),
    when(
        removes,
        "share-name-of-another",
        "Rows have the name of another share.",
        &["aws-ram-disassociate/member/resourceShareAssociations[].resourceShareName"],
        &[Effect::Reply(|reply, _| {
            replace_text(reply, "resourceShareName", |name| format!("{name}x"))
        })],
    ),
    when(
        removes,
        "share-id-for-arn",
        "Rows have the id of the share alone.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].resourceShareArn",
            "aws-ram-disassociate/isolation/others",
        ],
        &[Effect::Reply(|reply, _| replace_text(reply, "resourceShareArn", last_part))],
    ),
    when(
        removes,
        "entity-id-for-arn",
        "Rows have the id of an entity alone.",
        &[
            "aws-ram-disassociate/member/resourceShareAssociations[].associatedEntity",
            "aws-ram-disassociate/effect/rows",
        ],
        &[Effect::Reply(|reply, _| replace_text(reply, "associatedEntity", last_part))],
    ),
    when(
        removes,
        "list-is-object",
        "The list of rows is an object.",
        &["aws-ram-disassociate/member/resourceShareAssociations"],
        &[Effect::Reply(|reply, _| {
            drop(
                members(reply)
                    .map(|members| members.insert("resourceShareAssociations".into(), json!({}))),
            )
        })],
    ),
    when(
        creates,
        "creation-makes-nothing",
        "A creation shows a share that is not there.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::After(undo_creation)],
    ),
    when(
        creates,
        "creation-without-entities",
        "A creation leaves out what it names.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::After(empty_creation)],
    ),
    when(
        creates,
        "creation-with-another-name",
        "The share has another name.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::Reply(|reply, _| replace_text(reply, "name", |name| format!("{name}-x")))],
    ),
    when(
        creates,
        "creation-external-inverted",
        "The share allows outside what it should not.",
        &["aws-ram-operations/CreateResourceShare/effect/created"],
        &[Effect::Reply(|reply, _| {
            replace(reply, "allowExternalPrincipals", |flag| json!(flag != &json!(true)))
        })],
    ),
    when(
        adds,
        "association-does-nothing",
        "An association is accepted and does nothing.",
        &["aws-ram-operations/AssociateResourceShare/effect/associated"],
        &[Effect::After(|state, moment| {
            named(moment).iter().for_each(|entity| restore(state, moment, entity))
        })],
    ),
    when(
        adds,
        "association-replaces",
        "An association replaces what was there.",
        &["aws-ram-operations/AssociateResourceShare/isolation/others"],
        &[Effect::After(replaces)],
    ),
    when(
        adds,
        "association-without-rows",
        "An association shows no rows.",
        &["aws-ram-operations/AssociateResourceShare/effect/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("DeleteResourceShare"),
        "deletion-does-nothing",
        "A deletion is accepted and does nothing.",
        &["aws-ram-operations/DeleteResourceShare/effect/deleted"],
        &[Effect::After(undo_deletion)],
    ),
    when(
        |moment| moment.is("DeleteResourceShare"),
        "deletion-returns-text",
        "A deletion returns a text.",
        &["aws-ram-operations/DeleteResourceShare/member/returnValue"],
        &[Effect::Reply(|reply, _| {
            drop(members(reply).map(|members| members.insert("returnValue".into(), "true".into())))
        })],
    ),
    when(
        |moment| moment.is("UpdateResourceShare"),
        "update-does-nothing",
        "A change is accepted and changes nothing.",
        &["aws-ram-operations/UpdateResourceShare/effect/updated"],
        &[Effect::After(undo_update)],
    ),
    when(
        |moment| moment.is("AcceptResourceShareInvitation"),
        "acceptance-does-nothing",
        "Whoever accepts does not join.",
        &["aws-ram-operations/AcceptResourceShareInvitation/effect/accepted"],
        &[Effect::After(undo_acceptance)],
    ),
    when(
        |moment| moment.is("RejectResourceShareInvitation"),
        "rejection-joins",
        "Whoever rejects joins.",
        &["aws-ram-operations/RejectResourceShareInvitation/effect/rejected-invitation"],
        &[Effect::After(join_rejected)],
    ),
    when(
        lists_associations,
        "associations-of-both-types",
        "A list of one type has the other as well.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Reply(both_types)],
    ),
    when(
        lists_associations,
        "associations-of-every-share",
        "A list of one share has all.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceShareArns")))],
    ),
    when(
        lists_associations,
        "associations-of-every-status",
        "A list of one status has all.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("associationStatus")))],
    ),
    when(
        lists_associations,
        "associations-of-every-principal",
        "A list of one principal has all.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("principal")))],
    ),
    when(
        lists_associations,
        "associations-of-every-resource",
        "A list of one resource has all.",
        &["aws-ram-operations/GetResourceShareAssociations/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("resourceArn")))],
    ),
    when(
        lists_associations,
        "associations-lost",
        "The last row of a list is lost.",
        &["aws-ram-operations/GetResourceShareAssociations/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(|rows| drop(rows.pop())))],
    ),
    when(
        lists_associations,
        "associations-page-too-long",
        "A page is longer than asked.",
        &["aws-ram-operations/GetResourceShareAssociations/list/paging"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("maxResults")))],
    ),
    when(
        |moment| {
            lists_associations(moment)
                && moment.call.is_some_and(|call| call.arguments.contains_key("maxResults"))
        },
        "associations-token-for-ever",
        "Each page announces the first again.",
        &["aws-ram-operations/GetResourceShareAssociations/list/paging"],
        &[Effect::Reply(same_token)],
    ),
    when(
        lists_shares,
        "shares-of-others-listed",
        "Shares of other accounts are listed as the caller's own.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Reply(all_shares)],
    ),
    when(
        lists_shares,
        "shares-of-every-name",
        "A list of one name has all.",
        &["aws-ram-operations/GetResourceShares/list/isolation"],
        &[Effect::Call(|call, _| drop(call.arguments.remove("name")))],
    ),
    when(
        lists_shares,
        "shares-lost",
        "The last share of a list is lost.",
        &["aws-ram-operations/GetResourceShares/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(|rows| drop(rows.pop())))],
    ),
    when(
        |moment| moment.is("ListResources"),
        "shared-resources-lost",
        "What is shared is not listed.",
        &["aws-ram-operations/ListResources/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("ListPrincipals"),
        "principals-lost",
        "Principals are not listed.",
        &["aws-ram-operations/ListPrincipals/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
    when(
        |moment| moment.is("GetResourceShareInvitations"),
        "invitations-lost",
        "Invitations are not listed.",
        &["aws-ram-operations/GetResourceShareInvitations/list/rows"],
        &[Effect::Reply(|reply, _| list(reply).into_iter().for_each(Vec::clear))],
    ),
];

fn keep(state: &mut State, moment: &Moment<'_>, resources: bool) {
    let kept = named(moment).into_iter().filter(|entity| entity.is_resource() == resources);
    kept.for_each(|entity| restore(state, moment, &entity));
}

fn only_first(state: &mut State, moment: &Moment<'_>) {
    named(moment).iter().skip(1).for_each(|entity| restore(state, moment, entity));
}

fn spread(state: &mut State, moment: &Moment<'_>, resources: bool) {
    let reaches = named(moment).iter().any(|entity| entity.is_resource() == resources);
    if let (true, true, Some(share)) = (moment.accepted, reaches, share_mut(state, moment)) {
        end_rows(share, moment.now, |row| row.entity.is_resource() == resources);
    }
}

fn everywhere(state: &mut State, moment: &Moment<'_>) {
    if !moment.accepted {
        return;
    }
    let (own, named) = (caller(moment), named(moment));
    for share in state.shares.iter_mut().filter(|share| Some(share.owner) == own) {
        end_rows(share, moment.now, |row| named.contains(&row.entity));
    }
}

fn delete_empty(state: &mut State, moment: &Moment<'_>) {
    if let Some(share) = share_mut(state, moment)
        && moment.accepted
        && !share.rows.iter().any(|row| row.status == AssociationStatus::Associated)
    {
        (share.status, share.due) = (ShareStatus::Deleted, None);
    }
}

fn removed_all_the_same(state: &mut State, moment: &Moment<'_>) {
    let own = share(moment).is_some_and(|share| Some(share.owner) == caller(moment));
    let named = named(moment);
    if let (true, false, Some(share)) = (own, moment.accepted, share_mut(state, moment)) {
        end_rows(share, moment.now, |row| named.contains(&row.entity));
    }
}

fn never_ends(state: &mut State, moment: &Moment<'_>) {
    let Some(share) = share_mut(state, moment) else { return };
    let moving = |status: AssociationStatus| status == AssociationStatus::Disassociating;
    share.rows.iter_mut().filter(|row| moving(row.status)).for_each(|row| row.due = None);
}

fn comes_back(state: &mut State, moment: &Moment<'_>) {
    let Some(share) = share_mut(state, moment) else { return };
    for row in &mut share.rows {
        if row.status == AssociationStatus::Disassociating {
            row.status = AssociationStatus::Associating;
        }
    }
}

fn without_token(call: &mut Call, _: &Moment<'_>) {
    call.arguments.remove("clientToken");
}

fn edit_token(call: &mut Call, edit: impl Fn(&str) -> String) {
    if let Some(Value::String(token)) = call.arguments.get_mut("clientToken") {
        *token = edit(token);
    }
}

fn lower_token(call: &mut Call, _: &Moment<'_>) {
    edit_token(call, str::to_ascii_lowercase);
}

fn cut_token(call: &mut Call, _: &Moment<'_>) {
    edit_token(call, |token| token.chars().take(12).collect());
}

fn mismatch() -> GatewayError {
    error(400, "IdempotentParameterMismatchException")
}

fn used_by_another(moment: &Moment<'_>) -> bool {
    let token = moment.text("clientToken");
    let mut spent = moment.state.spent.iter();
    removes(moment)
        && spent
            .any(|each| Some(each.token.as_str()) == token && Some(each.caller) != caller(moment))
}

fn comes_again(moment: &Moment<'_>) -> bool {
    let token = moment.text("clientToken");
    let mut spent = moment.state.spent.iter();
    removes(moment)
        && spent.any(|each| {
            Some(each.token.as_str()) == token
                && Some(each.caller) == caller(moment)
                && each.operation == moment.operation()
        })
}

fn other_token(reply: &mut Reply, _: &Moment<'_>) {
    if let Some(Value::String(token)) =
        members(reply).and_then(|members| members.get_mut("clientToken"))
    {
        token.push('x');
    }
}

fn empty_token(reply: &mut Reply, _: &Moment<'_>) {
    if let Some(Value::String(token)) =
        members(reply).and_then(|members| members.get_mut("clientToken"))
    {
        token.clear();
    }
}

fn extra_row(reply: &mut Reply, _: &Moment<'_>) {
    let Some(rows) = list(reply) else { return };
    let mut extra = rows.first().cloned();
    if let Some(Value::Object(row)) = &mut extra {
        row.insert("associatedEntity".into(), "210987654325".into());
        row.insert("associationType".into(), "PRINCIPAL".into());
    }
    rows.extend(extra);
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().collect::<String>();
    first + &letters.as_str().to_ascii_lowercase()
}

fn swapped(text: &str) -> String {
    if text == "PRINCIPAL" { "RESOURCE".to_owned() } else { "PRINCIPAL".to_owned() }
}

fn last_part(text: &str) -> String {
    text.rsplit('/').next().unwrap_or_default().to_owned()
}

fn update_of_creation(reply: &mut Reply, _: &Moment<'_>) {
    each_row(reply, |row| {
        if let Some(created) = row.get("creationTime").cloned() {
            row.insert("lastUpdatedTime".into(), created);
        }
    });
}

fn creation_of_update(reply: &mut Reply, _: &Moment<'_>) {
    each_row(reply, |row| {
        if let Some(updated) = row.get("lastUpdatedTime").cloned() {
            row.insert("creationTime".into(), updated);
        }
    });
}

fn undo_creation(state: &mut State, moment: &Moment<'_>) {
    if moment.accepted
        && let Some(share) = state.shares.last_mut()
    {
        share.status = ShareStatus::Absent;
    }
}

fn empty_creation(state: &mut State, moment: &Moment<'_>) {
    if moment.accepted
        && let Some(share) = state.shares.last_mut()
    {
        share.rows.clear();
    }
}

fn replaces(state: &mut State, moment: &Moment<'_>) {
    let named = named(moment);
    if let (true, Some(share)) = (moment.accepted, share_mut(state, moment)) {
        end_rows(share, moment.now, |row| !named.contains(&row.entity));
    }
}

fn undo_deletion(state: &mut State, moment: &Moment<'_>) {
    if let (Some(before), Some(share)) = (share(moment).cloned(), share_mut(state, moment)) {
        *share = before;
    }
}

fn undo_update(state: &mut State, moment: &Moment<'_>) {
    if let (Some(before), Some(share)) = (share(moment).cloned(), share_mut(state, moment)) {
        (share.name, share.external) = (before.name, before.external);
    }
}

/// The invitation that the call answers.
fn answered(moment: &Moment<'_>) -> Option<(usize, Entity)> {
    let id = moment.text("resourceShareInvitationArn")?;
    let found = moment.state.invitations.iter().find(|each| each.id == id)?;
    Some((found.share, Entity::Principal(u32::from(found.receiver.0))))
}

fn undo_acceptance(state: &mut State, moment: &Moment<'_>) {
    let Some((share, entity)) = answered(moment) else { return };
    let Some(share) = state.share_mut(share) else { return };
    share.rows.retain(|row| row.entity != entity);
}

fn join_rejected(state: &mut State, moment: &Moment<'_>) {
    let Some((position, entity)) = answered(moment) else { return };
    let before = moment.state.shares.get(position).and_then(|share| share.row(&entity)).cloned();
    let Some(share) = state.share_mut(position) else { return };
    share.rows.retain(|row| row.entity != entity);
    if let Some(mut row) = before {
        (row.status, row.due) = (AssociationStatus::Associated, None);
        share.rows.push(row);
    }
    let open = state.invitations.iter_mut().filter(|each| each.share == position);
    open.for_each(|each| each.status = InvitationStatus::Rejected);
}

/// Adds rows of the other type.
fn both_types(reply: &mut Reply, moment: &Moment<'_>) {
    let asked = moment.text("associationType").map(str::to_owned);
    let share = moment.list("resourceShareArns").first().and_then(Value::as_str);
    let Some(share) = share.and_then(|arn| moment.state.position(arn)) else { return };
    let Some(share) = moment.state.shares.get(share) else { return };
    let other = share
        .rows
        .iter()
        .find(|row| row.entity.is_resource() == (asked.as_deref() == Some("PRINCIPAL")));
    let Some(other) = other else { return };
    let entity = moment.world.entity_id(&other.entity).to_owned();
    let kind = if other.entity.is_resource() { "RESOURCE" } else { "PRINCIPAL" };
    let Some(rows) = list(reply) else { return };
    if let Some(Value::Object(mut row)) = rows.first().cloned() {
        row.insert("associatedEntity".into(), entity.into());
        row.insert("associationType".into(), kind.into());
        rows.push(Value::Object(row));
    }
}

fn same_token(reply: &mut Reply, _: &Moment<'_>) {
    if let Body::Success(members) = &mut reply.body {
        members.insert("nextToken".into(), crate::pages::token(0).into());
    }
}

fn all_shares(reply: &mut Reply, moment: &Moment<'_>) {
    let own = caller(moment);
    let other = moment
        .state
        .shares
        .iter()
        .find(|share| Some(share.owner) != own && share.status == ShareStatus::Active);
    let (Some(other), Some(rows)) = (other, list(reply)) else { return };
    rows.push(json!({
        "resourceShareArn": other.id,
        "name": other.name,
        "owningAccountId": moment.world.account_id(other.owner),
        "allowExternalPrincipals": other.external,
        "status": "ACTIVE",
        "creationTime": 1_700_000_000,
        "lastUpdatedTime": 1_700_000_000,
    }));
}
