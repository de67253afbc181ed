//! Seeded shares: what is wished for of a target's seed hook, and what it grants.
//!
//! The hook is given JSON, the URL of the target, the ids of the accounts by role, and the shares of
//! the world that have no id yet, and answers with the names and ids of those that it made.

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};
use sharespec_model::world::{SeededShare, World, WorldFile};
use sharespec_runner::preflight::Notes;
use std::collections::BTreeMap;

/// The version of the form of wishes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Wishes<'a> {
    version: u32,
    url: &'a str,
    accounts: BTreeMap<&'a str, &'a str>,
    shares: Vec<&'a SeededShare>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Granted {
    shares: Vec<GrantedShare>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrantedShare {
    name: String,
    id: String,
}

/// What the hook is given.
pub fn wishes(world: &WorldFile, url: &str) -> String {
    let accounts =
        world.accounts.iter().map(|(role, account)| (role.as_str(), account.id.as_str()));
    let shares = world.shares.iter().filter(|share| share.id.is_empty());
    let (accounts, shares) = (accounts.collect(), shares.collect());
    // Texts and lists of texts can always be written.
    serde_json::to_string(&Wishes { version: VERSION, url, accounts, shares }).unwrap_or_default()
}

/// The world with the shares that the hook made; those that it did not make are taken out.
///
/// # Errors
/// If the answer is not of the form, or names what was not wished for.
pub fn granted(world: World, answer: &[u8], notes: &mut Notes) -> anyhow::Result<World> {
    let granted: Granted = serde_json::from_slice(answer).context("the answer cannot be read")?;
    let mut file = world.file;
    for GrantedShare { name, id } in granted.shares {
        let wished = |share: &&mut SeededShare| share.name == name && share.id.is_empty();
        let share = file.shares.iter_mut().find(wished);
        let share = share.ok_or_else(|| anyhow!("the share `{name}` was not wished for"))?;
        if id.is_empty() {
            bail!("the share `{name}` has no id");
        }
        share.id = id;
    }
    without_ids(file, "`hooks.seed` did not make", notes)
}

/// The world without the shares that nobody makes.
///
/// # Errors
/// None but those of worlds.
pub fn without_hook(world: World, notes: &mut Notes) -> anyhow::Result<World> {
    match world.file.shares.iter().any(|share| share.id.is_empty()) {
        true => without_ids(world.file, "there is no `hooks.seed` for", notes),
        false => Ok(world),
    }
}

fn without_ids(mut file: WorldFile, why: &str, notes: &mut Notes) -> anyhow::Result<World> {
    let all = file.shares.len();
    file.shares.retain(|share| !share.id.is_empty());
    match all - file.shares.len() {
        0 => {}
        lacking => notes.push(format!("{why} {lacking} of the {all} shares of the world")),
    }
    Ok(World::new(file)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        let mut file: WorldFile = serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap();
        for (name, id) in [("kept", "rs-1"), ("wished", ""), ("refused", "")] {
            file.shares.push(SeededShare {
                name: name.into(),
                id: id.into(),
                owner: "owner".into(),
                status: "Active".into(),
                usage: "read_only".into(),
                associations: Vec::new(),
            });
        }
        World::new(file).unwrap()
    }

    #[test]
    fn wishes_are_the_shares_without_ids_and_hold_no_keys() {
        let wishes = wishes(&world().file, "http://127.0.0.1:1");
        let value: serde_json::Value = serde_json::from_str(&wishes).unwrap();
        assert_eq!(value["shares"].as_array().unwrap().len(), 2);
        assert_eq!(value["accounts"]["owner"], "1720505253000001");
        assert!(!wishes.contains("secret"), "{wishes}");
    }

    #[test]
    fn what_is_granted_has_an_id_and_the_rest_is_not_there() {
        let mut notes = Notes::new();
        let answer = br#"{"shares": [{"name": "wished", "id": "rs-2"}]}"#;
        let world = granted(world(), answer, &mut notes).unwrap();
        let ids: Vec<&str> = world.file.shares.iter().map(|share| share.id.as_str()).collect();
        assert_eq!(ids, ["rs-1", "rs-2"]);
        assert_eq!(notes, ["`hooks.seed` did not make 1 of the 3 shares of the world"]);
    }

    #[test]
    fn answers_that_were_not_asked_for_are_errors() {
        for answer in [
            r#"{"shares": [{"name": "kept", "id": "x"}]}"#,
            r#"{"shares": [{"name": "wished", "id": ""}]}"#,
            "[]",
        ] {
            assert!(granted(world(), answer.as_bytes(), &mut Notes::new()).is_err(), "{answer}");
        }
    }
}
