//! Reading a behaviour file back.

use std::io;
use std::path::Path;

use sharespec_events::{BEHAVIOUR_VERSION, Behaviour};

/// A behaviour file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableBehaviour {
    /// The file could not be read.
    #[error("cannot read the behaviour {name}")]
    Io {
        /// The file.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is no behaviour.
    #[error("{name} is no behaviour file")]
    Form {
        /// The file.
        name: String,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// The file is of a later version.
    #[error(
        "{name} has version {found} of its form; this sharespec reads up to {BEHAVIOUR_VERSION}"
    )]
    Newer {
        /// The file.
        name: String,
        /// Its version.
        found: u64,
    },
}

/// Reads the behaviour file at `path`.
///
/// # Errors
/// [`UnreadableBehaviour`] if there is none, or if it is none.
pub fn read_behaviour(path: &Path) -> Result<Behaviour, UnreadableBehaviour> {
    let name = || path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|source| UnreadableBehaviour::Io { name: name(), source })?;
    let form = |source| UnreadableBehaviour::Form { name: name(), source };
    // The version comes first: a later one may have members that cannot be read here.
    let value: serde_json::Value = serde_json::from_str(&text).map_err(form)?;
    let found = value.get("behaviour").and_then(serde_json::Value::as_u64);
    if let Some(found) = found.filter(|found| *found > u64::from(BEHAVIOUR_VERSION)) {
        return Err(UnreadableBehaviour::Newer { name: name(), found });
    }
    serde_json::from_value(value).map_err(form)
}
