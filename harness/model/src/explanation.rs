//! Explanations: the readings of open points that an answer presumes, in every way in which it can be
//! explained; and which of the conditions that held together was answered.
//!
//! An answer to a call that is wrong in several ways may be explained in several ways. A reading is
//! seen in an answer only if each explanation presumes it.

use crate::condition::{Condition, ConditionSet};
use crate::prediction::Prediction;
use crate::spec::{OperationSpec, Point, PointReading, Reading, Row, Spec};
use std::collections::{BTreeMap, BTreeSet};

/// The ways in which one answer can be explained, each as the readings that it presumes, written
/// `point:reading`. Of a reading that leaves any answer open, what was answered is told too:
/// `point:reading/success`, `point:reading/400 CODE`.
pub type Explanations = Vec<Vec<String>>;

/// More ways than that explain nothing.
const MOST: usize = 64;
/// How many letters of a code are kept: a target may send any.
const CODE_LETTERS: usize = 100;
/// The point of which error is given when several apply.
const PRECEDENCE: &str = "precedence";

/// What an answer says about open points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// For each question that the answer says something about, how it can be explained.
    pub answers: Vec<Explanations>,
    /// The conditions that held together.
    pub pairs: Vec<Pair>,
}

/// Two conditions that held together, of which at least one was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The conditions, in the order of their names.
    pub conditions: [Condition; 2],
    /// The one that was answered; none if the answer fits both.
    pub won: Option<Condition>,
}

/// Explains an admissible answer: the status and code of an error, or a success.
pub fn explain(spec: &Spec, prediction: &Prediction<'_>, error: Option<(u16, &str)>) -> Explained {
    if prediction.possible.is_empty() {
        return Explained::default();
    }
    let explainer = Explainer { spec, prediction, operation: prediction.spec };
    match error {
        None => Explained { answers: told(explainer.success()), pairs: Vec::new() },
        Some((status, code)) => explainer.rejection(status, code),
    }
}

/// What is explained without presuming anything says nothing.
fn told(mut explanations: Explanations) -> Vec<Explanations> {
    explanations.sort();
    explanations.dedup();
    let nothing = explanations.is_empty()
        || explanations.len() > MOST
        || explanations.iter().any(Vec::is_empty);
    if nothing { Vec::new() } else { vec![explanations] }
}

struct Explainer<'a> {
    spec: &'a Spec,
    prediction: &'a Prediction<'a>,
    operation: &'a OperationSpec,
}

impl Explainer<'_> {
    /// The points that leave the answer to a condition of this operation open.
    fn points(&self, condition: Condition) -> impl Iterator<Item = (u16, &Point)> {
        let name = self.spec.condition_name(condition);
        let about = move |point: &Point| {
            point.conditions.iter().any(|each| each == name)
                && (point.operations.is_empty() || point.operations.contains(&self.operation.name))
        };
        let numbered = self.spec.points.iter().enumerate();
        numbered.filter(move |(_, point)| about(point)).map(|(at, point)| (at as u16, point))
    }

    /// Every condition that certainly holds is accepted.
    fn success(&self) -> Explanations {
        let mut all: Explanations = vec![Vec::new()];
        for condition in self.prediction.certain.iter() {
            let accepting: Vec<String> = self
                .points(condition)
                .flat_map(|(_, point)| {
                    let readings = point.readings.iter().filter(|each| each.accepts || each.any);
                    readings.map(|reading| named(point, reading, "success"))
                })
                .collect();
            if !accepting.is_empty() {
                all = combined(&all, &accepting);
            }
        }
        all
    }

    fn rejection(&self, status: u16, code: &str) -> Explained {
        let possible = self.prediction.possible;
        let fits = |row: &&Row| row.status == status && !row.conditions.and(possible).is_empty();
        let tables = self.prediction.tables().into_iter();
        let exact: Vec<&Row> =
            tables.clone().flat_map(|table| table.rows_of(code)).filter(fits).collect();
        // A row for any code is for codes of one's own.
        let rows = match exact.is_empty() {
            true => tables.flat_map(OperationSpec::wild_rows).filter(fits).collect(),
            false => exact,
        };
        let mut explanations = self.open(status, code);
        let mut answered = ConditionSet::EMPTY;
        for row in &rows {
            for condition in row.conditions.and(possible).iter() {
                answered.insert(condition);
                explanations.extend(self.presumed(row, condition));
            }
        }
        let mut answers = told(explanations);
        if !self.prediction.open
            && let [row] = rows.as_slice()
        {
            answers.extend(self.precedence(row, answered));
        }
        let pairs = if self.prediction.open { Vec::new() } else { self.pairs(answered) };
        Explained { answers, pairs }
    }

    /// The explanations by points that leave any answer open: it is an answer to all of those that
    /// certainly hold.
    fn open(&self, status: u16, code: &str) -> Explanations {
        let code: String = code.chars().take(CODE_LETTERS).collect();
        let answer = format!("{status} {code}");
        let readings = |condition: Condition| {
            self.points(condition).flat_map(|(_, point)| {
                let readings = point.readings.iter().filter(|reading| reading.any);
                readings.map(|reading| named(point, reading, &answer)).collect::<Vec<_>>()
            })
        };
        let open = self.prediction.possible.and(self.operation.any);
        let certain = open.and(self.prediction.certain);
        let mut explanations: Explanations =
            open.without(certain).iter().flat_map(readings).map(|each| vec![each]).collect();
        let mut all: Vec<String> = certain.iter().flat_map(readings).collect();
        if !all.is_empty() {
            all.sort();
            all.dedup();
            explanations.push(all);
        }
        explanations
    }

    /// What a row presumes where it answers a condition: a reading of each point that it names for
    /// it, and of a point that may accept the condition, that it does not.
    fn presumed(&self, row: &Row, condition: Condition) -> Explanations {
        let mut all: Explanations = vec![Vec::new()];
        let of_condition = row.readings.iter().filter(|(each, _)| *each == condition);
        let mut by_point: BTreeMap<u16, BTreeSet<Reading>> = BTreeMap::new();
        for (_, reading) in of_condition {
            by_point.entry(reading.0).or_default().insert(*reading);
        }
        for readings in by_point.values() {
            let names: Vec<String> =
                readings.iter().map(|reading| self.spec.reading_name(*reading)).collect();
            all = combined(&all, &names);
        }
        for (number, point) in self.points(condition) {
            if !by_point.contains_key(&number)
                && let Some(refusing) = self.refusing(number, point, condition)
            {
                all = combined(&all, &[refusing]);
            }
        }
        all
    }

    /// The one reading of a point that refuses what its others accept, if no row names it for the
    /// condition: then every refusal presumes it.
    fn refusing(&self, number: u16, point: &Point, condition: Condition) -> Option<String> {
        let mut refusing =
            point.readings.iter().enumerate().filter(|(_, each)| !each.accepts && !each.any);
        let (position, reading) = refusing.next()?;
        let index = Reading(number, position as u8);
        let mut rows = self.prediction.tables().into_iter().flat_map(|table| &table.rows);
        let named_by_a_row = rows.any(|row| row.readings.contains(&(condition, index)));
        let only = refusing.next().is_none() && point.readings.len() > 1;
        (only && !named_by_a_row).then(|| format!("{}:{}", point.id, reading.name))
    }

    fn pairs(&self, answered: ConditionSet) -> Vec<Pair> {
        let mut held: Vec<Condition> = self.prediction.certain.iter().collect();
        if held.len() < 2 {
            return Vec::new();
        }
        held.sort_by_key(|condition| self.spec.condition_name(*condition));
        // What only may have held may be what was answered.
        let sure = answered.without(self.prediction.certain).is_empty();
        let mut pairs = Vec::new();
        for (position, one) in held.iter().enumerate() {
            for other in held.iter().skip(position + 1) {
                let won = match (answered.has(*one), answered.has(*other)) {
                    (false, false) => continue,
                    (true, false) if sure => Some(*one),
                    (false, true) if sure => Some(*other),
                    _ => None,
                };
                pairs.push(Pair { conditions: [*one, *other], won });
            }
        }
        pairs
    }

    /// The orders of rows under which this one wins over what else certainly held.
    fn precedence(&self, won: &Row, answered: ConditionSet) -> Option<Explanations> {
        let point = self.spec.points.iter().find(|point| point.id == PRECEDENCE)?;
        let rows = &self.operation.rows;
        let place = |row: &Row| rows.iter().position(|each| std::ptr::eq(each, row));
        let beaten = self.prediction.certain.without(answered);
        if beaten.is_empty() {
            return None;
        }
        // A condition that may be accepted, or answered by several rows, may have lost in any order.
        let all = |loses: &dyn Fn(&Row) -> bool| {
            beaten.iter().all(|condition| {
                let mut own = rows.iter().filter(|row| row.conditions.has(condition));
                self.operation.accepts.has(condition) || own.any(loses)
            })
        };
        let orders = [
            ("table-order", all(&|row| place(row) > place(won))),
            ("reverse-order", all(&|row| place(row) < place(won))),
            ("by-name", all(&|row| row.code >= won.code)),
        ];
        let mut fitting: Explanations = orders
            .iter()
            .filter(|(_, fits)| *fits)
            .map(|(name, _)| vec![format!("{}:{name}", point.id)])
            .collect();
        if fitting.is_empty() {
            fitting.push(vec![format!("{}:scattered", point.id)]);
        }
        told(fitting).pop()
    }
}

impl Point {
    /// Whether the point is closed: about no condition, and with one answer, which rules hold.
    pub fn is_closed(&self) -> bool {
        self.conditions.is_empty() && self.readings.len() == 1
    }
}

fn named(point: &Point, reading: &PointReading, answer: &str) -> String {
    match reading.any {
        true => format!("{}:{}/{answer}", point.id, reading.name),
        false => format!("{}:{}", point.id, reading.name),
    }
}

/// Every explanation with each of the readings. Past the limit nothing is said.
fn combined(all: &[Vec<String>], readings: &[String]) -> Explanations {
    if all.len().saturating_mul(readings.len()) > MOST {
        return vec![Vec::new()];
    }
    let mut both = Vec::with_capacity(all.len() * readings.len());
    for explanation in all {
        for reading in readings {
            let mut presumed = explanation.clone();
            presumed.push(reading.clone());
            presumed.sort();
            presumed.dedup();
            both.push(presumed);
        }
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alibaba::{Alibaba, NEWEST};
    use crate::evaluation::Evaluation;
    use crate::prediction::Expected;

    const REMOVAL: &str = "DisassociateResourceShare";

    fn explained(conditions: &[&str], error: Option<(u16, &str)>) -> Explained {
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        let mut evaluation = Evaluation::new(spec.operation(REMOVAL).unwrap());
        for name in conditions {
            evaluation.holds(spec.condition(name).unwrap());
        }
        explain(&spec, &Prediction::new(evaluation, spec.gateway(), Expected::Acknowledged), error)
    }

    fn texts(found: &Explained) -> Vec<Vec<String>> {
        let joined = |each: &Explanations| each.iter().map(|all| all.join(" + ")).collect();
        found.answers.iter().map(joined).collect()
    }

    #[test]
    fn a_row_that_fits_one_reading_shows_it() {
        let found = explained(&["targets/malformed"], Some((400, "InvalidParameter.Targets")));
        assert_eq!(texts(&found), [["malformed-target:invalid"]]);
        assert!(found.pairs.is_empty());
    }

    #[test]
    fn a_refusal_presumes_that_nothing_is_done_in_part() {
        let found = explained(&["targets/some-not-associated"], Some((400, "DisassociateInvalid")));
        assert_eq!(
            texts(&found),
            [["some-unassociated:rejected + unassociated-target:unassociated"]]
        );
        let found = explained(&["targets/some-not-associated"], None);
        assert_eq!(texts(&found), [["some-unassociated:partial"]]);
    }

    #[test]
    fn what_one_row_alone_answers_shows_nothing() {
        let found = explained(&["lists/empty"], Some((400, "ResourceAndTargetBothEmpty")));
        assert_eq!(found.answers, Vec::<Explanations>::new());
    }

    #[test]
    fn several_explanations_are_all_told() {
        let both = ["targets/malformed", "targets/some-not-associated"];
        let found = explained(&both, Some((400, "DisassociateInvalid")));
        let expected = [
            "malformed-target:unassociated",
            "some-unassociated:rejected + unassociated-target:unassociated",
        ];
        assert_eq!(texts(&found), [expected]);
        assert_eq!(found.pairs.len(), 1);
        assert_eq!(found.pairs[0].won, None);
    }

    #[test]
    fn an_open_answer_is_told_with_what_it_was() {
        let found = explained(&["values/spelling"], Some((418, "Teapot")));
        assert_eq!(texts(&found), [["spelling:open/418 Teapot"]]);
        assert_eq!(texts(&explained(&["values/spelling"], None)), [["spelling:open/success"]]);
    }

    #[test]
    fn the_winner_of_a_pair_and_the_orders_that_it_fits() {
        let both = ["targets/over-limit", "resources/duplicate"];
        let found = explained(&both, Some((400, "InvalidParameter.Resources.Duplicate")));
        let spec = Alibaba::spec_of(NEWEST).unwrap();
        let [pair] = found.pairs.as_slice() else { panic!("{found:?}") };
        assert_eq!(pair.won, spec.condition("resources/duplicate"));
        assert_eq!(pair.conditions[0], spec.condition("resources/duplicate").unwrap());
        assert_eq!(texts(&found), [["precedence:by-name", "precedence:table-order"]]);
    }

    #[test]
    fn a_code_of_ones_own_is_the_gateways() {
        let found = explained(&["targets/over-gateway"], Some((400, "TooMany")));
        assert_eq!(texts(&found), [["more-than-twenty:gateway"]]);
        let found = explained(&["targets/over-gateway"], Some((400, "InvalidParameter.Targets")));
        assert_eq!(texts(&found), [["more-than-twenty:invalid"]]);
    }
}
