//! Who may touch what: owners, principals, members, strangers.

use super::tools::{self, error, leaves, removes, removes_as_owner, restore, share_mut};
use super::{addition, other, removal, when};
use crate::change::{Change, Effect, Moment};
use crate::edit;
use crate::state::State;
use serde_json::Value;
use sharespec_model::call::Call;
use sharespec_model::world::{AccountIndex, PrincipalKind};
use sharespec_wire::alibaba::GatewayError;

pub(super) const FAULTS: &[Change] = &[
    when(
        removes_as_owner,
        "anyone-removes",
        "Any account removes entities from any share.",
        &[removal!("error/EntityNotExists.ResourceShare"), removal!("isolation/others")],
        &[Effect::Call(as_owner)],
    ),
    when(
        |moment| removes_as_owner(moment) && in_directory_of_owner(moment),
        "members-remove",
        "Any account of the owner's directory removes entities from its shares.",
        &[removal!("error/EntityNotExists.ResourceShare"), removal!("isolation/others")],
        &[Effect::Call(as_owner)],
    ),
    when(
        |moment| removes_as_owner(moment) && is_principal(moment),
        "principals-remove",
        "Any principal of a share removes entities from it.",
        &[removal!("error/EntityNotExists.ResourceShare"), removal!("isolation/others")],
        &[Effect::Call(as_owner)],
    ),
    when(
        leaves,
        "leaving-for-others",
        "An account takes others out of a share of another account.",
        &[removal!("parameter/ResourceOwner"), removal!("isolation/others")],
        &[Effect::Call(as_target)],
    ),
    when(
        left,
        "leaving-takes-all",
        "With an account that leaves, every principal leaves.",
        &[removal!("parameter/ResourceOwner"), removal!("isolation/others")],
        &[Effect::After(|state, moment| end(state, moment, true))],
    ),
    when(
        left,
        "leaving-takes-resources",
        "With an account that leaves, every resource leaves.",
        &[removal!("parameter/ResourceOwner"), removal!("isolation/others")],
        &[Effect::After(|state, moment| end(state, moment, false))],
    ),
    when(
        left,
        "leaving-does-nothing",
        "An account leaves, and nothing is done.",
        &[
            removal!("parameter/ResourceOwner"),
            removal!("effect/leave"),
            removal!("effect/removed"),
        ],
        &[Effect::After(stay)],
    ),
    when(
        leaves,
        "leaving-impossible",
        "No account can leave.",
        &[removal!("effect/leave"), removal!("error/LeavingFailed.Account")],
        &[Effect::Refuse(cannot_leave)],
    ),
    when(
        |moment| leaves(moment) && one_type_only(moment),
        "leaving-needs-several-types",
        "A share with resources of one type cannot be left.",
        &[removal!("effect/leave"), removal!("error/LeavingFailed.ResourceType")],
        &[Effect::Refuse(type_without_exit)],
    ),
    when(
        removes,
        "owner-mode-ignored",
        "ResourceOwner is not looked at.",
        &[
            removal!("parameter/ResourceOwner"),
            removal!("effect/leave"),
            removal!("parameter/ResourceOwner"),
            removal!("error/EntityNotExists.ResourceShare"),
        ],
        &[Effect::Call(|call, _| drop(call.arguments.remove("ResourceOwner")))],
    ),
    when(
        removes,
        "owner-mode-other-by-default",
        "Without ResourceOwner the call means OtherAccounts.",
        &[removal!("effect/owner-default"), removal!("effect/removed")],
        &[Effect::Call(other_by_default)],
    ),
    when(
        |moment| removes(moment) && moment.text("ResourceOwner").is_none(),
        "owner-mode-needed",
        "A call without ResourceOwner is wrong.",
        &[removal!("effect/owner-default"), removal!("effect/removed")],
        &[Effect::Refuse(mode_missing)],
    ),
    when(
        |moment| removes(moment) && moment.text("ResourceOwner") == Some("Self"),
        "owner-mode-self-unknown",
        "ResourceOwner may be left out, but not be Self.",
        &[
            removal!("parameter/ResourceOwner"),
            removal!("parameter/ResourceOwner"),
            removal!("effect/removed"),
        ],
        &[Effect::Refuse(mode_invalid)],
    ),
    when(
        |moment| moment.is("DeleteResourceShare"),
        "anyone-deletes",
        "Any account deletes any share.",
        &[
            other!("DeleteResourceShare/error/EntityNotExists.ResourceShare"),
            removal!("isolation/others"),
        ],
        &[Effect::Call(as_owner)],
    ),
    when(
        |moment| moment.is("UpdateResourceShare"),
        "anyone-updates",
        "Any account changes any share.",
        &[other!("UpdateResourceShare/error/EntityNotExists.ResourceShare")],
        &[Effect::Call(as_owner)],
    ),
    when(
        tools::associates,
        "anyone-associates",
        "Any account associates entities with any share.",
        &[addition!("error/EntityNotExists.ResourceShare"), addition!("isolation/others")],
        &[Effect::Call(as_owner)],
    ),
    when(
        answers_invitation,
        "anyone-answers-invitations",
        "Any account accepts and rejects any invitation.",
        &[
            other!("AcceptResourceShareInvitation/error/EntityNotExists.ResourceShareInvitation"),
            other!("RejectResourceShareInvitation/error/EntityNotExists.ResourceShareInvitation"),
        ],
        &[Effect::Call(as_receiver)],
    ),
    when(
        |moment| moment.is("ListResourceShareInvitations"),
        "invitations-of-others-listed",
        "A list shows the invitations of another account.",
        &[other!("ListResourceShareInvitations/list/isolation")],
        &[Effect::Call(as_first_receiver)],
    ),
    when(
        lists_own_shares,
        "shares-of-others-listed",
        "A list of one's own shares shows those of another account.",
        &[other!("ListResourceShares/list/isolation"), other!("ListResourceShares/list/rows")],
        &[Effect::Call(as_first_owner)],
    ),
    when(
        |moment| moment.is("ListSharedResources") || moment.is("ListSharedTargets"),
        "shared-by-others-listed",
        "The lists of what is shared show what another account shares.",
        &[
            other!("ListSharedResources/list/isolation"),
            other!("ListSharedTargets/list/isolation"),
            other!("ListSharedResources/list/rows"),
        ],
        &[Effect::Call(as_first_owner)],
    ),
    when(
        lists_owners,
        "principals-for-owners",
        "The list of who shares something with the caller shows the caller.",
        &[other!("ListSharedTargets/list/owners"), other!("ListSharedTargets/list/isolation")],
        &[Effect::Reply(|reply, moment| {
            let caller = tools::caller(moment).map(|caller| moment.world.account_id(caller));
            edit::replace_text(reply, "TargetId", |_| caller.unwrap_or_default().to_owned());
        })],
    ),
    when(
        lists_owners,
        "owners-not-listed",
        "The list of who shares something with the caller is empty.",
        &[other!("ListSharedTargets/list/owners"), other!("ListSharedTargets/list/rows")],
        &[Effect::Reply(|reply, _| {
            if let Some(rows) = edit::list(reply) {
                rows.clear();
            }
        })],
    ),
    when(
        |moment| tools::lists_associations(moment) && moment.list("ResourceShareIds").is_empty(),
        "associations-of-others-listed",
        "A list of associations without share ids shows those of another account.",
        &[other!("ListResourceShareAssociations/list/isolation")],
        &[Effect::Call(as_first_owner)],
    ),
    when(
        |moment| tools::lists_associations(moment) && !moment.list("ResourceShareIds").is_empty(),
        "associations-shown-to-whoever-knows-the-share",
        "A list of associations shows any share that it names.",
        &[other!("ListResourceShareAssociations/list/isolation")],
        &[Effect::Call(as_first_owner)],
    ),
    when(
        |moment| tools::lists_associations(moment) && moment.text("NextToken").is_some(),
        "token-stands-for-its-account",
        "Whoever has a token of an account's list reads on in it.",
        &[other!("ListResourceShareAssociations/list/isolation")],
        &[Effect::Call(as_first_owner)],
    ),
    when(
        |moment| moment.is("EnableSharingWithResourceDirectory"),
        "anyone-enables-sharing",
        "Any member enables sharing with its directory.",
        &[other!("EnableSharingWithResourceDirectory/error/ActionNotPermitted")],
        &[Effect::Overlook(&["directory/not-management"])],
    ),
];

fn left(moment: &Moment<'_>) -> bool {
    moment.accepted && leaves(moment) && !tools::is_own(moment)
}

fn answers_invitation(moment: &Moment<'_>) -> bool {
    moment.operation().ends_with("ResourceShareInvitation")
}

fn lists_owners(moment: &Moment<'_>) -> bool {
    moment.is("ListSharedTargets") && moment.text("ResourceOwner") == Some("OtherAccounts")
}

fn lists_own_shares(moment: &Moment<'_>) -> bool {
    moment.is("ListResourceShares") && moment.text("ResourceOwner") == Some("Self")
}

fn in_directory_of_owner(moment: &Moment<'_>) -> bool {
    let owner = tools::share(moment).and_then(|share| moment.world.directory_of(share.owner));
    let own = tools::caller(moment).and_then(|caller| moment.world.directory_of(caller));
    owner.is_some() && owner == own
}

fn is_principal(moment: &Moment<'_>) -> bool {
    let rows = tools::share(moment).map_or(&[][..], |share| share.rows.as_slice());
    tools::caller(moment).is_some_and(|caller| {
        rows.iter().any(|row| row.status.is_live() && moment.world.covers(&row.entity, caller))
    })
}

fn one_type_only(moment: &Moment<'_>) -> bool {
    let rows = tools::share(moment).map_or(&[][..], |share| share.rows.as_slice());
    let kinds = || rows.iter().filter_map(|row| Some(&moment.world.type_of(&row.entity)?.name));
    kinds().zip(kinds().skip(1)).all(|(one, next)| one == next)
}

fn act_as(call: &mut Call, moment: &Moment<'_>, account: Option<AccountIndex>) {
    if let Some(account) = account {
        moment.world.role_of(account).clone_into(&mut call.caller);
    }
}

fn as_owner(call: &mut Call, moment: &Moment<'_>) {
    act_as(call, moment, tools::share(moment).map(|share| share.owner));
}

fn as_target(call: &mut Call, moment: &Moment<'_>) {
    let first = tools::targets(moment).into_iter().next();
    let found = first.and_then(|first| match moment.world.principal_entry(&first) {
        Some((_, PrincipalKind::Account(account))) => Some(account),
        _ => None,
    });
    act_as(call, moment, found);
}

fn as_receiver(call: &mut Call, moment: &Moment<'_>) {
    let id = moment.text("ResourceShareInvitationId");
    let found = moment.state.invitations.iter().find(|each| Some(each.id.as_str()) == id);
    act_as(call, moment, found.map(|each| each.receiver));
}

fn as_first_receiver(call: &mut Call, moment: &Moment<'_>) {
    act_as(call, moment, moment.state.invitations.first().map(|each| each.receiver));
}

fn as_first_owner(call: &mut Call, moment: &Moment<'_>) {
    act_as(call, moment, moment.state.shares.first().map(|share| share.owner));
}

fn end(state: &mut State, moment: &Moment<'_>, targets: bool) {
    if let Some(share) = share_mut(state, moment) {
        tools::end_rows(share, moment.now, |row| row.entity.is_resource() != targets);
    }
}

fn stay(state: &mut State, moment: &Moment<'_>) {
    if let Some(caller) = tools::caller(moment) {
        restore(state, moment, &moment.world.principal_of(caller));
    }
}

fn other_by_default(call: &mut Call, _: &Moment<'_>) {
    let mode = Value::from("OtherAccounts");
    call.arguments.entry("ResourceOwner").or_insert(mode);
}

fn cannot_leave() -> GatewayError {
    let message =
        "The account was added to the resource share automatically by resoucre directory.";
    error(409, "LeavingFailed.Account", message)
}

fn type_without_exit() -> GatewayError {
    let message = "The resource share contains resources of the resource types that dont support this action.";
    error(409, "LeavingFailed.ResourceType", message)
}

fn mode_missing() -> GatewayError {
    error(400, "MissingParameter.ResourceOwner", "You must specify ResourceOwner.")
}

fn mode_invalid() -> GatewayError {
    error(400, "InvalidParameter", "The specified parameter is invalid.")
}
