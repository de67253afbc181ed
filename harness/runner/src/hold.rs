//! Holding a target to a recorded behaviour: what was seen of an open point becomes binding, and
//! what was not stays open.

use sharespec_events::{BEHAVIOUR_VERSION, Behaviour, PairRecord, PointSeen};
use sharespec_model::explanation::{Explained, Explanations};
use sharespec_model::spec::Spec;
use sharespec_oracles::finding::{Check, Finding, OwnRule};
use sharespec_oracles::readings::{Seen, Told};
use std::collections::{BTreeMap, BTreeSet};

/// Why a behaviour file cannot be held to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotHold {
    /// The file is of a later version.
    #[error("it has version {0} of its form; this sharespec reads up to {BEHAVIOUR_VERSION}")]
    Newer(u32),
    /// The file is of another API.
    #[error("it was recorded of the API `{0}`, and the run is of `{1}`")]
    Api(String, String),
    /// The file names a reading that the open points do not have.
    #[error("it names `{0}`, which is no open point, or no reading of one")]
    Unknown(String),
}

/// A recorded behaviour, ready to be held to.
#[derive(Debug)]
pub struct Hold {
    /// The name of the file.
    name: String,
    /// The readings that may be followed, by point: those seen, and those that may have been.
    readings: BTreeMap<String, BTreeSet<String>>,
    /// The questions of the points.
    questions: BTreeMap<String, String>,
    /// The conditions that may be answered, by operation and pair.
    winners: BTreeMap<(String, [String; 2]), BTreeSet<String>>,
    /// The readings of points about replies that may not be followed, by position.
    forbidden: u64,
}

impl Hold {
    /// A behaviour under the documents in force. `name` is that of its file.
    ///
    /// # Errors
    /// [`CannotHold`] if the file does not fit.
    pub fn new(spec: &Spec, behaviour: &Behaviour, name: &str) -> Result<Self, CannotHold> {
        if behaviour.behaviour > BEHAVIOUR_VERSION {
            return Err(CannotHold::Newer(behaviour.behaviour));
        }
        if behaviour.api != spec.api {
            return Err(CannotHold::Api(behaviour.api.clone(), spec.api.clone()));
        }
        let mut readings = BTreeMap::new();
        let mut questions = BTreeMap::new();
        for (id, point) in &behaviour.points {
            readings.insert(id.clone(), allowed(spec, id, point)?);
            let found = spec.points.iter().find(|each| each.id == *id);
            let question = found.map(|each| each.question.clone()).unwrap_or_default();
            questions.insert(id.clone(), question);
        }
        let winners = behaviour.precedence.iter().flat_map(|(operation, pairs)| {
            let key = move |pair: &PairRecord| (operation.clone(), pair.conditions.clone());
            pairs.iter().map(move |pair| (key(pair), pair.won.keys().cloned().collect()))
        });
        let winners = winners.filter(|(_, won): &(_, BTreeSet<String>)| !won.is_empty()).collect();
        let mut hold = Self { name: name.to_owned(), readings, questions, winners, forbidden: 0 };
        let forbidden = Told::all().filter(|told| !hold.allows(told.name()));
        hold.forbidden = forbidden.fold(0, |bits, told| bits | (1 << told.position()));
        Ok(hold)
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a reading, written `point:reading`, may be followed.
    pub fn allows(&self, reading: &str) -> bool {
        let Some((point, reading)) = reading.split_once(':') else { return true };
        self.readings.get(point).is_none_or(|known| known.contains(reading))
    }

    /// Judges what a reply shows.
    pub fn judge_reply(&self, spec: &Spec, seen: &Seen) -> Option<Finding> {
        if seen.bits() & self.forbidden != 0 {
            let told = seen.alone().find(|told| !self.allows(told.name()))?;
            return self.breach(spec, &vec![vec![told.name().to_owned()]]);
        }
        seen.either.iter().find_map(|answer| self.breach(spec, answer))
    }

    /// Judges what an answer presumes.
    pub fn judge_answer(
        &self,
        spec: &Spec,
        operation: &str,
        explained: &Explained,
    ) -> Option<Finding> {
        let breach = explained.answers.iter().find_map(|answer| self.breach(spec, answer));
        breach.or_else(|| self.other_winner(spec, operation, explained))
    }

    /// An answer of which each explanation presumes a reading that was not recorded.
    fn breach(&self, spec: &Spec, answer: &Explanations) -> Option<Finding> {
        let strange =
            |explanation: &Vec<String>| explanation.iter().find(|each| !self.allows(each)).cloned();
        let mut strange: Vec<String> = answer.iter().map(strange).collect::<Option<_>>()?;
        strange.dedup();
        let (point, _) = strange.first()?.split_once(':')?;
        let recorded: Vec<String> =
            self.readings.get(point)?.iter().map(|each| format!("{point}:{each}")).collect();
        let text = format!("{} Recorded: {}.", self.questions.get(point)?, recorded.join(", "));
        Some(self.finding(spec, point, text, strange.join(" or "), recorded))
    }

    /// A pair of conditions of which another one was answered than was recorded.
    fn other_winner(&self, spec: &Spec, operation: &str, found: &Explained) -> Option<Finding> {
        found.pairs.iter().find_map(|pair| {
            let conditions = pair.conditions.map(|each| spec.condition_name(each).to_owned());
            let won = spec.condition_name(pair.won?);
            let recorded = self.winners.get(&(operation.to_owned(), conditions.clone()))?;
            if recorded.contains(won) {
                return None;
            }
            let [one, other] = &conditions;
            let text = format!(
                "Which error is given when {one} and {other} hold together? Recorded: {}.",
                recorded.iter().cloned().collect::<Vec<_>>().join(", ")
            );
            let expected = recorded.iter().map(|each| format!("{each} is answered")).collect();
            let observed = format!("{won} is answered, of {one} and {other}");
            Some(self.finding(spec, "precedence", text, observed, expected))
        })
    }

    fn finding(
        &self,
        spec: &Spec,
        point: &str,
        text: String,
        observed: String,
        expected: Vec<String>,
    ) -> Finding {
        let own = OwnRule {
            id: format!("behaviour/{point}"),
            text,
            citation: format!("the behaviour recorded in {}", self.name),
        };
        Finding::new(spec, Check::Behaviour, None, observed).own_rule(own).expected(expected)
    }
}

/// The readings of a point that may be followed.
fn allowed(spec: &Spec, id: &str, point: &PointSeen) -> Result<BTreeSet<String>, CannotHold> {
    let names = point.seen.keys().chain(point.possible.keys());
    let names: BTreeSet<String> = names.cloned().collect();
    for name in &names {
        let reading = name.split_once('/').map_or(name.as_str(), |(reading, _)| reading);
        let written = format!("{id}:{reading}");
        if spec.reading(&written).is_none() {
            return Err(CannotHold::Unknown(written));
        }
    }
    Ok(names)
}
