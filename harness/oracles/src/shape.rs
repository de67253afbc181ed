//! The shape of a success: the documented members, their types, formats and values.

use crate::finding::{Check, Finding};
use serde_json::{Map, Value};
use sharespec_model::observation::Stamp;
use sharespec_model::spec::{Level, Member, MemberKind, OperationSpec, Presence, Spec};
use sharespec_model::world::{PrincipalKind, World};

/// Judges the members of a success.
pub fn judge(
    spec: &Spec,
    world: &World,
    operation: &OperationSpec,
    members: &Map<String, Value>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in &operation.members {
        if member.path == "RequestId" {
            continue;
        }
        let parent = Parent { spec, world, operation, member };
        parent.descend(&member.path, members, &mut findings);
    }
    findings.extend(later_members(spec, operation, members));
    if let Some(rows) = members.get("ResourceShareAssociations").and_then(Value::as_array) {
        let rows = rows.iter().filter_map(Value::as_object);
        findings.extend(rows.flat_map(|row| contradicted(spec, world, operation, row)));
    }
    findings
}

/// Members that only a later document has: lawful, yet named.
fn later_members(
    spec: &Spec,
    operation: &OperationSpec,
    members: &Map<String, Value>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for later in &operation.later_members {
        let (list, name) = later.what.rsplit_once("[].").unwrap_or(("", &later.what));
        let rows = members.get(list).and_then(Value::as_array);
        let mut shown = rows.into_iter().flatten().filter_map(|row| row.get(name));
        if let Some(value) = shown.find(|value| says_something(value)) {
            let observed = format!("{}, a member of {}", later.what, later.document);
            let rule = operation.rule("shape/members");
            let mut finding = Finding::new(spec, Check::Shape, rule, observed);
            finding.level = Level::Should;
            findings.push(finding.actual(value.to_string()));
        }
    }
    findings
}

/// What a document says of a member, and its own samples or other documents do not keep to.
fn contradicted(
    spec: &Spec,
    world: &World,
    operation: &OperationSpec,
    row: &Map<String, Value>,
) -> Vec<Finding> {
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
    let principal = text("AssociationType") == "Target";
    let service = principal
        && world.principal(text("EntityId")).is_none_or(|entity| {
            matches!(world.principal_entry(&entity), Some((_, PrincipalKind::Service)))
        });
    let failed = text("AssociationStatus") == "Failed";
    let rules = [
        ("shape/target-property", "TargetProperty", !service, "where there is no service"),
        ("shape/resource-property", "ResourceProperty", principal, "in the row of a principal"),
        ("shape/message", "AssociationStatusMessage", !failed, "without a failure"),
    ];
    let mut findings = Vec::new();
    for (id, member, wrong, place) in rules {
        let value = row.get(member).filter(|value| wrong && says_something(value));
        if let (Some(rule), Some(value)) = (operation.rule(id), value) {
            let observed = format!("{member} {place}");
            let finding = Finding::new(spec, Check::Shape, Some(rule), observed);
            findings.push(finding.actual(value.to_string()));
        }
    }
    findings
}

/// Whether a value is more than the forms of nothing: null, an empty text, an empty object as text.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !matches!(text.trim(), "" | "{}" | "[]"),
        _ => true,
    }
}

/// A member, and what its values are judged with.
struct Parent<'a> {
    spec: &'a Spec,
    world: &'a World,
    operation: &'a OperationSpec,
    member: &'a Member,
}

impl Parent<'_> {
    /// Follows the path down to the records that should have the member.
    fn descend(&self, path: &str, record: &Map<String, Value>, findings: &mut Vec<Finding>) {
        let Some((head, rest)) = path.split_once('.') else {
            return self.judge(path.strip_suffix("[]").unwrap_or(path), record, findings);
        };
        let name = head.strip_suffix("[]").unwrap_or(head);
        match record.get(name) {
            Some(Value::Array(rows)) => {
                rows.iter().filter_map(Value::as_object).for_each(|row| {
                    self.descend(rest, row, findings);
                });
            }
            Some(Value::Object(record)) => self.descend(rest, record, findings),
            // A record or list that is missing is a finding of its own member.
            _ => {}
        }
    }

    fn judge(&self, name: &str, record: &Map<String, Value>, findings: &mut Vec<Finding>) {
        let value = record.get(name).filter(|value| !value.is_null());
        match self.member.presence {
            Presence::Resource => self.arn(value, record, findings),
            Presence::Always | Presence::Sometimes => {
                let Some(value) = value else {
                    // An empty list may be absent.
                    if self.member.presence == Presence::Always
                        && self.member.kind != MemberKind::List
                    {
                        findings.push(self.finding("is missing", "absent"));
                    }
                    return;
                };
                findings.extend(self.kind(value));
            }
        }
    }

    fn kind(&self, value: &Value) -> Option<Finding> {
        let text = value.as_str();
        let always = self.member.presence == Presence::Always;
        let fits = match self.member.kind {
            MemberKind::String => text.is_some_and(|text| !always || !text.is_empty()),
            MemberKind::Text => text.is_some(),
            MemberKind::Time => text.is_some_and(|text| Stamp::parse(text).is_some()),
            MemberKind::Json => text.is_some_and(is_json_or_empty),
            MemberKind::Boolean => value.is_boolean(),
            MemberKind::Number => value.is_number(),
            // Seconds: what is more than a hundred thousand years off is counted in something else.
            MemberKind::Epoch => {
                value.as_f64().is_some_and(|seconds| (0.0..1.0e11).contains(&seconds))
            }
            MemberKind::List => {
                value.as_array().is_some_and(|rows| rows.iter().all(Value::is_object))
            }
            MemberKind::Object => value.is_object(),
        };
        if !fits {
            return Some(self.finding("is malformed", &value.to_string()));
        }
        if self.member.kind == MemberKind::Time && text.is_some_and(|text| !text.ends_with('Z')) {
            let observed = format!("{} does not end with Z", self.member.path);
            let rule = self.spec.floor("floor/time-z");
            let finding = Finding::new(self.spec, Check::Shape, rule, observed);
            return rule.map(|_| finding.actual(value.to_string()));
        }
        let values = &self.member.values;
        let known =
            values.is_empty() || text.is_some_and(|text| values.iter().any(|each| each == text));
        (!known)
            .then(|| self.finding("has another value than the documented ones", &value.to_string()))
    }

    /// The ARN of a resource is the one that the world gives it; a principal has none.
    fn arn(&self, value: Option<&Value>, record: &Map<String, Value>, findings: &mut Vec<Finding>) {
        let text = |name: &str| record.get(name).and_then(Value::as_str);
        let shown = value.and_then(Value::as_str).unwrap_or_default();
        if value.is_some_and(|value| !value.is_string()) {
            findings.push(
                self.finding("is malformed", &value.map(Value::to_string).unwrap_or_default()),
            );
            return;
        }
        if text("AssociationType") == Some("Target") {
            if !shown.is_empty() {
                let rule = self.operation.rule("shape/target-arn");
                let observed = "ResourceArn in the row of a principal";
                let mut finding =
                    Finding::new(self.spec, Check::Shape, rule, observed).actual(shown);
                finding.level = Level::Should;
                findings.push(finding);
            }
            return;
        }
        let (Some(kind), Some(id)) = (text("EntityType"), text("EntityId")) else { return };
        let entity = self.world.resource_by_pair(kind, id);
        let known = entity.as_ref().and_then(|entity| self.world.resource(entity));
        if let Some(arn) = known.and_then(|resource| resource.arn.as_deref())
            && arn != shown
        {
            let what = if shown.is_empty() { "is missing" } else { "is another resource's" };
            findings.push(self.finding(what, shown).expected([arn.to_owned()]));
        }
    }

    fn finding(&self, what: &str, actual: &str) -> Finding {
        let observed = format!("{} {what}", self.member.path);
        let mut expected = vec![format!("{} ({:?})", self.member.path, self.member.kind)];
        if !self.member.values.is_empty() {
            expected.push(format!("one of {}", self.member.values.join(", ")));
        }
        Finding::new(self.spec, Check::Shape, Some(self.member.rule), observed)
            .expected(expected)
            .actual(actual)
    }
}

fn is_json_or_empty(text: &str) -> bool {
    text.is_empty() || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}
