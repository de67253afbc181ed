//! The lines of a report: one `run` first, then cases and what is said beside them, one `summary` last.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::case::CaseEvent;
use crate::known::KnownEvent;
use crate::snapshot::SnapshotEvent;
use crate::summary::Summary;

/// The version of the report's format, in the `schema` member of the first line.
pub const FORMAT_VERSION: u32 = 1;

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The first line: what is run against what.
    Run(Box<RunEvent>),
    /// A case that is over.
    Case(Box<CaseEvent>),
    /// A reading that the target was seen to follow.
    Behaviour(BehaviourEvent),
    /// A line of the known-failures file that has to change; fails the run.
    Known(Box<KnownEvent>),
    /// An answer that is not the one of its snapshot; fails the run, and breaks no rule.
    Snapshot(Box<SnapshotEvent>),
    /// Something that a person should know and that decides nothing.
    Note(NoteEvent),
    /// The last line: the counts.
    Summary(Box<Summary>),
}

impl Event {
    /// The value of the line's `type` member.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Run(_) => "run",
            Self::Case(_) => "case",
            Self::Behaviour(_) => "behaviour",
            Self::Known(_) => "known",
            Self::Snapshot(_) => "snapshot",
            Self::Note(_) => "note",
            Self::Summary(_) => "summary",
        }
    }
}

impl From<RunEvent> for Event {
    fn from(run: RunEvent) -> Self {
        Self::Run(Box::new(run))
    }
}

impl From<CaseEvent> for Event {
    fn from(case: CaseEvent) -> Self {
        Self::Case(Box::new(case))
    }
}

impl From<BehaviourEvent> for Event {
    fn from(behaviour: BehaviourEvent) -> Self {
        Self::Behaviour(behaviour)
    }
}

impl From<KnownEvent> for Event {
    fn from(known: KnownEvent) -> Self {
        Self::Known(Box::new(known))
    }
}

impl From<SnapshotEvent> for Event {
    fn from(snapshot: SnapshotEvent) -> Self {
        Self::Snapshot(Box::new(snapshot))
    }
}

impl From<NoteEvent> for Event {
    fn from(note: NoteEvent) -> Self {
        Self::Note(note)
    }
}

impl From<Summary> for Event {
    fn from(summary: Summary) -> Self {
        Self::Summary(Box::new(summary))
    }
}

/// What is run against what: enough to run the same again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunEvent {
    /// The version of sharespec.
    pub version: String,
    /// The version of this format.
    pub schema: u32,
    /// The seed of everything that is chosen.
    pub seed: u64,
    /// The target as given, without secrets.
    pub target: String,
    /// Whether the target is sharespec's own reference implementation, so that the run says
    /// nothing about anybody's server.
    pub target_is_reference: bool,
    /// The API, such as `alibaba`.
    pub api: String,
    /// The ids of the documents that the target is held to.
    pub documents: Vec<String>,
    /// The patterns that select cases; empty means all.
    pub selection: Vec<String>,
    /// The patterns that skip cases.
    pub skipped: Vec<String>,
    /// The shard, as `I/N`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// Whether SHOULD rules gate.
    pub strict: bool,
    /// How many requests may be in flight.
    pub jobs: usize,
    /// The hash over the ids and contents of all cases of the suite, selected or not.
    pub suite_hash: String,
    /// How many lines the selected cases have over all shards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selected: Option<usize>,
    /// How often each of them is played, if more than once: the second line of a case is of `CASE@2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<usize>,
    /// How many cases are planned: a report with fewer case lines is of a run that was cut short.
    pub cases: usize,
    /// Free labels of the run, such as the build of the target.
    pub labels: BTreeMap<String, String>,
    /// When the run started, in RFC 3339.
    pub started: String,
    /// The name of the world.
    pub world: String,
    /// Where sharespec ran.
    pub environment: Environment,
    /// The open points of the documents, so that it is known of which of them nothing was seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<OpenPoint>,
    /// The combinations of parameters that the cases played cover, if any do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// The edition of the suite whose cases decide, if one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The behaviour that the target is held to, by the name of its file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_to: Option<String>,
}

/// An open point of the documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpenPoint {
    /// The id.
    pub id: String,
    /// Whether it is closed: there is nothing to choose, and nothing to see.
    #[serde(default)]
    pub closed: bool,
}

/// How far the values of the axes of the suite are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Strength {
    /// How many axes are combined with each other.
    pub strength: usize,
    /// The combinations of that many values that the constraints allow.
    pub coverable: usize,
    /// Those of them that the cases hold.
    pub covered: usize,
}

impl RunEvent {
    /// How many cases the selection has over all shards.
    pub fn whole(&self) -> usize {
        self.selected.unwrap_or(self.cases)
    }
}

impl Default for RunEvent {
    fn default() -> Self {
        Self {
            version: String::new(),
            schema: FORMAT_VERSION,
            seed: 0,
            target: String::new(),
            target_is_reference: false,
            api: String::new(),
            documents: Vec::new(),
            selection: Vec::new(),
            skipped: Vec::new(),
            shard: None,
            strict: false,
            jobs: 1,
            suite_hash: String::new(),
            selected: None,
            repeat: None,
            cases: 0,
            labels: BTreeMap::new(),
            started: String::new(),
            world: String::new(),
            environment: Environment::current(),
            points: Vec::new(),
            strength: None,
            edition: None,
            held_to: None,
        }
    }
}

/// Where sharespec ran: what it was built for, nothing about the machine or its user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Environment {
    /// The operating system, such as `linux`.
    pub os: String,
    /// The processor architecture, such as `x86_64`.
    pub architecture: String,
}

impl Environment {
    /// The environment that this program was built for.
    pub fn current() -> Self {
        Self { os: std::env::consts::OS.into(), architecture: std::env::consts::ARCH.into() }
    }
}

/// Readings of one open point that the target was seen to follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BehaviourEvent {
    /// The id of the open point.
    pub point: String,
    /// The readings seen: a set, since a target may choose anew each time.
    pub readings: BTreeSet<String>,
    /// The readings that may have been followed: answers fit them and others, and no reading seen.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub possible: BTreeSet<String>,
}

/// A note for a person, such as what was found before the first case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoteEvent {
    /// The text.
    pub text: String,
}
