//! What the symbols of cases stand for, as far as the tests of this crate need it.

use serde_json::Value;
use sharespec_model::world::World;
use std::collections::HashMap;

/// The ids that were minted so far, by symbol.
#[derive(Default)]
pub struct Minted(pub HashMap<String, String>);

/// A value with its symbols resolved.
pub fn resolve(world: &World, minted: &Minted, value: &Value) -> Value {
    match value {
        Value::String(text) if text == "$absent" => Value::Null,
        Value::String(text) if text.starts_with('$') => text_of(world, minted, text).into(),
        Value::Array(entries) => {
            entries.iter().map(|entry| resolve(world, minted, entry)).collect()
        }
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), resolve(world, minted, value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

fn text_of(world: &World, minted: &Minted, symbol: &str) -> String {
    let (name, edit) = match symbol.split_once('|') {
        Some((name, edit)) => (name, Some(edit)),
        None => (symbol, None),
    };
    let text = minted.0.get(name).cloned().unwrap_or_else(|| of_world(world, name));
    match edit {
        Some(edit) => edited(&text, edit),
        None => text,
    }
}

fn of_world(world: &World, name: &str) -> String {
    let parts: Vec<&str> = name.trim_start_matches('$').split('.').collect();
    let directory = |role: &str| {
        world.file.directories.iter().find(|each| each.members.iter().any(|each| each == role))
    };
    let found = match parts.as_slice() {
        ["account", role] => world.file.accounts.get(*role).map(|account| account.id.clone()),
        ["directory", role] => directory(role).map(|each| each.id.clone()),
        ["root", role] => directory(role).map(|each| each.root_folder.clone()),
        ["folder", role] => directory(role).and_then(|each| {
            let folder =
                each.folders.iter().find(|folder| folder.accounts.iter().any(|a| a == role));
            folder.map(|folder| folder.id.clone())
        }),
        ["service", number] => {
            number.parse::<usize>().ok().and_then(|n| world.file.services.get(n - 1).cloned())
        }
        ["permission", kind] => {
            world.resource_type(kind).map(|kind| kind.default_permission.clone())
        }
        ["permission", kind, number] => {
            let number: usize = number.parse().unwrap();
            let kind = world.resource_type(kind);
            kind.and_then(|kind| kind.permissions.get(number - 1).cloned())
        }
        ["region"] => Some(world.file.region.clone()),
        ["region", "elsewhere"] => Some("cn-shanghai".to_owned()),
        ["name", name] => Some(format!("run-{name}")),
        ["id" | "arn", owner, kind, number] => {
            let number: usize = number.parse().unwrap();
            let mut resources = world
                .file
                .resources
                .iter()
                .filter(|each| each.owner == *owner && each.kind == *kind);
            let found = resources.nth(number - 1);
            match parts[0] {
                "id" => found.map(|each| each.id.clone()),
                _ => found.and_then(|each| each.arn.clone()),
            }
        }
        _ => None,
    };
    found.unwrap_or_else(|| panic!("nothing stands for {name}"))
}

/// A text with one part changed.
fn edited(text: &str, edit: &str) -> String {
    let arn: Vec<&str> = text.splitn(5, ':').collect();
    let other = |letter: char| match letter {
        '9' => '8',
        '0'..='8' => '9',
        'z' => 'y',
        'a'..='y' => 'z',
        'Z' => 'Y',
        'A'..='Y' => 'Z',
        letter => letter,
    };
    let at = |position: usize| {
        let change = |(place, letter)| if place == position { other(letter) } else { letter };
        text.chars().enumerate().map(change).collect::<String>()
    };
    let part = |position: usize, new: &str| {
        let mut parts = arn.clone();
        parts[position] = new;
        parts.join(":")
    };
    let last = text.chars().count() - 1;
    match edit {
        "service" => part(1, "oss"),
        "region" => part(2, "cn-beijing"),
        "account" => part(3, "1720505253009999"),
        "kind" => part(4, &format!("router/{}", arn[4].split_once('/').unwrap().1)),
        "id" => part(4, &format!("{}/other-1", arn[4].split_once('/').unwrap().0)),
        "cut" => text.chars().take(last).collect(),
        "pad" => format!("{text}0"),
        "upper" => text.to_uppercase(),
        "lower" => text.to_lowercase(),
        "space" => format!("{text} "),
        "swap" => {
            let middle = text.chars().count() / 2;
            let place = (middle..=last).find(|&place| at(place) != text).unwrap();
            at(place)
        }
        "first" => at(text.find('-').map_or(0, |place| place + 1)),
        "last" => at(last),
        edit => panic!("no edit {edit}"),
    }
}
