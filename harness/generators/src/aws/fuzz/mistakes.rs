//! Mistakes: each spoils a call that is in order in one thing, and names the condition that it should
//! lead to. Whether it does is for the model to say, from what was sent.

use crate::aws::entities::{NO_ARNS, NO_PRINCIPALS};
use crate::fuzz::calls::Mistake;
use crate::fuzz::scene::Scene;
use arbitrary::Result;
use serde_json::Value;
use sharespec_wire::case::CallStep;

/// Every kind of mistake.
pub(super) const MISTAKES: &[Mistake] = &[
    no_text,
    other_text,
    other_share,
    other_caller,
    no_entities,
    blank_entry,
    twice,
    nonsense_entry,
    never_associated,
    nearly_an_arn,
    outsider,
    wrong_number,
    wrong_page,
    wrong_type,
    unknown_member,
    spelling,
    token,
    leaver,
];

/// A text that an operation must have: the condition of none, a wrong one, and its condition.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    ("resourceShareArn", "share-arn/missing", "share", "share-arn/malformed"),
    ("resourceShareInvitationArn", "invitation/missing", "x", "invitation/malformed"),
    ("associationType", "association-type/missing", "TARGET", "association-type/invalid"),
    ("resourceOwner", "owner/missing", "NOBODY", "owner/invalid"),
    ("name", "share-name/missing", "", "share-name/empty"),
];

fn required(
    scene: &mut Scene<'_, '_>,
    call: &CallStep,
) -> Result<Option<&'static (&'static str, &'static str, &'static str, &'static str)>> {
    let of = |name: &str| name != "name" || call.call.operation == "CreateResourceShare";
    let there: Vec<_> = TEXTS
        .iter()
        .filter(|(name, ..)| call.call.arguments.contains_key(*name) && of(name))
        .collect();
    if there.is_empty() { Ok(None) } else { scene.choice.choose(&there).map(|each| Some(*each)) }
}

fn no_text(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let Some((name, missing, ..)) = required(scene, call)? else { return Ok(None) };
    call.call.arguments.remove(*name);
    Ok(Some(missing))
}

fn other_text(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let Some((name, _, wrong, condition)) = required(scene, call)? else { return Ok(None) };
    call.call.arguments.insert((*name).to_owned(), Value::from(*wrong));
    Ok(Some(condition))
}

fn other_share(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    for (name, condition) in [
        ("resourceShareArn", "share/unknown"),
        ("resourceShareInvitationArn", "invitation/unknown"),
    ] {
        let id = call.call.arguments.get(name).and_then(Value::as_str);
        if let Some(id) = id.filter(|id| id.starts_with('$') && !id.contains('|')) {
            let edit = *scene.choice.choose(&["unknown", "unknown", "region", "account"])?;
            let wrong = format!("{id}|{edit}");
            call.call.arguments.insert(name.to_owned(), wrong.into());
            return Ok(Some(if edit == "unknown" { condition } else { "share-arn/other" }));
        }
    }
    Ok(None)
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
    let other = scene.swarm.pick(scene.choice, &scene.words.accounts)?;
    if scene.swarm.caller.is_some() || *other == call.call.caller {
        return Ok(None);
    }
    call.call.caller.clone_from(other);
    Ok(Some(condition))
}

/// Who was invited, or has joined, is the one to leave.
fn leaver(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if call.call.operation != "DisassociateResourceShare" || scene.swarm.caller.is_some() {
        return Ok(None);
    }
    let accounts: Vec<String> = scene
        .sketch
        .shares
        .iter()
        .flat_map(|share| &share.principals)
        .filter_map(|each| each.strip_prefix("$account.").map(str::to_owned))
        .collect();
    if accounts.is_empty() {
        return Ok(None);
    }
    let role = scene.choice.choose(&accounts)?;
    let own = Value::from(vec![format!("$account.{role}")]);
    call.call.arguments.remove("resourceArns");
    call.call.arguments.insert("principals".to_owned(), own);
    call.call.caller.clone_from(role);
    Ok(Some("leave/inside"))
}

const LISTS: [&str; 2] = ["resourceArns", "principals"];

fn no_entities(_: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let named = ["AssociateResourceShare", "DisassociateResourceShare"];
    if !named.contains(&call.call.operation.as_str()) {
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
    change: impl FnOnce(&mut Scene<'_, '_>, bool, &mut Vec<Value>) -> Result<Option<&'static str>>,
) -> Result<Option<&'static str>> {
    let arguments = &mut call.call.arguments;
    let lists: Vec<&str> = LISTS.into_iter().filter(|name| arguments.contains_key(*name)).collect();
    if call.call.operation.starts_with("List") || lists.is_empty() {
        return Ok(None);
    }
    let name = *scene.choice.choose(&lists)?;
    match arguments.get_mut(name) {
        Some(Value::Array(entries)) => change(scene, name == "principals", entries),
        _ => Ok(None),
    }
}

fn blank_entry(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, _, entries| {
        scene.insert(entries, "".into())?;
        Ok(Some("lists/blank"))
    })
}

fn twice(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, _, entries| {
        let Some(entry) = entries.first().cloned() else { return Ok(None) };
        scene.insert(entries, entry)?;
        Ok(Some("lists/duplicate"))
    })
}

fn nonsense_entry(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, principals, entries| {
        let (from, condition) = match principals {
            true => (NO_PRINCIPALS, "principals/malformed"),
            false => (NO_ARNS, "resources/malformed"),
        };
        let entry = scene.choice.choose(from)?.1;
        scene.insert(entries, entry.into())?;
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
    in_list(scene, call, |scene, principals, entries| {
        let inside = scene.words.inside(&caller);
        if !principals || inside.is_empty() {
            return Ok(None);
        }
        let stranger = format!("$account.{}", scene.swarm.pick(scene.choice, &inside)?);
        if entries.iter().any(|each| *each == stranger.as_str()) {
            return Ok(None);
        }
        entries.push(stranger.into());
        Ok(Some("principals/some-not-associated"))
    })
}

fn nearly_an_arn(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let removes = call.call.operation == "DisassociateResourceShare";
    in_list(scene, call, |scene, principals, entries| {
        let place = scene.choice.int_in_range(0..=entries.len().saturating_sub(1))?;
        let Some(Value::String(arn)) = entries.get_mut(place).filter(|_| !principals) else {
            return Ok(None);
        };
        if arn.contains('|') {
            return Ok(None);
        }
        *arn = format!("{arn}|{}", scene.choice.choose(&["region", "account", "unknown"])?);
        Ok(Some(match (removes, place) {
            (true, 0) => "resources/not-associated",
            (true, _) => "resources/some-not-associated",
            (false, _) => "add/unknown-resource",
        }))
    })
}

fn outsider(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if call.call.operation != "AssociateResourceShare" {
        return Ok(None);
    }
    let caller = call.call.caller.clone();
    in_list(scene, call, |scene, principals, entries| {
        let outside = scene.words.outside(&caller);
        if !principals || outside.is_empty() {
            return Ok(None);
        }
        let (entry, condition) = match scene.choice.int_in_range(0..=4)? {
            0 => {
                let role = scene.swarm.pick(scene.choice, &outside)?;
                (format!("$account.{role}"), "add/outsider")
            }
            1 => (format!("$account.{caller}"), "add/owner"),
            2 => (
                "arn:aws:organizations::123456789012:organization/o-zzzzzzzzzz".to_owned(),
                "add/unknown-organization",
            ),
            3 if !scene.words.services.is_empty() => {
                (scene.choice.choose(&scene.words.services)?.clone(), "add/service")
            }
            _ => ("123123123123".to_owned(), "add/unknown-principal"),
        };
        entries.push(entry.into());
        Ok(Some(condition))
    })
}

fn lists_rows(call: &CallStep) -> bool {
    ["Get", "List"].iter().any(|verb| call.call.operation.starts_with(verb))
}

fn wrong_number(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if !lists_rows(call) {
        return Ok(None);
    }
    let number = *scene.choice.choose(&[0, -1, 501])?;
    call.call.arguments.insert("maxResults".to_owned(), number.into());
    Ok(Some("max-results/out-of-range"))
}

fn wrong_page(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if !lists_rows(call) {
        return Ok(None);
    }
    let (name, value, condition) = match scene.choice.int_in_range(0..=2)? {
        0 => ("nextToken", "sharespec-unknown", "next-token/invalid"),
        1 if call.call.operation == "GetResourceShareAssociations" => {
            ("associationStatus", "GONE", "status/invalid")
        }
        1 if call.call.operation == "GetResourceShares" => {
            ("resourceShareStatus", "GONE", "status/invalid")
        }
        2 if call.call.operation == "GetResourceShareAssociations" => {
            ("resourceArn", "$arn.owner.ec2:Subnet.1", "filter/conflict")
        }
        _ => return Ok(None),
    };
    call.call.arguments.insert(name.to_owned(), value.into());
    Ok(Some(condition))
}

fn wrong_type(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    let names: Vec<String> = call.call.arguments.keys().cloned().collect();
    if names.is_empty() {
        return Ok(None);
    }
    let name = scene.choice.choose(&names)?;
    let Some(value) = call.call.arguments.get_mut(name) else { return Ok(None) };
    *value = match value {
        Value::String(_) => 1.into(),
        _ => "x".into(),
    };
    Ok(Some("gateway/member-type"))
}

fn unknown_member(_: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    call.call.arguments.insert("sharespec".to_owned(), "x".into());
    Ok(Some("parameters/unknown"))
}

/// A symbol in another spelling.
fn spelling(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    in_list(scene, call, |scene, _, entries| scene.respell(entries))
}

fn token(scene: &mut Scene<'_, '_>, call: &mut CallStep) -> Result<Option<&'static str>> {
    if lists_rows(call) {
        return Ok(None);
    }
    let (token, condition) = match scene.choice.ratio(1_u8, 4)? {
        true => (" ".to_owned(), "client-token/odd"),
        false => {
            let number = scene.choice.int_in_range(0..=1)?;
            (format!("$name.t{number}"), "client-token/mismatch")
        }
    };
    call.call.arguments.insert("clientToken".to_owned(), token.into());
    Ok(Some(condition))
}
