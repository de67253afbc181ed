//! Behaviour: the readings of open points that a target was seen to follow. What one case saw is a
//! member of its line; a behaviour file holds what a whole run saw.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The version of the form of behaviour files.
pub const BEHAVIOUR_VERSION: u32 = 1;

/// What the answers of one case said about open points. A reading is written `point:reading`; one
/// that leaves any answer open is followed by what was answered, as in `point:reading/success` or
/// `point:reading/400 CODE`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseBehaviour {
    /// Readings that nothing else explains, each with the number of answers that showed it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seen: BTreeMap<String, u32>,
    /// Answers that can be explained in several ways.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub either: Vec<Either>,
    /// Pairs of conditions that held together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<PairSeen>,
}

impl CaseBehaviour {
    /// Whether the case said nothing about any open point.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.either.is_empty() && self.pairs.is_empty()
    }
}

/// Answers that can be explained in several ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Either {
    /// The explanations, each with all the readings that it presumes.
    pub of: Vec<Vec<String>>,
    /// How many answers.
    pub count: u32,
}

/// Two conditions that held together of calls of one operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PairSeen {
    /// The operation.
    pub operation: String,
    /// The conditions, in the order of their names.
    pub conditions: [String; 2],
    /// The condition that was answered; absent if the answer fits both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub won: Option<String>,
    /// How many answers.
    pub count: u32,
}

/// A behaviour file: what a run saw of the open points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    /// The version of this form.
    pub behaviour: u32,
    /// The version of sharespec that recorded it.
    pub version: String,
    /// The target as given, without secrets.
    pub target: String,
    /// Whether the target is sharespec's own reference implementation.
    pub target_is_reference: bool,
    /// The API.
    pub api: String,
    /// The ids of the documents that the target was held to.
    pub documents: Vec<String>,
    /// The name of the world.
    pub world: String,
    /// The seed of the run.
    pub seed: u64,
    /// The hash over the cases that were played: another hash may have seen other points.
    pub suite_hash: String,
    /// Free labels of the run, such as the build of the target.
    pub labels: BTreeMap<String, String>,
    /// The points of which something was seen, by id.
    pub points: BTreeMap<String, PointSeen>,
    /// The points of which nothing was seen: they stay open.
    pub unseen: Vec<String>,
    /// The points that are closed: there is nothing to choose.
    pub closed: Vec<String>,
    /// Which of two conditions that held together was answered, by operation.
    pub precedence: BTreeMap<String, Vec<PairRecord>>,
}

/// What was seen of one point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointSeen {
    /// The readings that some answer can be explained by alone.
    pub seen: BTreeMap<String, Evidence>,
    /// The readings that explain an answer beside others, where nothing that was seen explains it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub possible: BTreeMap<String, Evidence>,
}

/// How often something was seen, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The number of answers.
    pub count: u64,
    /// The first case that has one.
    pub example: String,
}

/// Two conditions that held together, with which of them was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairRecord {
    /// The conditions, in the order of their names.
    pub conditions: [String; 2],
    /// The answered ones.
    pub won: BTreeMap<String, Evidence>,
    /// The answers that fit both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unclear: Option<Evidence>,
}

/// The JSON Schema (draft 2020-12) of a behaviour file.
///
/// The checked-in `reports/behaviour.schema.json` is this value; a test keeps the two equal.
pub fn behaviour_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Behaviour>();
    schema.insert("title".to_owned(), "A behaviour file of sharespec".into());
    schema.to_value()
}
