//! The suites that `run` plays: the enumerated one with what was promoted, the distilled corpus, or the
//! cases of a folder.

use crate::failure::Failure;
use anyhow::{Context, anyhow};
use sharespec_generators::{Strength, alibaba_at};
use sharespec_runner::fuzz::{Corpus, read_text};
use sharespec_wire::case::Case;
use std::path::Path;

/// The cases of the suites that are asked for.
pub fn cases(suites: &[String], strength: Strength) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for suite in suites {
        match suite.as_str() {
            "enumerated" => {
                cases.extend(alibaba_at(strength));
                cases.extend(regressions()?);
            }
            "corpus" => cases.extend(corpus()?),
            folder => cases.extend(of_folder(Path::new(folder))?),
        }
    }
    if cases.is_empty() {
        return Err(Failure::usage(anyhow!("there is no case in {}", suites.join(", "))));
    }
    Ok(cases)
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
