//! Events, outcomes and the JSON Lines report: serde and schema only.
