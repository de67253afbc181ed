//! What stands against leaving, and against an association, is overlooked.

use super::tools::{self, leaves, removes};
use super::{addition, removal, when};
use crate::change::{Change, Effect, Moment};

pub(super) const FAULTS: &[Change] = &[
    when(
        removes,
        "member-can-leave",
        "A member of the owner's directory can leave.",
        &[removal!("error/LeavingFailed.Account")],
        &[Effect::Overlook(&["leave/inside-directory"])],
    ),
    when(
        |moment| removes(moment) && !is_entity(moment),
        "folder-member-can-leave",
        "An account that is a principal through a folder can leave.",
        &[removal!("error/LeavingFailed.Account")],
        &[Effect::Overlook(&["leave/inside-directory", "share/not-principal"])],
    ),
    when(
        |moment| removes(moment) && manages(moment),
        "management-account-can-leave",
        "The management account of the owner's directory can leave.",
        &[removal!("error/LeavingFailed.Account")],
        &[Effect::Overlook(&["leave/inside-directory"])],
    ),
    when(
        removes,
        "any-type-can-be-left",
        "A share of types that no principal can leave can be left.",
        &[removal!("error/LeavingFailed.ResourceType")],
        &[Effect::Overlook(&["leave/type"])],
    ),
    when(
        |moment| removes(moment) && has_exit(moment, |kinds| kinds.first().copied()),
        "only-first-type-asked-for-exit",
        "Only the first resource of a share is asked whether the share can be left.",
        &[removal!("error/LeavingFailed.ResourceType")],
        &[Effect::Overlook(&["leave/type"])],
    ),
    when(
        |moment| removes(moment) && has_exit(moment, |kinds| kinds.last().copied()),
        "only-last-type-asked-for-exit",
        "Only the last resource of a share is asked whether the share can be left.",
        &[removal!("error/LeavingFailed.ResourceType")],
        &[Effect::Overlook(&["leave/type"])],
    ),
    when(
        removes,
        "leaving-while-joining",
        "An account can leave while its own association is under way.",
        &[
            removal!("parameter/ResourceOwner"),
            removal!("error/ExternalTargetWithdrawConflict"),
            removal!("error/DisassociateConflict"),
        ],
        &[Effect::Overlook(&["leave/in-progress"])],
    ),
    when(
        leaves,
        "stranger-can-leave",
        "An account that is no principal of a share can leave it.",
        &[
            removal!("parameter/ResourceOwner"),
            removal!("error/EntityNotExists.ResourceShare"),
            removal!("error/DisassociateInvalid"),
        ],
        &[Effect::Overlook(&["share/not-principal"])],
    ),
    when(
        tools::associates,
        "associate-takes-duplicates",
        "Entities may be named twice in an association.",
        &[
            addition!("error/InvalidParameter.Targets.Duplicate"),
            addition!("error/InvalidParameter.Resources.Duplicate"),
        ],
        &[Effect::Overlook(&["targets/duplicate", "resources/duplicate"])],
    ),
    when(
        tools::associates,
        "associate-takes-nothing",
        "An association of nothing is accepted.",
        &[addition!("error/ResourceAndTargetBothEmpty")],
        &[Effect::Overlook(&["lists/empty"])],
    ),
    when(
        tools::associates,
        "associate-takes-conflict",
        "Resources and ResourceArns may be associated together.",
        &[addition!("error/InvalidParameter.ResourceConflict")],
        &[Effect::Overlook(&["lists/conflict"])],
    ),
    when(
        tools::associates,
        "associate-takes-oneself",
        "The owner can share with itself.",
        &[addition!("error/ShareWithYourself")],
        &[Effect::Overlook(&["targets/self"])],
    ),
    when(
        tools::associates,
        "associate-while-removing",
        "An entity that is being removed can be associated.",
        &[addition!("error/AssociateConflict")],
        &[Effect::Overlook(&["entities/disassociating"])],
    ),
];

/// Whether the caller itself has a row in the share.
fn is_entity(moment: &Moment<'_>) -> bool {
    let own = tools::caller(moment).map(|caller| moment.world.principal_of(caller));
    own.is_some_and(|own| tools::share(moment).is_some_and(|share| share.row(&own).is_some()))
}

fn manages(moment: &Moment<'_>) -> bool {
    let directories = &moment.world.file.directories;
    moment.call.is_some_and(|call| {
        directories.iter().any(|directory| directory.management_account == call.caller)
    })
}

/// Whether the type of the chosen resource of a share can be left.
fn has_exit(moment: &Moment<'_>, choose: fn(&[bool]) -> Option<bool>) -> bool {
    let rows = tools::share(moment).map_or(&[][..], |share| share.rows.as_slice());
    let resources = rows.iter().filter(|row| row.entity.is_resource());
    let exits = resources.filter_map(|row| Some(moment.world.type_of(&row.entity)?.exit));
    choose(&exits.collect::<Vec<_>>()).unwrap_or(false)
}
