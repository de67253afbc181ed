//! Times: each names the event that its document says, no earlier and no later, to the precision
//! shown. A target's clock is compared with ours through one offset, which every time narrows.

use crate::finding::{Check, Finding};
use crate::scene::Scene;
use serde_json::Value;
use sharespec_model::belief::{Association, Share, Window};
use sharespec_model::observation::{
    AssociationRow, InvitationRow, Observed, ShareRow, SharedRow, Stamp,
};
use sharespec_model::prediction::{Expected, SharedFilter};
use sharespec_model::set::Set;
use sharespec_model::spec::RuleIndex;
use sharespec_model::status::{AssociationStatus, ShareStatus};

/// How far clocks may be apart in a case beside their offset, in milliseconds: they drift, and what
/// answers as one target may be several nodes, each with a clock of its own.
const DRIFT: i64 = 100;

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
                    let updated = since_update(scene, known);
                    findings.extend(share(scene, row, known.created, updated, offset));
                }
            }
        }
        (Expected::SharedList(filter), Observed::Shared(rows)) => {
            for row in rows {
                findings.extend(shared(scene, filter, row, offset));
            }
        }
        (Expected::InvitationList(_), Observed::Invitations(rows)) => {
            for row in rows {
                findings.extend(invitation(scene, row, offset));
            }
        }
        (Expected::Invitation { .. }, Observed::Invitation(Some(row))) => {
            findings.extend(invitation(scene, row, offset));
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

/// When a share was last updated. What else updates it than its own calls is open, and whether its
/// deletion does.
fn since_update(scene: &Scene<'_>, share: &Share) -> Window {
    let lasting = Set::of(&[ShareStatus::Pending, ShareStatus::Active]);
    let last = if share.status.within(lasting) { share.updated } else { share.created };
    Window::new(last.from.min(scene.window.to), scene.window.to)
}

/// The events of a listed row: of its current association if it is the only row of its entity.
fn listed(scene: &Scene<'_>, row: &AssociationRow) -> Option<Events> {
    let share = scene.belief.shares.iter().find(|share| share.id == row.share)?;
    let association = share.association(&row.entity)?;
    if association.older.1 > 0 || association.seen.is_some() {
        return None;
    }
    Some(Events { created: association.created, updated: since(scene, association) })
}

/// When an association was last updated. Each step of a transition may count as an update, as may its
/// end: it came at the latest with this read.
fn since(scene: &Scene<'_>, association: &Association) -> Window {
    Window::new(association.updated.from, association.updated.to.max(scene.window.to))
}

/// The times of what is shared are those of its association. Of the row of an owner it is open which of
/// those that make the caller a principal they are of.
fn shared(
    scene: &Scene<'_>,
    filter: &SharedFilter,
    row: &SharedRow,
    offset: &mut Window,
) -> Vec<Finding> {
    let Some(share) = scene.belief.shares.iter().find(|share| share.id == row.share) else {
        return Vec::new();
    };
    let events = match share.association(&row.entity) {
        _ if !filter.resources && !filter.own => {
            let any = Window::new(share.created.from, scene.window.to);
            Events { created: any, updated: any }
        }
        Some(association) => {
            Events { created: association.created, updated: since(scene, association) }
        }
        None => return Vec::new(),
    };
    let names = scene.names();
    let create = (scene.operation.rule("time/create"), names.created);
    let update = (scene.operation.rule("time/update"), names.updated);
    let shown = [(row.created, events.created, create), (row.updated, events.updated, update)];
    let shown = shown.into_iter().filter_map(|(stamp, event, said)| Some((stamp?, event, said)));
    shown
        .filter_map(|(stamp, event, said)| {
            another_event(scene, stamp, event, said, &row.row, offset)
        })
        .collect()
}

/// An invitation shows when it was sent.
fn invitation(scene: &Scene<'_>, row: &InvitationRow, offset: &mut Window) -> Option<Finding> {
    let same = scene.belief.invitations.iter().filter(|each| match &each.id {
        Some(id) => *id == row.id,
        None => {
            let share = scene.belief.shares.get(each.share);
            let receiver = scene.world().account_id(each.receiver);
            share.is_some_and(|share| share.id == row.share)
                && row.receiver.as_deref().is_none_or(|shown| shown == receiver)
        }
    });
    let sent = same.map(|each| each.created).reduce(Window::join)?;
    let sent = Window::new(sent.from, sent.to.min(scene.window.to).max(sent.from));
    let rule = scene.operation.rule("time/create");
    another_event(scene, row.created?, sent, (rule, scene.names().invited), &row.row, offset)
}

/// A time that names another event than it should.
fn another_event(
    scene: &Scene<'_>,
    stamp: Stamp,
    event: Window,
    (rule, name): (Option<RuleIndex>, &str),
    row: &Value,
    offset: &mut Window,
) -> Option<Finding> {
    (!explains(stamp, event, offset)).then(|| {
        let observed = format!("{name} names another event");
        finding(scene, rule, &observed, event, *offset, row)
    })
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
        let observed = format!("{} names another event", scene.names().updated);
        findings.push(finding(scene, rule, &observed, events.updated, *offset, &row.row));
    }
    let Some(created) = row.created else { return findings };
    // Of one event each may be taken on its own.
    if row.updated.is_some_and(|updated| updated.to.saturating_add(DRIFT) < created.from) {
        let rule = rule(scene, "time/update", scene.names().updated);
        let observed = format!("{} before {}", scene.names().updated, scene.names().created);
        findings.push(finding(scene, rule, &observed, events.updated, *offset, &row.row));
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
                (narrowed, Some(rule), "is the time of the association", events.updated)
            }
            (Named::Removal(narrowed), None) => {
                let rule = contradicted("time/create").or(contradicted("time/create-of-removal"));
                (narrowed, rule, "is the time of the removal", events.created)
            }
            (Named::Nothing, _) => {
                let rule = member(scene, scene.names().created);
                (*offset, rule, "names another event", events.created)
            }
        };
    *offset = narrowed;
    let observed = format!("{} {observed}", scene.names().created);
    Some(finding(scene, rule, &observed, event, *offset, &row.row))
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
    let first = scene.operation.rules.iter().next().map(|(_, rule)| *rule);
    let names = scene.names();
    let mut findings = Vec::new();
    if row.created.is_some_and(|stamp| !explains(stamp, created, offset)) {
        let observed = format!("{} of the share names another event", names.created);
        let rule = scene.operation.rule("time/create").or(first);
        findings.push(finding(scene, rule, &observed, created, *offset, &row.row));
    }
    if row.updated.is_some_and(|stamp| !explains(stamp, updated, offset)) {
        let observed = format!("{} of the share names another event", names.updated);
        let rule = scene.operation.rule("time/update").or(first);
        findings.push(finding(scene, rule, &observed, updated, *offset, &row.row));
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
        assert!(narrowed(second(46), events.created, before).is_some_and(|w| w.from > 45_200));
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
