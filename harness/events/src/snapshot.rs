//! What a target answers otherwise than it did when its snapshot was taken. No rule is broken by that.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A call under test whose answer is not the one of the snapshot. Fails the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SnapshotEvent {
    /// The case.
    pub case: String,
    /// The file that has the snapshot.
    pub file: String,
    /// The snapshot and the answer in canonical form, as a unified diff.
    pub diff: String,
}
