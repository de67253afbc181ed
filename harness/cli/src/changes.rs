//! Variants and faults of the reference implementation, by the names on the command line.

use crate::failure::Failure;
use anyhow::anyhow;
use sharespec_reference::change::Change;
use sharespec_reference::platform::{Platform, degenerate, fault};

/// The changes of these names.
pub fn named(
    api: &dyn Platform,
    variants: &[String],
    faults: &[String],
) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    for name in variants {
        let found = api.catalogue().variants.iter().find(|change| change.name == name);
        changes.push(*found.ok_or_else(|| unknown("variant", name))?);
    }
    for name in faults {
        let found = fault(api, name).or_else(|| degenerate(api, name));
        changes.push(*found.ok_or_else(|| unknown("fault", name))?);
    }
    Ok(changes)
}

fn unknown(what: &str, name: &str) -> Failure {
    Failure::usage(anyhow!("there is no {what} `{name}`"))
        .hint(format!("`sharespec list --{what}s` shows all of them"))
}
