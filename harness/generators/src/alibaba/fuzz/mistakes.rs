//! Mistakes: each spoils a call that is in order in one thing, and names the condition that it should
//! lead to. Whether it does is for the model to say, from what was sent.

use crate::alibaba::draft::pair;
use crate::fuzz::calls::Mistake;
use crate::fuzz::scene::Scene;
use arbitrary::Result;
use serde_json::Value;
use sharespec_wire::case::CallStep;

/// Every kind of mistake.
pub(super) const MISTAKES: &[Mistake] = &[
    no_text,
    empty_text,
    misspelt_share,
    other_caller,
    other_mode,
    no_entities,
    blank_entry,
    both_names,
    too_many,
    twice,
    nonsense_entry,
    never_associated,
    nearly_an_arn,
    broken_pair,
    other_type,
    outsider,
    wrong_enum,
    wrong_number,
    odd_name,
    flag,
    other_invitation,
    spelling,
];

/// A parameter that an operation must have, with the conditions of none and of an empty one.
const TEXTS: &[(&str, &str, &str)] = &[
    ("ResourceShareId", "share-id/missing", "share-id/empty"),
    ("ResourceShareName", "share-name/missing", "share-name/empty"),
    ("ResourceShareInvitationId", "invitation-id/missing", "invitation-id/empty"),
    ("AssociationType", "association-type/missing", "association-type/empty"),
    ("ResourceOwner", "owner-mode/missing", "owner-mode/empty"),
];

fn required(call: &CallStep) -> Vec<&'static (&'static str, &'static str, &'static str)> {
    // A filter of that name, or a mode that may be left out, is something else.
    let optional = |name: &str| match name {
        "ResourceShareName" => call.call.operation.starts_with("List"),
        "ResourceOwner" => !call.call.operation.starts_with("List"),
        _ => false,
    };
    let there = |name: &str| call.call.arguments.contains_key(name) && !optional(name);
    TEXTS.iter().filter(|(name, ..)| there(name)).collect()
}

fn no_text(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let there = required(call);
    if there.is_empty() {
        return Ok(None);
    }
    let (name, missing, _) = *scene.choice.choose(&there)?;
    call.call.arguments.remove(*name);
    Ok(Some(missing))
}

fn empty_text(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let there = required(call);
    if there.is_empty() {
        return Ok(None);
    }
    let (name, _, empty) = *scene.choice.choose(&there)?;
    call.call.arguments.insert((*name).to_owned(), Value::from(""));
    Ok(Some(empty))
}

fn misspelt_share(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let id = call.call.arguments.get("ResourceShareId").and_then(Value::as_str);
    let Some(id) = id.filter(|id| id.starts_with("$share.") && !id.contains('|')) else {
        return Ok(None);
    };
    let edits = [
        ("swap", "share/unknown"),
        ("first", "share/unknown"),
        ("last", "share/unknown"),
        ("cut", "share-id/malformed"),
        ("pad", "share-id/malformed"),
    ];
    let (edit, condition) = *scene.choice.choose(&edits)?;
    let wrong = format!("{id}|{edit}");
    call.call.arguments.insert("ResourceShareId".to_owned(), wrong.into());
    Ok(Some(condition))
}

fn other_caller(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let condition = match call.call.operation.as_str() {
        "AssociateResourceShare"
        | "DisassociateResourceShare"
        | "UpdateResourceShare"
        | "DeleteResourceShare" => "share/foreign",
        "AcceptResourceShareInvitation" | "RejectResourceShareInvitation" => "invitation/foreign",
        _ => return Ok(None),
    };
    let leaves =
        call.call.arguments.get("ResourceOwner").is_some_and(|mode| mode == "OtherAccounts");
    if scene.swarm.caller.is_some() || leaves {
        return Ok(None);
    }
    let users = !scene.words.users.is_empty() && scene.choice.ratio(1_u8, 6)?;
    let from = if users { &scene.words.users } else { &scene.words.accounts };
    let other = scene.swarm.pick(scene.choice, from)?;
    if *other == call.call.caller {
        return Ok(None);
    }
    call.call.caller.clone_from(other);
    Ok(Some(if users { "gateway/denied" } else { condition }))
}

fn other_mode(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let removes = call.call.operation == "DisassociateResourceShare";
    if !removes && !call.call.arguments.contains_key("ResourceOwner") {
        return Ok(None);
    }
    let modes = [
        ("OtherAccounts", "share/own-as-other"),
        ("Others", "owner-mode/invalid"),
        ("SELF", "owner-mode/spelling"),
        ("self", "owner-mode/spelling"),
    ];
    let (mode, condition) = *scene.choice.choose(&modes)?;
    if mode == "OtherAccounts" && !removes {
        return Ok(None);
    }
    call.call.arguments.insert("ResourceOwner".to_owned(), mode.into());
    Ok(Some(condition))
}

const LISTS: [&str; 3] = ["Resources", "Targets", "ResourceArns"];

fn names_entities(call: &CallStep) -> bool {
    ["AssociateResourceShare", "DisassociateResourceShare"].contains(&call.call.operation.as_str())
}

/// The lists of entities that a call has.
fn lists(call: &CallStep) -> Vec<&'static str> {
    LISTS.into_iter().filter(|name| call.call.arguments.contains_key(*name)).collect()
}

fn no_entities(_: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if !names_entities(call) {
        return Ok(None);
    }
    for name in LISTS {
        call.call.arguments.remove(name);
    }
    Ok(Some("lists/empty"))
}

/// Changes a list of entities of a call; none if it has none.
fn in_list(
    scene: &mut Scene<'_, '_>,
    call: &mut CallStep,
    change: impl FnOnce(&mut Scene<'_, '_>, &str, &mut Vec<Value>) -> Result<Option<&'static str>>,
) -> Result<Option<&'static str>> {
    let lists = lists(call);
    if call.call.operation.starts_with("List") || lists.is_empty() {
        return Ok(None);
    }
    let name = *scene.choice.choose(&lists)?;
    match call.call.arguments.get_mut(name) {
        Some(Value::Array(entries)) => change(scene, name, entries),
        _ => Ok(None),
    }
}

fn blank_entry(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, name, entries| {
        let blank = match name {
            "Resources" => pair(Some("VSwitch"), Some("".into())),
            _ => Value::from(""),
        };
        scene.insert(entries, blank)?;
        Ok(Some("lists/blank"))
    })
}

fn both_names(_: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let arguments = &mut call.call.arguments;
    if !arguments.contains_key("Resources") || arguments.contains_key("ResourceArns") {
        return Ok(None);
    }
    let first =
        arguments.get("Resources").and_then(|list| list.get(0)?.get("ResourceId")?.as_str());
    let Some(arn) = first.and_then(|id| id.strip_prefix("$id.")) else { return Ok(None) };
    let arn = Value::from(vec![format!("$arn.{arn}")]);
    arguments.insert("ResourceArns".to_owned(), arn);
    Ok(Some("lists/conflict"))
}

fn too_many(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let beyond = scene.choice.ratio(1_u8, 4)?;
    let wanted = if beyond { 21 } else { 6 };
    let more: Vec<Value> = (1..=wanted)
        .map(|number| scene.words.accounts.get(number).cloned().unwrap_or_default())
        .map(|role| Value::from(format!("$account.{role}")))
        .collect();
    in_list(scene, call, |_, name, entries| {
        let condition = match (name, beyond) {
            ("Targets", false) => "targets/over-limit",
            ("Targets", true) => "targets/over-gateway",
            ("Resources", false) => "resources/over-limit",
            ("Resources", true) => "resources/over-gateway",
            (_, false) => "arns/over-limit",
            (_, true) => "arns/over-gateway",
        };
        let (head, cycle) = (entries.clone(), entries.len().max(1));
        let mut number = 0;
        while entries.len() < wanted {
            number += 1;
            let entry = match name {
                "Targets" => more.get(number % more.len().max(1)).cloned(),
                "Resources" => {
                    Some(pair(Some("VSwitch"), Some(format!("vsw-bp1x{number:06}").into())))
                }
                _ => head.get(number % cycle).cloned(),
            };
            entries.extend(entry);
        }
        Ok(Some(condition))
    })
}

fn twice(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, name, entries| {
        let Some(entry) = entries.first().cloned() else { return Ok(None) };
        scene.insert(entries, entry)?;
        Ok(Some(match name {
            "Targets" => "targets/duplicate",
            "Resources" => "resources/duplicate",
            _ => "arns/duplicate",
        }))
    })
}

fn nonsense_entry(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, name, entries| {
        let (entry, condition) = match name {
            "Targets" => (Value::from("nobody"), "targets/malformed"),
            "Resources" => (pair(Some("Spaceship"), Some("ss-1".into())), "resources/type-unknown"),
            _ => (Value::from("arn:nothing"), "arns/malformed"),
        };
        scene.insert(entries, entry)?;
        Ok(Some(condition))
    })
}

/// Something that exists and was never in the share.
fn never_associated(
    scene: &mut Scene<'_, '_>,
    call: &mut CallStep,
) -> Result<Option<&'static str>> {
    if call.call.operation != "DisassociateResourceShare" {
        return Ok(None);
    }
    let caller = call.call.caller.clone();
    let share = call.call.arguments.get("ResourceShareId").and_then(Value::as_str);
    let share = share.and_then(|id| id.strip_prefix("$share."));
    let share = scene.sketch.shares.iter().find(|each| Some(each.name.as_str()) == share).cloned();
    in_list(scene, call, |scene, name, entries| {
        let inside = scene.words.inside(&caller);
        let Some(share) = share else { return Ok(None) };
        if name != "Targets" || inside.is_empty() {
            return Ok(None);
        }
        let stranger = format!("$account.{}", scene.swarm.pick(scene.choice, &inside)?);
        if share.principals.contains(&stranger) || share.ended.contains(&stranger) {
            return Ok(None);
        }
        entries.push(stranger.into());
        Ok(Some("targets/some-not-associated"))
    })
}

fn nearly_an_arn(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let removes = call.call.operation == "DisassociateResourceShare";
    in_list(scene, call, |scene, name, entries| {
        let place = entries.len().saturating_sub(1);
        let Some(Value::String(arn)) = entries.get_mut(place).filter(|_| name == "ResourceArns")
        else {
            return Ok(None);
        };
        if arn.contains('|') {
            return Ok(None);
        }
        let edit = *scene.choice.choose(&["region", "account", "service", "id"])?;
        *arn = format!("{arn}|{edit}");
        Ok(Some(match (removes, edit, place) {
            (true, _, 0) => "arns/elsewhere",
            (true, ..) => "arns/some-elsewhere",
            (false, "id", _) => "arns/nonexistent",
            (false, ..) => "arns/other-place",
        }))
    })
}

fn broken_pair(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, name, entries| {
        let place = scene.choice.int_in_range(0..=entries.len().saturating_sub(1))?;
        let Some(Value::Object(record)) = entries.get_mut(place).filter(|_| name == "Resources")
        else {
            return Ok(None);
        };
        record.remove(*scene.choice.choose(&["ResourceType", "ResourceId"])?);
        Ok(Some("resources/pair-broken"))
    })
}

fn other_type(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, name, entries| {
        let kind = scene.choice.choose(&scene.words.kinds)?.clone();
        let Some(Value::Object(record)) = entries.first_mut().filter(|_| name == "Resources")
        else {
            return Ok(None);
        };
        if record.get("ResourceType").is_some_and(|old| *old == kind.as_str()) {
            return Ok(None);
        }
        record.insert("ResourceType".to_owned(), kind.into());
        Ok(Some("resources/unknown"))
    })
}

fn outsider(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if call.call.operation != "AssociateResourceShare" {
        return Ok(None);
    }
    let caller = call.call.caller.clone();
    in_list(scene, call, |scene, name, entries| {
        let outside = scene.words.outside(&caller);
        if name != "Targets" || outside.is_empty() {
            return Ok(None);
        }
        let (entry, condition) = match scene.choice.int_in_range(0..=2)? {
            0 => (
                format!("$account.{}", scene.swarm.pick(scene.choice, &outside)?),
                "targets/not-allowed",
            ),
            1 => (format!("$account.{caller}"), "targets/self"),
            _ => ("1234567890123456".to_owned(), "targets/unknown-account"),
        };
        entries.push(entry.into());
        Ok(Some(condition))
    })
}

fn wrong_enum(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let (name, condition) = match call.call.operation.as_str() {
        "ListResourceShareAssociations" => match scene.choice.ratio(1_u8, 2)? {
            true => ("AssociationType", "association-type/invalid"),
            false => ("AssociationStatus", "status-filter/invalid"),
        },
        "ListResourceShares" => ("ResourceShareStatus", "status-filter/invalid"),
        "ListSharedResources" | "ListSharedTargets" => ("ResourceType", "resource-type/unknown"),
        _ => return Ok(None),
    };
    call.call.arguments.insert(name.to_owned(), "Nonsense".into());
    Ok(Some(condition))
}

fn wrong_number(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if !call.call.operation.starts_with("List") {
        return Ok(None);
    }
    let long = "t".repeat(300);
    let values = [
        ("MaxResults", "0", "max-results/invalid"),
        ("MaxResults", "101", "max-results/invalid"),
        ("MaxResults", "-1", "max-results/invalid"),
        ("MaxResults", "many", "max-results/invalid"),
        ("NextToken", "nonsense", "next-token/invalid"),
        ("NextToken", long.as_str(), "next-token/too-long"),
    ];
    let (name, value, condition) = *scene.choice.choose(&values)?;
    call.call.arguments.insert(name.to_owned(), value.into());
    Ok(Some(condition))
}

fn odd_name(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let named = ["CreateResourceShare", "UpdateResourceShare"];
    if !named.contains(&call.call.operation.as_str()) {
        return Ok(None);
    }
    let (name, condition) = match scene.choice.ratio(1_u8, 2)? {
        true => ("x".repeat(51), "share-name/too-long"),
        false => ("a b!".to_owned(), "share-name/invalid"),
    };
    call.call.arguments.insert("ResourceShareName".to_owned(), name.into());
    Ok(Some(condition))
}

fn flag(_: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if !call.call.arguments.contains_key("AllowExternalTargets") {
        return Ok(None);
    }
    call.call.arguments.insert("AllowExternalTargets".to_owned(), "perhaps".into());
    Ok(Some("external-flag/invalid"))
}

fn other_invitation(
    scene: &mut Scene<'_, '_>,
    call: &mut CallStep,
) -> Result<Option<&'static str>> {
    if !call.call.arguments.contains_key("ResourceShareInvitationId") {
        return Ok(None);
    }
    let wrong = ["$share.s0", "i-1", "nonsense"];
    let wrong =
        if scene.sketch.shares.is_empty() { "nonsense" } else { scene.choice.choose(&wrong)? };
    call.call.arguments.insert("ResourceShareInvitationId".to_owned(), wrong.into());
    Ok(Some("invitation-id/invalid"))
}

/// A symbol in another spelling.
fn spelling(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, _, entries| scene.respell(entries))
}
