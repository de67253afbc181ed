//! Predictions: the admissible outcomes of a call in a belief, as a set.
//!
//! A prediction is kept small: the conditions that hold or may hold, whether success is lawful, and
//! what a success shows. The rejections that it admits are looked up in the spec when an answer is
//! judged.

use crate::belief::Window;
use crate::condition::{Because, Condition, ConditionSet};
use crate::evaluation::Evaluation;
use crate::property::Property;
use crate::set::Set;
use crate::spec::{Later, OperationSpec, Row, Spec};
use crate::status::{AssociationStatuses, InvitationStatus, ShareStatus};
use crate::world::{AccountIndex, Entity, World};
use std::collections::BTreeSet;

/// The admissible outcomes of a call.
#[derive(Clone, Debug)]
pub struct Prediction<'s> {
    /// What the documents say about the operation.
    pub spec: &'s OperationSpec,
    /// What they say about the gateway in front of it.
    pub gateway: &'s OperationSpec,
    /// What was found.
    pub findings: Vec<crate::condition::Finding>,
    /// The conditions that hold in every state believed possible.
    pub certain: ConditionSet,
    /// The conditions that hold in some state believed possible.
    pub possible: ConditionSet,
    /// Whether success is lawful.
    pub success: bool,
    /// Whether any answer above the floor is lawful.
    pub open: bool,
    /// What a success shows and does.
    pub expected: Expected,
}

/// What is wrong with a request, as far as it is known when and where it was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// The conditions that certainly hold.
    pub certain: ConditionSet,
    /// The conditions that hold or may hold.
    pub possible: ConditionSet,
}

impl Wrong {
    /// A condition that certainly holds.
    pub fn holds(&mut self, condition: Condition) {
        self.certain.insert(condition);
        self.possible.insert(condition);
    }

    /// A condition that may hold.
    pub fn may_hold(&mut self, condition: Condition) {
        self.possible.insert(condition);
    }

    /// What of it is one of these conditions.
    #[must_use]
    pub fn within(self, conditions: &[Condition]) -> Self {
        let mut all = ConditionSet::EMPTY;
        conditions.iter().for_each(|&condition| all.insert(condition));
        Self { certain: self.certain.and(all), possible: self.possible.and(all) }
    }
}

/// How an error answer relates to a prediction.
#[derive(Clone, Debug, PartialEq)]
pub enum Admission<'s> {
    /// A row answers conditions that hold or may hold.
    Row(&'s Row, ConditionSet),
    /// A row of a later document answers conditions that hold or may hold.
    Later(&'s Later<Row>, ConditionSet),
    /// The answer is open.
    Open,
    /// Rows of the tables have the code, but with other statuses.
    WrongStatus(Vec<u16>),
    /// Rows of the tables have the code, but none of their conditions holds.
    NotApplicable,
    /// No row of the tables has the code.
    Unknown,
}

impl<'s> Prediction<'s> {
    /// Closes an evaluation into a prediction.
    pub fn new(evaluation: Evaluation<'s>, gateway: &'s OperationSpec, expected: Expected) -> Self {
        let open = !evaluation.possible.and(evaluation.spec.any).is_empty();
        Self {
            spec: evaluation.spec,
            gateway,
            findings: evaluation.findings,
            certain: evaluation.certain,
            possible: evaluation.possible,
            success: !evaluation.blocked,
            open,
            expected,
        }
    }

    /// The tables whose rows may answer: those of the operation and of the gateway.
    pub fn tables(&self) -> [&'s OperationSpec; 2] {
        [self.spec, self.gateway]
    }

    /// Adds what is wrong with the request rather than with the call.
    pub fn guard(&mut self, wrong: Wrong) {
        for condition in wrong.possible.iter() {
            let certain = wrong.certain.has(condition);
            self.findings.push(crate::condition::Finding { condition, certain, because: None });
        }
        self.certain = self.certain.or(wrong.certain);
        self.possible = self.possible.or(wrong.possible);
        self.success &= wrong.certain.without(self.gateway.accepts).is_empty();
    }

    /// How an error answer relates to the prediction.
    pub fn admission(&self, status: u16, code: &str) -> Admission<'s> {
        let (mut known, mut statuses) = (false, Vec::new());
        let tables = self.tables();
        let exact = tables.into_iter().flat_map(|table| table.rows_of(code));
        for row in exact.chain(tables.into_iter().flat_map(OperationSpec::wild_rows)) {
            let conditions = row.conditions.and(self.possible);
            let fits = row.status == status;
            if fits && !conditions.is_empty() {
                return Admission::Row(row, conditions);
            }
            known |= row.code != "*";
            if !fits && !conditions.is_empty() && row.code != "*" {
                statuses.push(row.status);
            }
        }
        for later in &self.spec.later_rows {
            let conditions = later.what.conditions.and(self.possible);
            let same = (later.what.status, later.what.code.as_str()) == (status, code);
            if same && !conditions.is_empty() {
                return Admission::Later(later, conditions);
            }
        }
        match (self.open && (400..500).contains(&status), statuses.is_empty(), known) {
            (true, _, _) => Admission::Open,
            (false, false, _) => Admission::WrongStatus(statuses),
            (false, true, true) => Admission::NotApplicable,
            (false, true, false) => Admission::Unknown,
        }
    }

    /// The rows that are admissible, in the order of the tables.
    pub fn rows(&self) -> impl Iterator<Item = &'s Row> {
        let possible = self.possible;
        let tables = self.tables().into_iter().flat_map(|table| &table.rows);
        tables.filter(move |row| !row.conditions.and(possible).is_empty())
    }

    /// The admissible outcomes in words, one a line.
    pub fn lines(&self, spec: &Spec) -> Vec<String> {
        let mut lines = Vec::new();
        if self.success {
            lines.push("200 with what the call asks for".to_owned());
        }
        for row in self.rows() {
            let names: Vec<&str> = row
                .conditions
                .and(self.possible)
                .iter()
                .map(|condition| spec.condition_name(condition))
                .collect();
            lines.push(format!("{} {} ({})", row.status, row.code, names.join(", ")));
        }
        for later in &self.spec.later_rows {
            if !later.what.conditions.and(self.possible).is_empty() {
                let (status, code) = (later.what.status, &later.what.code);
                lines.push(format!("{status} {code}, a code of {}: a warning", later.document));
            }
        }
        if self.open {
            lines.push("any other 4xx: the documents leave the answer open".to_owned());
        }
        lines
    }

    /// The rules that the admissible outcomes cite.
    pub fn rules(&self, spec: &Spec) -> BTreeSet<String> {
        self.rows().filter_map(|row| row.rule).map(|rule| spec.rule_id(rule).to_owned()).collect()
    }

    /// What the conditions behind an error answer say about the state before: nothing if it may be the
    /// answer to another condition, of which any answer is lawful.
    pub fn because(&self, conditions: ConditionSet) -> Option<&Because> {
        let wild = self.tables().into_iter().flat_map(OperationSpec::wild_rows);
        let open = wild.fold(self.spec.any, |open, row| open.or(row.conditions));
        if !open.and(self.possible).without(conditions).is_empty() {
            return None;
        }
        let mut found = self.findings.iter().filter(|each| conditions.has(each.condition));
        match (found.next(), found.next()) {
            (Some(finding), None) => finding.because.as_ref(),
            _ => None,
        }
    }
}

/// What a success shows, and so does.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Nothing but the request id.
    Acknowledged,
    /// One row for each entity that the call names.
    Associations(Vec<ExpectedRow>),
    /// Rows of the call's own share, of which nothing is judged.
    OpenAssociations,
    /// The share that was made or changed.
    Share(ExpectedShare),
    /// A list of associations.
    AssociationList(AssociationFilter),
    /// A list of shares.
    ShareList(ShareFilter),
    /// A list of resources that are shared, or of principals that they are shared with.
    SharedList(SharedFilter),
    /// A list of invitations.
    InvitationList(InvitationFilter),
    /// The permissions of the share at this position, if it is known.
    PermissionList(Option<usize>),
    /// An invitation that was answered.
    Invitation {
        /// Its id.
        id: String,
        /// The statuses that it may have now.
        status: Set<InvitationStatus>,
    },
    /// Whether sharing with the directory is enabled.
    Enabled(Set<bool>),
    /// The regions of the service, this one among them.
    Regions(String),
}

impl Expected {
    /// Whether it is what a read shows, which changes nothing.
    pub fn is_read(&self) -> bool {
        matches!(
            self,
            Self::AssociationList(_)
                | Self::ShareList(_)
                | Self::SharedList(_)
                | Self::InvitationList(_)
                | Self::PermissionList(_)
                | Self::Enabled(_)
                | Self::Regions(_)
        )
    }

    /// Whether it is a list of shares that the call names.
    pub fn is_of_shares(&self) -> bool {
        let shares = match self {
            Self::AssociationList(filter) => &filter.shares,
            Self::ShareList(filter) => &filter.shares,
            Self::SharedList(filter) => &filter.shares,
            Self::InvitationList(filter) => &filter.shares,
            Self::PermissionList(share) => return share.is_some(),
            _ => &None,
        };
        shares.is_some()
    }
}

/// The row of one entity in the answer to a call that associates or removes it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedRow {
    /// The share, by its position.
    pub share: usize,
    /// The entity.
    pub entity: Entity,
    /// The statuses that it may have.
    pub status: AssociationStatuses,
    /// When the association was created.
    pub created: Window,
    /// When it was last updated.
    pub updated: Window,
    /// Whether the row must be there.
    pub required: bool,
    /// The property that it shows.
    pub property: Property,
    /// Whether it may be that of an earlier answer, with the name that the share had then.
    pub again: bool,
}

/// A share as an answer shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedShare {
    /// The share, by its position; none if the call makes it.
    pub share: Option<usize>,
    /// The owner.
    pub owner: AccountIndex,
    /// The name that it has now; none if it is not known.
    pub name: Option<String>,
    /// Whether principals outside the directory are allowed now.
    pub external: Set<bool>,
    /// The status that it may have now.
    pub status: Set<ShareStatus>,
    /// When it was last updated.
    pub updated: Window,
}

/// Which associations a list holds.
#[derive(Clone, Debug, PartialEq)]
pub struct AssociationFilter {
    /// The caller.
    pub caller: AccountIndex,
    /// Resources, or principals.
    pub resources: bool,
    /// Only these shares, by id.
    pub shares: Option<Vec<String>>,
    /// Only rows of these statuses.
    pub status: AssociationStatuses,
    /// Only this entity.
    pub entity: Option<Entity>,
    /// Only this id of an entity, of whatever type.
    pub entity_id: Option<String>,
    /// What is neither resource nor principal: sources. No share of the suite has any.
    pub sources: bool,
}

/// Which shares a list holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareFilter {
    /// The caller.
    pub caller: AccountIndex,
    /// Shares of the caller, or shares of others that the caller is a principal of.
    pub own: bool,
    /// Only these, by id.
    pub shares: Option<Vec<String>>,
    /// Only this name.
    pub name: Option<String>,
    /// Only this status.
    pub status: Set<ShareStatus>,
    /// Only those that have each of these tags.
    pub tags: Vec<TagFilter>,
    /// Only those that have this permission.
    pub permission: Option<String>,
    /// Only those of this resource group. No share of the suite is put into one.
    pub group: Option<String>,
    /// Whether a filter is in force that the model does not follow.
    pub opaque: bool,
}

/// A tag that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct TagFilter {
    /// Its key.
    pub key: String,
    /// Its value is one of these; any, if there are none.
    pub values: Vec<String>,
}

impl TagFilter {
    /// Whether some of these tags, keys with values, is such a one.
    pub fn fits(&self, tags: &[(String, String)]) -> bool {
        tags.iter().any(|(key, value)| {
            *key == self.key && (self.values.is_empty() || self.values.contains(value))
        })
    }
}

impl ShareFilter {
    /// Whether nothing but ids leaves a share out.
    pub fn is_by_id_alone(&self) -> bool {
        let plain = self.tags.is_empty() && self.permission.is_none() && !self.opaque;
        self.status == Set::any() && self.name.is_none() && plain
    }
}

/// Which shared resources or principals a list holds.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedFilter {
    /// The caller.
    pub caller: AccountIndex,
    /// Resources, or principals.
    pub resources: bool,
    /// Shares of the caller, or shares of others that the caller is a principal of.
    pub own: bool,
    /// Only these shares, by id.
    pub shares: Option<Vec<String>>,
    /// Only these entities.
    pub entities: Option<Vec<Entity>>,
    /// Only resources of this type.
    pub kind: Option<String>,
    /// Only what is shared with this principal, or by this account, by id.
    pub counterpart: Option<String>,
    /// Of principals, only those of shares with such a resource.
    pub resource: ResourceFilter,
    /// Whether a filter is in force that the model does not follow.
    pub opaque: bool,
}

/// Which resource a share has to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceFilter {
    /// This one.
    pub entity: Option<Entity>,
    /// One of this id, of whatever type.
    pub id: Option<String>,
    /// One of this type.
    pub kind: Option<String>,
}

impl ResourceFilter {
    /// Whether any will do.
    pub fn is_any(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a resource is such a one.
    pub fn fits(&self, world: &World, entity: &Entity) -> bool {
        let kind = world.type_of(entity).map(|kind| &kind.name);
        entity.is_resource()
            && self.entity.as_ref().is_none_or(|each| each == entity)
            && self.id.as_ref().is_none_or(|id| world.entity_id(entity) == id)
            && self.kind.as_ref().is_none_or(|each| kind == Some(each))
    }
}

/// Which invitations a list holds.
#[derive(Clone, Debug, PartialEq)]
pub struct InvitationFilter {
    /// The caller, who received them.
    pub caller: AccountIndex,
    /// Only those to these shares, by id.
    pub shares: Option<Vec<String>>,
    /// Only these, by id.
    pub ids: Option<Vec<String>>,
}
