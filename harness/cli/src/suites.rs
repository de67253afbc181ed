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
            "enumerated" => {
                cases.extend(api.suite(strength));
                cases.extend(regressions()?.into_iter().filter(|case| is_of(api, case)));
            }
            "corpus" => {
                alibaba_only(api, "the distilled corpus")?;
                cases.extend(corpus()?);
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

/// What there is of the Alibaba API alone.
pub fn alibaba_only(api: ApiName, what: &str) -> Result<(), Failure> {
    match api {
        ApiName::Alibaba => Ok(()),
        ApiName::Aws => {
            let text = format!("{what} is there for --api alibaba only so far");
            Err(Failure::usage(anyhow!(text)).hint("leave --api out, or choose another target"))
        }
    }
}

/// The promoted cases.
pub fn regressions() -> Result<Vec<Case>, Failure> {
    let read = |(name, text): &(&str, &str)| {
        read_text(Path::new(name), text.as_bytes()).context("a promoted case cannot be read")
    };
    Ok(sharespec_fixtures::REGRESSIONS.iter().map(read).collect::<Result<_, _>>()?)
}

/// The distilled corpus.
pub fn corpus() -> Result<Vec<Case>, Failure> {
    let lines = sharespec_fixtures::ALIBABA_CORPUS.lines();
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
