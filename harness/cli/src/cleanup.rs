//! `cleanup`: takes away what runs that were ended left behind on a target.

use crate::arguments::CleanupArguments;
use crate::failure::Failure;
use crate::target;
use anyhow::anyhow;
use sharespec_events::exit;
use sharespec_runner::cleanup::clean_up;
use sharespec_runner::ledger::{Heading, Left, is_prefix, left};
use sharespec_runner::setup::Setup;
use std::path::PathBuf;

/// Deletes the shares of runs that left some behind.
pub fn cleanup(arguments: &CleanupArguments) -> Result<u8, Failure> {
    let settings = target::settings(&arguments.target, &arguments.scope)?;
    if settings.builtin {
        return Err(Failure::usage(anyhow!("nothing is ever left behind in `builtin`"))
            .hint("name the target: --target URL or --target @NAME"));
    }
    let setup = target::unprobed(&settings)?;
    let runs = match &arguments.prefix {
        Some(prefix) => vec![of_prefix(&setup, prefix)?],
        None => left(&target::ledgers()).into_iter().filter(|run| is_of(run, &setup)).collect(),
    };
    if runs.is_empty() {
        anstream::println!("no run is known to have left anything behind on {}", settings.name);
        return Ok(exit::CONFORMS);
    }
    let mut code = exit::CONFORMS;
    for run in runs {
        let prefix = &run.heading.prefix;
        let taken = target::block_on(clean_up(&setup, &run))?.map_err(|error| {
            let hint = error.hint();
            Failure::usage(error).hint(hint).code(exit::INCONCLUSIVE)
        })?;
        anstream::println!("{prefix}: {} shares deleted, {} left", taken.deleted, taken.left);
        match taken.left {
            0 => drop(std::fs::remove_file(&run.path)),
            _ => {
                let why = taken.refused.unwrap_or_default();
                anstream::println!("  the target answers {why} to DeleteResourceShare");
                code = exit::INCONCLUSIVE;
            }
        }
    }
    Ok(code)
}

/// Whether a run was against this target. One that is started has another port each time.
fn is_of(run: &Left, setup: &Setup) -> bool {
    let started = setup.manner.process.is_some() && run.heading.target == setup.target_name;
    run.heading.api == setup.api.world().file.api
        && (run.heading.url == setup.base_url() || started)
}

/// A run of which only the prefix is known: each account may have made shares in it.
fn of_prefix(setup: &Setup, prefix: &str) -> Result<Left, Failure> {
    if !is_prefix(prefix) {
        return Err(Failure::usage(anyhow!("`{prefix}` is no prefix of a run"))
            .hint("a run names its prefix at its end, such as ss-64317e0a2c1f8-"));
    }
    let callers = setup.api.world().file.accounts.keys().filter(|role| setup.may_call(role));
    Ok(Left {
        path: PathBuf::new(),
        heading: Heading {
            target: setup.target_name.clone(),
            url: setup.base_url(),
            api: setup.api.world().file.api.clone(),
            prefix: prefix.to_owned(),
        },
        callers: callers.cloned().collect(),
    })
}
