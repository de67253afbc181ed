//! Events, outcomes and the JSON Lines report: serde and schema only.
//!
//! An *event* is one line of the report. The runner sends events, reporters consume them, and
//! neither knows the other. Nothing here reads a clock, writes a file or decides a verdict.
//!
//! The report is append-only: within one format version members and variants may be added, so a
//! reader ignores members that it does not know; nothing is renamed or given another meaning.

mod behaviour;
mod case;
mod event;
pub mod exit;
mod failure;
mod known;
mod name;
mod outcome;
mod recorder;
mod round;
mod schema;
mod snapshot;
mod summary;

pub use behaviour::{
    BEHAVIOUR_VERSION, Behaviour, CaseBehaviour, Either, Evidence, PairRecord, PairSeen, PointSeen,
    behaviour_schema,
};
pub use case::{CaseEvent, CheckResult};
pub use event::{
    BehaviourEvent, Environment, Event, FORMAT_VERSION, NoteEvent, OpenPoint, RunEvent, Strength,
};
pub use failure::{Cause, ExchangeText, Failure, RuleText};
pub use known::{KnownEvent, KnownProblem};
pub use outcome::{CheckName, Level, Outcome, Reason, ReasonKind, Verdict};
pub use recorder::Recorder;
pub use round::{case_id, in_round};
pub use schema::schema;
pub use snapshot::SnapshotEvent;
pub use summary::{Summary, Unlock};
