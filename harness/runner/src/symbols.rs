//! Symbols: what a case calls by name, resolved against the world and against what the target
//! minted while the case ran.

use serde_json::Value;
use sharespec_model::belief::Belief;
use sharespec_model::status::InvitationStatus;
use sharespec_model::world::{World, WorldFile};
use std::collections::BTreeMap;

/// What a symbol cannot be resolved to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unresolved {
    /// The world lacks it.
    #[error("the world has no {0}")]
    World(String),
    /// The case has not made it, or the target has not shown it.
    #[error("nothing is known yet of {0}")]
    Unknown(String),
}

/// What a case has made so far: shares by their names in the case.
#[derive(Clone, Debug, Default)]
pub struct Made {
    shares: BTreeMap<String, String>,
    /// The names of shares that have others than the run would give them.
    names: BTreeMap<String, String>,
    prefix: String,
}

impl Made {
    /// Nothing made yet; names of shares begin with the prefix.
    pub fn new(prefix: String) -> Self {
        Self { prefix, ..Self::default() }
    }

    /// A share was made.
    pub fn share(&mut self, name: &str, id: &str) {
        self.shares.insert(name.to_owned(), id.to_owned());
    }

    /// A share was there, with a name of its own.
    pub fn seeded(&mut self, name: &str, id: &str, own: &str) {
        self.share(name, id);
        self.names.insert(name.to_owned(), own.to_owned());
    }

    /// The name in the case of the share with an id.
    pub fn name_of(&self, id: &str) -> Option<&str> {
        self.shares.iter().find(|(_, each)| *each == id).map(|(name, _)| name.as_str())
    }

    /// The name that a share has on the target.
    fn full_name(&self, name: &str) -> String {
        self.names.get(name).cloned().unwrap_or_else(|| format!("{}{name}", self.prefix))
    }

    /// What names and nonces of the case begin with.
    pub fn tag(&self) -> &str {
        &self.prefix
    }

    /// What the target minted and what the run named, with the symbols that stand for them.
    pub fn symbols(&self, world: &World) -> Vec<(String, String)> {
        let mut symbols = Vec::new();
        for (name, id) in &self.shares {
            symbols.push((id.clone(), format!("$share.{name}")));
            symbols.push((self.full_name(name), format!("$name.{name}")));
        }
        let accounts = world.file.accounts.iter();
        symbols.extend(accounts.map(|(role, each)| (each.id.clone(), format!("$account.{role}"))));
        symbols
    }
}

/// What symbols are resolved against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The world.
    pub world: &'a World,
    /// What is believed: invitations have their ids from it.
    pub belief: &'a Belief,
    /// What the case has made.
    pub made: &'a Made,
}

/// Replaces every symbol in a value. `$absent` is a null, which is not sent.
///
/// # Errors
/// [`Unresolved`] if something is not there.
pub fn resolve(context: Context<'_>, value: &Value) -> Result<Value, Unresolved> {
    Ok(match value {
        Value::String(text) if text == "$absent" => Value::Null,
        Value::String(text) if text.starts_with('$') => Value::String(context.symbol(text)?),
        Value::Array(values) => {
            let resolved: Result<Vec<_>, _> =
                values.iter().map(|each| resolve(context, each)).collect();
            Value::Array(resolved?)
        }
        Value::Object(members) => {
            let mut resolved = serde_json::Map::new();
            for (name, member) in members {
                resolved.insert(name.clone(), resolve(context, member)?);
            }
            Value::Object(resolved)
        }
        other => other.clone(),
    })
}

impl Context<'_> {
    fn symbol(&self, text: &str) -> Result<String, Unresolved> {
        let (symbol, edit) = match text.split_once('|') {
            Some((symbol, edit)) => (symbol, Some(edit)),
            None => (text, None),
        };
        let found = self.plain(symbol)?;
        match edit {
            None => Ok(found),
            Some(edit) => {
                edited(&found, edit).ok_or_else(|| Unresolved::World(format!("edit `{text}`")))
            }
        }
    }

    fn plain(&self, symbol: &str) -> Result<String, Unresolved> {
        let mut parts = symbol.split('.');
        let kind = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let file = &self.world.file;
        let nothing = || Unresolved::World(symbol.trim_start_matches('$').replace('.', " "));
        match (kind, rest.as_slice()) {
            ("$account", [role]) => {
                file.accounts.get(*role).map(|account| account.id.clone()).ok_or_else(nothing)
            }
            ("$directory", [role]) => {
                directory(file, role).map(|each| each.id.clone()).ok_or_else(nothing)
            }
            ("$root", [role]) => directory(file, role)
                .map(|each| each.root_folder.clone())
                .filter(|id| !id.is_empty())
                .ok_or_else(nothing),
            ("$folder", [role]) => file
                .directories
                .iter()
                .flat_map(|each| &each.folders)
                .find(|folder| folder.accounts.iter().any(|each| each == role))
                .map(|folder| folder.id.clone())
                .ok_or_else(nothing),
            ("$service", [number]) => number
                .parse()
                .ok()
                .and_then(|number: usize| file.services.get(number.checked_sub(1)?))
                .cloned()
                .ok_or_else(nothing),
            ("$identity", [number]) => number
                .parse()
                .ok()
                .and_then(|number: usize| file.identities.keys().nth(number.checked_sub(1)?))
                .cloned()
                .ok_or_else(nothing),
            ("$permission", [kind, number @ ..]) => {
                permission(self.world, kind, number).ok_or_else(nothing)
            }
            ("$id", [owner, kind, number]) => resource(file, owner, kind, number, false)
                .map(|each| each.id.clone())
                .ok_or_else(nothing),
            ("$arn", [owner, kind, number]) => resource(file, owner, kind, number, true)
                .and_then(|each| each.arn.clone())
                .ok_or_else(nothing),
            ("$region", []) => Ok(file.region.clone()),
            ("$region", ["elsewhere"]) => Ok(elsewhere(&file.region).to_owned()),
            ("$token", []) => {
                let first = self.belief.tokens.first().cloned();
                first.ok_or_else(|| Unresolved::Unknown(symbol.to_owned()))
            }
            ("$name", [name]) => Ok(self.made.full_name(name)),
            ("$share", [name]) => self
                .made
                .shares
                .get(*name)
                .cloned()
                .ok_or_else(|| Unresolved::Unknown(symbol.to_owned())),
            ("$invitation", [name, role]) => {
                self.invitation(name, role).ok_or_else(|| Unresolved::Unknown(symbol.to_owned()))
            }
            _ => Err(nothing()),
        }
    }

    fn invitation(&self, name: &str, role: &str) -> Option<String> {
        let share = self.belief.position(self.made.shares.get(name)?)?;
        let receiver = self.world.account(role)?;
        let own = |each: &&sharespec_model::belief::Invitation| {
            each.share == share && each.receiver == receiver
        };
        // One that need not be there is passed over until it has shown itself.
        let there = |each: &&sharespec_model::belief::Invitation| {
            each.id.is_some() || !each.status.has(InvitationStatus::Absent)
        };
        self.belief.invitations.iter().rev().filter(own).find(there)?.id.clone()
    }
}

/// The default permission of a type, or, with a number, a further one.
fn permission(world: &World, kind: &str, number: &[&str]) -> Option<String> {
    let kind = world.resource_type(kind)?;
    let found = match number {
        [] => Some(&kind.default_permission).filter(|name| !name.is_empty()),
        [number, ..] => kind.permissions.get(number.parse::<usize>().ok()?.checked_sub(1)?),
    };
    found.cloned()
}

/// A region that is another one.
fn elsewhere(region: &str) -> &'static str {
    match region {
        "cn-shanghai" => "cn-beijing",
        "us-west-2" => "us-east-1",
        region if region.starts_with("us-") => "us-west-2",
        _ => "cn-shanghai",
    }
}

fn directory<'a>(file: &'a WorldFile, role: &str) -> Option<&'a sharespec_model::world::Directory> {
    file.directories.iter().find(|each| each.members.iter().any(|member| member == role))
}

fn resource<'a>(
    file: &'a WorldFile,
    owner: &str,
    kind: &str,
    number: &str,
    with_arn: bool,
) -> Option<&'a sharespec_model::world::Resource> {
    let fits = |each: &&sharespec_model::world::Resource| {
        each.owner == owner && each.kind == kind && (!with_arn || each.arn.is_some())
    };
    let number: usize = number.parse().ok()?;
    file.resources.iter().filter(fits).nth(number.checked_sub(1)?)
}

/// Changes one part of a text.
pub fn edited(text: &str, edit: &str) -> Option<String> {
    if let Some(edited) = edited_arn(text, edit) {
        return Some(edited);
    }
    let arn_part = |position: usize, other: &str| {
        let mut parts: Vec<&str> = text.splitn(5, ':').collect();
        *parts.get_mut(position)? = other;
        Some(parts.join(":"))
    };
    match edit {
        "service" => arn_part(1, if text.starts_with("acs:ecs:") { "vpc" } else { "ecs" }),
        "region" => arn_part(2, elsewhere(text.split(':').nth(2)?)),
        "account" => {
            let account = text.split(':').nth(3)?;
            arn_part(3, &shifted(account, account.len().checked_sub(1)?))
        }
        "kind" => {
            let (head, id) = text.rsplit_once('/')?;
            let (head, kind) = head.rsplit_once(':')?;
            let other = if kind == "vswitch" { "image" } else { "vswitch" };
            Some(format!("{head}:{other}/{id}"))
        }
        "id" => {
            let (head, id) = text.rsplit_once('/')?;
            Some(format!("{head}/{}", shifted(id, id.len().checked_sub(1)?)))
        }
        "cut" => {
            let mut cut = text.to_owned();
            cut.pop()?;
            Some(cut)
        }
        "upper" => Some(text.to_uppercase()),
        "lower" => Some(text.to_lowercase()),
        "space" => Some(format!("{text} ")),
        "pad" => Some(format!("{text}0")),
        "swap" => {
            let start = text.find('-').map_or(0, |at| at + 1);
            Some(shifted(text, start + (text.len() - start) / 2))
        }
        "first" => Some(shifted(text, text.find('-').map_or(0, |at| at + 1))),
        "last" => Some(shifted(text, text.len().checked_sub(1)?)),
        _ => None,
    }
}

/// Changes one part of an ARN of AWS, where that is another one than elsewhere.
fn edited_arn(text: &str, edit: &str) -> Option<String> {
    let rest = text.strip_prefix("arn:")?;
    let mut parts: Vec<&str> = rest.splitn(5, ':').collect();
    let account = parts.get(3).copied().unwrap_or_default();
    let other_account = shifted(account, account.len().saturating_sub(1));
    match edit {
        "region" => *parts.get_mut(2)? = elsewhere(parts.get(2)?),
        "account" => *parts.get_mut(3)? = &other_account,
        // The last digit of its id, which is hexadecimal.
        "unknown" => {
            let mut text = text.to_owned();
            let last = text.pop()?;
            text.push(if last == '0' { '1' } else { '0' });
            return Some(text);
        }
        _ => return None,
    }
    Some(format!("arn:{}", parts.join(":")))
}

/// The text with the letter or digit at a position replaced by another of its class.
fn shifted(text: &str, position: usize) -> String {
    let replace = |(at, letter): (usize, char)| match letter {
        _ if at != position => letter,
        '9' => '0',
        'z' => 'a',
        'Z' => 'A',
        letter if letter.is_ascii_alphanumeric() => char::from(letter as u8 + 1),
        letter => letter,
    };
    text.char_indices().map(replace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_changes_one_part() {
        let arn = "acs:vpc:cn-hangzhou:1720505253000001:vswitch/vsw-bp1p01aa9x";
        let edit = |name| edited(arn, name).unwrap();
        assert_eq!(edit("region"), "acs:vpc:cn-shanghai:1720505253000001:vswitch/vsw-bp1p01aa9x");
        assert_eq!(edit("account"), "acs:vpc:cn-hangzhou:1720505253000002:vswitch/vsw-bp1p01aa9x");
        assert_eq!(edit("kind"), "acs:vpc:cn-hangzhou:1720505253000001:image/vsw-bp1p01aa9x");
        assert_eq!(edit("id"), "acs:vpc:cn-hangzhou:1720505253000001:vswitch/vsw-bp1p01aa9y");
        assert_eq!(edited("rs-6GRmdD3X0aB1", "first").unwrap(), "rs-7GRmdD3X0aB1");
        assert!(edited("x", "nonsense").is_none());
    }
}
