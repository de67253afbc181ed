//! Faults that show on some occasions only: the second call, every fifth, after a re-association.

use super::tools::{self, REMOVAL, associates, named, removes, removes_as_owner, restore};
use super::{addition, common, on, other, removal, when};
use crate::change::{Change, Effect, Moment, Trigger};
use crate::edit;
use crate::state::State;
use sharespec_model::call::Call;
use sharespec_model::status::AssociationStatus;
use sharespec_wire::alibaba::GatewayError;

pub(super) const FAULTS: &[Change] = &[
    when(
        |moment| removed(moment) && removed_before(moment),
        "second-removal-not-done",
        "A second removal from one share is answered, and nothing is done.",
        &[removal!("effect/removed")],
        &[Effect::After(keep)],
    ),
    when(
        |moment| removed(moment) && moment.turn >= 3,
        "third-removal-not-done",
        "From the third removal on nothing is done.",
        &[removal!("effect/removed")],
        &[Effect::After(keep)],
    ),
    when(
        |moment| removed(moment) && was_ended(moment),
        "second-removal-of-an-entity-not-done",
        "What was associated again is not removed again.",
        &[removal!("effect/removed")],
        &[Effect::After(keep)],
    ),
    when(
        |moment| removes(moment) && was_ended(moment),
        "second-removal-of-an-entity-refused",
        "What was associated again is said not to be associated.",
        &[removal!("effect/removed"), removal!("error/DisassociateInvalid")],
        &[Effect::Refuse(not_associated)],
    ),
    when(
        |moment| removed(moment) && moment.request.method == "GET",
        "removal-by-get-not-done",
        "A removal by GET is answered, and nothing is done.",
        &[removal!("effect/removed")],
        &[Effect::After(keep)],
    ),
    when(
        |moment| {
            removed(moment)
                && !moment.list("ResourceArns").is_empty()
                && !moment.list("Targets").is_empty()
        },
        "arns-stay-beside-targets",
        "ARNs beside principals are not removed.",
        &[removal!("parameter/ResourceArns"), removal!("effect/removed")],
        &[Effect::After(|state, moment| {
            tools::resources(moment).iter().for_each(|entity| restore(state, moment, entity))
        })],
    ),
    when(
        |moment| removed(moment) && moment.list("Targets").len() == 5,
        "five-targets-not-removed",
        "Five principals are too many to be removed, though the answer says so.",
        &[removal!("effect/removed")],
        &[Effect::After(keep)],
    ),
    when(
        lists_often,
        "lists-fail-after-thirty",
        "A list that was asked for thirty times fails from then on.",
        &[common!("floor/server-error"), common!("floor/answered")],
        &[Effect::Refuse(GatewayError::internal_error)],
    ),
    on(
        Trigger::Every(5),
        "every-fifth-request-id-missing",
        "Every fifth answer has no RequestId.",
        &[common!("floor/request-id")],
        &[Effect::Reply(|reply, _| reply.request_id = None)],
    ),
    on(
        Trigger::Every(6),
        "every-sixth-answer-cut",
        "Every sixth body lacks its last letter.",
        &[common!("floor/well-formed")],
        &[Effect::Bytes(|response, _| {
            response.body.truncate(response.body.len().saturating_sub(1))
        })],
    ),
    on(
        Trigger::Every(4),
        "every-fourth-caller-mistaken",
        "Every fourth request is taken for one of the owner of the first share.",
        &[
            removal!("error/EntityNotExists.ResourceShare"),
            other!("ListResourceShares/list/isolation"),
            other!("ListResourceShares/list/rows"),
        ],
        &[Effect::Call(mistake)],
    ),
    when(
        |moment| associates(moment) && moment.turn.is_multiple_of(3),
        "every-third-association-as-text",
        "Every third answer of an association has an EntityId that is null.",
        &[addition!("member/ResourceShareAssociations[].EntityId")],
        &[Effect::Reply(|reply, _| edit::replace(reply, "EntityId", |_| serde_json::Value::Null))],
    ),
    on(
        Trigger::Always,
        "unknown-internal-error",
        "A removal from a share that does not exist is an internal error.",
        &[common!("floor/server-error"), removal!("error/EntityNotExists.ResourceShare")],
        &[Effect::Spec(|spec| {
            tools::edit_row(spec, REMOVAL, "EntityNotExists.ResourceShare", |row| {
                row.status = 500;
                row.code = "InternalError".into();
            })
        })],
    ),
    when(
        malformed_arn,
        "malformed-arn-internal-error",
        "A text that is no ARN is an internal error.",
        &[common!("floor/server-error"), removal!("error/InvalidParameter.ResourceArns")],
        &[Effect::Refuse(GatewayError::internal_error)],
    ),
    when(
        long_text,
        "long-text-internal-error",
        "A text of more than 255 letters is an internal error.",
        &[common!("floor/server-error")],
        &[Effect::Refuse(GatewayError::internal_error)],
    ),
];

fn removed(moment: &Moment<'_>) -> bool {
    moment.accepted && removes_as_owner(moment)
}

fn keep(state: &mut State, moment: &Moment<'_>) {
    named(moment).iter().for_each(|entity| restore(state, moment, entity));
}

/// Whether an earlier call removed something from the share.
fn removed_before(moment: &Moment<'_>) -> bool {
    use AssociationStatus::{Disassociated, Disassociating};
    let gone = |status| matches!(status, Disassociating | Disassociated);
    tools::share(moment).is_some_and(|share| share.rows.iter().any(|row| gone(row.status)))
}

/// Whether an entity that the call names was removed before, and is associated.
fn was_ended(moment: &Moment<'_>) -> bool {
    let named = named(moment);
    tools::share(moment).is_some_and(|share| {
        named.iter().any(|entity| {
            share.row(entity).is_some_and(|row| row.status.is_live())
                && share.rows.iter().any(|row| row.entity == *entity && row.status.is_ended())
        })
    })
}

fn not_associated() -> GatewayError {
    let message = "You can not disassociate unassociated resource or target.";
    tools::error(400, "DisassociateInvalid", message)
}

fn lists_often(moment: &Moment<'_>) -> bool {
    tools::lists_associations(moment) && moment.turn > 30
}

fn mistake(call: &mut Call, moment: &Moment<'_>) {
    if let Some(share) = moment.state.shares.first() {
        moment.world.role_of(share.owner).clone_into(&mut call.caller);
    }
}

fn malformed_arn(moment: &Moment<'_>) -> bool {
    let arns = moment.list("ResourceArns").iter().filter_map(serde_json::Value::as_str);
    removes(moment) && { arns }.any(|arn| !arn.starts_with("acs:"))
}

fn long_text(moment: &Moment<'_>) -> bool {
    let arguments = moment.call.map(|call| call.arguments.values());
    let mut texts = arguments.into_iter().flatten().flat_map(|value| {
        let entries = value.as_array().map_or(&[][..], Vec::as_slice);
        value.as_str().into_iter().chain(entries.iter().filter_map(serde_json::Value::as_str))
    });
    texts.any(|text| text.len() > 255)
}
