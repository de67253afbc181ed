//! Editions of the suite: which cases decide, how firmly each rule gates, and the defaults, frozen as data
//! so that an upgrade of sharespec alone turns no pipeline red.

use crate::arguments::{ApiName, EditionArguments, EditionCommand};
use crate::failure::Failure;
use crate::settings::keys::KEYS;
use crate::suites;
use anyhow::{Context, anyhow};
use serde::{Deserialize, Serialize};
use sharespec_events::{CaseEvent, Level, Outcome, exit};
use sharespec_generators::{DEFAULT_STRENGTH, Strength, hash};
use sharespec_model::spec;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// An edition of the suite of one API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// The name, such as `2026.1`.
    pub edition: String,
    /// The API.
    pub api: String,
    /// The defaults: of keys of a target, and the strength.
    pub defaults: BTreeMap<String, String>,
    /// How firmly each rule of each document gates.
    pub levels: BTreeMap<String, Level>,
    /// The cases and the hashes of their contents.
    pub cases: BTreeMap<String, String>,
}

/// The name of the one default that is of no key.
const STRENGTH: &str = "strength";

impl Edition {
    /// A released edition, or one that was frozen to a file, whose name ends in `.json`.
    pub fn named(name: &str, api: ApiName) -> Result<Self, Failure> {
        if name.ends_with(".json") {
            return Self::read(name, api);
        }
        let mut all = sharespec_fixtures::EDITIONS.iter();
        let found = all.find(|(each, of, _)| *each == name && *of == api.name());
        let (_, _, text) = found.ok_or_else(|| {
            Failure::usage(anyhow!("there is no edition `{name}` of the API {}", api.name()))
                .hint("`sharespec edition list` names them")
        })?;
        Ok(serde_json::from_str(text).context("an edition cannot be read")?)
    }

    fn read(path: &str, api: ApiName) -> Result<Self, Failure> {
        let unread = |error: anyhow::Error| {
            Failure::usage(error.context(format!("the edition {path} cannot be used")))
                .hint("`sharespec edition freeze NAME > FILE` writes one")
        };
        let text = std::fs::read_to_string(path).map_err(|error| unread(error.into()))?;
        let edition: Self = serde_json::from_str(&text).map_err(|error| unread(error.into()))?;
        match edition.api == api.name() {
            true => Ok(edition),
            false => Err(unread(anyhow!("it is of the API {}", edition.api))),
        }
    }

    /// The suite of this binary.
    fn current(name: &str, api: ApiName) -> Result<Self, Failure> {
        let cases = suites::cases(api, &["enumerated".to_owned()], DEFAULT_STRENGTH)?;
        let mut levels = BTreeMap::new();
        for (document, _) in api.library().documents {
            let spec = api.library().spec_with(&[document])?;
            levels.extend(spec.rules.iter().map(|rule| (rule.id.clone(), level(rule.level))));
        }
        let keys =
            KEYS.iter().filter_map(|key| Some((key.name.to_owned(), key.default?.to_owned())));
        let mut defaults: BTreeMap<String, String> = keys.collect();
        defaults.remove("api");
        defaults.insert("documents".to_owned(), api.library().newest.join(","));
        if let Strength::Of(axes) = DEFAULT_STRENGTH {
            defaults.insert(STRENGTH.to_owned(), axes.to_string());
        }
        Ok(Self {
            edition: name.to_owned(),
            api: api.name().to_owned(),
            defaults,
            levels,
            cases: cases.into_iter().map(|case| (case.id.clone(), hash(&case))).collect(),
        })
    }

    /// How far the axes of requests are combined unless it is said.
    pub fn strength(&self) -> Option<Strength> {
        self.defaults.get(STRENGTH)?.parse().ok().map(Strength::Of)
    }

    /// The defaults of keys.
    pub fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.defaults.iter().filter(|(name, _)| *name != STRENGTH);
        all.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The line of a case, which decides nothing if the edition has no such case, or another one under
    /// its id. An operation that is not answered is one failure in every edition.
    pub fn score(&self, mut event: CaseEvent) -> CaseEvent {
        let is_own = self.cases.get(&event.id).is_some_and(|hash| *hash == event.hash);
        if !is_own && !event.id.contains("/support/") {
            event.not_scored = Some(event.outcome);
            event.outcome = Outcome::Disabled;
        }
        event
    }
}

const fn level(level: spec::Level) -> Level {
    match level {
        spec::Level::Must => Level::Must,
        spec::Level::Should => Level::Should,
        spec::Level::Open => Level::Open,
    }
}

/// The commands.
pub fn edition(arguments: &EditionArguments) -> Result<u8, Failure> {
    let text = match &arguments.command {
        EditionCommand::List => {
            let names: BTreeSet<&str> =
                sharespec_fixtures::EDITIONS.iter().map(|(name, ..)| *name).collect();
            names.into_iter().map(|name| format!("{name}\n")).collect()
        }
        EditionCommand::Diff { api, from, to } => {
            let from = Edition::named(from, *api)?;
            let to = match to {
                Some(to) => Edition::named(to, *api)?,
                None => Edition::current("this version", *api)?,
            };
            difference(&from, &to)
        }
        EditionCommand::Freeze { api, name } => {
            serde_json::to_string_pretty(&Edition::current(name, *api)?)? + "\n"
        }
    };
    anstream::print!("{text}");
    Ok(exit::CONFORMS)
}

/// What an upgrade brings.
fn difference(from: &Edition, to: &Edition) -> String {
    let mut text = format!("from {} to {}\n", from.edition, to.edition);
    let plain = |value: &String| value.clone();
    let level = |value: &Level| value.name().to_owned();
    changes(&mut text, "defaults", &from.defaults, &to.defaults, plain);
    changes(&mut text, "levels", &from.levels, &to.levels, level);
    // What a case has become is not said by a hash.
    changes(&mut text, "cases", &from.cases, &to.cases, |_| String::new());
    text
}

fn changes<T: PartialEq>(
    text: &mut String,
    what: &str,
    from: &BTreeMap<String, T>,
    to: &BTreeMap<String, T>,
    show: impl Fn(&T) -> String,
) {
    let mut lines = Vec::new();
    for name in from.keys().chain(to.keys()).collect::<BTreeSet<_>>() {
        let line = match (from.get(name), to.get(name)) {
            (Some(before), Some(after)) if before == after => continue,
            (Some(before), Some(after)) => {
                format!("  ~ {name} {}", [show(before), show(after)].join(" -> "))
            }
            (None, Some(after)) => format!("  + {name} {}", show(after)),
            (Some(_), None) => format!("  - {name}"),
            (None, None) => continue,
        };
        lines.push(line.trim_end_matches([' ', '-', '>']).to_owned());
    }
    // Writing to a text does not fail.
    let _ = match lines.len() {
        0 => writeln!(text, "{what}: the same"),
        number => writeln!(text, "{what}: {number} changed\n{}", lines.join("\n")),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edition_can_be_read_and_is_what_it_is_called() {
        for (name, api, text) in sharespec_fixtures::EDITIONS {
            let edition = Edition::named(name, ApiName::named(api)).unwrap();
            assert_eq!((edition.edition.as_str(), edition.api.as_str()), (*name, *api));
            assert!(!edition.cases.is_empty() && !edition.levels.is_empty());
            assert_eq!(serde_json::to_string_pretty(&edition).unwrap() + "\n", **text);
        }
    }

    #[test]
    fn what_an_edition_does_not_have_decides_nothing() {
        let mut edition = Edition::current("x", ApiName::Alibaba).unwrap();
        let cases = ApiName::Alibaba.cases();
        let line = |number: usize| {
            let case = &cases[number];
            let mut event = CaseEvent::new(&case.id, case.operation(), Outcome::Fail);
            event.hash = hash(case);
            event
        };
        edition.cases.remove(&cases[0].id);
        edition.cases.insert(cases[1].id.clone(), "another".to_owned());
        let scored = |number| {
            let event = edition.score(line(number));
            (event.outcome, event.not_scored)
        };
        assert_eq!(scored(0), (Outcome::Disabled, Some(Outcome::Fail)));
        assert_eq!(scored(1), (Outcome::Disabled, Some(Outcome::Fail)));
        assert_eq!(scored(2), (Outcome::Fail, None));
        let support = CaseEvent::new("alibaba/support/X", "X", Outcome::Fail);
        assert_eq!(edition.score(support).outcome, Outcome::Fail);
    }

    #[test]
    fn an_upgrade_says_what_it_brings() {
        let from = Edition::current("a", ApiName::Alibaba).unwrap();
        let mut to = Edition { edition: "b".to_owned(), ..from.clone() };
        assert!(difference(&from, &to).contains("cases: the same"));
        let old = from.cases.keys().next().unwrap();
        to.cases.remove(old);
        to.cases.insert("alibaba/new".to_owned(), "1".to_owned());
        to.defaults.insert("jobs".to_owned(), "1".to_owned());
        let rule = from.levels.iter().find(|(_, level)| **level == Level::Must).unwrap().0;
        to.levels.insert(rule.clone(), Level::Should);
        let text = difference(&from, &to);
        for line in [
            "from a to b\n",
            "defaults: 1 changed\n  ~ jobs 32 -> 1\n",
            &format!("levels: 1 changed\n  ~ {rule} must -> should\n"),
            &format!("  - {old}\n"),
            "  + alibaba/new\n",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }
}
