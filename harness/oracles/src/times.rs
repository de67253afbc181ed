//! Times: each names the event that its document says, no earlier and no later, to the precision
//! shown. A target's clock is compared with ours through one offset, which every time narrows.

use crate::finding::{Check, Finding};
use crate::scene::Scene;
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
            findings.extend(share(scene, row, created, scene.window, offset));
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
        let rule = rule(scene, "time/update", "UpdateTime");
        findings.push(finding(scene, rule, "UpdateTime names another event", row.row.to_string()));
    }
    let Some(created) = row.created else { return findings };
    if row.updated.is_some_and(|updated| updated.to < created.from) {
        let rule = rule(scene, "time/update", "UpdateTime");
        findings.push(finding(scene, rule, "UpdateTime before CreateTime", row.row.to_string()));
    }
    if explains(created, events.created, offset) {
        return findings;
    }
    let removal = row.status.is_some_and(|status| {
        matches!(status, AssociationStatus::Disassociating | AssociationStatus::Disassociated)
    });
    let contradicted = scene
        .spec()
        .operation("DisassociateResourceShare")
        .and_then(|operation| operation.rule("time/create"));
    match removal && explains(created, events.updated, offset) {
        true => findings.push(finding(
            scene,
            contradicted,
            "CreateTime is the time of the removal",
            row.row.to_string(),
        )),
        false => {
            let rule = member(scene, "CreateTime");
            findings.push(finding(
                scene,
                rule,
                "CreateTime names another event",
                row.row.to_string(),
            ));
        }
    }
    findings
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
        findings.push(finding(scene, rule, observed, row.row.to_string()));
    }
    if row.updated.is_some_and(|stamp| !explains(stamp, updated, offset)) {
        let observed = "UpdateTime of the share names another event";
        findings.push(finding(scene, rule, observed, row.row.to_string()));
    }
    findings
}

fn rule(scene: &Scene<'_>, id: &str, name: &str) -> Option<RuleIndex> {
    scene.operation.rule(id).or_else(|| member(scene, name))
}

fn member(scene: &Scene<'_>, name: &str) -> Option<RuleIndex> {
    let path = format!("ResourceShareAssociations[].{name}");
    scene.operation.members.iter().find(|member| member.path == path).map(|member| member.rule)
}

fn finding(scene: &Scene<'_>, rule: Option<RuleIndex>, observed: &str, actual: String) -> Finding {
    Finding::new(scene.spec(), Check::Times, rule, observed)
        .expected(["the time of the event, on a clock that goes as ours does".to_owned()])
        .actual(actual)
}

/// Whether a time can name an event of this window, whatever the offset between the clocks still
/// may be; if so, the offset is narrowed.
fn explains(stamp: Stamp, event: Window, offset: &mut Window) -> bool {
    let implied = Window::new(
        stamp.from.saturating_sub(event.to).saturating_sub(DRIFT),
        stamp.to.saturating_sub(event.from).saturating_add(DRIFT),
    );
    let met = offset.meet(implied);
    if met.is_empty() {
        return false;
    }
    *offset = met;
    true
}
