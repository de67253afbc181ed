//! `world`: writing, checking and explaining world files.

use crate::arguments::{ApiName, Scope, SmokeArguments, WorldArguments, WorldCommand};
use crate::failure::Failure;
use crate::scope;
use crate::target::{self, Prepared};
use sharespec_events::exit;
use sharespec_runner::needs;
use std::collections::BTreeMap;

/// Does what is asked about worlds.
pub fn world(arguments: &WorldArguments) -> Result<u8, Failure> {
    match &arguments.command {
        WorldCommand::Init(scope) => {
            anstream::print!("{}", scope.api.world());
            Ok(exit::CONFORMS)
        }
        WorldCommand::Check(scope) => check(scope),
        WorldCommand::Explain(arguments) => explain(arguments),
    }
}

fn check(scope: &Scope) -> Result<u8, Failure> {
    let (name, world) = scope::world(scope)?;
    let file = &world.file;
    anstream::println!(
        "{name}: {} accounts, {} directories, {} resource types, {} resources, {} seeded shares",
        file.accounts.len(),
        file.directories.len(),
        file.resource_types.len(),
        file.resources.len(),
        file.shares.len(),
    );
    Ok(exit::CONFORMS)
}

/// Says what each missing thing of a world and a target keeps from being judged, the most valuable
/// first. No case is played for that.
fn explain(arguments: &SmokeArguments) -> Result<u8, Failure> {
    let settings = target::settings(&arguments.target, &arguments.scope)?;
    let cases = ApiName::named(settings.text("api")).cases();
    let Prepared { setup, world, notes } = target::prepared(&settings, &[], 1, None, &[])?;
    for note in notes {
        anstream::println!("{note}");
    }
    let mut lacking: BTreeMap<String, usize> = BTreeMap::new();
    let mut playable = 0;
    for needed in needs::lacking(&setup, &cases) {
        playable += usize::from(needed.is_empty());
        for need in needed {
            *lacking.entry(need).or_insert(0) += 1;
        }
    }
    let target = &setup.target_name;
    anstream::println!("{world} on {target}: {playable} of {} cases can be played", cases.len());
    let mut lacking: Vec<(String, usize)> = lacking.into_iter().collect();
    lacking.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    for (need, count) in lacking {
        anstream::println!("  {count} cases need {need}");
    }
    Ok(exit::CONFORMS)
}
