//! Seeded shares: what is wished for of a target's seed hook, and what it grants.
//!
//! The hook is given JSON, the URL of the target, the ids of the accounts by role, the shares of the
//! world that have no id yet and those that cases need, and answers with the names and ids of those
//! that it made.

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};
use sharespec_model::world::{SeededShare, WorldFile};
use sharespec_runner::preflight::Notes;
use sharespec_runner::seeds::Wish;
use std::collections::BTreeMap;

/// The version of the form of wishes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Wishes<'a> {
    version: u32,
    url: &'a str,
    accounts: BTreeMap<&'a str, &'a str>,
    shares: Vec<Wished<'a>>,
}

#[derive(Serialize)]
struct Wished<'a> {
    #[serde(flatten)]
    share: &'a SeededShare,
    cases: usize,
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

/// The shares of a world that nobody has made yet.
pub fn of_world(world: &WorldFile) -> Vec<Wish> {
    let wanted = world.shares.iter().filter(|share| share.id.is_empty());
    wanted.map(|share| Wish { share: share.clone(), cases: 0 }).collect()
}

/// What the hook is given.
pub fn written(world: &WorldFile, url: &str, wishes: &[Wish]) -> String {
    let accounts =
        world.accounts.iter().map(|(role, account)| (role.as_str(), account.id.as_str()));
    let shares = wishes.iter().map(|wish| Wished { share: &wish.share, cases: wish.cases });
    let (accounts, shares) = (accounts.collect(), shares.collect());
    // Texts and lists of texts can always be written.
    serde_json::to_string(&Wishes { version: VERSION, url, accounts, shares }).unwrap_or_default()
}

/// The shares that the hook made.
///
/// # Errors
/// If the answer is not of the form, or names what was not wished for.
pub fn granted(
    wishes: &[Wish],
    answer: &[u8],
    notes: &mut Notes,
) -> anyhow::Result<Vec<SeededShare>> {
    let granted: Granted = serde_json::from_slice(answer).context("the answer cannot be read")?;
    let mut made: Vec<SeededShare> = Vec::new();
    for GrantedShare { name, id } in granted.shares {
        let wished = wishes.iter().find(|wish| wish.share.name == name);
        let share = wished.ok_or_else(|| anyhow!("the share `{name}` was not wished for"))?;
        if id.is_empty() {
            bail!("the share `{name}` has no id");
        }
        if made.iter().any(|each| each.name == name || each.id == id) {
            bail!("the share `{name}`, or its id `{id}`, is there twice");
        }
        made.push(SeededShare { id, ..share.share.clone() });
    }
    if !wishes.is_empty() {
        let (made, wished) = (made.len(), wishes.len());
        notes.push(format!("`hooks.seed` made {made} of the {wished} shares that were wished for"));
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> WorldFile {
        let mut file: WorldFile = serde_json::from_str(sharespec_fixtures::ALIBABA_WORLD).unwrap();
        for (name, id) in [("kept", "rs-1"), ("wished", ""), ("refused", "")] {
            file.shares.push(SeededShare {
                name: name.into(),
                id: id.into(),
                owner: "owner".into(),
                status: "Active".into(),
                external: None,
                usage: "read_only".into(),
                associations: Vec::new(),
            });
        }
        file
    }

    #[test]
    fn wishes_are_the_shares_without_ids_and_hold_no_keys() {
        let world = world();
        let wishes = written(&world, "http://127.0.0.1:1", &of_world(&world));
        let value: serde_json::Value = serde_json::from_str(&wishes).unwrap();
        assert_eq!(value["shares"].as_array().unwrap().len(), 2);
        assert_eq!(value["accounts"]["owner"], "1720505253000001");
        assert!(!wishes.contains("secret"), "{wishes}");
    }

    #[test]
    fn what_is_granted_has_an_id() {
        let mut notes = Notes::new();
        let answer = br#"{"shares": [{"name": "wished", "id": "rs-2"}]}"#;
        let made = granted(&of_world(&world()), answer, &mut notes).unwrap();
        let ids: Vec<&str> = made.iter().map(|share| share.id.as_str()).collect();
        assert_eq!(ids, ["rs-2"]);
        assert_eq!(notes, ["`hooks.seed` made 1 of the 2 shares that were wished for"]);
    }

    #[test]
    fn answers_that_were_not_asked_for_are_errors() {
        for answer in [
            r#"{"shares": [{"name": "kept", "id": "x"}]}"#,
            r#"{"shares": [{"name": "wished", "id": ""}]}"#,
            r#"{"shares": [{"name": "wished", "id": "x"}, {"name": "refused", "id": "x"}]}"#,
            "[]",
        ] {
            let wishes = of_world(&world());
            assert!(granted(&wishes, answer.as_bytes(), &mut Notes::new()).is_err(), "{answer}");
        }
    }
}
