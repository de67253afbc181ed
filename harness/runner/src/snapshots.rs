//! Snapshots of a user's target: the answer to each call under test in canonical form, a readable file a
//! group of cases. What changed since they were taken is told, also where every oracle is content; no
//! rule is broken by it.
//!
//! Only what two runs of one build have in common is kept: status, code, members, their types and
//! formats, and values from the documents' vocabulary, the call or the world. What a target mints, counts
//! or phrases is left out, as are rows of other cases' shares, and cases whose answer timing decides: in
//! which two conditions hold at once, or a transition is under way.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sharespec_events::{CaseEvent, SnapshotEvent};
use sharespec_model::api::Api;
use sharespec_model::names::Names;
use sharespec_wire::case::{Case, Step};
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// What is kept of one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Snapshot {
    /// The hash of the case: another hash means another test.
    hash: String,
    call: Value,
    answer: Value,
}

type File = BTreeMap<String, Snapshot>;

/// A folder of snapshots at work in a run.
#[derive(Debug)]
pub struct Snapshots {
    directory: PathBuf,
    update: bool,
    /// The cases whose answers timing does not decide.
    wanted: BTreeSet<String>,
    /// The texts of the world.
    world: BTreeSet<String>,
    names: &'static Names,
    /// The operations that list something.
    lists: BTreeSet<String>,
    files: BTreeMap<PathBuf, (File, bool)>,
    counts: Counts,
}

/// What became of the snapshots of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Taken for the first time, or anew of a case that changed.
    pub recorded: usize,
    /// As they were.
    pub same: usize,
    /// Not as they were.
    pub different: usize,
}

impl Snapshots {
    /// The snapshots of some cases in a folder, which need not be there yet. With `update` differences are
    /// accepted. They are read before anything is played: one that is damaged is told at once.
    ///
    /// # Errors
    /// If the folder is none, or a file of these cases cannot be read.
    pub fn open(directory: &Path, update: bool, cases: &[Case], api: &dyn Api) -> io::Result<Self> {
        let mut texts = BTreeSet::new();
        collect(&serde_json::to_value(&api.world().file).unwrap_or_default(), &mut texts);
        let steady = cases.iter().filter(|case| is_steady(case));
        let names = api.names();
        let lists = api.spec().operations().into_keys().filter(|name| api.is_list(name));
        let wanted: BTreeSet<String> = steady.map(|case| case.id.clone()).collect();
        let paths: BTreeSet<PathBuf> =
            wanted.iter().map(|id| directory.join(file_of(id))).collect();
        std::fs::create_dir_all(directory).map_err(|error| at(directory, &error))?;
        let read = |path: PathBuf| read(&path).map(|file| (path, (file, false)));
        Ok(Self {
            directory: directory.to_owned(),
            update,
            wanted,
            world: texts,
            names,
            lists: lists.map(str::to_owned).collect(),
            files: paths.into_iter().map(read).collect::<io::Result<_>>()?,
            counts: Counts::default(),
        })
    }

    /// Takes the line of a case, and says what is different.
    pub fn take(&mut self, event: &CaseEvent) -> Option<SnapshotEvent> {
        let answer = event.answer.as_ref()?;
        if !event.outcome.is_judged() || event.flaky || !self.wanted.contains(&event.id) {
            return None;
        }
        let mut called = BTreeSet::new();
        collect(&event.call, &mut called);
        let unfiltered = self.lists.contains(&event.operation) && !self.names_a_share(&event.call);
        let known = [&self.world, &called];
        let answer = Normal { names: self.names, known, unfiltered }.of(None, answer);
        let now = Snapshot { hash: event.hash.clone(), call: event.call.clone(), answer };
        let path = self.directory.join(file_of(&event.id));
        let (file, changed) = self.files.entry(path.clone()).or_default();
        let before = file.get(&event.id).filter(|before| before.hash == now.hash);
        let (difference, record) = match before {
            None => {
                self.counts.recorded += 1;
                (None, true)
            }
            Some(before) if before.answer == now.answer => {
                self.counts.same += 1;
                (None, false)
            }
            Some(before) => {
                self.counts.different += 1;
                let difference = SnapshotEvent {
                    case: event.id.clone(),
                    file: path.display().to_string(),
                    diff: diff(before, &now),
                };
                (Some(difference), self.update)
            }
        };
        if record {
            file.insert(event.id.clone(), now);
            *changed = true;
        }
        difference.filter(|_| !self.update)
    }

    /// Whether a call asks for some shares alone.
    fn names_a_share(&self, call: &Value) -> bool {
        let arguments = call.get("arguments").and_then(Value::as_object);
        arguments.is_some_and(|arguments| {
            arguments.keys().any(|name| name.starts_with(self.names.share_id))
        })
    }

    /// Writes the files that have something new.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn write(&self) -> io::Result<Counts> {
        for (path, (file, changed)) in &self.files {
            if *changed {
                let text = serde_json::to_string_pretty(file)? + "\n";
                let parent = path.parent().unwrap_or(path);
                std::fs::create_dir_all(parent)
                    .and_then(|()| std::fs::write(path, text))
                    .map_err(|error| at(path, &error))?;
            }
        }
        Ok(self.counts)
    }
}

fn read(path: &Path) -> io::Result<File> {
    match std::fs::read(path) {
        Ok(text) => serde_json::from_slice(&text).map_err(|error| at(path, &error.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(File::new()),
        Err(error) => Err(at(path, &error)),
    }
}

/// An error with the path that it is about.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the snapshots {}: {error}", path.display()))
}

fn diff(before: &Snapshot, now: &Snapshot) -> String {
    let text = |snapshot: &Snapshot| {
        serde_json::to_string_pretty(&snapshot.answer).unwrap_or_default() + "\n"
    };
    let (before, now) = (text(before), text(now));
    TextDiff::from_lines(&before, &now).unified_diff().context_radius(3).to_string()
}

/// Whether nothing but the target decides the answer: one condition at most, and nothing under way.
fn is_steady(case: &Case) -> bool {
    let waits = |step: &Step| match step {
        Step::Call(step) => step.unsettled,
        Step::Hook(_) => true,
        Step::Read | Step::Settle | Step::Wait(_) => false,
    };
    let (steps, _) = case.steps();
    case.provokes.len() <= 1 && !case.id.contains("/pairs/") && !steps.iter().any(waits)
}

/// The file of a group of cases: the first parts of their ids, never the last one.
fn file_of(id: &str) -> PathBuf {
    let parts: Vec<&str> = id.split('/').collect();
    let group = parts.len().saturating_sub(1).min(3);
    let names = parts.get(1..group.max(1)).unwrap_or_default().join("-");
    let name = if names.is_empty() { "others".to_owned() } else { names };
    Path::new(parts.first().copied().unwrap_or_default()).join(format!("{name}.json"))
}

/// Every text of a value.
fn collect(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            texts.insert(text.clone());
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        Value::Object(members) => members.values().for_each(|value| collect(value, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Pairs of statuses of which timing alone decides.
const TRANSITIONS: [[&str; 2]; 4] = [
    ["Associating", "Associated"],
    ["Disassociating", "Disassociated"],
    ["Deleting", "Deleted"],
    ["Pending", "Active"],
];

/// What is kept of an answer.
struct Normal<'a> {
    names: &'static Names,
    /// The texts of the world and of the call.
    known: [&'a BTreeSet<String>; 2],
    /// Whether it lists what belongs to other cases, too.
    unfiltered: bool,
}

impl Normal<'_> {
    fn of(&self, name: Option<&str>, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(name, text).into(),
            Value::Number(_) if name == Some("status") => value.clone(),
            Value::Number(_) => "<number>".into(),
            Value::Array(rows) if name == Some("extra") => Value::Array(rows.clone()),
            Value::Array(_) if self.unfiltered => "<rows>".into(),
            Value::Array(rows) => {
                let mut rows: Vec<Value> = rows.iter().map(|row| self.of(None, row)).collect();
                rows.retain(|row| row.get(self.names.share_id).is_none_or(|id| id != "<text>"));
                rows.sort_by_cached_key(Value::to_string);
                rows.dedup();
                Value::Array(rows)
            }
            Value::Object(members) => {
                let members = members.iter().filter(|(name, _)| *name != self.names.page_token);
                let members =
                    members.map(|(name, value)| (name.clone(), self.of(Some(name), value)));
                Value::Object(members.collect::<Map<String, Value>>())
            }
            Value::Null | Value::Bool(_) => value.clone(),
        }
    }

    fn text(&self, name: Option<&str>, text: &str) -> String {
        let transitions = TRANSITIONS.iter().map(|pair| pair.map(|name| self.names.status(name)));
        if let Some([going, gone]) =
            transitions.into_iter().find(|pair| pair.iter().any(|each| each == text))
        {
            return format!("{going} or {gone}");
        }
        let word = |text: &str| {
            text.starts_with(|first: char| first.is_ascii_uppercase())
                && text.chars().all(|each| each.is_ascii_alphabetic())
        };
        let symbol = text.starts_with('$') || text.starts_with("<time");
        let kept = text.is_empty() || symbol || name == Some("code") || word(text);
        let phrased = name.is_some_and(|name| name.eq_ignore_ascii_case("message"));
        let kept = kept || self.known.iter().any(|known| known.contains(text));
        match kept && (!phrased || text.is_empty()) {
            true => text.to_owned(),
            false => "<text>".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use sharespec_events::Outcome;
    use sharespec_model::alibaba::Alibaba;
    use sharespec_model::aws::Aws;
    use sharespec_model::world::World;

    fn api() -> Alibaba {
        Alibaba::new(World::from_json(sharespec_fixtures::ALIBABA_WORLD).unwrap()).unwrap()
    }

    fn event(id: &str, answer: Value) -> CaseEvent {
        let mut event = CaseEvent::new(id, "DisassociateResourceShare", Outcome::Pass);
        event.answer = Some(answer);
        event
    }

    fn steady() -> Vec<Case> {
        sharespec_generators::alibaba().into_iter().filter(is_steady).collect()
    }

    #[test]
    fn what_is_minted_or_timed_is_no_difference_and_what_has_another_shape_is() {
        let scratch = tempfile::tempdir().unwrap();
        let cases = steady();
        let id = cases[0].id.clone();
        let answer = |share: &str, status: &str, member: &str| {
            let row =
                json!({ "ResourceShareId": share, "AssociationStatus": status, member: "x-1" });
            event(&id, json!({ "status": 200, "members": { "Rows": [row] } }))
        };
        let take = |update: bool, event: &CaseEvent| {
            let mut snapshots = Snapshots::open(scratch.path(), update, &cases, &api()).unwrap();
            let difference = snapshots.take(event);
            (difference, snapshots.write().unwrap())
        };
        let first = answer("$share.a", "Disassociating", "Id");
        assert_eq!(take(false, &first).1, Counts { recorded: 1, ..Counts::default() });
        let same = answer("$share.a", "Disassociated", "Id");
        assert_eq!(take(false, &same), (None, Counts { same: 1, ..Counts::default() }));
        let other = answer("$share.a", "Disassociated", "Identity");
        for _ in 0..2 {
            let (difference, counts) = take(false, &other);
            let diff = difference.unwrap().diff;
            assert!(diff.contains("-") && diff.contains("\"Identity\": \"<text>\""), "{diff}");
            assert_eq!(counts.different, 1);
        }
        assert_eq!(take(true, &other).0, None);
        assert_eq!(take(false, &other).1.same, 1, "it was accepted");
        let mut changed = first;
        changed.hash = "another".into();
        assert_eq!(take(false, &changed).1.recorded, 1, "another test");
    }

    #[test]
    fn each_api_has_words_of_its_own_for_what_is_left_out() {
        let world = World::from_json(sharespec_fixtures::AWS_WORLD).unwrap();
        let aws = Aws::new(world).unwrap();
        let scratch = tempfile::tempdir().unwrap();
        let cases = sharespec_generators::aws();
        let valid = "aws/associations/valid/every-share";
        let id = &cases.iter().find(|case| case.id == valid).unwrap().id;
        let take = |members: Value| {
            let mut event = event(id, json!({ "status": 200, "members": members }));
            event.operation = "GetResourceShareAssociations".into();
            let mut snapshots = Snapshots::open(scratch.path(), false, &cases, &aws).unwrap();
            let difference = snapshots.take(&event);
            snapshots.write().unwrap();
            difference
        };
        let row = json!({ "resourceShareArn": "$share.a", "status": "ASSOCIATED" });
        let list = |rows: Value| json!({ "resourceShareAssociations": rows });
        assert_eq!(take(list(json!([row]))), None, "it is recorded");
        assert_eq!(take(list(json!([row, row]))), None, "rows of other cases");
        let mut members = list(json!([]));
        members["nextToken"] = "t".into();
        assert_eq!(take(members), None, "a page more");
        assert!(take(json!({ "associations": [] })).is_some());

        let normal = |status: &str| {
            let known = [&BTreeSet::new(), &BTreeSet::new()];
            let normal = Normal { names: aws.names(), known, unfiltered: false };
            normal.of(None, &json!({ "status": status }))
        };
        assert_eq!(normal("DISASSOCIATING"), normal("DISASSOCIATED"));
        assert_ne!(normal("DISASSOCIATING"), normal("FAILED"));
    }

    #[test]
    fn pairs_of_conditions_and_transitions_have_no_snapshot() {
        assert!(steady().len() > 500);
        assert!(steady().iter().all(|case| case.provokes.len() <= 1));
        let scratch = tempfile::tempdir().unwrap();
        let mut snapshots = Snapshots::open(scratch.path(), false, &[], &api()).unwrap();
        assert_eq!(snapshots.take(&event("a/pairs/b", json!({ "status": 200 }))), None);
        assert_eq!(snapshots.write().unwrap(), Counts::default());
    }

    #[test]
    fn files_are_named_after_groups() {
        for (id, file) in [
            ("alibaba/disassociate/targets/over-limit/6", "alibaba/disassociate-targets.json"),
            ("alibaba/connection/callers", "alibaba/connection.json"),
            ("alone", "alone/others.json"),
        ] {
            assert_eq!(file_of(id), Path::new(file));
        }
    }
}
