//! What a document says about parameters as such: which it describes, which numbers the entries of
//! lists have, whether it wants a region, and what it has besides.

use super::arguments::View;
use super::conditions as c;
use super::entities::Named;
use super::evaluate::Scene;
use crate::evaluation::Evaluation;
use crate::spec::Parameter;
use crate::world::PrincipalKind;
use serde_json::Value;

/// The conditions of the parameters of any call.
pub fn common<F>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) {
    region(scene, evaluation);
    if !evaluation.spec.undescribed.is_empty() {
        let undescribed = &evaluation.spec.undescribed;
        let mut names = scene.arguments.0.keys().map(|key| root(key));
        let open = names.any(|name| undescribed.iter().any(|each| each == name));
        evaluation.holds_if(open, c::PARAMETERS_UNDESCRIBED);
    }
}

/// A call that says nothing of a region is sent with the one that its document wants. One that is
/// certainly sent without says so by a null.
fn region<F>(scene: Scene<'_, F>, evaluation: &mut Evaluation<'_>) {
    let Some(region) = scene.arguments.0.get("RegionId") else { return };
    let wanted = |parameter: &Parameter| parameter.required;
    match region {
        Value::Null => {
            let wanted = evaluation.spec.parameter("RegionId").is_some_and(wanted);
            evaluation.holds_if(wanted, c::REGION_MISSING);
        }
        region => {
            let other = region.as_str() != Some(scene.world.file.region.as_str());
            evaluation.holds_if(other, c::REGION_OTHER);
        }
    }
}

/// The conditions of the numbers of entries, where the document says which there are.
pub fn numbers(arguments: View<'_>, evaluation: &mut Evaluation<'_>) {
    for key in arguments.0.keys() {
        if !key.contains('.') {
            continue;
        }
        let Some((parameter, number, _)) = evaluation.spec.entry(key) else { continue };
        let last = parameter.max_items.unwrap_or(u32::MAX);
        let given = arguments.list(&parameter.name).len();
        if !(1..=last).contains(&number) {
            evaluation.holds(c::LISTS_INDEX_OUT_OF_RANGE);
        } else if number as usize > given {
            evaluation.holds(c::LISTS_GAP);
        }
    }
}

/// The condition of a resource type that the document does not have.
pub fn resource_type(kind: &str, evaluation: &mut Evaluation<'_>) {
    let parameter = evaluation.spec.parameter("Resources[].ResourceType");
    let beyond = parameter.is_some_and(|each| {
        !each.values.is_empty() && !each.values.iter().any(|name| name == kind)
    });
    evaluation.holds_if(beyond, c::RESOURCES_TYPE_BEYOND);
}

/// The condition of principals of a kind that the document does not have.
pub fn principals<F>(scene: Scene<'_, F>, named: &[Named], evaluation: &mut Evaluation<'_>) {
    if !evaluation.spec.parameter("Targets").is_some_and(|each| each.members_only) {
        return;
    }
    let own = scene.world.directory_of(scene.caller);
    let beyond = named.iter().any(|each| match scene.world.principal_entry(&each.entity) {
        Some((_, PrincipalKind::Account(account))) => {
            own.is_none() || scene.world.directory_of(account) != own
        }
        Some(_) => true,
        None => false,
    });
    evaluation.holds_if(beyond, c::TARGETS_BEYOND);
}

/// The parameter that a key belongs to.
fn root(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}
