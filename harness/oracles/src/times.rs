//! Times: each names the event that its document says, no earlier and no later, to the precision
//! shown. A target's clock is compared with ours through one offset, which every time narrows.

use crate::finding::{Check, Finding};
use crate::scene::Scene;
use serde_json::Value;
use sharespec_model::belief::Window;
use sharespec_model::observation::{AssociationRow, Observed, ShareRow, Stamp};
use sharespec_model::prediction::Expected;
use sharespec_model::spec::RuleIndex;
use sharespec_model::status::AssociationStatus;

/// How far two clocks may drift apart while a case runs, in milliseconds.
const DRIFT: i64 = 20;

/// Judges the times of a success and narrows the offset between the clocks.
pub fn judge(
    scene: &Scene<'_>,
    expected: &Expected,
    observed: &Observed,
    offset: &mut Window,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    match (expected, observed) {
        (Expected::Associations(wanted), Observed::Associations(rows)) => {
            for row in rows {
                if let Some(wanted) = wanted.iter().find(|each| each.entity == row.entity) {
                    let events = Events { created: wanted.created, updated: wanted.updated };
                    findings.extend(association(scene, row, events, offset));
                }
            }
        }
        (Expected::AssociationList(_), Observed::Associations(rows)) => {
            for row in rows {
                if let Some(events) = listed(scene, row) {
                    findings.extend(association(scene, row, events, offset));
                }
            }
        }
        (Expected::Share(wanted), Observed::Share(Some(row))) => {
            let known = wanted.share.and_then(|position| scene.belief.shares.get(position));
            let created = known.map_or(scene.window, |share| share.created);
            findings.extend(share(scene, row, created, wanted.updated, offset));
        }
        (Expected::ShareList(_), Observed::Shares(rows)) => {
            for row in rows {
                let known = scene.belief.shares.iter().find(|share| share.id == row.id);
                if let Some(known) = known {
                    // What else updates a share than its own calls is open.
                    let updated = Window::new(known.created.from, scene.window.to);
                    findings.extend(share(scene, row, known.created, updated, offset));
                }
            }
        }
        _ => {}
    }
    findings
}

/// When the events happened that the times of a row name, on our clock.
#[derive(Clone, Copy)]
struct Events {
    created: Window,
    updated: Window,
}

/// The events of a listed row: of its current association if it is the only row of its entity.
fn listed(scene: &Scene<'_>, row: &AssociationRow) -> Option<Events> {
    let share = scene.belief.shares.iter().find(|share| share.id == row.share)?;
    let association = share.association(&row.entity)?;
    if association.older.1 > 0 || association.seen.is_some() {
        return None;
    }
    // The end of a transition may count as an update: it came at the latest with this read.
    let moving = row.status.is_some_and(AssociationStatus::in_transition);
    let latest = if moving { association.updated.to } else { scene.window.to };
    let updated = Window::new(association.updated.from, latest.max(association.updated.to));
    Some(Events { created: association.created, updated })
}

fn association(
    scene: &Scene<'_>,
    row: &AssociationRow,
    events: Events,
    offset: &mut Window,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(updated) = row.updated
        && !explains(updated, events.updated, offset)
    {
        let rule = rule(scene, "time/update", scene.names().updated);
        let observed = "UpdateTime names another event";
        findings.push(finding(scene, rule, observed, events.updated, *offset, &row.row));
    }
    let Some(created) = row.created else { return findings };
    if row.updated.is_some_and(|updated| updated.to < created.from) {
        let rule = rule(scene, "time/update", scene.names().updated);
        let observed = "UpdateTime before CreateTime";
        findings.push(finding(scene, rule, observed, events.updated, *offset, &row.row));
    }
    findings.extend(creation(scene, row, created, events, offset));
    findings
}

/// CreateTime is the time of the association; of a removal, some documents say that it is the time of
/// the removal. They contradict each other, so the other time is a warning.
fn creation(
    scene: &Scene<'_>,
    row: &AssociationRow,
    created: Stamp,
    events: Events,
    offset: &mut Window,
) -> Option<Finding> {
    let disassociate = scene.spec().operation(scene.names().operations.disassociate);
    let contradicted = |id: &str| disassociate.and_then(|operation| operation.rule(id));
    let removal = row.status.is_some_and(|status| {
        matches!(status, AssociationStatus::Disassociating | AssociationStatus::Disassociated)
    });
    let of_removal = scene.operation.rule("time/create-of-removal").filter(|_| removal);
    let (narrowed, rule, observed, event) =
        match (named(created, events, removal, *offset), of_removal) {
            (Named::Either(narrowed), _)
            | (Named::Creation(narrowed), None)
            | (Named::Removal(narrowed), Some(_)) => {
                *offset = narrowed;
                return None;
            }
            (Named::Creation(narrowed), Some(rule)) => {
                (narrowed, Some(rule), "CreateTime is the time of the association", events.updated)
            }
            (Named::Removal(narrowed), None) => {
                let rule = contradicted("time/create").or(contradicted("time/create-of-removal"));
                (narrowed, rule, "CreateTime is the time of the removal", events.created)
            }
            (Named::Nothing, _) => {
                let rule = member(scene, scene.names().created);
                (*offset, rule, "CreateTime names another event", events.created)
            }
        };
    *offset = narrowed;
    Some(finding(scene, rule, observed, event, *offset, &row.row))
}

/// Which event a CreateTime names, with what the offset may then be.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Named {
    Either(Window),
    Creation(Window),
    Removal(Window),
    Nothing,
}

fn named(created: Stamp, events: Events, removal: bool, offset: Window) -> Named {
    let creation = narrowed(created, events.created, offset);
    let contradicted = narrowed(created, events.updated, offset).filter(|_| removal);
    match (creation, contradicted) {
        // Either event would do: an offset that one of them needs stays possible.
        (Some(creation), Some(contradicted)) => Named::Either(creation.join(contradicted)),
        (Some(creation), None) => Named::Creation(creation),
        (None, Some(contradicted)) => Named::Removal(contradicted),
        (None, None) => Named::Nothing,
    }
}

fn share(
    scene: &Scene<'_>,
    row: &ShareRow,
    created: Window,
    updated: Window,
    offset: &mut Window,
) -> Vec<Finding> {
    let rule = scene.operation.rules.iter().next().map(|(_, rule)| *rule);
    let mut findings = Vec::new();
    if row.created.is_some_and(|stamp| !explains(stamp, created, offset)) {
        let observed = "CreateTime of the share names another event";
        findings.push(finding(scene, rule, observed, created, *offset, &row.row));
    }
    if row.updated.is_some_and(|stamp| !explains(stamp, updated, offset)) {
        let observed = "UpdateTime of the share names another event";
        findings.push(finding(scene, rule, observed, updated, *offset, &row.row));
    }
    findings
}

fn rule(scene: &Scene<'_>, id: &str, name: &str) -> Option<RuleIndex> {
    scene.operation.rule(id).or_else(|| member(scene, name))
}

fn member(scene: &Scene<'_>, name: &str) -> Option<RuleIndex> {
    scene.association_member(name)
}

fn finding(
    scene: &Scene<'_>,
    rule: Option<RuleIndex>,
    observed: &str,
    event: Window,
    offset: Window,
    row: &Value,
) -> Finding {
    let shown =
        Window::new(event.from.saturating_add(offset.from), event.to.saturating_add(offset.to));
    Finding::new(scene.spec(), Check::Times, rule, observed)
        .expected([moments(shown)])
        .actual(row.to_string())
}

/// A window in words, on the target's clock.
fn moments(window: Window) -> String {
    let moment = |millis| jiff::Timestamp::from_millisecond(millis).ok();
    match (moment(window.from), moment(window.to)) {
        (Some(from), Some(to)) => format!("from {from:.3} to {to:.3}, on the target's clock"),
        _ => "the time of the event, on a clock that goes as ours does".to_owned(),
    }
}

/// Whether a time can name an event of this window, whatever the offset between the clocks still
/// may be; if so, the offset is narrowed.
fn explains(stamp: Stamp, event: Window, offset: &mut Window) -> bool {
    let narrowed = narrowed(stamp, event, *offset);
    *offset = narrowed.unwrap_or(*offset);
    narrowed.is_some()
}

/// What the offset between the clocks may be if a time names an event of this window; nothing if it
/// cannot.
pub(crate) fn narrowed(stamp: Stamp, event: Window, offset: Window) -> Option<Window> {
    let implied = Window::new(
        stamp.from.saturating_sub(event.to).saturating_sub(DRIFT),
        stamp.to.saturating_sub(event.from).saturating_add(DRIFT),
    );
    Some(offset.meet(implied)).filter(|met| !met.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_two_events_explain_keeps_the_offsets_of_both() {
        // Created at 650, removed at 1684, shown as the second 46: of the removal, if the offset is
        // 45,030, which a creation at 650 all but excludes.
        let second = |second: i64| Stamp { from: second * 1000, to: second * 1000 + 999 };
        let events = Events { created: Window::new(650, 651), updated: Window::new(1684, 1686) };
        let before = Window::new(45_000, 45_349);
        let Named::Either(after) = named(second(46), events, true, before) else {
            panic!("the creation explains it")
        };
        assert!(narrowed(second(47), Window::new(2930, 2930), after).is_some());
        assert!(narrowed(second(46), events.created, before).is_some_and(|w| w.from > 45_300));
    }

    #[test]
    fn only_the_time_of_a_removal_may_be_the_time_of_the_removal() {
        let stamp = Stamp { from: 5000, to: 5000 };
        let events = Events { created: Window::new(0, 1), updated: Window::new(5000, 5000) };
        let offset = Window::new(-10, 10);
        assert!(matches!(named(stamp, events, true, offset), Named::Removal(_)));
        assert_eq!(named(stamp, events, false, offset), Named::Nothing);
    }
}
