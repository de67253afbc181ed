//! What may be shared with whom: the conditions of an association are overlooked, judged of one entity
//! only, or found where they do not hold.

use super::sharing_tools::{
    adds, by_arn, comes_to, counted, first_is_member, invites, is_closed, names_oneself_first,
    own_shares, quota_error, some_ended_resource,
};
use super::tools::{self, associates, error};
use super::{addition, common, other, when};
use crate::change::{Change, Effect, Moment};
use crate::state::{Row, State};
use sharespec_model::status::{AssociationStatus, InvitationStatus, ShareStatus};
use sharespec_model::world::Entity;
use sharespec_wire::alibaba::GatewayError;

const CLOSED: &[&str] =
    &[addition!("error/InvalidTarget"), addition!("error/AccountNotInResourceDirectory")];
const CLOSED_OR_INVALID: &[&str] = &[
    addition!("error/InvalidTarget"),
    addition!("error/AccountNotInResourceDirectory"),
    addition!("error/InvalidParameter.Targets"),
];
const SHARED_RESOURCES: &[&str] = &[addition!("error/QuotaExceeded.SharedResource.Count")];
const INVITATIONS: &[&str] = &[addition!("error/QuotaExceeded.PendingInvitations")];
const NOTHING_WRONG: &[&str] = &[addition!("effect/associated"), common!("floor/undocumented")];
const NOT_SHAREABLE: &[&str] = &[
    addition!("error/InvalidParameter.Resources"),
    addition!("error/InvalidParameter.ResourceArns"),
    addition!("effect/associated"),
];

pub(super) const FAULTS: &[Change] = &[
    when(
        associates,
        "associate-without-share-id",
        "An association without ResourceShareId is accepted.",
        &[
            addition!("error/MissingParameter.ResourceShareId"),
            addition!("parameter/ResourceShareId"),
        ],
        &[Effect::Overlook(&["share-id/missing"])],
    ),
    when(
        associates,
        "associate-empty-share-id",
        "An association with an empty or malformed ResourceShareId is accepted.",
        &[
            addition!("error/InvalidParameter.ResourceShareId"),
            addition!("error/MissingParameter.ResourceShareId"),
            addition!("error/EntityNotExists.ResourceShare"),
        ],
        &[Effect::Overlook(&["share-id/empty", "share-id/malformed"])],
    ),
    when(
        associates,
        "associate-unknown-share",
        "An association with a share that does not exist is accepted.",
        &[addition!("error/EntityNotExists.ResourceShare")],
        &[Effect::Overlook(&["share/unknown"])],
    ),
    when(
        associates,
        "associate-broken-pair",
        "A resource without a type or an id is passed over in an association.",
        &[
            addition!("error/InvalidParameter.Resources"),
            addition!("error/InvalidParameter.ResourceType"),
            addition!("error/InvalidParameter"),
        ],
        &[Effect::Overlook(&["resources/pair-broken"])],
    ),
    when(
        associates,
        "associate-unknown-type",
        "A resource of an unknown type is passed over in an association.",
        &[
            addition!("error/InvalidParameter.Resources"),
            addition!("error/InvalidParameter.ResourceType"),
        ],
        &[Effect::Overlook(&["resources/type-unknown"])],
    ),
    when(
        associates,
        "associate-arn-only-type",
        "A type that only ARNs can name is associated by its id.",
        &[addition!("error/NotSupport.ResourceType.ResourcesParameter")],
        &[Effect::Overlook(&["resources/type-arn-only"])],
    ),
    when(
        associates,
        "associate-malformed-target",
        "A text that is no principal is passed over in an association.",
        CLOSED_OR_INVALID,
        &[Effect::Overlook(&["targets/malformed"])],
    ),
    when(
        associates,
        "associate-malformed-arn",
        "A text that is no ARN is passed over in an association.",
        &[addition!("error/InvalidParameter.ResourceArns")],
        &[Effect::Overlook(&["arns/malformed"])],
    ),
    when(
        associates,
        "associate-duplicate-arns",
        "An ARN may be named twice in an association.",
        &[addition!("error/InvalidParameter.ResourceArns.Duplicate")],
        &[Effect::Overlook(&["arns/duplicate"])],
    ),
    when(
        associates,
        "associate-many-resources",
        "Any number of resources and ARNs can be associated at once.",
        &[
            addition!("error/InvalidParameter.Resources.Length"),
            addition!("error/InvalidParameter.ResourceArns.Length"),
            addition!("parameter/Resources"),
            addition!("parameter/ResourceArns"),
        ],
        &[Effect::Overlook(&[
            "resources/over-limit",
            "resources/over-gateway",
            "arns/over-limit",
            "arns/over-gateway",
        ])],
    ),
    when(
        associates,
        "associate-with-deleted-share",
        "Entities can be associated with a share that is deleted.",
        &[
            addition!("error/ResourceShareStatusMismatchAction"),
            addition!("error/EntityNotExists.ResourceShare"),
        ],
        &[Effect::Overlook(&["share/deleted", "share/deleting", "entities/disassociating"])],
    ),
    when(
        adds,
        "outsider-in-closed-share",
        "An account outside can be in a share for the directory alone.",
        CLOSED,
        &[Effect::Overlook(&["targets/not-allowed"])],
    ),
    when(
        |moment| adds(moment) && first_is_member(moment),
        "only-first-target-asked-for-directory",
        "Only the first principal is asked whether it is in the directory.",
        CLOSED,
        &[Effect::Overlook(&["targets/not-allowed"])],
    ),
    when(
        |moment| adds(moment) && !tools::resources(moment).is_empty(),
        "outsider-beside-resources",
        "An account outside passes beside resources.",
        CLOSED,
        &[Effect::Overlook(&["targets/not-allowed"])],
    ),
    when(
        adds,
        "service-in-closed-share",
        "A service can be in a share for the directory alone.",
        CLOSED_OR_INVALID,
        &[Effect::Overlook(&["targets/service-not-allowed"])],
    ),
    when(
        adds,
        "directory-of-others",
        "A directory or a folder of others can be in a share.",
        CLOSED_OR_INVALID,
        &[Effect::Overlook(&["targets/other-directory"])],
    ),
    when(
        adds,
        "unknown-account-in-closed-share",
        "An account that nobody has can be in a share for the directory alone.",
        CLOSED_OR_INVALID,
        &[Effect::Overlook(&["targets/unknown-account"])],
    ),
    when(
        adds,
        "legal-entity-ignored",
        "An account of another legal entity can be invited.",
        &[addition!("error/InvalidTarget.LegalEntityMismatch")],
        &[Effect::Overlook(&["targets/other-legal-entity"])],
    ),
    when(
        |moment| adds(moment) && first_is_member(moment),
        "only-first-target-asked-for-entity",
        "Only the first principal is asked for its legal entity.",
        &[addition!("error/InvalidTarget.LegalEntityMismatch")],
        &[Effect::Overlook(&["targets/other-legal-entity"])],
    ),
    when(
        |moment| adds(moment) && moment.call.is_some_and(|call| call.caller != "owner"),
        "legal-entity-asked-of-one-owner",
        "Only the shares of one account are asked for legal entities.",
        &[addition!("error/InvalidTarget.LegalEntityMismatch")],
        &[Effect::Overlook(&["targets/other-legal-entity"])],
    ),
    when(
        adds,
        "site-ignored",
        "An account of another site can be invited.",
        &[addition!("error/InvalidTarget.SiteMismatch")],
        &[Effect::Overlook(&["targets/other-site"])],
    ),
    when(
        |moment| adds(moment) && first_is_member(moment),
        "only-first-target-asked-for-site",
        "Only the first principal is asked for its site.",
        &[addition!("error/InvalidTarget.SiteMismatch")],
        &[Effect::Overlook(&["targets/other-site"])],
    ),
    when(
        adds,
        "directory-not-enabled-ignored",
        "Sharing with a directory need not be enabled.",
        &[addition!("error/NotEnableSharingWithResourceDirectory")],
        &[Effect::Overlook(&["targets/not-enabled"])],
    ),
    when(
        |moment| {
            adds(moment)
                && !moment
                    .list("Targets")
                    .iter()
                    .any(|id| id.as_str().is_some_and(|id| id.starts_with("rd-")))
        },
        "only-directories-asked-whether-enabled",
        "Sharing with a directory need be enabled for the directory as a principal alone.",
        &[addition!("error/NotEnableSharingWithResourceDirectory")],
        &[Effect::Overlook(&["targets/not-enabled"])],
    ),
    when(
        |moment| adds(moment) && !is_closed(moment),
        "oneself-in-open-share",
        "The owner can be a principal of a share for anyone.",
        &[addition!("error/ShareWithYourself")],
        &[Effect::Overlook(&["targets/self"])],
    ),
    when(
        |moment| adds(moment) && !names_oneself_first(moment),
        "oneself-not-first",
        "The owner can be a principal if it is not the first.",
        &[addition!("error/ShareWithYourself")],
        &[Effect::Overlook(&["targets/self"])],
    ),
    when(
        |moment| adds(moment) && moment.call.is_some_and(|call| call.caller != "owner"),
        "members-share-with-themselves",
        "A member can share with itself.",
        &[addition!("error/ShareWithYourself")],
        &[Effect::Overlook(&["targets/self"])],
    ),
    when(
        adds,
        "management-only-ignored",
        "Any account may share what the management account alone may.",
        &[addition!("error/NotManagementAccount")],
        &[Effect::Overlook(&["resources/management-only"])],
    ),
    when(
        |moment| adds(moment) && is_delegate(moment),
        "delegates-share-any-type",
        "Who stands for the management account for one type may share every type.",
        &[addition!("error/NotManagementAccount")],
        &[Effect::Overlook(&["resources/management-only"])],
    ),
    when(
        |moment| associates(moment) && is_delegate(moment),
        "delegates-not-known",
        "Nobody stands for the management account.",
        NOTHING_WRONG,
        &[Effect::Refuse(management_error)],
    ),
    when(
        |moment| adds(moment) && by_arn(moment),
        "management-only-by-id",
        "By an ARN any account may share what the management account alone may.",
        &[addition!("error/NotManagementAccount")],
        &[Effect::Overlook(&["resources/management-only"])],
    ),
    when(
        adds,
        "inside-types-go-outside",
        "A type that must stay inside can be shared with an account outside.",
        &[addition!("error/ExternalTargetsNotAllowed.ResourceType")],
        &[Effect::Overlook(&["share/type-not-external"])],
    ),
    when(
        |moment| adds(moment) && moment.list("Targets").is_empty(),
        "inside-types-asked-of-principals",
        "A type that must stay inside can come to an account outside that is there.",
        &[addition!("error/ExternalTargetsNotAllowed.ResourceType")],
        &[Effect::Overlook(&["share/type-not-external"])],
    ),
    when(
        |moment| adds(moment) && moment.list("Resources").is_empty(),
        "inside-types-asked-of-what-comes",
        "An account outside can come to a type that must stay inside and is there.",
        &[addition!("error/ExternalTargetsNotAllowed.ResourceType")],
        &[Effect::Overlook(&["share/type-not-external"])],
    ),
    when(
        |moment| adds(moment) && !moment.list("Targets").is_empty(),
        "inside-types-asked-of-resources",
        "A type that must stay inside can come with an account outside.",
        &[addition!("error/ExternalTargetsNotAllowed.ResourceType")],
        &[Effect::Overlook(&["share/type-not-external"])],
    ),
    when(
        adds,
        "shared-resources-without-limit",
        "An account may share any number of resources.",
        SHARED_RESOURCES,
        &[Effect::Overlook(&["resources/over-quota"])],
    ),
    when(
        |moment| adds(moment) && comes_to(moment, 1),
        "one-resource-too-many",
        "An account may share one resource more than its quota.",
        SHARED_RESOURCES,
        &[Effect::Overlook(&["resources/over-quota"])],
    ),
    when(
        |moment| adds(moment) && counted(moment, true) <= 3,
        "shared-resources-counted-by-share",
        "The quota of shared resources is asked of each share.",
        SHARED_RESOURCES,
        &[Effect::Overlook(&["resources/over-quota"])],
    ),
    when(
        |moment| adds(moment) && by_arn(moment),
        "arns-not-counted",
        "What is shared by its ARN does not count.",
        SHARED_RESOURCES,
        &[Effect::Overlook(&["resources/over-quota"])],
    ),
    when(
        |moment| associates(moment) && comes_to(moment, 0),
        "quota-one-less",
        "An account may share one resource less than its quota.",
        NOTHING_WRONG,
        &[Effect::Refuse(quota_error)],
    ),
    when(
        |moment| associates(moment) && some_ended_resource(moment),
        "quota-counts-removed",
        "What is not shared any more counts.",
        NOTHING_WRONG,
        &[Effect::Refuse(quota_error)],
    ),
    when(
        invites,
        "invitations-without-limit",
        "An account may invite any number of accounts.",
        INVITATIONS,
        &[Effect::Overlook(&["invitations/over-quota"])],
    ),
    when(
        |moment| invites(moment) && moment.list("Targets").len() == 3,
        "one-invitation-too-many",
        "An account may send one invitation more than its quota.",
        INVITATIONS,
        &[Effect::Overlook(&["invitations/over-quota"])],
    ),
    when(
        |moment| associates(moment) && invites(moment) && answered(moment) >= 2,
        "quota-counts-answered-invitations",
        "Invitations that were answered count.",
        NOTHING_WRONG,
        &[Effect::Refuse(invitations_error)],
    ),
    when(
        |moment| moment.is("CreateResourceShare"),
        "shares-without-limit",
        "An account may have any number of shares.",
        &[other!("CreateResourceShare/error/QuotaExceeded.ResourceShare.Count")],
        &[Effect::Overlook(&["shares/over-quota"])],
    ),
    when(
        |moment| {
            moment.is("CreateResourceShare") && own_shares(moment, &[ShareStatus::Deleted]) > 0
        },
        "quota-of-shares-forgotten",
        "An account may have any number of shares once it deleted one.",
        &[other!("CreateResourceShare/error/QuotaExceeded.ResourceShare.Count")],
        &[Effect::Overlook(&["shares/over-quota"])],
    ),
    when(
        |moment| {
            moment.is("CreateResourceShare")
                && moment.call.is_some_and(|call| call.caller == "small-owner")
                && own_shares(moment, &[ShareStatus::Active, ShareStatus::Deleted]) >= 4
        },
        "quota-counts-deleted-shares",
        "Shares that are deleted count.",
        &[other!("CreateResourceShare/effect/created"), common!("floor/undocumented")],
        &[Effect::Refuse(shares_error)],
    ),
    when(
        adds,
        "service-type-in-two-shares",
        "A type can be shared with a service by two shares.",
        &[addition!("error/NotSupport.Service.ExistInOtherResourceShare")],
        &[Effect::Overlook(&["services/type-in-other-share"])],
    ),
    when(
        adds,
        "service-resource-in-two-shares",
        "A resource can be shared with a service by two shares.",
        &[
            addition!("error/NotSupport.Service.AssociateConflict"),
            addition!("error/NotSupport.Service.ExistInOtherResourceShare"),
        ],
        &[Effect::Overlook(&["services/resource-in-other-share"])],
    ),
    when(
        |moment| {
            adds(moment)
                && (tools::resources(moment).is_empty() || moment.list("Targets").is_empty())
        },
        "service-and-type-asked-together-only",
        "What a service has is asked if the call names both a service and a resource.",
        &[
            addition!("error/NotSupport.Service.ExistInOtherResourceShare"),
            addition!("error/NotSupport.Service.AssociateConflict"),
        ],
        &[Effect::Overlook(&["services/type-in-other-share", "services/resource-in-other-share"])],
    ),
    when(
        |moment| adds(moment) && by_arn(moment),
        "service-not-asked-of-arns",
        "What a service has is not asked of ARNs.",
        &[
            addition!("error/NotSupport.Service.ExistInOtherResourceShare"),
            addition!("error/NotSupport.Service.AssociateConflict"),
        ],
        &[Effect::Overlook(&["services/type-in-other-share", "services/resource-in-other-share"])],
    ),
    when(
        |moment| associates(moment) && service_elsewhere(moment),
        "service-in-one-share-only",
        "A service can be in one share of an account alone.",
        NOTHING_WRONG,
        &[Effect::Refuse(service_error)],
    ),
    when(
        associates,
        "resource-of-another-shared",
        "A resource of another account can be shared.",
        NOT_SHAREABLE,
        &[Effect::Overlook(&["resources/of-another", "arns/of-another"]), Effect::After(succeed)],
    ),
    when(
        |moment| associates(moment) && by_arn(moment),
        "resource-of-another-shared-by-arn",
        "By its ARN a resource of another account can be shared.",
        NOT_SHAREABLE,
        &[Effect::Overlook(&["arns/of-another"]), Effect::After(succeed)],
    ),
    when(
        associates,
        "nonexistent-resource-shared",
        "A resource that does not exist can be shared.",
        NOT_SHAREABLE,
        &[Effect::Overlook(&["resources/nonexistent", "arns/nonexistent"]), Effect::After(succeed)],
    ),
    when(
        |moment| associates(moment) && moment.accepted,
        "associated-twice",
        "What is associated already gets a second row.",
        &[addition!("effect/associated"), other!("ListResourceShareAssociations/list/rows")],
        &[Effect::After(second_row)],
    ),
    when(
        |moment| associates(moment) && moment.accepted,
        "associated-again-removed",
        "What is associated already is removed when it is associated again.",
        &[addition!("effect/associated")],
        &[Effect::After(remove_known)],
    ),
    when(
        |moment| associates(moment) && moment.accepted,
        "outsiders-join-uninvited",
        "An account outside is a principal without an answer to its invitation.",
        &[addition!("effect/associated")],
        &[Effect::After(join_uninvited)],
    ),
    when(
        |moment| associates(moment) && moment.accepted,
        "members-wait-for-an-invitation",
        "A member of the directory is invited instead of joining at once.",
        &[addition!("effect/associated")],
        &[Effect::After(members_wait)],
    ),
    when(
        |moment| associates(moment) && moment.accepted,
        "outsiders-not-invited",
        "An account outside gets no invitation.",
        &[other!("ListResourceShareInvitations/list/rows")],
        &[Effect::After(forget_invitations)],
    ),
    when(
        |moment| associates(moment) && moment.accepted,
        "services-never-associated",
        "A service is Associating for ever.",
        &[addition!("effect/associated")],
        &[Effect::After(services_wait)],
    ),
    when(
        |moment| associates(moment) && re_invites(moment),
        "no-second-invitation",
        "Who rejected an invitation cannot be invited again.",
        NOTHING_WRONG,
        &[Effect::Refuse(target_error)],
    ),
    when(
        |moment| moment.is("AcceptResourceShareInvitation") && is_older_than(moment, 3 * 24),
        "invitation-expires-early",
        "An invitation expires after three days.",
        &[other!("AcceptResourceShareInvitation/effect/accepted"), common!("floor/undocumented")],
        &[Effect::Refuse(expired_error)],
    ),
];

/// Whether the caller stands for the management account for some type, and names a resource.
fn is_delegate(moment: &Moment<'_>) -> bool {
    let role = moment.call.map_or("", |call| call.caller.as_str());
    let directories = &moment.world.file.directories;
    let mut delegates = directories.iter().flat_map(|each| each.delegated_administrators.values());
    let delegate = delegates.any(|roles| roles.iter().any(|each| each == role));
    delegate && tools::resources(moment).iter().any(|each| moment.world.type_of(each).is_some())
}

fn management_error() -> GatewayError {
    let message = "Only the management account of the service is allowed to share such resources.";
    error(409, "NotManagementAccount", message)
}

fn invitations_error() -> GatewayError {
    let message = "The maximum number of pending invitations exceeds the limit.";
    error(409, "QuotaExceeded.PendingInvitations", message)
}

fn shares_error() -> GatewayError {
    let message = "The maximum number of ResourceShare exceeds the limit.";
    error(409, "QuotaExceeded.ResourceShare.Count", message)
}

fn service_error() -> GatewayError {
    let message = "The resource type has been shared to the target service through other resourceShare. Please share it in the same resourceShare.";
    error(409, "NotSupport.Service.ExistInOtherResourceShare", message)
}

fn target_error() -> GatewayError {
    error(400, "InvalidParameter.Targets", "The Targets is invalid.")
}

fn expired_error() -> GatewayError {
    let message = "The resource share invitation status is expired.";
    error(409, "InvitationStatus.Expired", message)
}

/// How many invitations to the share were answered.
fn answered(moment: &Moment<'_>) -> usize {
    let handle = tools::handle(moment);
    let over = |status| !matches!(status, InvitationStatus::Pending | InvitationStatus::Cancelled);
    let own = moment.state.invitations.iter().filter(|each| Some(each.share) == handle);
    own.filter(|each| over(each.status)).count()
}

/// Whether another share of the caller has a service that the call names.
fn service_elsewhere(moment: &Moment<'_>) -> bool {
    let (handle, caller) = (tools::handle(moment), tools::caller(moment));
    let targets = tools::targets(moment);
    let service = |entity: &Entity| moment.world.entity_id(entity).contains(".aliyuncs.");
    let others = moment.state.shares.iter().enumerate();
    others.filter(|(at, share)| Some(*at) != handle && Some(share.owner) == caller).any(
        |(_, share)| {
            targets.iter().filter(|each| service(each)).any(|each| share.row(each).is_some())
        },
    )
}

/// Whether the call invites somebody that rejected an invitation to the share.
fn re_invites(moment: &Moment<'_>) -> bool {
    let (handle, targets) = (tools::handle(moment), tools::targets(moment));
    moment.state.invitations.iter().any(|each| {
        Some(each.share) == handle
            && each.status == InvitationStatus::Rejected
            && targets.contains(&moment.world.principal_of(each.receiver))
    })
}

/// Whether the invitation that the call answers is older than so many hours.
fn is_older_than(moment: &Moment<'_>, hours: i64) -> bool {
    let id = moment.text("ResourceShareInvitationId");
    let found = moment.state.invitations.iter().find(|each| Some(each.id.as_str()) == id);
    found.is_some_and(|each| {
        each.status == InvitationStatus::Pending && moment.now - each.created > hours * 3_600_000
    })
}

/// What would fail does not.
fn succeed(state: &mut State, moment: &Moment<'_>) {
    let rows = tools::share_mut(state, moment).into_iter().flat_map(|share| &mut share.rows);
    rows.filter(|row| row.fails).for_each(|row| row.fails = false);
}

/// The rows of the call's share that were live before and that the call names.
fn known(moment: &Moment<'_>) -> Vec<Row> {
    let named = tools::named(moment);
    let rows = tools::share(moment).map_or(&[][..], |share| share.rows.as_slice());
    let live = |row: &&Row| row.status == AssociationStatus::Associated;
    rows.iter().filter(live).filter(|row| named.contains(&row.entity)).cloned().collect()
}

fn second_row(state: &mut State, moment: &Moment<'_>) {
    if let Some(share) = tools::share_mut(state, moment) {
        share.rows.extend(known(moment));
    }
}

fn remove_known(state: &mut State, moment: &Moment<'_>) {
    let known = known(moment);
    if let Some(share) = tools::share_mut(state, moment) {
        tools::end_rows(share, moment.now, |row| {
            known.iter().any(|each| each.entity == row.entity)
        });
    }
}

/// Does something to the rows of the principals that the call names and that are of a kind.
fn for_principals(
    state: &mut State,
    moment: &Moment<'_>,
    wanted: impl Fn(&State, &Entity) -> bool,
    edit: impl Fn(&mut Row),
) {
    let mut chosen = tools::targets(moment);
    chosen.retain(|entity| wanted(state, entity));
    let rows = tools::share_mut(state, moment).into_iter().flat_map(|share| &mut share.rows);
    rows.filter(|row| chosen.contains(&row.entity) && row.status.is_live()).for_each(edit);
}

fn is_invited(state: &State, entity: &Entity) -> bool {
    let invited = |each: &crate::state::Invitation| {
        *entity == Entity::Principal(u32::from(each.receiver.0))
            && each.status == InvitationStatus::Pending
    };
    state.invitations.iter().any(invited)
}

fn join_uninvited(state: &mut State, moment: &Moment<'_>) {
    for_principals(state, moment, is_invited, |row| row.status = AssociationStatus::Associated);
}

fn members_wait(state: &mut State, moment: &Moment<'_>) {
    let wait = |row: &mut Row| (row.status, row.due) = (AssociationStatus::Associating, None);
    let member = |state: &State, entity: &Entity| {
        moment.world.principal_directory(entity).is_some() && !is_invited(state, entity)
    };
    for_principals(state, moment, member, wait);
}

fn services_wait(state: &mut State, moment: &Moment<'_>) {
    let wait = |row: &mut Row| (row.status, row.due) = (AssociationStatus::Associating, None);
    let service =
        |_: &State, entity: &Entity| moment.world.entity_id(entity).contains(".aliyuncs.");
    for_principals(state, moment, service, wait);
}

fn forget_invitations(state: &mut State, moment: &Moment<'_>) {
    let count = moment.state.invitations.len();
    state.invitations.truncate(count);
}
