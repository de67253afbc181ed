//! The permissions of a share: one at most for each resource type, the one that the type got.

use crate::finding::{Check, Finding};
use crate::scene::Scene;
use sharespec_model::belief::Share;
use sharespec_model::observation::PermissionRow;
use sharespec_model::property::Property;
use sharespec_model::set::Set;
use sharespec_model::status::AssociationStatus;

/// Judges the permissions of a share. `whole` says whether all pages were read.
pub fn judge(
    scene: &Scene<'_>,
    share: &Share,
    rows: &[PermissionRow],
    whole: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        findings.extend(one(scene, share, row));
        if rows.iter().take(position).any(|earlier| earlier.kind == row.kind) {
            findings.push(wrong(scene, "a type has two permissions").actual(row.row.to_string()));
        }
    }
    for (kind, permission) in share.permissions.iter().filter(|_| whole && !share.others) {
        let Property::This(name) = permission else { continue };
        if is_shared(scene, share, kind) && !rows.iter().any(|row| row.kind == *kind) {
            let finding = wrong(scene, "the permission of a type is not listed");
            findings.push(finding.expected([name.to_string()]));
        }
    }
    findings
}

fn wrong(scene: &Scene<'_>, observed: &str) -> Finding {
    Finding::new(scene.spec(), Check::Effects, scene.operation.rule("list/rows"), observed)
}

/// A row is of a type that got a permission, holds the one that it got, and says truly whether it is
/// the default one.
fn one(scene: &Scene<'_>, share: &Share, row: &PermissionRow) -> Option<Finding> {
    let world = scene.world();
    let default = world.resource_type(&row.kind).map(|kind| kind.default_permission == row.name);
    match share.permission(&row.kind) {
        Property::Nothing => {
            let rule = scene.operation.rule("list/isolation");
            let observed = "a permission of a type that was never in the share";
            let finding = Finding::new(scene.spec(), Check::Isolation, rule, observed);
            Some(finding.actual(row.row.to_string()))
        }
        Property::This(name) if name.as_str() != Some(row.name.as_str()) => {
            let finding = wrong(scene, "a type has another permission than it got");
            Some(finding.expected([name.to_string()]).actual(row.row.to_string()))
        }
        Property::This(_) if row.default.is_some() && row.default != default => {
            let observed =
                "DefaultPermission says of another permission that it is the default one";
            Some(wrong(scene, observed).actual(row.row.to_string()))
        }
        _ => None,
    }
}

/// Whether a resource of a type is certainly in a share.
pub fn is_shared(scene: &Scene<'_>, share: &Share, kind: &str) -> bool {
    share.associations.iter().any(|(entity, association)| {
        association.status == Set::only(AssociationStatus::Associated)
            && scene.world().type_of(entity).is_some_and(|each| each.name == kind)
    })
}
