//! `list` and `show`: the cases, without playing them.

use crate::arguments::{ListArguments, ShowArguments};
use crate::failure::Failure;
use crate::scope;
use anyhow::anyhow;
use sharespec_events::{case_id, exit};
use sharespec_reference::change::Change;
use sharespec_reference::platform::faults_in_force;
use sharespec_runner::rules_of;
use sharespec_runner::selection::select;

/// Lists cases, or the changes of the reference implementation.
pub fn list(arguments: &ListArguments) -> Result<u8, Failure> {
    let line = |change: &Change| anstream::println!("{:40} {}", change.name, change.text);
    let (_, api) = scope::api(&arguments.scope)?;
    if arguments.variants {
        api.catalogue().variants.iter().for_each(line);
    } else if arguments.faults {
        faults_in_force(&*api).for_each(line);
    } else if arguments.deep {
        api.catalogue().deep.iter().for_each(line);
    } else if arguments.degenerate {
        api.catalogue().degenerate.iter().for_each(line);
    } else {
        let cases = select(arguments.scope.api.cases(), &arguments.patterns, &arguments.skip)
            .map_err(Failure::usage)?;
        for case in &cases {
            anstream::println!("{}", case.id);
        }
        anstream::eprintln!("{} cases", cases.len());
    }
    Ok(exit::CONFORMS)
}

/// Shows one case.
pub fn show(arguments: &ShowArguments) -> Result<u8, Failure> {
    let (_, api) = scope::api(&arguments.scope)?;
    let (name, id) = (arguments.scope.api, case_id(&arguments.case));
    let known = name.cases().into_iter().find(|case| case.id == id);
    let case = &known.or_else(|| name.combined(id)).ok_or_else(|| {
        Failure::usage(anyhow!("there is no case `{}`", arguments.case))
            .hint("`sharespec list` shows all of them")
    })?;
    anstream::println!("{}", serde_json::to_string_pretty(case)?);
    anstream::println!("\nrules:");
    for id in rules_of(api.spec(), case, &[]) {
        let rule = api.spec().rule_named(&id).and_then(|index| api.spec().rule(index));
        anstream::println!("  {id}\n      {}", rule.map_or("", |rule| rule.text.as_str()));
    }
    anstream::println!("\nplay it: sharespec run '{}' --target URL", case.id);
    Ok(exit::CONFORMS)
}
