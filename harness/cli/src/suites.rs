//! The suites that `run` plays: the enumerated one with what was promoted, the distilled corpus, or the
//! cases of a folder.

use crate::arguments::ApiName;
use crate::failure::Failure;
use anyhow::{Context, anyhow};
use sharespec_generators::Strength;
use sharespec_runner::fuzz::{Corpus, read_text};
use sharespec_wire::case::Case;
use std::path::Path;

/// The cases of the suites that are asked for.
pub fn cases(api: ApiName, suites: &[String], strength: Strength) -> Result<Vec<Case>, Failure> {
    let mut cases: Vec<Case> = Vec::new();
    for suite in suites {
        match suite.as_str() {
            "enumerated" => cases.extend(api.suite(strength)),
            "corpus" => {
                cases.extend(corpus(api)?);
            }
            folder => cases.extend(of_folder(Path::new(folder))?),
        }
    }
    cases.iter().try_for_each(|case| must_be_of(api, case))?;
    if cases.is_empty() {
        return Err(Failure::usage(anyhow!("there is no case in {}", suites.join(", "))));
    }
    Ok(cases)
}

fn is_of(api: ApiName, case: &Case) -> bool {
    case.id.split('/').next() == Some(api.name())
}

/// A case of one API says nothing of another.
pub fn must_be_of(api: ApiName, case: &Case) -> Result<(), Failure> {
    match is_of(api, case) {
        true => Ok(()),
        false => Err(Failure::usage(anyhow!("`{}` is no case of the API {}", case.id, api.name()))
            .hint("choose the API that the case is of with --api")),
    }
}

/// The promoted cases of an API. A test holds that each of them can be read.
pub fn promoted(api: ApiName) -> Vec<Case> {
    let read = |(name, text): &(&str, &str)| read_text(Path::new(name), text.as_bytes()).ok();
    let promoted = sharespec_fixtures::REGRESSIONS.iter().filter_map(read);
    promoted.filter(|case| is_of(api, case)).collect()
}

/// The distilled corpus.
pub fn corpus(api: ApiName) -> Result<Vec<Case>, Failure> {
    let lines = api.corpus().lines();
    let read = |line: &str| {
        read_text(Path::new("the distilled corpus"), line.as_bytes())
            .context("the distilled corpus cannot be read")
    };
    Ok(lines.map(read).collect::<Result<_, _>>()?)
}

fn of_folder(folder: &Path) -> Result<Vec<Case>, Failure> {
    if !folder.is_dir() {
        return Err(Failure::usage(anyhow!("there is no suite `{}`", folder.display()))
            .hint("write `enumerated`, `corpus` or the path of a folder of cases"));
    }
    let (_, loaded) = Corpus::open(Some(folder)).map_err(Failure::usage)?;
    match loaded.rejected.first() {
        Some(why) => Err(Failure::usage(anyhow!("{why}"))),
        None => Ok(loaded.cases),
    }
}
